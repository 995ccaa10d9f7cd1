"""Compute every score of a run again, from the texts of its briefs."""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, fields
from enum import Enum
from typing import get_type_hints

from evaluation.article_statistics import ArticleStatistics
from pipeline.output.briefs import brief_record
from pipeline.records import Caution, Draft, Fault, Json
from pipeline.scoring.corpus import CorpusScorer
from pipeline.scoring.settings import RougeScoring
from pipeline.scoring.stage import ScoreStage
from pipeline.treatments import is_passed
from pipeline.verification.findings import Check
from pipeline.verification.rebuilding import rebuild
from pipeline.verification.run_folder import NoRunError, Record, RunFolder

_PLACES = 6
"""Of scores in briefs; those of the corpus are recorded in full."""
_STEP = 1.5 * 10**-_PLACES
_SAME = 1e-9


class Rescorer:
    """Goes through the briefs once; memory holds numbers, no text.

    Attributes:
        briefs: how many there are.
        unscored: briefs that no reference summary belongs to.
        texts: do summaries and translations consist of the sentences that are recorded?
        articles: are the scores of each article as computed?
        warnings: are the warnings about facts as computed?
    """

    def __init__(self, run: RunFolder) -> None:
        self._run = run
        settings = _scoring(run)
        self.briefs = self.unscored = 0
        self.texts = Check("texts")
        self.articles = Check("scores of articles")
        self.warnings = Check("warnings about facts")
        self._values = self._passed = self._partly = 0
        self._warned = 0
        self._stage: ScoreStage | None = None
        self._corpus: CorpusScorer | None = None
        if settings is not None:
            german = bool(run.section("models", "translation"))
            language = str(run.section("configuration", "languages").get("target") or "en")
            self._stage = ScoreStage(settings, language, source_is_german=german)
            self._stage.open()
            self._corpus = CorpusScorer(settings, language)

    def add(self, number: int, record: Record) -> None:
        """Look at one more brief.

        Args:
            number: its line.
            record: of `briefs.jsonl`.
        """
        self.briefs += 1
        try:
            draft = rebuild(record, number - 1)
            written = brief_record(draft)
        except (ValueError, IndexError) as error:
            self.texts.differs(f"briefs.jsonl:{number}: is no brief: {error}")
            return
        self._compare_texts(draft, record, written)
        self.unscored += self._stage is None or not draft.article.references.summaries
        if self._stage is None:
            self.articles.expect(_of(record, "scores"), record.get("scores"), None)
            return
        (scored,) = self._stage.process([draft], lambda _: None)
        if not isinstance(scored, Fault) and self._corpus is not None:
            self._corpus.add(scored)
            self._compare_scores(scored, record)
            self._compare_warnings(scored, record)

    def finish(self) -> list[Check]:
        """Return the checks of articles and of the corpus."""
        self.texts.looked_at = (
            f"{self.briefs} briefs: translations and extracts, against their sentences"
        )
        self.articles.looked_at = (
            f"{self._values} values of {self.briefs} briefs, against those computed from the texts"
        )
        self.warnings.looked_at = f"{self._warned} warnings of {self.briefs} briefs, likewise"
        if self._stage is None:
            self.articles.leave("the run scored nothing (scoring=none, or no stage score)")
        if self._passed:
            self.articles.leave(f"{self._passed} briefs were passed on as they came, unscored")
        if self._partly:
            self.articles.leave(
                f"{self._partly} briefs are translated in part (order=extract_first): they have no "
                "scores of the translation, nor measures against the whole article"
            )
        self.texts.leave("whether the models would write the same again: no model is run")
        return [self.texts, self.articles, self.warnings, self._check_corpus()]

    def statistics(self) -> ArticleStatistics | None:
        """Return each article's exact numbers; `None` if the run scored nothing."""
        return self._corpus.statistics().table() if self._corpus is not None else None

    def _compare_texts(self, draft: Draft, record: Record, written: Record) -> None:
        if record.get("translation") != written["translation"]:
            self.texts.differs(f"{_of(record, 'translation')}: text is not that of its sentences")
        if draft.extract is None:
            return
        rows = draft.sentences
        targets = draft.translation.targets if draft.translation else [row.text for row in rows]
        picked = [targets[pick] if 0 <= pick < len(rows) else None for pick in draft.extract.picks]
        if draft.extract.text != "\n".join(text for text in picked if text):
            self.texts.differs(f"{_of(record, 'extractive')}: text is not the sentences picked")

    def _compare_scores(self, scored: Draft, record: Record) -> None:
        computed = scored.scores or {}
        recorded = record.get("scores")
        self._passed += is_passed(scored) or scored.translation is None
        self._partly += scored.translation is not None and None in scored.translation.targets
        if not isinstance(recorded, dict):
            self.articles.differs(f"{_of(record, 'scores')}: recorded {recorded!r}, no object")
            return
        for name in sorted({*computed, *recorded}):
            self._values += 1
            value = computed.get(name)
            if not _close(recorded.get(name), value, _STEP):
                shown = value if value is None else round(value, _PLACES)
                self.articles.expect(_of(record, name), recorded.get(name), shown)

    def _compare_warnings(self, scored: Draft, record: Record) -> None:
        recorded = record.get("warnings")
        listed = recorded if isinstance(recorded, list) else []
        told = [row for row in listed if isinstance(row, dict) and row.get("stage") == "score"]
        computed: list[Json] = [_warning(caution) for caution in scored.cautions]
        self._warned += len(computed)
        if told != computed:
            lost = [row for row in computed if row not in told]
            new = [row for row in told if row not in computed]
            what = f"{len(lost)} missing, {len(new)} that nothing calls for"
            self.warnings.differs(f"{_of(record, 'warnings')}: {what}")
        if record.get("facts") != brief_record(scored)["facts"]:
            self.warnings.differs(f"{_of(record, 'facts')}: not those of the texts")

    def _check_corpus(self) -> Check:
        check = Check("scores of the corpus")
        recorded = _recorded_scores(self._run, check)
        scores = self._corpus.scores() if self._corpus is not None else []
        computed: dict[str, Mapping[str, Json]] = {score.name: asdict(score) for score in scores}
        for name in sorted({*recorded, *computed}):
            ours, theirs = computed.get(name), recorded.get(name)
            if ours is None or theirs is None:
                check.differs(f"{name}: {'not recorded' if ours else 'recorded, and not computed'}")
                continue
            for key in sorted({*ours, *theirs}):
                if not _close(theirs.get(key), ours.get(key), _SAME):
                    check.expect(f"{name}, {key}", theirs.get(key), ours.get(key))
        check.looked_at = (
            f"{len(computed)} scores: values, intervals, counts and signatures, likewise"
        )
        return check


