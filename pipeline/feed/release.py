"""Read from JSON whether and from when on an item may be used; what is unclear holds it back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from pipeline.feed.json_object import JsonObject
from pipeline.wire import Status

_STATUSES: dict[str, Status] = {
    "usable": "usable",
    "canceled": "canceled",
    "cancelled": "canceled",
    "kill": "canceled",
    "killed": "canceled",
}
_EMBARGOES = ("embargoed", "embargoeduntil", "embargo")
"""Of digitalwires and ninjs 1.x and 2.x; of ninjs 3.x; of houses that extend them."""

_STRICTEST: tuple[Status, ...] = ("canceled", "withheld", "usable")


@dataclass(frozen=True, slots=True)
class Release:
    """Whether and when an item may be used.

    Attributes:
        status: usable, withheld or canceled.
        embargo: not to be used before.
    """

    status: Status
    embargo: datetime | None

    def under(self, outer: "Release") -> "Release":
        """Return the release of an item that came in another one: the stricter of both counts."""
        times = [time for time in (self.embargo, outer.embargo) if time]
        return Release(strictest((self.status, outer.status)), max(times, default=None))


def release_of(item: JsonObject, words: Iterable[str] = ()) -> Release:
    """Read `pubstatus` and the embargo of an item.

    An embargo that is no time holds the item back.

    Args:
        item: its keys.
        words: what else it says of its status.
    """
    written = item.raw("pubstatus")
    status = [_status(word) for word in words]
    if isinstance(written, str):
        status.append(_status(written))
    elif written is not None:
        item.note("ignored_value", "pubstatus", "is no text; the item is held back")
        status.append("withheld")
    times = []
    for key in filter(item.gives, _EMBARGOES):
        time = item.time(key)
        if time is None:
            item.note("unknown_embargo", key, "is no time; the item is held back")
            status.append("withheld")
        else:
            times.append(time)
    return Release(strictest(status), max(times, default=None))


def strictest(statuses: Iterable[Status]) -> Status:
    """Return the one that forbids most; usable if there is none."""
    found = set(statuses)
    return next((status for status in _STRICTEST if status in found), "usable")


def _status(word: str) -> Status:
    """Read a word such as `usable` or `stat:canceled`; one that is not known holds back."""
    name = word.strip().rpartition(":")[2].strip().casefold()
    return _STATUSES.get(name, "withheld") if name else "usable"
