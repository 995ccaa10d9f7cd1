"""Strict, typed reading of a run's JSON, with errors that name the place and the key."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


class ReportError(Exception):
    """A file of the run that cannot be read as what it should be; the message says where."""


@dataclass(frozen=True, slots=True)
class Fields:
    """A JSON object and where it stands."""

    values: Mapping[str, object]
    place: str

    def text(self, key: str) -> str:
        """Return a string that must be there."""
        return self._required(key, self._typed(key, str, "a string"))

    def text_or_none(self, key: str) -> str | None:
        """Return a string; `None` if it is absent or null."""
        return self._typed(key, str, "a string")

    def whole(self, key: str) -> int:
        """Return a whole number that must be there."""
        value = self._required(key, self._typed(key, int, "a whole number"))
        if isinstance(value, bool):
            raise self._wrong(key, "a whole number")
        return value

    def number(self, key: str) -> float:
        """Return a number that must be there."""
        return self._required(key, self.number_or_none(key))

    def number_or_none(self, key: str) -> float | None:
        """Return a number; `None` if it is absent or null."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self._wrong(key, "a number")
        return float(value)

    def child(self, key: str) -> "Fields":
        """Return an object that must be there."""
        return self._required(key, self.child_or_none(key))

    def child_or_none(self, key: str) -> "Fields | None":
        """Return an object; `None` if it is absent or null."""
        values = self._typed(key, dict, "an object")
        return None if values is None else Fields(values, f"{self.place}: {key}")

    def items(self, key: str) -> list[object]:
        """Return a list; an absent one is empty."""
        return self._typed(key, list, "a list") or []

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of strings; an absent one is empty."""
        items = self.items(key)
        if not all(isinstance(item, str) for item in items):
            raise self._wrong(key, "a list of strings")
        return tuple(str(item) for item in items)

    def wholes(self, key: str) -> tuple[int, ...]:
        """Return a list of whole numbers; an absent one is empty."""
        found = [item for item in self.items(key) if type(item) is int]
        if len(found) != len(self.items(key)):
            raise self._wrong(key, "a list of whole numbers")
        return tuple(found)

    def children(self, key: str) -> list["Fields"]:
        """Return a list of objects; an absent one is empty."""
        return [as_fields(item, f"{self.place}: {key}") for item in self.items(key)]

    def _typed(self, key: str, kind: type[T], wanted: str) -> T | None:
        value = self.values.get(key)
        if value is None or isinstance(value, kind):
            return value
        raise self._wrong(key, wanted)

    def _required(self, key: str, value: T | None) -> T:
        if value is None:
            raise ReportError(f"{self.place}: no `{key}`; write the run's files again")
        return value

    def _wrong(self, key: str, wanted: str) -> ReportError:
        kind = type(self.values.get(key)).__name__
        return ReportError(f"{self.place}: `{key}` is of type {kind}, not {wanted}")


def as_fields(value: object, place: str) -> Fields:
    """Return a JSON value as an object, or say that it is none."""
    if not isinstance(value, dict):
        raise ReportError(f"{place}: holds {type(value).__name__}, not a JSON object")
    return Fields(value, place)


def read_object(path: Path) -> Fields:
    """Read a file that holds one JSON object."""
    return as_fields(_parse(_read(path), path.name), path.name)


def read_value(path: Path) -> object:
    """Read a file that holds one JSON value."""
    return _parse(_read(path), path.name)


def read_lines(path: Path) -> Iterator[Fields]:
    """Read one JSON object a line, one at a time."""
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    place = f"{path.name}:{number}"
                    yield as_fields(_parse(line, place), place)
    except (OSError, UnicodeDecodeError) as error:
        raise ReportError(f"cannot read {path}: {error}") from error


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ReportError(f"cannot read {path}: {error}") from error


def _parse(text: str, place: str) -> object:
    try:
        value: object = json.loads(text)
    except ValueError as error:
        raise ReportError(f"{place}: no JSON ({error}); write the run's files again") from error
    return value
