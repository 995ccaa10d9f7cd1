"""Turn a mapping, whatever file it came from, into an article or a fault."""

import math
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from pipeline.feed.characters import tidy
from pipeline.feed.dress import Dress, undress
from pipeline.records import Article, Caution, Fault, Json, Place, References

_KNOWN = frozenset(
    {
        "id", "text", "title", "version", "language", "status", "embargo", "published", "provider",
        "dateline", "signature", "references",
    }
)  # fmt: skip
STAGE = "feed"
_MAX_DEPTH = 50
_SURROGATE = re.compile("[\ud800-\udfff]")
_NUMBER = re.compile("[0-9]{1,15}")


def fault(place: Place, reason: str, message: str, remedy: str, name: str | None = None) -> Fault:
    """Return a fault of the feed."""
    return Fault(place, STAGE, reason, message, remedy, name)


class RecordParser:
    """Checks records and makes articles of them; remembers ids to find duplicates.

    Args:
        language: of records that declare none.
        now: the clock that embargoes are checked against.
    """

    def __init__(self, language: str, now: Callable[[], datetime] | None = None) -> None:
        self._language = language
        self._now = now or (lambda: datetime.now(UTC))
        self._seen: set[int] = set()

    def parse(self, record: Mapping[str, Json], place: Place) -> Article | Fault:
        """Return the article, or why there is none."""
        name = _text(record.get("id"))
        if name is None:
            return fault(
                place, "missing_field", "the record has no 'id'", "Give each record an id."
            )
        problem = self._problem(record, name, place)
        if problem is not None:
            return problem
        return self._article(record, name, place)

    def _problem(self, record: Mapping[str, Json], name: str, place: Place) -> Fault | None:
        if _is_too_deep(dict(record), _MAX_DEPTH):
            message = f"a value is nested more than {_MAX_DEPTH} levels deep"
            return fault(place, "wrong_type", message, "Flatten the record's extra keys.", name)
        text = record.get("text")
        if not isinstance(text, str):
            what = "no 'text'" if text is None else f"a 'text' of type {type(text).__name__}"
            message = f"the record has {what}"
            remedy = "Give each record its running text as a string."
            return fault(place, "missing_field", message, remedy, name)
        version = _whole(record.get("version", 1))
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
        if status not in (None, "", "usable"):
            message = f"status is {status!r}"
            remedy = "Only usable articles are briefed; deliver it again when it is."
            return fault(place, "withheld", message, remedy, name)
        embargo = record.get("embargo")
        if embargo is None or embargo == "":
            return None
        until = _time(embargo)
        if until is None:
            message = f"embargo {embargo!r} is no ISO time with offset"
            remedy = "Held back to be safe; write it as 2024-10-25T06:00:00+02:00."
            return fault(place, "embargoed", message, remedy, name)
        if until > self._now():
            remedy = "Run again after that time."
            return fault(place, "embargoed", f"embargoed until {until.isoformat()}", remedy, name)
        return None

    def _article(self, record: Mapping[str, Json], name: str, place: Place) -> Article:
        dress = undress(str(record["text"]), _text(record.get("dateline")))
        warnings = []
        if dress.repaired:
            warnings.append(Caution("control_characters", STAGE, "control characters were removed"))
        if dress.notebook:
            message = "a notebook or contacts that are not for publication were left out"
            warnings.append(Caution("notebook_left_out", STAGE, message))
        published = _time(record.get("published"))
        if record.get("published") and published is None:
            message = f"published {record.get('published')!r} is no ISO time with offset"
            warnings.append(Caution("unknown_time", STAGE, message))
        extra = {
            _SURROGATE.sub("", key): _legible(value)
            for key, value in record.items()
            if key not in _KNOWN
        }
        title = _line(record.get("title"))
        for key, value in _dress_fields(dress, title).items():
            extra.setdefault(key, value)
        version = _whole(record.get("version"))
        return Article(
            id=name,
            blocks=dress.blocks,
            place=place,
            title=title or _line(dress.title),
            version=1 if version is None else version,
            language=_text(record.get("language")) or self._language,
            published=published,
            provider=_text(record.get("provider")) or dress.metadata.get("provider"),
            dateline=_text(record.get("dateline")) or dress.dateline,
            signature=_text(record.get("signature")) or dress.signature,
            prefix=dress.prefix,
            references=_references(record.get("references")),
            extra=extra,
            warnings=tuple(warnings),
        )


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


def _is_too_deep(value: Json, room: int) -> bool:
    if not isinstance(value, dict | list):
        return False
    if room == 0:
        return True
    inner = value.values() if isinstance(value, dict) else value
    return any(_is_too_deep(item, room - 1) for item in inner)


def _references(value: Json) -> References:
    if not isinstance(value, dict):
        return References()
    summaries = value.get("summaries")
    if isinstance(summaries, str):
        summaries = [summaries]
    listed = summaries if isinstance(summaries, list) else []
    kept = [_SURROGATE.sub("", text) for text in listed if isinstance(text, str) and text.strip()]
    return References(_text(value.get("translation")), tuple(kept))


def _line(value: Json) -> str | None:
    text = _text(value)
    return None if text is None else " ".join(tidy(text)[0].split()) or None


def _legible(value: Json) -> Json:
    """Drop what no file can hold: half characters, and numbers that JSON does not know."""
    if isinstance(value, str):
        return _SURROGATE.sub("", value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, list):
        return [_legible(item) for item in value]
    if isinstance(value, dict):
        return {_SURROGATE.sub("", key): _legible(item) for key, item in value.items()}
    return value


def _text(value: Json) -> str | None:
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, str):
        return _SURROGATE.sub("", value).strip() or None
    return str(value) if isinstance(value, int | float) else None


def _whole(value: Json) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        value = int(value) if _NUMBER.fullmatch(value.strip()) else math.nan
    if isinstance(value, int | float):
        return int(value) if value >= 0 and value == value // 1 else None
    return 1 if value is None else None


def _time(value: Json) -> datetime | None:
    if not isinstance(value, str):
        return None
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return None
    return found if found.tzinfo else None
