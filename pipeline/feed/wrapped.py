"""Make blocks of text that was wrapped at a fixed width, as serial wires deliver it.

A line that ends early although the next word had room was ended on purpose.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.feed.blocks import cut_blocks
from pipeline.records import Block, BlockKind

WIDTH = 69
_SHARE = 0.2
_MARGIN = 10
_UNWRAPPED = 100
_BLANK = re.compile(r"\n(?:[ \t]*\n)+")
_ROW = re.compile(r"[ \t]*\|.*\|[ \t]*")
_BULLET = re.compile(r"([ \t]*)([*•▪·+–—-])[ \t]+(?=\S)")
_RULE = re.compile(r"[\s*_=~+.–—-]*")
_DASHES = "·–—-"
_STOP = re.compile(r"[.!?:][\"“”»«)]*\Z")
_OPENS = re.compile(r"[\"„“»«'(]*[A-ZÀ-ÖØ-Þ0-9]")
_COLUMNS = re.compile(r"\S {3,}\S")
_HANGING = re.compile(r"[^\W\d_]-\Z")
_SLASH = re.compile(r"\w/\Z")
_WORD = re.compile(r"\w")
_AND = re.compile(
    r"(?:und|oder|bis|sowie|bzw|beziehungsweise|wie|noch|als|aber|statt|and|or|to|et|ou|y|o)\b"
)


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of a text that becomes one block."""

    text: str
    kind: BlockKind = "text"
    rows: tuple[tuple[str, ...], ...] = ()


def wrapped_blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of a wrapped text; blank lines part paragraphs.

    Args:
        text: with tidy line ends.
    """
    paragraphs = [paragraph.split("\n") for paragraph in _BLANK.split(text)]
    wrap = _Wrap(paragraphs)
    parts = [part for paragraph in paragraphs for part in wrap.parts(paragraph)]
    cut = cut_blocks("\n\n".join(" ".join(part.text.split()) for part in parts))
    return tuple(
        block if part.kind == "text" else Block(part.text, part.kind, part.rows)
        for block, part in zip(cut, parts, strict=True)
    )


def join_lines(lines: Sequence[str], *, ragged: bool = False) -> str:
    """Join wrapped lines to one.

    A compound keeps its hyphen and gets no space (`Hessen-`, `Thüringen`); a suspended hyphen gets
    one (`Auftritts-`, `und Redeverbot`).

    Args:
        lines: as delivered.
        ragged: spaces at the end of lines mean nothing in this text.
    """
    joined, previous = list[str](), ""
    for line in lines:
        following = line.strip()
        if not following:
            continue
        if joined and not _is_glued(previous, following, ragged=ragged):
            joined.append(" ")
        joined.append(following)
        previous = line
    return " ".join("".join(joined).split())


def _is_glued(line: str, following: str, *, ragged: bool) -> bool:
    bare = line.rstrip()
    if bare != line and not ragged:
        return False
    if _SLASH.search(bare):
        return _WORD.match(following) is not None
    return _HANGING.search(bare) is not None and not _AND.match(following)


def ends_early(line: str, following: str, width: int = WIDTH, margin: int = 0) -> bool:
    """Tell whether a line was ended on purpose: the next word had room in it."""
    words = following.split(None, 2)
    word = " ".join(words[:2]) if _BULLET.match(following) else "".join(words[:1])
    return len(line.rstrip()) + 1 + len(word) <= width - margin


class _Wrap:
    """Knows how a text is wrapped, and parts its paragraphs."""

    def __init__(self, paragraphs: Sequence[Sequence[str]]) -> None:
        lines = [line for paragraph in paragraphs for line in paragraph if line.strip()]
        longest = max((len(line.rstrip()) for line in lines if not _ROW.fullmatch(line)), default=0)
        self._unwrapped = longest > _UNWRAPPED
        self._ragged = 2 * sum(line.endswith(" ") for line in lines) > len(lines)
        self._width = WIDTH
        if longest < WIDTH:
            ends = [
                ends_early(*pair, longest)
                for paragraph in paragraphs
                for pair in pairwise(filter(str.strip, paragraph))
            ]
            if sum(ends) <= _SHARE * len(ends):
                self._width = longest

    def parts(self, lines: Sequence[str]) -> list[_Part]:
        """Return the parts of a paragraph."""
        lines = [line for line in lines if line.strip()]
        if all(map(_RULE.fullmatch, lines)):
            return []
        if len(lines) > 1 and sum(_COLUMNS.search(line) is not None for line in lines) > 1:
            columns = [line for line in lines if not _ROW.fullmatch(line)]
            if len(columns) == len(lines):
                return [_Part("\n".join(line.rstrip() for line in lines), "pre")]
        parts: list[_Part] = []
        held: list[str] = []
        rows: list[tuple[str, ...]] = []
        listed = self._is_list(lines)
        for line in lines:
            is_row = _ROW.fullmatch(line) is not None
            if held and (is_row or self._breaks(held[-1], line, listed=listed)):
                parts.append(self._prose(held))
                held = []
            if rows and not is_row:
                parts.append(_table(rows))
                rows = []
            if is_row:
                rows.append(tuple(cell.strip() for cell in line.strip().strip("|").split("|")))
            else:
                held.append(line)
        if held:
            parts.append(self._prose(held))
        if rows:
            parts.append(_table(rows))
        return [part for part in parts if part.text]

    def _is_list(self, lines: Sequence[str]) -> bool:
        """Tell whether a paragraph is a list, or prose below lines of a heading.

        One line that ends early is an accident, or a break behind a company's name.
        """
        ends = [self._ends(*pair) for pair in pairwise(lines)]
        return sum(ends) > 1 and (all(ends[:2]) or 2 * sum(ends) >= len(ends))

    def _ends(self, line: str, following: str) -> bool:
        """Tell whether a line was ended on purpose, and can be the end of something."""
        bare, after = line.rstrip(), following.strip()
        if bare.endswith(("-", ",")) or (bare[-1:].isdigit() and after[:1].isdigit()):
            return False
        return _OPENS.match(after) is not None and self._early(line, following)

    def _early(self, line: str, following: str) -> bool:
        return ends_early(line, following, self._width, _MARGIN)

    def _breaks(self, line: str, following: str, *, listed: bool) -> bool:
        """Tell whether a block ends with a line."""
        if bullet := _BULLET.match(following):
            if bullet[2] not in _DASHES:
                return True
            sentence = _STOP.search(line.rstrip()) and _OPENS.match(following, bullet.end())
            return len(bullet[1]) > 1 or bool(sentence) or self._early(line, following)
        if self._unwrapped:
            opens = _OPENS.match(following.strip()) is not None
            return opens and _STOP.search(line.rstrip()) is not None
        return listed and self._ends(line, following)

    def _prose(self, lines: Sequence[str]) -> _Part:
        bullet = _BULLET.match(lines[0])
        text = join_lines(lines, ragged=self._ragged)
        if bullet:
            return _Part(text[1:].strip(), "item")
        return _Part(text)


def _table(rows: list[tuple[str, ...]]) -> _Part:
    kept = tuple(row for row in rows if any(row))
    return _Part("\n".join(" | ".join(row) for row in kept), "table", kept)
