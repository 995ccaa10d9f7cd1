"""NITF: documents of dpa-infocom, AP, PA, NTB, EFE and others."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from pipeline.errors import ArticleError
from pipeline.feed.document import Document
from pipeline.feed.faults import STAGE
from pipeline.feed.item import Broken, Item
from pipeline.feed.nitf_body import (
    HEAD,
    body_blocks,
    byline_of,
    dateline_of,
    links_of,
    lower_headlines,
    places_of,
    teaser_of,
)
from pipeline.feed.nitf_head import (
    attribute,
    copyright_of,
    embargo_text,
    identity_of,
    keywords_of,
    meta,
    provider_of,
    status_of,
    subjects_of,
    text_at,
    time_at,
    usage_terms,
)
from pipeline.feed.repair import repair_xml
from pipeline.feed.zones import read_time
from pipeline.records import Block, Caution, Json
from pipeline.wire import Wire

if TYPE_CHECKING:
    from lxml.etree import _Element

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


class NitfFormat:
    """Reads one document a file, of any version, with its namespace or without."""

    name = "nitf"
    title = "NITF"
    taken: Mapping[str, str] = {
        "id": "`doc-id/@id-string` without dpa's time stamp; else `du-key/@key`, else a digest",
        "version": "`du-key/@version`, or the time stamp of dpa's `doc-id`",
        "language": "`nitf/@baselang` or `@xml:lang`",
        "status": "`docdata/@management-status`; `ed-msg` that opens with `KILL`",
        "embargo": "`date.release/@norm`",
        "published": "`date.issue/@norm`, else `pubdata/@date.publication`, else `story.date`",
        "provider": "`doc-id/@regsrc`, `from-src`, `distributor`, `meta` origin, `doc.copyright`",
        "title": "`hedline/hl1`, else `title`",
        "dateline": "`dateline`, where the text does not open with one",
        "text": "`body.content` without media, captions, credits and notes",
        "signature": "`body.end/tagline`; a `byline` that is initials",
        "wire.item_id": "`doc-id/@id-string`, where it names the version too",
        "wire.created": "as `published`",
        "wire.urgency": "`urgency/@ed-urg`",
        "wire.genre": "`tobject.property`",
        "wire.markers": "`meta` anpa-takekey",
        "wire.kicker": "`hl2` of class `ShortHeadLine`",
        "wire.subhead": "other `hl2` of `hedline`",
        "wire.teaser": "`abstract`, unless the text opens with it",
        "wire.byline": "`byline` with `person` and `byttl`",
        "wire.located": "`dateline/location`",
        "wire.slugline": "`keyword/@key` with `/`, `meta` anpa-keyword",
        "wire.keywords": "`key-list/keyword/@key`, cut at `/`",
        "wire.subjects": "`tobject.subject`, `evloc`, `fixture`, `identified-content`",
        "wire.embargo_text": "`ed-msg/@info`, what speaks of an embargo; the rest is not public",
        "wire.links": "`block` of external links",
        "wire.credit": "`distributor`",
        "wire.copyright": "`doc.copyright`, `meta` copyright",
        "wire.usage_terms": "`rights`",
        "wire.charset": "XML declaration",
        "extra.expires": "`date.expire/@norm`",
    }

    def recognises(self, document: Document) -> bool:
        """Tell by the root element."""
        return (document.root or "").casefold() == "nitf"

    def read(self, document: Document) -> Iterator[Item | Broken]:
        """Yield the document's one item.

        Raises:
            ArticleError: if it is not well-formed and cannot be repaired without loss.
        """
        cautions = []
        try:
            root = document.xml
        except ArticleError as error:
            if error.reason != "unreadable_file":
                raise
            root = repair_xml(document.content, document.root or "nitf", "body.content")
            what = f"{error}; it was read after a repair"
            cautions.append(Caution("repaired_xml", STAGE, what))
        yield _Reading(root, document.content, cautions).item()


@dataclass(frozen=True, slots=True)
class _Reading:
    """One document on its way to an item."""

    root: "_Element"
    content: bytes
    cautions: list[Caution]

    def item(self) -> Item:
        root, provider = self.root, provider_of(self.root)
        identity, embargo = identity_of(root), time_at(root, "date.release", provider)
        created, digest = self._created(provider), hashlib.sha256(self.content).hexdigest()
        if identity.id is None:
            what = "the document has no id: a digest of it is used, which no later version shares"
            self.cautions.append(Caution("made_id", STAGE, what))
        title = text_at(root, "body/body.head/hedline/hl1") or text_at(root, "head/title")
        blocks = body_blocks(root, title)
        byline, initials = byline_of(root)
        expires = time_at(root, "date.expire", provider)
        extra: dict[str, Json] = {"expires": expires.isoformat()} if expires else {}
        return Item(
            id=identity.id or f"nitf:{digest[:32]}",
            blocks=blocks,
            version=identity.version,
            language=root.get("baselang") or root.get(_LANGUAGE),
            status=status_of(root, embargo),
            embargo=embargo,
            provider=provider,
            title=title,
            dateline=dateline_of(root, blocks),
            signature=text_at(root, "body/body.end/tagline") or initials,
            wire=self._wire(blocks, title, byline, (identity.delivered, embargo, created, digest)),
            extra=extra,
            cautions=tuple(self.cautions),
        )

    def _wire(
        self,
        blocks: tuple[Block, ...],
        title: str | None,
        byline: str | None,
        known: tuple[str | None, datetime | None, datetime | None, str],
    ) -> Wire:
        root, (delivered, embargo, created, digest) = self.root, known
        kicker, subhead = lower_headlines(root, title)
        slugline, keywords = keywords_of(root)
        takekey = meta(root, "anpa-takekey")
        urgency = attribute(root, "head/docdata/urgency", "ed-urg") or ""
        genre = attribute(root, "head/tobject/tobject.property", "tobject.property.type")
        return Wire(
            format=NitfFormat.name,
            item_id=delivered,
            created=created,
            urgency=int(urgency) if urgency in set("123456789") else None,
            genre=None if genre == "current" else genre,
            markers=(takekey,) if takekey else (),
            kicker=kicker,
            subhead=subhead,
            teaser=teaser_of(root, blocks),
            byline=byline,
            located=places_of(root),
            slugline=slugline,
            keywords=keywords,
            subjects=tuple(subjects_of(root)),
            embargo_text=embargo_text(root, embargo),
            links=tuple(links_of(root)),
            credit=text_at(root, f"{HEAD}/distributor"),
            copyright=copyright_of(root),
            usage_terms=usage_terms(root),
            sha256=digest,
            charset=(root.getroottree().docinfo.encoding or "utf-8").lower(),
        )

    def _created(self, provider: str | None) -> datetime | None:
        root = self.root
        written = (
            attribute(root, "head/docdata/date.issue", "norm")
            or attribute(root, "head/pubdata", "date.publication")
            or attribute(root, f"{HEAD}/dateline/story.date", "norm")
        )
        created = read_time(written, provider)
        if written and created is None:
            self.cautions.append(Caution("unknown_time", STAGE, f"{written[:40]!r} is no ISO time"))
        return created
