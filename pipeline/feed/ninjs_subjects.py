"""Read what a ninjs item is about: topics, places, people, organisations."""

from collections.abc import Iterator

from pipeline.feed.json_object import JsonObject
from pipeline.wire import Subject

_KEYS = (
    "subject", "subjects", "service", "place", "places", "person", "people", "organisation",
    "organisations",
)  # fmt: skip


_SCHEMES = {"mediatopic": "medtop", "subjectcode": "subj"}
"""Short names of IPTC's own vocabularies."""


def read_subjects(item: JsonObject) -> tuple[Subject, ...]:
    """Read them by name, with scheme and code; nothing else of them is kept."""
    found = (subject for key in _KEYS for subject in _subjects(item, key))
    return tuple(dict.fromkeys(found))


def _subjects(item: JsonObject, key: str) -> Iterator[Subject]:
    for entry in item.objects(key):
        scheme, code = _code(entry)
        name = entry.line("name", "literal") or code
        if name:
            short = _SCHEMES.get((scheme or "").rpartition("/")[2].lower())
            yield Subject(name, short or scheme, code)


def _code(entry: JsonObject) -> tuple[str | None, str | None]:
    """Return scheme and code: apart, as a qcode, or as the last part of an address."""
    scheme, code = entry.line("scheme"), entry.line("code", "qcode", "literal")
    if scheme or not code:
        address, slash, last = (entry.line("uri") or "").rstrip("/").rpartition("/")
        return (scheme or address or None, code or last or None) if slash else (scheme, code)
    prefix, colon, value = code.partition(":")
    if colon and value and not value.startswith("//"):
        return prefix, value
    address, slash, _ = (entry.line("uri") or "").rstrip("/").rpartition("/")
    return (address if slash else None), code
