"""Cut a text without its dress into paragraphs, subheads and items of lists."""

import re
from itertools import pairwise

from pipeline.records import Block

_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")
_SENTENCE_END = re.compile(r"[.!?…:;,][\"“”‘’»«')\]]*\Z")
_BULLET = re.compile(r"[ \t]*(?:[•·▪‣◦][ \t]*|[-–—*][ \t]+)(?=\S)")
_SURE_BULLET = re.compile(r"[ \t]*(?:[•▪‣◦][ \t]*|[-–—*·][ \t]+)(?=[\"„“»«'(]*[A-ZÀ-ÖØ-Þ0-9+−])")
_CELL = re.compile(r"[^\s:=+-]")
_SUBHEAD_WORDS = 12


def cut_blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of a text; every item of a list is one, and every table of piped lines."""
    parts: list[tuple[str, bool]] = []
    tables: dict[int, Block] = {}
    for paragraph in _PARAGRAPHS.split(text):
        if table := _table(paragraph):
            tables[len(parts)] = table
            parts.append(("", True))
            continue
        items = _items(paragraph)
        for item in items:
            line = _SPACES.sub(" ", item.replace("\n", " ")).strip()
            if line:
                parts.append((line, len(items) > 1 or _BULLET.match(line) is not None))
    last = len(parts) - 1
    return tuple(
        tables.get(number)
        or Block(
            part, "subhead" if 0 < number < last and not listed and _is_subhead(part) else "text"
        )
        for number, (part, listed) in enumerate(parts)
    )


def _table(paragraph: str) -> Block | None:
    """Return the table that lines such as `| 1. | Bayern | 14 |` make."""
    lines = [line.strip() for line in paragraph.split("\n") if line.strip()]
    if not lines or not all(line.startswith("|") and line.endswith("|") for line in lines):
        return None
    rows = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines]
    rows = [row for row in rows if any(_CELL.search(cell) for cell in row)]
    if not rows:
        return None
    return Block("\n".join(" | ".join(row) for row in rows), "table", tuple(rows))


def _items(paragraph: str) -> list[str]:
    """Cut a paragraph in front of its bullets.

    A dash that hard wrapping put to the start of a line is no bullet: a line in front of the first
    bullet has to end like a sentence or with a colon.
    """
    lines = paragraph.split("\n")
    bullets = [number for number, line in enumerate(lines) if _SURE_BULLET.match(line)]
    if not bullets:
        return [paragraph]
    first = bullets[0]
    before = "\n".join(lines[:first]).strip()
    if before and not _SENTENCE_END.search(before):
        return [paragraph]
    cuts = [first, *(number for number in bullets if number > first), len(lines)]
    items = ["\n".join(lines[a:b]) for a, b in pairwise(cuts)]
    return [before, *items] if before else items


def _is_subhead(paragraph: str) -> bool:
    return len(paragraph.split()) <= _SUBHEAD_WORDS and not _SENTENCE_END.search(paragraph)
