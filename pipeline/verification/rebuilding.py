"""Make a draft from the record of a brief: the texts, and nothing that was computed from them."""

from collections.abc import Mapping
from typing import TypeVar

from pipeline.records import (
    Abstract,
    Article,
    BlockKind,
    Draft,
    Extract,
    Json,
    Maker,
    Place,
    References,
    Sentence,
    Translation,
    Treatment,
)

Choice = TypeVar("Choice")

_KINDS: Mapping[str, BlockKind] = {
    kind: kind for kind in ("text", "subhead", "item", "quote", "table", "pre")
}
_TREATMENTS: Mapping[str, Treatment] = {
    treatment: treatment for treatment in ("brief", "translate", "pass")
}


def rebuild(record: Mapping[str, Json], position: int) -> Draft:
    """Return the draft that a brief was written from, before it was scored.

    Raises:
        ValueError: if the record is none of a brief; the message names the field.
    """
    references = _mapping(record, "references")
    article = Article(
        id=_text(record, "id") or "",
        blocks=(),
        place=Place(_text(record, "place") or ""),
        title=_text(record, "title"),
        language=_text(record, "language"),
        treatment=_one_of(_TREATMENTS, record, "treatment"),
        references=References(_text(references, "translation"), _texts(references, "summaries")),
    )
    translation = _mapping(record, "translation")
    rows = [row for row in _list(translation, "sentences") if isinstance(row, dict)]
    abstract = _text(_mapping(record, "abstractive"), "text")
    return Draft(
        article=article,
        position=position,
        sentences=tuple(_sentence(row) for row in rows),
        translation=_translation(record, translation, rows),
        extract=_extract(record),
        abstract=None if abstract is None else Abstract(abstract, _made(record, "abstractive")),
    )


def _sentence(row: Mapping[str, Json]) -> Sentence:
    return Sentence(
        _text(row, "source") or "", _number(row, "paragraph"), _one_of(_KINDS, row, "kind")
    )


def _translation(
    record: Mapping[str, Json], translation: Mapping[str, Json], rows: list[dict[str, Json]]
) -> Translation | None:
    if translation.get("text") is None:
        return None
    targets = tuple(_text(row, "target") for row in rows)
    return Translation(_text(translation, "title"), targets, _maker(record, "translation"))


def _extract(record: Mapping[str, Json]) -> Extract | None:
    extract = _mapping(record, "extractive")
    text = _text(extract, "text")
    if text is None:
        return None
    picks = tuple(pick for pick in _list(extract, "sentences") if isinstance(pick, int))
    return Extract(picks, text, _made(record, "extractive"))


def _maker(record: Mapping[str, Json], part: str) -> Maker | None:
    maker = _mapping(_mapping(record, "made_by"), part)
    if not maker:
        return None
    return Maker(
        _text(maker, "model") or "",
        _text(maker, "revision"),
        _text(maker, "engine") or "",
        _text(maker, "decoding") or "",
    )


def _made(record: Mapping[str, Json], part: str) -> Maker:
    maker = _maker(record, part)
    if maker is None:
        raise ValueError(f"made_by.{part} is not there")
    return maker


def _text(record: Mapping[str, Json], key: str) -> str | None:
    value = record.get(key)
    if value is None or isinstance(value, str):
        return value
    raise ValueError(f"{key} is no text")


def _texts(record: Mapping[str, Json], key: str) -> tuple[str, ...]:
    found = tuple(value for value in _list(record, key) if isinstance(value, str))
    if len(found) != len(_list(record, key)):
        raise ValueError(f"{key} are not all texts")
    return found


def _number(record: Mapping[str, Json], key: str) -> int:
    value = record.get(key)
    if isinstance(value, int):
        return value
    raise ValueError(f"{key} is no number")


def _list(record: Mapping[str, Json], key: str) -> list[Json]:
    value = record.get(key)
    if value is None:
        return []
    if isinstance(value, list):
        return value
    raise ValueError(f"{key} is no list")


def _mapping(record: Mapping[str, Json], key: str) -> Mapping[str, Json]:
    value = record.get(key)
    if value is None:
        return {}
    if isinstance(value, dict):
        return value
    raise ValueError(f"{key} is no object")


def _one_of(choices: Mapping[str, Choice], record: Mapping[str, Json], key: str) -> Choice:
    value = _text(record, key) or ""
    if value not in choices:
        raise ValueError(f"{key} is {value!r}")
    return choices[value]
