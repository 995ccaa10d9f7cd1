"""Read the keys of a JSON object, whatever types they were delivered in."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from pipeline.feed.faults import STAGE
from pipeline.feed.values import kind, line_of, text_of, time_of, whole_number
from pipeline.records import Caution, Json

_LARGEST = 2**63 - 1


class JsonObject:
    """An object whose values of a wrong type are left out, and noted once for each key.

    Upper and lower case of keys make no difference: `versionCreated` is `versioncreated`. The notes
    name keys and never show values, since these may be not for publication.

    Args:
        value: as parsed.
        path: of the object within its item, for the notes.
        notes: of the item that the object is in.
    """

    def __init__(
        self,
        value: Mapping[str, Json],
        path: str = "",
        notes: dict[tuple[str, str], Caution] | None = None,
    ) -> None:
        self._values = {key.lower(): inner for key, inner in value.items()}
        self._path, self._notes = path, {} if notes is None else notes

    @property
    def cautions(self) -> tuple[Caution, ...]:
        """What was left out so far, of the whole item."""
        return tuple(self._notes.values())

    def apart(self) -> "JsonObject":
        """Return the same keys with notes of their own, for an item within an item."""
        return JsonObject(self._values)

    def keys(self) -> Iterator[str]:
        """Yield the keys in lower case."""
        return iter(self._values)

    def raw(self, key: str) -> Json:
        """Return a value as it is, `None` if there is none."""
        return self._values.get(key)

    def has(self, *keys: str) -> bool:
        """Tell whether something is given under one of the keys, of whatever type."""
        return any(self._values.get(key) not in (None, "", [], {}) for key in keys)

    def gives(self, key: str) -> bool:
        """Tell whether a key is given at all, be it as false, nought, or an empty array."""
        value = self._values.get(key)
        return value is not None and not (isinstance(value, str) and not value.strip())

    def note(self, code: str, key: str, message: str) -> None:
        """Add a caution about a key; the first one of a code counts."""
        path = f"{self._path}{key}"
        self._notes.setdefault((code, path), Caution(code, STAGE, f"{path} {message}"))

    def text(self, *keys: str) -> str | None:
        """Return the first text, or number as text, under one of the keys."""
        found = None
        for key in keys:
            value = self._values.get(key)
            if isinstance(value, bool | list | dict):
                self._ignore(key, value, "text")
            elif found is None:
                found = text_of(value)
        return found

    def line(self, *keys: str) -> str | None:
        """Return the first text under one of the keys, as one tidy line."""
        return line_of(self.text(*keys))

    def number(self, key: str) -> int | None:
        """Return a whole number from zero on, also if it is written as a text."""
        value = self._values.get(key)
        if value is None or value == "":
            return None
        found = whole_number(value)
        if found is None or found > _LARGEST:
            self.note("ignored_value", key, "is no whole number; it was left out")
            return None
        return found

    def version(self, key: str) -> tuple[int | None, str | None]:
        """Return a version as a number; else as a label, without a note: any text is one."""
        value = self._values.get(key)
        if isinstance(value, str) and not value.strip().isdecimal():
            return None, line_of(value)
        return self.number(key), None

    def urgency(self, key: str) -> int | None:
        """Return a number from 1 to 9."""
        found = self.number(key)
        if found is None or 1 <= found <= 9:
            return found
        self.note("ignored_value", key, "is not between 1 and 9; it was left out")
        return None

    def time(self, key: str) -> datetime | None:
        """Return an ISO time with offset."""
        value = self._values.get(key)
        if value is None or value == "":
            return None
        found = time_of(value.strip()) if isinstance(value, str) else None
        if found is None:
            self.note("unknown_time", key, "is no ISO time with offset; it was left out")
        return found

    def objects(self, key: str) -> Iterator["JsonObject"]:
        """Yield the objects of an array, or the one object in its place."""
        value = self._values.get(key)
        if isinstance(value, dict):
            yield self._inner(key, value)
            return
        for inner in self._list(key, value):
            if isinstance(inner, dict):
                yield self._inner(key, inner)
            elif inner is not None:
                self._ignore(f"{key}[]", inner, "object")

    def named(self, key: str) -> Iterator["JsonObject"]:
        """Yield the objects of an object that gives each a name, or of an array."""
        value = self._values.get(key)
        if not isinstance(value, dict):
            yield from self.objects(key)
            return
        for inner in value.values():
            if isinstance(inner, dict):
                yield self._inner(key, inner)
            elif inner is not None:
                self._ignore(f"{key}[]", inner, "object")

    def texts(self, key: str) -> Iterator[str]:
        """Yield the texts of an array, or the one text in its place, as tidy lines."""
        value = self._values.get(key)
        for inner in [value] if isinstance(value, str) else self._list(key, value):
            if isinstance(inner, bool | list | dict):
                self._ignore(f"{key}[]", inner, "text")
            elif line := line_of(inner):
                yield line

    def _list(self, key: str, value: Json) -> list[Json]:
        if isinstance(value, list):
            return value
        if value not in (None, ""):
            self._ignore(key, value, "array")
        return []

    def _inner(self, key: str, value: dict[str, Json]) -> "JsonObject":
        return JsonObject(value, f"{self._path}{key}.", self._notes)

    def _ignore(self, key: str, value: Json, wanted: str) -> None:
        article = "an" if wanted[0] in "ao" else "a"
        self.note("ignored_value", key, f"is {kind(value)}, not {article} {wanted}")
