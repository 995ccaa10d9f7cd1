"""Read through `briefs.jsonl` once: where each article stands, and what lists tell of it."""

import hashlib
import json
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.report.fields import Fields, ReportError, as_fields

Key = tuple[str, int]
"""Id and version."""

_PARTS = ("extractive", "abstractive")


@dataclass(frozen=True, slots=True)
class Head:
    """What a list tells of an article.

    Attributes:
        published: ISO 8601, as the feed has it.
        words: of the source text.
    """

    title: str | None
    title_target: str | None
    desk: str | None
    published: str | None
    words: int


@dataclass(frozen=True, slots=True)
class Heads:
    """All articles of a run, in the order of its briefs.

    Attributes:
        ids: one for each line; an article that is there twice stands twice.
        places: row of each article, the first if it is there twice.
        offsets: where each line begins, in bytes.
        all: one for each line.
        sources: digest of each article's source text and references.
        words: of all translations and summaries.
    """

    ids: tuple[str, ...]
    places: dict[Key, int]
    offsets: Sequence[int]
    all: Sequence[Head]
    sources: Sequence[bytes]
    words: int


def read_heads(path: Path) -> Heads:
    """Read a run's briefs, one at a time.

    Raises:
        ReportError: if a line is no brief.
    """
    ids: list[str] = []
    places: dict[Key, int] = {}
    offsets, heads, sources, words = array("q"), [], [], 0
    for offset, brief in _briefs(path):
        key = brief.text("id"), brief.whole("version")
        places.setdefault(key, len(ids))
        ids.append(key[0].encode("utf-8", "replace").decode())
        offsets.append(offset)
        pairs = _sentences(brief)
        heads.append(_head(brief, pairs))
        sources.append(_digest(brief, pairs))
        words += _words_made(brief, pairs)
    return Heads(tuple(ids), places, offsets, heads, sources, words)


def read_brief(path: Path, offset: int) -> Fields:
    """Read the one brief that begins at this byte.

    Raises:
        ReportError: if there is none.
    """
    try:
        with path.open("rb") as lines:
            lines.seek(offset)
            return _parse(lines.readline(), f"{path}: byte {offset}")
    except OSError as error:
        raise ReportError(f"cannot read {path}: {error}") from error


def _briefs(path: Path) -> Iterator[tuple[int, Fields]]:
    offset = 0
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield offset, _parse(line, f"{path}:{number}")
                offset += len(line)
    except OSError as error:
        raise ReportError(f"cannot read {path}: {error}") from error


def _parse(line: bytes, place: str) -> Fields:
    try:
        return as_fields(json.loads(line), place)
    except ValueError as error:
        raise ReportError(f"{place}: no JSON ({error}); give the run's command again") from error


def _sentences(brief: Fields) -> list[Fields]:
    translation = brief.child_or_none("translation")
    return translation.children("sentences") if translation else []


def _head(brief: Fields, pairs: Sequence[Fields]) -> Head:
    translation = brief.child_or_none("translation")
    return Head(
        title=brief.text_or_none("title"),
        title_target=translation.text_or_none("title") if translation else None,
        desk=_desk(brief),
        published=brief.text_or_none("published"),
        words=sum(len(pair.text("source").split()) for pair in pairs),
    )


def _desk(brief: Fields) -> str | None:
    """Return the desk that the feed names, else the first subject, else the genre."""
    for place, keys in (("extra", ("desk", "ressort", "section")), ("wire", ("desk",))):
        fields = brief.child_or_none(place)
        for key in keys if fields else ():
            value = fields.values.get(key) if fields else None
            if isinstance(value, str) and value.strip():
                return value.strip()
    wire = brief.child_or_none("wire")
    subjects = wire.children("subjects") if wire else []
    named = subjects[0].text_or_none("name") if subjects else None
    return named or (wire.text_or_none("genre") if wire else None)


def _digest(brief: Fields, pairs: Sequence[Fields]) -> bytes:
    references = brief.child_or_none("references")
    told = [[pair.text("source") for pair in pairs], references.values if references else None]
    text = json.dumps(told, sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=8).digest()


def _words_made(brief: Fields, pairs: Sequence[Fields]) -> int:
    texts = [pair.text_or_none("target") for pair in pairs]
    for part in _PARTS:
        found = brief.child_or_none(part)
        texts.append(found.text_or_none("text") if found else None)
    return sum(len(text.split()) for text in texts if text)
