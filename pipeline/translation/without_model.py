"""The two options that translate nothing: English feeds, and reference translations."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from pipeline.records import FIXED, Block, Caution, Draft, Fault, Maker, Sentence, Translation
from pipeline.stage import Usage
from pipeline.translation.passing import untouched
from pipeline.treatments import is_passed

Split = Callable[[str], list[str]]


class KeepSource:
    """The feed is in the target language already: targets are the sources."""

    name = "translate"

    def __init__(self) -> None:
        self.usage = Usage()

    def open(self) -> None:
        """Need nothing."""

    def process(
        self, drafts: Sequence[Draft], advance: Callable[[int], None]
    ) -> Sequence[Draft | Fault]:
        """Copy each sentence."""
        advance(len(drafts))
        return [untouched(draft) for draft in drafts]

    def close(self) -> None:
        """Hold nothing."""


class UseReference:
    """Take the reference translation as the translation.

    Its paragraphs are matched with the article's where the counts agree, else the whole document
    with the whole document; sentences are matched in order and by length, since the two sides may
    be split differently. Tables stay as they are, whether the reference has them or not.
    """

    name = "translate"

    def __init__(self, split: Split) -> None:
        self._split = split
        self.usage = Usage()

    def open(self) -> None:
        """Need nothing."""

    def process(
        self, drafts: Sequence[Draft], advance: Callable[[int], None]
    ) -> Sequence[Draft | Fault]:
        """Fill in the reference; an article without one becomes a fault."""
        advance(len(drafts))
        return [self._one(draft) for draft in drafts]

    def close(self) -> None:
        """Hold nothing."""

    def _one(self, draft: Draft) -> Draft | Fault:
        if is_passed(draft):
            return untouched(draft)
        reference = draft.article.references.translation or ""
        title = draft.article.extra.get("reference_title")
        if not reference and (draft.sentences or not title):
            return Fault(
                place=draft.article.place,
                stage=self.name,
                reason="no_reference",
                message="the article has no reference translation",
                remedy="Add references.translation, or choose a model: translation=starter.",
                article_id=draft.article.id,
            )
        blocks = [block for block in reference.split("\n\n") if block.strip()]
        numbers = _numbers(draft.article.blocks, len(blocks))
        cautions = draft.cautions
        if numbers is None:
            count = len(draft.article.blocks)
            message = f"{len(blocks)} reference paragraphs for {count}: matched by document"
            cautions = (*cautions, Caution("reference_unaligned", self.name, message))
        translation = Translation(
            title=title if isinstance(title, str) else None,
            targets=self._targets(draft.sentences, blocks, numbers),
            maker=Maker("reference", None, "human", "{}"),
        )
        return replace(draft, translation=translation, cautions=cautions)

    def _targets(
        self, sentences: tuple[Sentence, ...], blocks: list[str], numbers: list[int] | None
    ) -> tuple[str | None, ...]:
        """Return a target for each sentence.

        Args:
            sentences: of the article.
            blocks: of the reference.
            numbers: of the article's blocks, one for each of the reference; `None` matches by
                document.
        """
        found: list[str | None] = [s.text if s.kind in FIXED else None for s in sentences]
        open_ones = [number for number, target in enumerate(found) if target is None]
        if numbers is None:
            english = [part for block in blocks for part in self._split(block)]
            groups = [(open_ones, english)]
        else:
            groups = [
                ([n for n in open_ones if sentences[n].block == number], self._split(block))
                for number, block in zip(numbers, blocks, strict=True)
            ]
        for group, english in groups:
            targets = distribute([sentences[n].text for n in group], english)
            for number, target in zip(group, targets, strict=True):
                found[number] = target
        return tuple(found)


def _numbers(blocks: Sequence[Block], count: int) -> list[int] | None:
    """Return which blocks the reference's paragraphs stand for: all of them, or all but tables."""
    if len(blocks) == count:
        return list(range(count))
    prose = [number for number, block in enumerate(blocks) if block.kind not in FIXED]
    return prose if len(prose) == count else None


def distribute(sources: Sequence[str], targets: Sequence[str]) -> list[str | None]:
    """Assign targets to sources in order, by where they stand in the text.

    Returns one entry per source: its targets joined by a space, or `None` if it got none.
    """
    if len(sources) == len(targets):
        return list(targets)
    ends = _ends(sources)
    found: list[list[str]] = [[] for _ in sources]
    for text, end, size in zip(targets, _ends(targets), _shares(targets), strict=True):
        middle = end - size / 2
        index = next((i for i, limit in enumerate(ends) if middle <= limit), len(sources) - 1)
        if found:
            found[index].append(text)
    return [" ".join(texts) or None for texts in found]


def _shares(texts: Sequence[str]) -> list[float]:
    total = sum(map(len, texts)) or 1
    return [len(text) / total for text in texts]


def _ends(texts: Sequence[str]) -> list[float]:
    position = 0.0
    ends = []
    for share in _shares(texts):
        position += share
        ends.append(position)
    return ends
