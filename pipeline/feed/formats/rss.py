"""RSS 0.9x, 1.0 and 2.0, and Atom, through feedparser."""

import calendar
import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from pipeline.errors import ArticleError
from pipeline.feed.document import Document
from pipeline.feed.faults import STAGE
from pipeline.feed.feed_body import Body, Entry, peek, read_body, read_line
from pipeline.feed.feed_source import FeedSource, mend
from pipeline.feed.item import Broken, Item
from pipeline.feed.web_address import canonical
from pipeline.records import Caution
from pipeline.wire import Link, Subject, Wire

_RDF = re.compile(r"purl\.org/rss/1\.0/|netscape\.com/rdf/simple/0\.9/", re.IGNORECASE)
_ATOM = re.compile(
    r"<(?:[\w.-]+:)?entry[\s>]|/2005/Atom|purl\.org/(?:atom|echo|pie)|#newformat|necho"
)
_TEASER_WORDS = 100
_CREDIT = 80
"""A content that is longer than its teaser by no more than a byline is that teaser."""

_OPENING = 50


class RssFormat:
    """Reads the entries of a feed; feeds have no versions, and withdraw without a word."""

    name = "rss"
    title = "RSS and Atom"
    taken: Mapping[str, str] = {
        "id": "`guid`, Atom `id`, `rdf:about`; else the link without tracking parameters",
        "title": "`title`",
        "text": "`content:encoded`, Atom `content`; else `description`, `summary`",
        "language": "`xml:lang`, `language` of the feed",
        "published": "`pubDate`, `published`",
        "provider": "title of the entry's `source`, else of the feed",
        "wire.created": "`pubDate`, `published`",
        "wire.updated": "`updated`, `modified`, `dc:date`",
        "wire.teaser": "`description`, `summary`",
        "wire.byline": "`author`, `dc:creator`, without mail addresses",
        "wire.keywords": "`category` without a scheme",
        "wire.subjects": "`category` with a scheme",
        "wire.links": "`link`",
        "wire.copyright": "`copyright`, `rights`",
        "wire.sha256": "of the entry's texts and times",
    }

    def recognises(self, document: Document) -> bool:
        """Tell a feed by its root element."""
        root = (document.root or "").lower()
        if root == "rdf":
            return bool(_RDF.search(document.head))
        return root == "rss" or (root == "feed" and bool(_ATOM.search(document.head)))

    def read(self, document: Document) -> Iterator[Item | Broken]:
        """Yield the entries in order.

        Raises:
            ArticleError: if no entry can be read.
        """
        source = mend(document.content)
        parsed = _parsed(source)
        if source.repairs and not parsed.entries:
            remedy = "Ask for the feed again; it was cut off, or its writer is broken."
            raise ArticleError("unreadable_file", f"no entry: {source.repairs[-1]}", remedy)
        for index, entry in enumerate(parsed.entries, start=1):
            if source.is_cut_off and index == len(parsed.entries):
                yield _cut_off(entry, index)
            else:
                yield _item(entry, parsed.feed, source, index)


def _cut_off(entry: Entry, index: int) -> Broken:
    """Refuse an entry that the feed ends in: half a text would take the place of a whole one."""
    remedy = "Ask for the feed again; what it has in front of this entry was read."
    error = ArticleError("unreadable_file", "the feed is cut off within this entry", remedy)
    return Broken(error, index, _identity(entry))