def _scoring(run: RunFolder) -> RougeScoring | None:
    """Return how the run scored; `None` if it did not."""
    recorded = run.section("configuration", "scoring")
    stages = run.section("configuration").get("stages")
    if not recorded or not isinstance(stages, list) or "score" not in stages:
        return None
    hints = get_type_hints(RougeScoring)
    known = [field.name for field in fields(RougeScoring) if field.name in recorded]
    chosen = {name: _setting(run, name, recorded[name], hints[name]) for name in known}
    return RougeScoring(**chosen)  # type: ignore[arg-type]


def _setting(run: RunFolder, name: str, value: Json, kind: type) -> object:
    """Return a setting as its schema has it: the members of an enumeration stand by their names."""
    if issubclass(kind, Enum) and value in kind.__members__:
        return kind[str(value)]
    if isinstance(value, kind):
        return value
    raise NoRunError(
        f"{run.path / 'run.json'}: configuration.scoring.{name}={value!r} is nothing that "
        "wirebrief writes there."
    )


def _recorded_scores(run: RunFolder, check: Check) -> dict[str, Mapping[str, Json]]:
    try:
        recorded = json.loads((run.path / "scores.json").read_text(encoding="utf-8"))
    except OSError as error:
        check.differs(f"scores.json: cannot be read ({error.strerror})")
    except ValueError as error:
        check.differs(f"scores.json: is no JSON ({error})")
    else:
        rows = recorded if isinstance(recorded, list) else []
        return {str(row.get("name")): row for row in rows if isinstance(row, dict)}
    return {}


def _close(recorded: Json, computed: object, step: float) -> bool:
    if isinstance(recorded, int | float) and isinstance(computed, int | float):
        return math.isclose(recorded, computed, rel_tol=_SAME, abs_tol=step)
    if isinstance(computed, float) and not math.isfinite(computed):
        return recorded is None
    return recorded == computed


def _warning(caution: Caution) -> dict[str, Json]:
    return {"code": caution.code, "stage": caution.stage, "message": caution.message}


def _of(record: Record, what: str) -> str:
    return f"article {record.get('id')!r}, {what}"
