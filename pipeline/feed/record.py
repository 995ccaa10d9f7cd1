"""Turn a mapping, whatever file it came from, into an article or a fault."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime

from pipeline.feed.dress import Dress, undress
from pipeline.feed.references import read_references, unusable
from pipeline.feed.settings import MAX_CHARACTERS
from pipeline.feed.values import (
    characters_in,
    is_too_deep,
    kind,
    legible,
    line_of,
    shown,
    text_of,
    time_of,
    whole_number,
    whole_text,
)
from pipeline.records import Article, Caution, Fault, Json, Place

_KNOWN = frozenset(
    {
        "id", "text", "title", "version", "language", "status", "embargo", "published", "provider",
        "dateline", "signature", "references",
    }
)  # fmt: skip
STAGE = "feed"
_MAX_DEPTH = 50
_TEXTS = ("title", "language", "provider", "dateline", "signature")


def fault(place: Place, reason: str, message: str, remedy: str, name: str | None = None) -> Fault:
    """Return a fault of the feed."""
    return Fault(place, STAGE, reason, message, remedy, name)


def too_long(place: Place, limit: int, name: str | None = None) -> Fault:
    """Return the fault of a record that is longer than any article."""
    message = f"the record has more than {limit:,} characters"
    remedy = "Part it into articles, or set feed.max_characters to more."
    return fault(place, "too_long", message, remedy, name)


class RecordParser:
    """Checks records and makes articles of them; remembers ids to find duplicates.

    Args:
        language: of records that declare none.
        max_characters: a record with more in all its texts is a fault.
        now: the clock that embargoes are checked against.
    """

    def __init__(
        self,
        language: str,
        max_characters: int = MAX_CHARACTERS,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        self._language, self._max_characters = language, max_characters
        self._now = now or (lambda: datetime.now(UTC))
        self._seen: set[int] = set()

    def parse(self, record: Mapping[str, Json], place: Place) -> Article | Fault:
        """Return the article, or why there is none."""
        name = text_of(record.get("id"))
        if name is None:
            message = _why_no_id(record)
            return fault(place, "missing_field", message, "Give each record a text as its id.")
        problem = self._problem(record, name, place)
        if problem is not None:
            return problem
        return self._article(record, name, place)

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
        key = hash((name, version))
        if key in self._seen:
            message = f"id {name} version {version} came before"
            remedy = "The first one was used; give a corrected take a higher version."
            return fault(place, "duplicate", message, remedy, name)
        self._seen.add(key)
        return self._withheld(record, name, place)

    def _withheld(self, record: Mapping[str, Json], name: str, place: Place) -> Fault | None:
        status = record.get("status")
        if not _is_usable(status):
            message = f"status is {shown(status)}"
            remedy = "Only usable articles are briefed; deliver it again when it is."
            return fault(place, "withheld", message, remedy, name)
        embargo = record.get("embargo")
        if embargo is None or embargo == "":
            return None
        until = time_of(embargo)
        if until is None:
            message = f"embargo {embargo!r} is no ISO time with offset"
            remedy = "Held back to be safe; write it as 2024-10-25T06:00:00+02:00."
            return fault(place, "embargoed", message, remedy, name)
        if until > self._now():
            remedy = "Run again after that time."
            return fault(place, "embargoed", f"embargoed until {until.isoformat()}", remedy, name)
        return None

    def _article(self, record: Mapping[str, Json], name: str, place: Place) -> Article:
        dress = undress(str(record["text"]), text_of(record.get("dateline")))
        extra = {
            whole_text(key): legible(value) for key, value in record.items() if key not in _KNOWN
        }
        title = line_of(record.get("title"))
        for key, value in _dress_fields(dress, title).items():
            extra.setdefault(key, value)
        version = whole_number(record.get("version"))
        return Article(
            id=name,
            blocks=dress.blocks,
            place=place,
            title=title or line_of(dress.title),
            version=1 if version is None else version,
            language=text_of(record.get("language")) or self._language,
            published=time_of(record.get("published")),
            provider=text_of(record.get("provider")) or dress.metadata.get("provider"),
            dateline=text_of(record.get("dateline")) or dress.dateline,
            signature=text_of(record.get("signature")) or dress.signature,
            prefix=dress.prefix,
            references=read_references(record.get("references")),
            extra=extra,
            warnings=tuple(_cautions(record, dress)),
        )


def _why_no_id(record: Mapping[str, Json]) -> str:
    value = record.get("id")
    if value is None:
        return "the record has no 'id'"
    if isinstance(value, str):
        return f"the record's 'id' {shown(value)} holds no character that can be written"
    return f"the record's 'id' is {kind(value)}, not a text or a number"


def _is_usable(status: Json) -> bool:
    if isinstance(status, str):
        return status.strip().casefold() in {"", "usable"}
    return status is None


def _cautions(record: Mapping[str, Json], dress: Dress) -> Iterator[Caution]:
    """Yield what was repaired or left out."""
    if dress.repaired:
        yield Caution("control_characters", STAGE, "control characters were removed")
    if dress.notebook:
        message = "a notebook or contacts that are not for publication were left out"
        yield Caution("notebook_left_out", STAGE, message)
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


def _dress_fields(dress: Dress, title: str | None) -> dict[str, Json]:
    """Return what of the dress has no field of its own in an article."""
    found: dict[str, Json] = {
        "metadata": dict(dress.metadata),
        "headline": dress.title if title and dress.title != title else None,
        "byline": dress.byline,
        "notes": list(dress.notes),
        "identifiers": list(dress.identifiers),
        "codes": list(dress.codes),
    }
    return {key: value for key, value in found.items() if value}