def _parsed(source: FeedSource) -> Any:
    import feedparser  # noqa: PLC0415 - other formats do not need it

    try:
        # A stream is never taken for an address or a path, as text and bytes are.
        return feedparser.parse(
            io.BytesIO(source.content), sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as error:  # noqa: BLE001 - it raises whatever its parts raise
        message = f"feedparser cannot read it: {type(error).__name__}: {str(error)[:200]}"
        remedy = "Ask for the feed again; if it is sound, read it in another format."
        raise ArticleError("unreadable_file", message, remedy) from None


def _item(entry: Entry, feed: Entry, source: FeedSource, index: int) -> Item:
    body, teaser, is_teaser = _texts(entry)
    published, updated = _time(entry, "published"), _time(entry, "updated")
    return Item(
        id=_identity(entry),
        blocks=body.blocks,
        text=body.text,
        language=_language(entry, feed),
        published=published,
        provider=read_line(peek(entry, "source"), "title") or read_line(feed, "title"),
        title=read_line(entry, "title"),
        wire=Wire(
            created=published,
            updated=updated,
            teaser=teaser,
            byline=_byline(entry),
            keywords=tuple(name for name, scheme, _ in _tags(entry) if scheme is None),
            subjects=tuple(
                Subject(name, scheme, code) for name, scheme, code in _tags(entry) if scheme
            ),
            links=tuple(_links(entry)),
            copyright=read_line(entry, "rights") or read_line(feed, "rights"),
            sha256=_digest(entry),
            charset=source.charset,
        ),
        cautions=tuple(_cautions(source, is_teaser=is_teaser)),
        index=index,
    )


def _texts(entry: Entry) -> tuple[Body, str | None, bool]:
    """Return body and teaser, and whether the body is no more than the teaser."""
    contents = [read_body(found) for found in peek(entry, "content") or ()]
    content = max(contents, key=lambda body: len(body.plain), default=Body())
    summary = read_body(peek(entry, "summary_detail") or {})  # without it, `summary` is a copy
    has_more = not content.plain.startswith(summary.plain[:_OPENING]) or (
        len(content.plain) > len(summary.plain) + _CREDIT
    )
    body = content if content.plain else summary
    is_short = len(body.plain.split()) <= _TEASER_WORDS and bool(summary.plain)
    is_teaser = body.goes_on or (is_short and not (content.plain and has_more))
    teaser = summary.plain if is_teaser or body is content else ""
    return body, (teaser or (body.plain if is_teaser else "")) or None, is_teaser


def _cautions(source: FeedSource, *, is_teaser: bool) -> Iterator[Caution]:
    for message in source.repairs:
        yield Caution("repaired_feed", STAGE, f"the feed is broken: {message}")
    if is_teaser:
        message = "the feed gives a teaser only, the story is behind its link"
        yield Caution("teaser_only", STAGE, message)


def _identity(entry: Entry) -> str | None:
    found = peek(entry, "id") or peek(entry, "link")
    return canonical(str(found).strip()) if found else None


def _language(entry: Entry, feed: Entry) -> str | None:
    details = [*(peek(entry, "content") or ()), peek(entry, "summary_detail")]
    details.append(peek(entry, "title_detail"))
    declared = [peek(detail, "language") for detail in details]
    return next((name for name in (*declared, peek(feed, "language")) if name), None)


def _byline(entry: Entry) -> str | None:
    """Return the names of authors."""
    named = [peek(author, "name") for author in peek(entry, "authors") or ()]
    names = [name for name in named if name] or [peek(entry, "author") or ""]
    clean = (" ".join(name.replace("()", "").split()).strip(" ,;") for name in names)
    bare = (name[1:-1] if name.startswith("(") and name.endswith(")") else name for name in clean)
    return ", ".join(dict.fromkeys(name for name in bare if name)) or None


def _tags(entry: Entry) -> list[tuple[str, str | None, str | None]]:
    """Return names, schemes and codes."""
    tags = [(peek(tag, "label"), peek(tag, "scheme"), peek(tag, "term")) for tag in _tagged(entry)]
    named = [(label or term, scheme or None, term) for label, scheme, term in tags]
    return [(" ".join(name.split()), scheme, code) for name, scheme, code in named if name]


def _tagged(entry: Entry) -> list[Entry]:
    return peek(entry, "tags") or []


def _links(entry: Entry) -> Iterator[Link]:
    """Yield links to texts; enclosures are pictures and sound."""
    for link in peek(entry, "links") or ():
        href, relation = peek(link, "href"), peek(link, "rel")
        if href and relation != "enclosure":
            yield Link(href, peek(link, "title"), relation)


def _time(entry: Entry, key: str) -> datetime | None:
    """Return a time with its offset as delivered; in UTC where feedparser alone can read it."""
    written, parsed = str(peek(entry, key) or "").strip(), peek(entry, f"{key}_parsed")
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = read(written)
            if found.tzinfo and found.astimezone(UTC):
                return found
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC) if parsed else None
    except (ValueError, OverflowError, OSError):
        return None


def _digest(entry: Entry) -> str:
    """Tell versions apart: the feed's own bytes change with every other entry."""
    contents = [peek(content, "value") for content in peek(entry, "content") or ()]
    keys = ("id", "link", "title", "summary", "published", "updated")
    return hashlib.sha256(
        repr([*(peek(entry, key) for key in keys), *contents]).encode("utf-8", "backslashreplace")
    ).hexdigest()
