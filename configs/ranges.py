"""Which numbers a setting may be: declared beside its field, checked and documented from there.

beams: int = field(default=4, metadata=allowed(least=1))
candidates: int = field(default=1, metadata=allowed(least=1, most="beams"))
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace

_KEY = "range"
_HUGE = 2**31
"""What no setting needs, and what the libraries behind some of them do not take."""


@dataclass(frozen=True, slots=True)
class Range:
    """The numbers that a setting may be; `None` leaves a side open.

    Attributes:
        least: the smallest one.
        most: the largest one, or the name of the setting beside it that holds the largest one.
        above: every one is larger.
        below: every one is smaller.
    """

    least: float | None = None
    most: float | str | None = None
    above: float | None = None
    below: float | None = None

    def holds(self, value: float) -> bool:
        """Tell whether a value lies within; nan and infinity never do."""
        return (
            math.isfinite(value)
            and abs(value) < _HUGE
            and (self.least is None or value >= self.least)
            and (not isinstance(self.most, int | float) or value <= self.most)
            and (self.above is None or value > self.above)
            and (self.below is None or value < self.below)
        )

    def __str__(self) -> str:
        """Say it in words, to follow on `must be`."""
        if self.least is not None and self.most is not None:
            return f"from {self.least} to {self.most}"
        parts = []
        if self.least is not None:
            parts.append(f"{self.least} or more")
        if self.above is not None:
            parts.append(f"more than {self.above}")
        if self.most is not None:
            parts.append(f"at most {self.most}")
        if self.below is not None:
            parts.append(f"less than {self.below}")
        return ", and ".join(parts)


def allowed(
    least: float | None = None,
    most: float | str | None = None,
    *,
    above: float | None = None,
    below: float | None = None,
) -> Mapping[str, Range]:
    """Return the metadata of a dataclass field that declares its range."""
    return {_KEY: Range(least, most, above, below)}


def ranges(schema: type) -> dict[str, Range]:
    """Return the ranges that a dataclass declares, by name of the field."""
    return {field.name: field.metadata[_KEY] for field in fields(schema) if _KEY in field.metadata}


def out_of_range(settings: object, prefix: str = "") -> Iterator[str]:
    """Yield a message for each number in a settings dataclass that is not within its range."""
    declared = ranges(type(settings))
    for field in fields(settings):  # type: ignore[arg-type]
        name, value = field.name, getattr(settings, field.name)
        if is_dataclass(value):
            yield from out_of_range(value, f"{prefix}{name}.")
        elif name in declared and value is not None:
            found, why = _resolved(declared[name], settings, prefix)
            if not found.holds(value):
                null = ", or null" if "None" in str(field.type) else ""
                yield f"{prefix}{name}={value}: must be {found}{null}{why}"


def _resolved(found: Range, settings: object, prefix: str) -> tuple[Range, str]:
    """Put a number where a range names the setting beside it; say where it came from."""
    if not isinstance(found.most, str):
        return found, ""
    most = getattr(settings, found.most)
    beside = ranges(type(settings)).get(found.most)
    if beside is not None and not beside.holds(most):  # that is told already
        return replace(found, most=None), ""
    return replace(found, most=most), f", since {prefix}{found.most}={most}"
