"""Turn a mapping, as JSONL and tables have them, into an article or a fault."""

from collections.abc import Iterator, Mapping
from typing import cast

from pipeline.feed.articles import ArticleMaker
from pipeline.feed.faults import STAGE, fault, too_long
from pipeline.feed.item import Item
from pipeline.feed.references import read_references, unusable
from pipeline.feed.settings import MAX_CHARACTERS
from pipeline.feed.values import (
    characters_in,
    is_too_deep,
    kind,
    shown,
    text_of,
    time_of,
    whole_number,
)
from pipeline.records import Article, Caution, Fault, Json, Place
from pipeline.wire import Status

_KNOWN = frozenset(
    {
        "id", "text", "title", "version", "language", "status", "embargo", "published", "provider",
        "dateline", "signature", "references",
    }
)  # fmt: skip
_MAX_DEPTH = 50
_TEXTS = ("title", "language", "provider", "dateline", "signature")
_STATUSES = {"": "usable", "usable": "usable", "canceled": "canceled", "cancelled": "canceled"}


class RecordParser:
    """Checks records and makes articles of them.

    Args:
        language: of records that declare none.
        max_characters: a record with more in all its texts is a fault.
    """

    def __init__(self, language: str, max_characters: int = MAX_CHARACTERS) -> None:
        self._max_characters = max_characters
        self._maker = ArticleMaker(language, max_characters)

    def parse(self, record: Mapping[str, Json], place: Place) -> Article | Fault:
        """Return the article, or why there is none."""
        name = text_of(record.get("id"))
        if name is None:
            message = _why_no_id(record)
            return fault(place, "missing_field", message, "Give each record a text as its id.")
        problem = self._problem(record, name, place)
        return problem or self._maker.make(_item(record, name), place)

    def _problem(self, record: Mapping[str, Json], name: str, place: Place) -> Fault | None:
        if is_too_deep(dict(record), _MAX_DEPTH):
            message = f"a value is nested more than {_MAX_DEPTH} levels deep"
            return fault(place, "wrong_type", message, "Flatten the record's extra keys.", name)
        if characters_in(dict(record)) > self._max_characters:
            return too_long(place, self._max_characters, name)
        text = record.get("text")
        if not isinstance(text, str):
            what = "no 'text'" if text is None else f"a 'text' of type {type(text).__name__}"
            message = f"the record has {what}"
            remedy = "Give each record its running text as a string."
            return fault(place, "missing_field", message, remedy, name)
        version = whole_number(record.get("version", 1))
        if version is None:
            message = f"version {str(record.get('version'))[:40]!r} is no whole number"
            return fault(place, "wrong_type", message, "Number the takes 1, 2, 3, ...", name)
        embargo = record.get("embargo")
        if embargo not in (None, "") and time_of(embargo) is None:
            message = f"embargo {embargo!r} is no ISO time with offset"
            remedy = "Held back to be safe; write it as 2024-10-25T06:00:00+02:00."
            return fault(place, "embargoed", message, remedy, name)
        return None


def _item(record: Mapping[str, Json], name: str) -> Item:
    return Item(
        id=name,
        text=str(record["text"]),
        version=whole_number(record.get("version")),
        language=text_of(record.get("language")),
        status=_status(record.get("status")),
        embargo=time_of(record.get("embargo")),
        published=time_of(record.get("published")),
        provider=text_of(record.get("provider")),
        title=text_of(record.get("title")),
        dateline=text_of(record.get("dateline")),
        signature=text_of(record.get("signature")),
        references=read_references(record.get("references")),
        extra={key: value for key, value in record.items() if key not in _KNOWN},
        cautions=tuple(_cautions(record)),
    )


def _status(value: Json) -> Status:
    """Read a status; a word that is not known holds the article back."""
    if value is None:
        return "usable"
    word = value.strip().casefold() if isinstance(value, str) else "?"
    return cast("Status", _STATUSES.get(word, "withheld"))


def _why_no_id(record: Mapping[str, Json]) -> str:
    value = record.get("id")
    if value is None:
        return "the record has no 'id'"
    if isinstance(value, str):
        return f"the record's 'id' {shown(value)} holds no character that can be written"
    return f"the record's 'id' is {kind(value)}, not a text or a number"


def _cautions(record: Mapping[str, Json]) -> Iterator[Caution]:
    """Yield what cannot be used."""
    published = record.get("published")
    if published not in (None, "") and time_of(published) is None:
        message = f"published {shown(published)} is no ISO time with offset"
        yield Caution("unknown_time", STAGE, message)
    for name in _TEXTS:
        value = record.get(name)
        if isinstance(value, bool | list | dict):
            yield Caution("ignored_value", STAGE, f"{name} is {kind(value)}, not a text")
    for message in unusable(record.get("references")):
        yield Caution("ignored_value", STAGE, message)
