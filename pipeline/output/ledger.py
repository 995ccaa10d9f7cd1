"""`run.json` and `scores.json`: what was run, with what, how much and how long."""

import platform
import resource
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version

from evaluation.score import Score
from pipeline.output.digests import Digest
from pipeline.output.performance import Performance
from pipeline.records import Draft, Fault, Json, Maker

_PACKAGES = (
    "wirebrief",
    "ctranslate2",
    "datasets",
    "hydra-core",
    "numpy",
    "openai",
    "sacrebleu",
    "sentencepiece",
    "torch",
    "transformers",
)


UNITS = {
    "feed": "articles",
    "translate": "sentences and titles",
    "extract": "extracts",
    "abstract": "model outputs",
    "score": "scored briefs",
}
"""What `made` and `reused` count; a stage that is not here makes nothing that is counted."""


@dataclass(slots=True)
class Counts:
    """What became of the inputs; briefs, what was set aside, and faults add up to all of them.

    Attributes:
        foreign: how many were set aside for their language.
    """

    briefs: int = 0
    set_aside: int = 0
    faults: int = 0
    foreign: int = 0

    @property
    def articles(self) -> int:
        """All inputs."""
        return self.briefs + self.set_aside + self.faults

    def record(self) -> dict[str, Json]:
        """Return them as JSON values."""
        return {
            "articles": self.articles,
            "briefs": self.briefs,
            "set_aside": self.set_aside,
            "faults": self.faults,
        }

    def count(self, outcome: Draft | Fault) -> None:
        """Count one more outcome."""
        if not isinstance(outcome, Fault):
            self.briefs += 1
        elif outcome.is_set_aside:
            self.set_aside += 1
            self.foreign += outcome.reason == "other_language"
        else:
            self.faults += 1


@dataclass(frozen=True, slots=True)
class StageLine:
    """What a stage did; the feed, as the first one, too.

    Attributes:
        stage: its name.
        entered: articles that came in; records read, for the feed.
        made: what `UNITS` says, made here.
        reused: the same, taken from the memo.
        faults: articles that failed here.
        seconds: time spent.
        set_aside: articles that ended here, rightly.
        performance: how fast it was, and what it took.
    """

    stage: str
    entered: int
    made: int
    reused: int
    faults: int
    seconds: float
    set_aside: int = 0
    performance: Performance | None = None


@dataclass(frozen=True, slots=True)
class RunLedger:
    """Everything that `run.json` says.

    Attributes:
        configuration: the resolved settings as JSON values.
        counts: what became of the inputs.
        unscored: briefs without reference summaries.
        stages: counts and seconds, the feed first; what ended there adds up.
        makers: what made each part of the briefs.
        started: when, in UTC.
        seconds: the whole run.
        fingerprint: of all that decides the results; `None` where that cannot be known before.
    """

    configuration: Mapping[str, Json]
    counts: Counts
    unscored: int
    stages: Sequence[StageLine]
    makers: Mapping[str, Maker]
    started: datetime
    seconds: float
    fingerprint: str | None = None

    def record(self, files: Mapping[str, Digest] | None = None) -> dict[str, Json]:
        """Return the ledger as JSON values.

        Args:
            files: the run's other files, by name; the report is made before they are known.
        """
        return {
            "configuration": dict(self.configuration),
            "counts": self._counts(),
            "seconds": {
                **{line.stage: round(line.seconds, 3) for line in self.stages},
                "total": round(self.seconds, 3),
            },
            "performance": {
                line.stage: line.performance.record() for line in self.stages if line.performance
            },
            "models": {part: dict(asdict(maker)) for part, maker in self.makers.items()},
            "files": {name: dict(asdict(digest)) for name, digest in (files or {}).items()},
            "versions": versions(),
            "fingerprint": self.fingerprint,
            "started": self.started.astimezone(UTC).isoformat(timespec="seconds"),
            "peak_megabytes": round(peak_megabytes(), 1),
        }

    def _counts(self) -> dict[str, Json]:
        return {
            **self.counts.record(),
            "unscored": self.unscored,
            "stages": {
                line.stage: {
                    "in": line.entered,
                    "made": line.made,
                    "reused": line.reused,
                    "set_aside": line.set_aside,
                    "faults": line.faults,
                }
                for line in self.stages
            },
            "units": {
                "in": "articles",
                "set_aside, faults": "articles",
                "made, reused": {
                    line.stage: UNITS[line.stage] for line in self.stages if line.stage in UNITS
                },
            },
        }


def scores_record(scores: Sequence[Score]) -> list[Json]:
    """Return the corpus scores as JSON values."""
    return [dict(asdict(score)) for score in scores]


def peak_megabytes() -> float:
    """Return the largest resident memory of this process so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak * (1 if sys.platform == "darwin" else 1024) / 1_000_000


def versions() -> dict[str, Json]:
    """Return the versions of Python and of the packages that may change results."""
    found: dict[str, Json] = {"python": platform.python_version()}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = None
    return found
