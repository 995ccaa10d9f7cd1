"""Pick each article's sentences, and render them in the target language."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace

from pipeline.extractive.choice import make_ranker
from pipeline.extractive.ranker import Candidates
from pipeline.extractive.selection import check_budget, pick
from pipeline.extractive.settings import RankedExtractive
from pipeline.fingerprint import canonical_json
from pipeline.records import PROSE, Caution, Draft, Extract, Fault, Maker
from pipeline.stage import Usage
from pipeline.treatments import without_summary


class ExtractStage:
    """Fill `Draft.extract` from the translation, or from the source where there is none yet.

    Args:
        settings: which ranker, and the budget.
        language: ISO code of the sentences that are ranked.
        offline: open no connection.
    """

    name = "extract"

    def __init__(self, settings: RankedExtractive, language: str, *, offline: bool) -> None:
        check_budget(settings.sentences, settings.words)
        self._settings = settings
        self._ranker = make_ranker(settings, language, offline=offline)
        decoding = canonical_json(asdict(settings))
        self._maker = Maker(self._ranker.name, None, "wirebrief", decoding)
        self.usage = Usage()

    def open(self) -> None:
        """Open the ranker."""
        self._ranker.open()
        self._maker = replace(
            self._maker, revision=self._ranker.revision, bytes=self._ranker.model_bytes
        )

    def process(
        self, drafts: Sequence[Draft], advance: Callable[[int], None]
    ) -> Sequence[Draft | Fault]:
        """Pick from each draft."""
        found = []
        for draft in drafts:
            found.append(self._one(draft))
            advance(1)
        return found

    def close(self) -> None:
        """Hold nothing."""

    def order(self, draft: Draft) -> list[int]:
        """Return indices into `draft.sentences`, best first; all of the running text.

        What the ranker leaves out comes last, in text order. An extract was ranked once, in the
        language that it was picked in: its order is taken.
        """
        if draft.extract is not None:
            return list(draft.extract.order)
        numbers, candidates = _candidates(draft)
        return _complete(self._ranker.rank(candidates), numbers)

    def _one(self, draft: Draft) -> Draft:
        if (finished := without_summary(draft, self.name)) is not None:
            return finished
        numbers, candidates = _candidates(draft)
        texts = candidates.texts
        if not texts:
            message = "the article has no running text, only subheads"
            return _with_caution(draft, "nothing_to_extract", message)
        order = self._ranker.rank(candidates)
        if not order and not draft.article.references.summaries:
            message = f"{self._ranker.name} needs a reference summary, and there is none"
            return _with_caution(draft, "no_reference", message)
        picks = pick(
            order or range(len(texts)), texts, self._settings.sentences, self._settings.words
        )
        self.usage.made += 1
        text = "\n".join(texts[index] for index in picks)
        extract = Extract(
            picks=tuple(numbers[index] for index in picks),
            text=text,
            maker=self._maker,
            order=tuple(_complete(order, numbers)),
        )
        return replace(draft, extract=extract)


class RenderStage:
    """Put the translated sentences into an extract that was picked in the source language."""

    name = "render"

    def __init__(self) -> None:
        self.usage = Usage()

    def open(self) -> None:
        """Need nothing."""

    def process(
        self, drafts: Sequence[Draft], advance: Callable[[int], None]
    ) -> Sequence[Draft | Fault]:
        """Render each draft's extract."""
        advance(len(drafts))
        return [_render(draft) for draft in drafts]

    def close(self) -> None:
        """Hold nothing."""


def _candidates(draft: Draft) -> tuple[list[int], Candidates]:
    """Return numbers and texts of the running-text sentences, translated where possible."""
    article, translation = draft.article, draft.translation
    numbers, texts = [], []
    for number, sentence in enumerate(draft.sentences):
        target = translation.targets[number] if translation else sentence.text
        if sentence.kind in PROSE and target:
            numbers.append(number)
            texts.append(target)
    title = translation.title if translation else article.title
    paragraphs = [draft.sentences[number].block for number in numbers]
    candidates = Candidates(article.id, texts, article.references.summaries, title, paragraphs)
    return numbers, candidates


def _complete(order: Sequence[int], numbers: Sequence[int]) -> list[int]:
    """Return sentence numbers in the ranker's order, then those that it left out."""
    ranked = set(order)
    rest = [index for index in range(len(numbers)) if index not in ranked]
    return [numbers[index] for index in (*order, *rest)]


def _render(draft: Draft) -> Draft:
    if draft.extract is None or draft.translation is None:
        return draft
    targets = (draft.translation.targets[number] for number in draft.extract.picks)
    return replace(
        draft, extract=replace(draft.extract, text="\n".join(text for text in targets if text))
    )


def _with_caution(draft: Draft, code: str, message: str) -> Draft:
    return replace(draft, cautions=(*draft.cautions, Caution(code, ExtractStage.name, message)))
