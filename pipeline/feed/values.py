"""Read single values of a record, whatever type they were delivered in."""

import json
import math
import re
from datetime import datetime

from pipeline.feed.characters import tidy
from pipeline.records import Json

_SURROGATE = re.compile("[\ud800-\udfff]")
_NUMBER = re.compile("[0-9]{1,15}")
_KINDS = {"bool": "true or false", "dict": "an object", "list": "a list", "NoneType": "null"}


def kind(value: Json) -> str:
    """Name the JSON type of a value."""
    name = type(value).__name__
    return _KINDS.get(name, "a text" if isinstance(value, str) else "a number")


def shown(value: Json) -> str:
    """Return a value as a message shows it, shortened."""
    text = json.dumps(value)
    return text if len(text) <= 40 else f"{text[:40]}…"


def whole_text(value: str) -> str:
    """Drop half characters, which no file can hold."""
    return _SURROGATE.sub("", value)


def text_of(value: Json) -> str | None:
    """Return a text, or a number as text; `None` for what is neither or empty."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, str):
        return whole_text(value).strip() or None
    return str(value) if isinstance(value, int | float) else None


def line_of(value: Json) -> str | None:
    """Return a text as one tidy line."""
    text = text_of(value)
    return None if text is None else " ".join(tidy(text)[0].split()) or None


def legible(value: Json) -> Json:
    """Drop what no file can hold: half characters, and numbers that JSON does not know."""
    if isinstance(value, str):
        return whole_text(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, list):
        return [legible(item) for item in value]
    if isinstance(value, dict):
        return {whole_text(key): legible(item) for key, item in value.items()}
    return value


def whole_number(value: Json) -> int | None:
    """Return a whole number from zero on, 1 if there is none, `None` for anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        value = int(value) if _NUMBER.fullmatch(value.strip()) else math.nan
    if isinstance(value, int | float):
        return int(value) if value >= 0 and value == value // 1 else None
    return 1 if value is None else None


def time_of(value: Json) -> datetime | None:
    """Return an ISO time with offset."""
    if not isinstance(value, str):
        return None
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return None
    return found if found.tzinfo else None


def is_too_deep(value: Json, room: int) -> bool:
    """Tell whether lists and objects are nested in more than `room` levels."""
    if not isinstance(value, dict | list):
        return False
    if room == 0:
        return True
    inner = value.values() if isinstance(value, dict) else value
    return any(is_too_deep(item, room - 1) for item in inner)


def characters_in(value: Json) -> int:
    """Count the characters of all texts in a value."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, dict):
        return sum(len(key) + characters_in(item) for key, item in value.items())
    if isinstance(value, list):
        return sum(characters_in(item) for item in value)
    return 0
