"""Corpus scores: means over articles with bootstrap intervals, and BLEU, chrF and TER."""

from evaluation.bootstrap import mean_interval
from evaluation.rouge import METRICS, Rouge
from evaluation.score import Score
from evaluation.translation import TranslationScorer, align
from pipeline.records import Draft
from pipeline.scoring.settings import RougeScoring

_MEASURE = "mean over articles"


class CorpusScorer:
    """Collects numbers article by article; memory holds numbers, no text.

    Attributes:
        unscored: briefs without any reference summary.
    """

    def __init__(self, settings: RougeScoring) -> None:
        self._settings = settings
        self._values: dict[str, list[float]] = {}
        self._translation = TranslationScorer()
        self.unscored = 0

    def add(self, draft: Draft) -> None:
        """Add a finished draft."""
        for name, value in (draft.scores or {}).items():
            self._values.setdefault(name, []).append(value)
        if not draft.article.references.summaries:
            self.unscored += 1
        reference = draft.article.references.translation
        translation = draft.translation
        if reference and translation and translation.maker and translation.maker.engine != "human":
            blocks = _target_blocks(draft)
            if blocks:
                wanted = [block for block in reference.split("\n\n") if block.strip()]
                self._translation.add(align(blocks, wanted))

    def scores(self) -> list[Score]:
        """Return all corpus scores, translation first."""
        settings = self._settings
        rouge = Rouge(stem=settings.stem, many=settings.many_references.value).signature()
        found = self._translation.scores("translation", settings.samples, settings.seed)
        resampling = f"bs:{settings.samples}|seed:{settings.seed}"
        for name, values in sorted(self._values.items()):
            interval = mean_interval(values, settings.samples, settings.seed) or (None, None)
            is_rouge = name.split(".")[1] in METRICS
            recipe = rouge if is_rouge else _MEASURE
            mean = sum(values) / len(values)
            low, high = interval
            found.append(Score(name, mean, low, high, len(values), f"{recipe}|{resampling}"))
        return found


def _target_blocks(draft: Draft) -> list[str]:
    """Return the translated blocks; none if a sentence was left untranslated."""
    targets = draft.translation.targets if draft.translation else ()
    if any(target is None for target in targets):
        return []
    blocks: dict[int, list[str]] = {}
    for sentence, target in zip(draft.sentences, targets, strict=True):
        blocks.setdefault(sentence.block, []).append(target or "")
    return [" ".join(texts) for _, texts in sorted(blocks.items())]
