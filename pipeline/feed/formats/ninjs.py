"""ninjs, the IPTC's news in JSON: 1.x with flat keys, 2.x and 3.x with arrays."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from pipeline.errors import ArticleError
from pipeline.feed.document import Document, Entry
from pipeline.feed.item import Broken, Item
from pipeline.feed.json_object import JsonObject
from pipeline.feed.ninjs_body import NinjsBody, read_renditions
from pipeline.feed.ninjs_fields import TEXTS, read_fields, read_provider, read_title
from pipeline.feed.release import Release, release_of
from pipeline.records import Json

_KEYS = ("items", "_items")
_HEAD = re.compile(r'"(?:bodies|headlines|body_x?html|ninjs[\w.-]*)"|/ninjs-schema')
_SAYS_NINJS = frozenset({"bodies", "headlines", "eventdetails"})
_MORE = ("associations", "bodies", "body_html", "body_xhtml", "body_text")
_DEEPEST = 8


class NinjsFormat:
    """Reads one item a file, arrays, packages with whole items in them, one item a line.

    Items are not held against the schemas: agencies extend them, and real items break them.
    """

    name = "ninjs"
    title = "ninjs 1.x, 2.x, 3.x"
    taken: Mapping[str, str] = {
        "id": "`uri`, else `guid`",
        "version": "`version`",
        "language": "`language`",
        "status": "`pubstatus`",
        "embargo": "`embargoed`, `embargoedUntil`; what is no time holds the item back",
        "published": "`firstpublished`",
        "provider": "`source`, else `copyrightholder`, else the first of `infosources`",
        "title": "`headline`; of `headlines` the one of role main, else the first",
        "dateline": "the `dateline` span of the body, which is cut out",
        "text": "the first with text of HTML, XHTML, plain text and NITF in `body_html`, "
        "`body_xhtml`, `body_text`, `bodies`; roles such as caption and summary are no body",
        "wire.item_id": "`guid` beside `uri`, else the first of `altids`",
        "wire.version_label": "`version` that is no number",
        "wire.created": "`versioncreated`",
        "wire.first_created": "`firstcreated`, else `contentcreated`",
        "wire.signals": "`signal`, `signals`",
        "wire.urgency": "`urgency`, else `priority`",
        "wire.genre": "`genre`, `genres`, the first one",
        "wire.kicker": "`headlines` of role kicker",
        "wire.subhead": "`headlines` of role subhead",
        "wire.teaser": "`description_text`, `description_html`, `descriptions` of roles text, "
        "teaser, lead, summary",
        "wire.byline": "`byline`, `by`",
        "wire.located": "`located`",
        "wire.slugline": "`slugline`",
        "wire.keywords": "`keywords`",
        "wire.subjects": "`subject(s)`, `service`, `place(s)`, `person`, `people`, "
        "`organisation(s)`",
        "wire.embargo_text": "`embargoedreason`",
        "wire.links": "`evolvedfrom`, `rightsinfo/linkedrights`",
        "wire.credit": "`creditline`, `descriptions` of role creditline",
        "wire.copyright": "`copyrightnotice`",
        "wire.usage_terms": "`usageterms`",
    }

    def recognises(self, document: Document) -> bool:
        """Tell whether a document has items, also if it is cut off behind the first keys."""
        if not document.opens_json:
            return False
        if document.holds_json(_KEYS, _is_item):
            return True
        return _HEAD.search(document.head) is not None and not _is_json(document)

    def read(self, document: Document) -> Iterator[Item | Broken]:
        """Yield the document's items in order, those in a package or beside a text among them.

        Raises:
            ArticleError: if the document is no JSON.
        """
        for entry in document.json_items(_KEYS, _is_item):
            if isinstance(entry, Broken):
                yield entry
            else:
                yield from _numbered(list(_read(JsonObject(entry.value), _Around(document, entry))))


def _is_item(value: Mapping[str, Json]) -> bool:
    keys = {key.lower(): inner for key, inner in value.items()}
    if not keys.get("uri") and not keys.get("guid"):
        return False
    standard = keys.get("standard") or keys.get("$standard") or {}
    names = [standard.get("name") if isinstance(standard, dict) else None, keys.get("$schema")]
    return (
        any(key in _SAYS_NINJS or key.startswith("body_") for key in keys)
        or any(isinstance(name, str) and "ninjs" in name.lower() for name in names)
        or ("versioncreated" in keys and ("type" in keys or "headline" in keys))
    )


def _is_json(document: Document) -> bool:
    try:
        return document.json is not None
    except ArticleError:
        return False


@dataclass(frozen=True, slots=True)
class _Around:
    """What an item is in: its document, and the item that it is attached to.

    Attributes:
        depth: how many items it is in.
    """

    document: Document
    entry: Entry
    release: Release | None = None
    provider: str | None = None
    language: str | None = None
    depth: int = 0


def _numbered(found: list[Item | Broken]) -> Iterator[Item | Broken]:
    """Yield items that came in one object, numbered if they have no number yet."""
    for number, item in enumerate(found, start=1):
        yield replace(item, index=number) if len(found) > 1 and item.index is None else item


def _read(item: JsonObject, around: _Around) -> Iterator[Item | Broken]:
    """Yield an item if it has a text or is withdrawn, and the whole items attached to it."""
    release = release_of(item)
    if around.release:
        release = release.under(around.release)
    title = read_title(item)
    body = read_renditions(item, title)
    inner = replace(
        around,
        release=release,
        provider=read_provider(item) or around.provider,
        language=item.line("language") or around.language,
        depth=around.depth + 1,
    )
    members = list(_members(item, inner)) if release.status != "canceled" else []
    if body.is_empty and release.status == "usable" and not _is_flash(item, title):
        if not members:
            number = around.entry.index or around.entry.line
            yield Broken(_no_text(item), number, item.line("uri", "guid"))
    else:
        yield _item(item, title, body, inner)
    yield from members


def _members(item: JsonObject, around: _Around) -> Iterator[Item | Broken]:
    """Yield what is attached as a whole item, not only as a reference, a picture or a film."""
    for member in item.named("associations"):
        own = member.apart()
        is_text = (own.line("type") or "text").lower() in TEXTS
        if around.depth <= _DEEPEST and own.has("uri", "guid") and is_text:
            found = (inner for inner in _read(own, around) if isinstance(inner, Item))
            yield from (inner for inner in found if inner.blocks or inner.text)


def _item(item: JsonObject, title: str | None, body: NinjsBody, around: _Around) -> Item:
    release = around.release or release_of(item)
    wire = read_fields(item)
    return Item(
        id=item.line("uri", "guid"),
        blocks=body.blocks,
        text=body.text,
        version=item.version("version")[0],
        language=around.language,
        status=release.status,
        embargo=release.embargo,
        published=item.time("firstpublished"),
        provider=around.provider,
        title=title,
        dateline=body.dateline,
        wire=replace(
            wire,
            format=NinjsFormat.name,
            sha256=around.entry.sha256 or around.document.sha256,
            charset=around.document.json_text[1],
        ),
        cautions=item.cautions,
        index=around.entry.index,
        line=around.entry.line,
    )


def _is_flash(item: JsonObject, title: str | None) -> bool:
    """Tell whether the headline is all there is to say so far."""
    is_text = (item.line("type") or "text").lower() in TEXTS
    return bool(title) and is_text and item.urgency("urgency") in {1, 2} and not item.has(*_MORE)


def _no_text(item: JsonObject) -> ArticleError:
    kind = item.line("type")
    what = f"; it is of type {kind[:20]}" if kind else ""
    message = f"the item has no body with text{what}"
    remedy = "Nothing is to be done for pictures, films and lists; ask for a story with its text."
    return ArticleError("no_text", message, remedy)
