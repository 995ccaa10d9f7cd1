"""Generate, look at each output, and generate defective ones again with other decoding."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace

from pipeline.backend import CountedBackend, Decoding, WhyEmpty, not_known
from pipeline.backends.defects import Defect, find_defect
from pipeline.events import event
from pipeline.records import Caution

LOG = logging.getLogger(__name__)

REJECTED = "answer_rejected"
"""Code of the caution that a backend gave nothing, and said why."""

_PENALTY = 1.2
_NGRAM = 3


@dataclass(frozen=True, slots=True)
class Output:
    """An output that was looked at.

    Attributes:
        text: the first one without defect, or else the one that the settings ask for.
        cut: it is as long as allowed, and so may be cut.
        found: what was wrong with the one that the settings ask for.
        mended_by: the settings that a retry without defect changed; empty if it has the defect.
        rejected: why the backend gave nothing, where it says so.
    """

    text: str
    cut: bool
    found: Defect | None = None
    mended_by: str = ""
    rejected: str | None = None

    @property
    def is_defective(self) -> bool:
        """Tell whether the defect is still there."""
        return self.found is not None and not self.mended_by


class Vetting:
    """Asks a backend, and again for what came out defective.

    A retry goes through the same backend, and so through the memo, under its own decoding: it is
    paid for once, and depends on its source alone.

    Args:
        backend: generates; usually remembers.
        languages: ISO codes of source and target.
        retries: how many other ways of decoding are tried.
        why_empty: tells why the backend gave nothing for a text.
    """

    def __init__(
        self,
        backend: CountedBackend,
        languages: tuple[str, str],
        retries: int,
        why_empty: WhyEmpty = not_known,
    ) -> None:
        self._backend = backend
        self._languages = languages
        self._retries = retries
        self._why_empty = why_empty

    def generate(
        self, texts: Sequence[str], decoding: Decoding, advance: Callable[[int], None] | None = None
    ) -> list[Output]:
        """Return one output per text, in order; `advance` hears of finished first tries."""
        outputs = self._outputs(texts, decoding, advance)
        for other in other_decodings(decoding)[: self._retries]:
            again = [index for index, output in enumerate(outputs) if output.is_defective]
            if not again:
                break
            LOG.debug(
                "%d defective outputs are generated again",
                len(again),
                extra=event("retry", outputs=len(again), decoding=_changes(decoding, other)),
            )
            retried = self._outputs([texts[index] for index in again], other, None)
            for index, output in zip(again, retried, strict=True):
                if not output.is_defective:
                    first = outputs[index].found
                    outputs[index] = replace(
                        output, found=first, mended_by=_changes(decoding, other)
                    )
        return outputs

    def _outputs(
        self,
        texts: Sequence[str],
        decoding: Decoding,
        advance: Callable[[int], None] | None,
    ) -> list[Output]:
        made = self._backend.generate(texts, decoding, advance)
        cuts = self._backend.hit_limit(made, decoding)
        return [
            self._examined(text, output, cut=cut)
            for text, output, cut in zip(texts, made, cuts, strict=True)
        ]

    def _examined(self, text: str, output: str, *, cut: bool) -> Output:
        rejected = None if output else self._why_empty(text)
        if rejected is not None:
            return Output(output, cut, rejected=rejected)
        return Output(output, cut, find_defect(text, output, self._languages))


def other_decodings(decoding: Decoding) -> list[Decoding]:
    """Return other ways of decoding, best first: no repeats, greedy, a wider beam."""
    ngram = min(decoding.no_repeat_ngram or _NGRAM, _NGRAM)
    penalty = max(decoding.repetition_penalty, _PENALTY)
    without_repeats = replace(decoding, no_repeat_ngram=ngram, repetition_penalty=penalty)
    greedy = replace(decoding, beams=1, candidates=1, no_repeat_ngram=ngram)
    wider = replace(without_repeats, beams=2 * decoding.beams)
    tried = dict.fromkeys((without_repeats, greedy, wider))
    return [other for other in tried if other != decoding]


def cautions_of(output: Output, source: str, stage: str) -> list[Caution]:
    """Return what an editor should know of an output: it is defective, or was and is mended.

    Args:
        output: what came out.
        source: what it was made of, or enough of it to find the place.
        stage: which stage asked.
    """
    if output.rejected is not None:
        return [Caution(REJECTED, stage, f"{output.rejected}: {source}")]
    if output.found is None:
        return []
    wrong = f"the model's output {output.found.message}"
    if output.is_defective:
        return [Caution("defective_output", stage, f"{wrong}: {source}")]
    message = f"{wrong}; written again with {output.mended_by}: {source}"
    return [Caution("output_retried", stage, message)]


def _changes(asked: Decoding, used: Decoding) -> str:
    before = asdict(asked)
    changed = {name: value for name, value in asdict(used).items() if value != before[name]}
    return ", ".join(f"{name}={value}" for name, value in changed.items())
