"""dpa digitalwires: items as wireQ and S3 push deliver them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from pipeline.errors import ArticleError
from pipeline.feed.authority import authority_of
from pipeline.feed.digitalwires_categories import Categories, read_categories, signal_of
from pipeline.feed.digitalwires_notes import PublicNotes, read_notes
from pipeline.feed.document import Document, Entry
from pipeline.feed.html_body import HtmlBody, links_in, read_body
from pipeline.feed.item import Broken, Item
from pipeline.feed.json_object import JsonObject
from pipeline.feed.markup import plain_text
from pipeline.feed.release import Release, release_of
from pipeline.records import Json
from pipeline.wire import Link, Wire

_KEYS = ("entries",)
_HEAD = re.compile(r'"format"\s*:\s*"digitalwires@')
_FLASH = 2
_MEDIA = {"image": "a picture", "picture": "a picture", "graphic": "a graphic"}


class DigitalwiresFormat:
    """Reads one item a file, arrays, answers of wireQ, and files with one item a line."""

    name = "digitalwires"
    title = "dpa digitalwires"
    taken: Mapping[str, str] = {
        "id": "`urn`",
        "version": "`version`",
        "language": "`language`",
        "status": "`pubstatus`, `categories` of type pubstatus; null is usable",
        "embargo": "`embargoed`; what is no time holds the item back",
        "provider": "the authority in `urn`, else `categories` of type provider",
        "title": "`headline`",
        "dateline": "`dateline`, else the `dateline` span of `article_html`, which is cut out",
        "signature": "publishable `ednotes` of role closingline",
        "text": "`article_html` without boxes, captions, embedded posts",
        "wire.item_id": "`entry_id`",
        "wire.version_label": "`version` that is no number",
        "wire.created": "`version_created`",
        "wire.updated": "`updated`",
        "wire.signals": "`signal`, `categories` of type signal",
        "wire.urgency": "`urgency`",
        "wire.genre": "`categories` of type genre, the first one",
        "wire.kicker": "`kicker`",
        "wire.subhead": "`subhead`",
        "wire.teaser": "`teaser`",
        "wire.byline": "`byline`",
        "wire.located": "`categories` of type located",
        "wire.keywords": "`categories` of type keyword",
        "wire.subjects": "`categories` of types dpasubject, subject, geosubject, desk, poi, person",
        "wire.correction": "publishable `ednotes` of role correction, else correctionshort, else "
        "correction_consumerready",
        "wire.embargo_text": "publishable `ednotes` of role embargo, else `notepad.public_html`",
        "wire.notes": "other publishable `ednotes`; contacts never",
        "wire.codes": "`autopublishnotice`",
        "wire.links": "`linkbox_html`, `infobox_html`",
        "wire.credit": "`creditline`",
        "wire.copyright": "`copyrightnotice`",
        "wire.usage_terms": "`usageterms`",
    }

    def recognises(self, document: Document) -> bool:
        """Tell whether a document has items, or is an answer without any."""
        if not document.opens_json:
            return False
        return (
            _HEAD.search(document.head) is not None
            or document.holds_json(_KEYS, _is_item)
            or _is_empty_answer(document)
        )

    def read(self, document: Document) -> Iterator[Item | Broken]:
        """Yield the document's items in order.

        Raises:
            ArticleError: if the document is no JSON.
        """
        for entry in document.json_items(_KEYS, _is_item):
            yield entry if isinstance(entry, Broken) else _read(entry, document)


@dataclass(frozen=True, slots=True)
class _Parts:
    """An item's keys, and what was read from several of them."""

    item: JsonObject
    release: Release
    body: HtmlBody
    notes: PublicNotes
    categories: Categories


def _is_item(value: Mapping[str, Json]) -> bool:
    written = value.get("format")
    if isinstance(written, str) and written.startswith("digitalwires@"):
        return True
    return "urn" in value and "article_html" in value


def _is_empty_answer(document: Document) -> bool:
    try:
        return document.json == {"entries": []}
    except ArticleError:
        return False


def _read(entry: Entry, document: Document) -> Item | Broken:
    item = JsonObject(entry.value)
    categories = read_categories(item)
    parts = _Parts(
        item=item,
        release=release_of(item, categories.statuses),
        body=read_body(item.text("article_html")),
        notes=read_notes(item),
        categories=categories,
    )
    urn = item.line("urn")
    if not parts.body.blocks and parts.release.status == "usable" and not _is_flash(item):
        return Broken(_no_text(item), entry.index or entry.line, urn)
    version, label = item.version("version")
    wire = _wire(parts, document, entry)
    return Item(
        id=urn,
        blocks=parts.body.blocks,
        version=version,
        language=item.line("language"),
        status=parts.release.status,
        embargo=parts.release.embargo,
        provider=authority_of(urn) or categories.provider,
        title=item.line("headline"),
        dateline=(item.line("dateline") or "").strip(" -–—") or parts.body.dateline,
        signature=parts.notes.signature,
        wire=replace(wire, version_label=label),
        cautions=item.cautions,
        index=entry.index,
        line=entry.line,
    )


def _wire(parts: _Parts, document: Document, entry: Entry) -> Wire:
    item, notes, categories = parts.item, parts.notes, parts.categories
    signal, notice = item.line("signal"), item.line("autopublishnotice")
    signals = (*([signal_of(signal)] if signal else []), *categories.signals)
    return Wire(
        format=DigitalwiresFormat.name,
        item_id=item.line("entry_id"),
        created=item.time("version_created"),
        updated=item.time("updated"),
        signals=tuple(dict.fromkeys(signals)),
        urgency=item.urgency("urgency"),
        genre=categories.genre,
        kicker=item.line("kicker"),
        subhead=item.line("subhead"),
        teaser=item.line("teaser"),
        byline=item.line("byline"),
        located=categories.located,
        keywords=categories.keywords,
        subjects=categories.subjects,
        correction=notes.correction,
        embargo_text=notes.embargo,
        notes=notes.others,
        codes=(notice,) if notice else (),
        links=_links(item),
        credit=item.line("creditline"),
        copyright=item.line("copyrightnotice"),
        usage_terms=item.text("usageterms"),
        sha256=entry.sha256 or document.sha256,
        charset=document.json_text[1],
    )


def _links(item: JsonObject) -> tuple[Link, ...]:
    """Return the links of both boxes, each page once; other text of an infobox is left out."""
    infobox = item.text("infobox_html")
    if infobox and plain_text(infobox):
        item.note("infobox_left_out", "infobox_html", "is no part of the text; its links are kept")
    found: dict[str, Link] = {}
    for link in (*links_in(item.text("linkbox_html"), "related"), *links_in(infobox, "infobox")):
        found.setdefault(link.href, link)
    return tuple(found.values())


def _is_flash(item: JsonObject) -> bool:
    """Tell whether the headline is all there is to say so far."""
    urgency = item.urgency("urgency")
    return (
        item.line("headline") is not None
        and urgency is not None
        and urgency <= _FLASH
        and not item.has("associations", "article_html")
    )


def _no_text(item: JsonObject) -> ArticleError:
    kinds = [
        kind for kind in (inner.line("type") for inner in item.objects("associations")) if kind
    ]
    what = ", ".join(dict.fromkeys(_MEDIA.get(kind, kind[:20]) for kind in kinds[:5]))
    if what:
        message = f"the item has no text, only {what}"
        remedy = "Nothing is to be done: pictures and sound are not briefed."
    else:
        message = "the item has no text: article_html is empty"
        remedy = "Ask for the item with its text, or leave it out."
    return ArticleError("no_text", message, remedy)
