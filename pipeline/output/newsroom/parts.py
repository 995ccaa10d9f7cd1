"""The text of a brief in blocks, each run of text with its language."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from pipeline.output.newsroom.texts import Text, legal, line, tag
from pipeline.records import FIXED, Block, BlockKind, Draft, Sentence

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A block of a brief.

    Attributes:
        spans: runs of text in order, neighbours in different languages.
        rows: of a table, its cells, in the language of the only span.
    """

    kind: BlockKind
    spans: tuple[Text, ...]
    rows: Rows = ()


def parts_of(draft: Draft, language: str) -> tuple[Part, ...]:
    """Return the blocks of a brief; sentences without a translation stay in their language.

    Args:
        draft: the brief.
        language: of the translation.
    """
    targets: tuple[str | None, ...] = (None,) * len(draft.sentences)
    if draft.translation is not None:
        targets = draft.translation.targets
    pairs = zip(draft.sentences, targets, strict=True)
    parts = []
    for number, group in groupby(pairs, key=lambda pair: pair[0].block):
        block = draft.article.blocks[number]
        texts = [_spoken(draft, sentence, target, language) for sentence, target in group]
        if block.kind == "table":
            parts.append(_table(block, texts[0], tag(draft.article.language)))
        elif spans := tuple(_runs(texts)):
            parts.append(Part(block.kind, spans))
    return tuple(parts)


def left_over(parts: Iterable[Part], language: str) -> int:
    """Count the runs of prose that are not in the brief's language."""
    prose = (part for part in parts if part.kind not in FIXED)
    return sum(span.language != language for part in prose for span in part.spans)


def text_of(parts: Iterable[Part]) -> str:
    """Return all text, one line a block; of a table, one line a row."""
    lines = []
    for part in parts:
        lines += [" ".join(cells) for cells in part.rows]
        if not part.rows:
            lines.append(" ".join(span.text for span in part.spans))
    return "\n".join(lines)


def _spoken(draft: Draft, sentence: Sentence, target: str | None, language: str) -> Text:
    tidy = legal if sentence.kind in FIXED else _one_line
    made = draft.translation is not None and draft.translation.maker is not None
    passed_on = sentence.kind in FIXED and made and target == sentence.text
    if target is not None and target.strip() and not passed_on:
        return Text(tidy(target), language)
    return Text(tidy(sentence.text), tag(draft.article.language))


def _one_line(text: str) -> str:
    return line(text) or ""


def _runs(texts: Iterable[Text]) -> Iterator[Text]:
    said = (text for text in texts if text.text.strip())
    for language, group in groupby(said, key=lambda text: text.language):
        yield Text(" ".join(text.text for text in group), language)


def _table(block: Block, text: Text, source: str) -> Part:
    """Take the translated cells if they are as many as before, else the original ones."""
    original = tuple(tuple(_one_line(cell) for cell in row) for row in block.rows)
    lines = text.text.split("\n")
    cells = tuple(tuple(_one_line(cell) for cell in row.split("|")) for row in lines)
    if text.language != source and (not original or _shape(cells) == _shape(original)):
        return Part("table", (text,), cells)
    if original:
        return Part("table", (Text(_one_line(block.text), source),), original)
    return Part("table", (text,), cells)


def _shape(rows: Rows) -> list[int]:
    return [len(row) for row in rows]
