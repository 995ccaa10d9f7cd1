"""Read the fields of a ninjs item but its body, flat as in 1.x and in arrays as in 2.x and 3.x."""

import re

from pipeline.feed.json_object import JsonObject
from pipeline.feed.markup import plain_text
from pipeline.feed.ninjs_subjects import read_subjects
from pipeline.feed.values import line_of
from pipeline.wire import Link, Wire

TEXTS = frozenset({"text", "composite", "package"})
"""Types of items whose description is no caption."""

_MARKUP = re.compile(r"</[a-zA-Z]|&(?:[a-z]{2,8}|#\d{2,5});")
_HEADLINES = frozenset({"", "main", "headline"})
_KICKERS = frozenset({"kicker", "overline"})
_SUBHEADS = frozenset({"subhead", "subheadline", "sub", "deck"})
_TEASERS = frozenset({"", "text", "teaser", "lead", "summary", "abstract", "main"})
_CREDITS = frozenset({"creditline"})


def read_fields(item: JsonObject) -> Wire:
    """Read what is neither identity nor text. No note is read: none is marked as public."""
    for key in ("ednote", "ednotes"):
        if item.has(key):
            item.note("notes_left_out", key, "is not marked as publishable; it was left out")
    located = item.line("located")
    return Wire(
        item_id=_item_id(item),
        version_label=item.version("version")[1],
        created=item.time("versioncreated"),
        first_created=item.time("firstcreated") or item.time("contentcreated"),
        signals=tuple(
            name.rpartition(":")[2]
            for name in _names(item, ("signal", "signals"), ("code", "name", "literal"))
        ),
        urgency=item.urgency("urgency") or item.urgency("priority"),
        genre=next(iter(_names(item, ("genre", "genres"), ("name", "code", "literal"))), None),
        kicker=_of_role(item, "headlines", _KICKERS),
        subhead=_of_role(item, "headlines", _SUBHEADS),
        teaser=_teaser(item),
        byline=_plain(item.text("byline", "by")),
        located=(located,) if located else (),
        slugline=item.line("slugline"),
        keywords=_names(item, ("keywords",), ("name", "literal")),
        subjects=read_subjects(item),
        embargo_text=item.line("embargoedreason"),
        links=_links(item),
        credit=item.line("creditline") or _of_role(item, "descriptions", _CREDITS),
        copyright=item.line("copyrightnotice"),
        usage_terms=item.text("usageterms"),
    )


def read_title(item: JsonObject) -> str | None:
    """Return the main headline, else any. The key `title` is a name for editors only."""
    main = _of_role(item, "headlines", _HEADLINES)
    if main is None:
        others = (_plain(entry.text("value")) for entry in item.objects("headlines"))
        main = next((other for other in others if other), None)
    return _plain(item.text("headline")) or main


def read_provider(item: JsonObject) -> str | None:
    """Return the house; the same in all versions of a story, as far as it is told in all."""
    found = item.line("source", "copyrightholder")
    return found or next(iter(_names(item, ("infosources",), ("name", "literal"))), None)


def _of_role(item: JsonObject, key: str, roles: frozenset[str]) -> str | None:
    """Return the first value with one of the roles; an empty role is none."""
    for entry in item.objects(key):
        value = entry.text("value")
        if value and (entry.line("role") or "").lower() in roles:
            return _plain(value)
    return None


def _teaser(item: JsonObject) -> str | None:
    """Return the description of a text; that of a picture is its caption."""
    if (item.line("type") or "text").lower() not in TEXTS:
        return None
    flat = _plain(item.text("description_text", "description_html", "description_xhtml"))
    return flat or _of_role(item, "descriptions", _TEASERS)


def _item_id(item: JsonObject) -> str | None:
    """Return an id beside the one that is stable over versions."""
    guid = item.line("guid")
    if guid and item.has("uri"):
        return guid if guid != item.line("uri") else None
    for altid in item.objects("altids"):
        keys = ("value",) if altid.has("value") else ("itemid", *altid.keys())
        return altid.line(*keys)
    return None


def _links(item: JsonObject) -> tuple[Link, ...]:
    before = item.line("evolvedfrom")
    rights = next((info.line("linkedrights") for info in item.objects("rightsinfo")), None)
    found = ((before, "evolvedfrom"), (rights, "rights"))
    return tuple(Link(href, None, relation) for href, relation in found if href)


def _names(item: JsonObject, keys: tuple[str, ...], within: tuple[str, ...]) -> tuple[str, ...]:
    """Return texts that come as such, or as objects with a name or code."""
    found: dict[str, None] = {}
    for key in keys:
        value = item.raw(key)
        entries = value if isinstance(value, list) else [value]
        if any(isinstance(entry, dict) for entry in entries):
            named = (entry.line(*within) for entry in item.objects(key))
            found |= dict.fromkeys(name for name in named if name)
        else:
            found |= dict.fromkeys(item.texts(key))
    return tuple(found)


def _plain(text: str | None) -> str | None:
    """Return a text as one line; some houses write markup into any field."""
    if text and _MARKUP.search(text):
        return line_of(plain_text(text))
    return line_of(text)
