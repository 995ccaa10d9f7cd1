"""Sort the categories of a digitalwires item, which hold most of its metadata, by type."""

from dataclasses import dataclass

from pipeline.feed.json_object import JsonObject
from pipeline.wire import Subject

_SUBJECTS = frozenset(
    {"dpasubject", "subject", "geosubject", "desk", "poi", "person", "organisation", "organization"}
)


@dataclass(frozen=True, slots=True)
class Categories:
    """What the categories say. Names of staff and types that are not known are left out.

    Attributes:
        keywords: in their order.
        subjects: topics, places, desk, people; places without a code have the scheme `poi`.
        genre: the first one.
        provider: agency or house.
        located: places of the dateline.
        signals: such as `update`.
        statuses: such as `stat:usable`.
    """

    keywords: tuple[str, ...]
    subjects: tuple[Subject, ...]
    genre: str | None
    provider: str | None
    located: tuple[str, ...]
    signals: tuple[str, ...]
    statuses: tuple[str, ...]


def read_categories(item: JsonObject) -> Categories:
    """Read `categories`."""
    names: dict[str, list[str]] = {}
    subjects: dict[Subject, None] = {}
    for category in item.objects("categories"):
        kind = (category.line("type") or "").rpartition(":")[2].lower()
        name, code = category.line("name"), category.line("qcode")
        if kind in {"pubstatus", "signal"}:
            names.setdefault(kind, []).append(code or name or "")
        elif name and kind in _SUBJECTS:
            subjects[_subject(kind, name, code)] = None
        elif name:
            names.setdefault(kind, []).append(name)
    return Categories(
        keywords=tuple(dict.fromkeys(names.get("keyword", ()))),
        subjects=tuple(subjects),
        genre=next(iter(names.get("genre", ())), None),
        provider=next(iter(names.get("provider", ())), None),
        located=tuple(dict.fromkeys(names.get("located", ()))),
        signals=tuple(signal_of(code) for code in names.get("signal", ()) if code),
        statuses=tuple(names.get("pubstatus", ())),
    )


def signal_of(code: str) -> str:
    """Return a signal; of IPTC's vocabulary without its alias: `update` of `sig:update`."""
    return code.strip().removeprefix("sig:")


def _subject(kind: str, name: str, code: str | None) -> Subject:
    scheme, colon, value = (code or "").partition(":")
    if colon and value:
        return Subject(name, scheme, value)
    return Subject(name, "poi" if kind == "poi" else None, code)
