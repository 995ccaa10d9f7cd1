"""NewsML-G2: messages and single items of dpa, Reuters, APA, AP, ANSA, STT, TT and others."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from pipeline.errors import ArticleError
from pipeline.feed.authority import authority_of
from pipeline.feed.document import Document
from pipeline.feed.faults import STAGE
from pipeline.feed.item import Broken, Item
from pipeline.feed.markup import text_in
from pipeline.feed.news_body import bare_dateline, without_title
from pipeline.feed.newsml_elements import LANGUAGE, Children, timed
from pipeline.feed.newsml_g2_content import read_content
from pipeline.feed.newsml_g2_meta import (
    code_of,
    headlines_of,
    in_language,
    links_of,
    name_of,
    notes_of,
    provider_of,
    signals_of,
    status_of,
    subjects_of,
    teaser_of,
    urgency_of,
)
from pipeline.feed.values import whole_number
from pipeline.feed.xml import local_name
from pipeline.records import Caution
from pipeline.wire import Status, Wire

if TYPE_CHECKING:
    from lxml.etree import _Element

_ITEMS = frozenset(
    {"newsItem", "packageItem", "conceptItem", "knowledgeItem", "planningItem", "catalogItem"}
)
_ROOTS = frozenset(name.casefold() for name in (*_ITEMS, "newsMessage"))
_FLASH = 2


class NewsMlG2Format:
    """Reads messages of many items, and files of one, of every version of the standard."""

    name = "newsml_g2"
    title = "NewsML-G2"
    taken: Mapping[str, str] = {
        "id": "`@guid`",
        "version": "`@version`",
        "language": "`contentMeta/language/@tag`, else `@xml:lang`; of the rendition that is read",
        "status": "`itemMeta/pubStatus`, by code whatever its alias",
        "embargo": "`itemMeta/embargoed`; left empty it withholds the item",
        "published": "`itemMeta/firstCreated`, else `versionCreated`",
        "provider": (
            "the authority in `@guid`, else `itemMeta/provider`, else `contentMeta/infoSource`: "
            "code, literal or name"
        ),
        "title": (
            "`contentMeta/headline` without a role, of the title role, or of rank 1; "
            "`itemMeta/title`"
        ),
        "dateline": "`contentMeta/dateline`, else the span or element of the text",
        "signature": "`edNote` of role `closingline`; class `closingline`, NITF `tagline`",
        "text": (
            "`contentSet/inlineXML` with XHTML, else with NITF, else `inlineData`, of dpa's "
            "renditions only `text`"
        ),
        "wire.version_label": "`@version`, where it is no number",
        "wire.created": "`itemMeta/versionCreated`",
        "wire.first_created": "`itemMeta/firstCreated`",
        "wire.signals": "`itemMeta/signal`, those of IPTC without their alias",
        "wire.urgency": "`contentMeta/urgency`",
        "wire.genre": "`contentMeta/genre`: its German name, another name, or its code",
        "wire.kicker": "`headline` of rank 3, or of a kicker's role",
        "wire.subhead": "`headline` of rank 2, or of a subtitle's role",
        "wire.teaser": "`description` of role teaser, summary or abstract; class `teaser`",
        "wire.byline": "`contentMeta/by`, else class or element `byline`",
        "wire.located": "`contentMeta/located/name`",
        "wire.slugline": "`contentMeta/slugline`",
        "wire.keywords": "`contentMeta/keyword`",
        "wire.subjects": "`contentMeta/subject` of every scheme, German names first",
        "wire.correction": "`edNote` of the correction roles",
        "wire.embargo_text": "`edNote` of role `embargo`, or without a role if it speaks of one",
        "wire.notes": "other `edNote` that are public and tell no way to reach somebody",
        "wire.links": "`itemMeta/link/@href`; links of boxes beside the text",
        "wire.credit": "`contentMeta/creditline`",
        "wire.copyright": "`rightsInfo/copyrightNotice`",
        "wire.usage_terms": "`rightsInfo/usageTerms`",
        "wire.sha256": "of the whole file",
        "wire.charset": "XML declaration",
    }

    def recognises(self, document: Document) -> bool:
        """Tell by the root element; NewsML 1.2 spells `NewsItem` with a capital."""
        root = document.root or ""
        return root != "NewsItem" and root.casefold() in _ROOTS

    def read(self, document: Document) -> Iterator[Item | Broken]:
        """Yield the document's items; packages and concepts hold no story, and say so.

        Raises:
            ArticleError: if it is not well-formed.
        """
        root = document.xml
        source = _Source(
            hashlib.sha256(document.content).hexdigest(),
            (root.getroottree().docinfo.encoding or "utf-8").lower(),
        )
        if local_name(root) in _ITEMS:
            yield _read(root, source, None)
            return
        items = [item for part in root if local_name(part) == "itemSet" for item in part]
        if not items:
            remedy = "Nothing is to be done; it may be a heartbeat."
            yield Broken(ArticleError("no_story", "the message holds no item", remedy))
        for number, item in enumerate(items, start=1):
            yield _read(item, source, number if len(items) > 1 else None)


@dataclass(frozen=True, slots=True)
class _Source:
    sha256: str
    charset: str


def _read(item: "_Element", source: _Source, index: int | None) -> Item | Broken:
    name = local_name(item)
    if name == "newsItem":
        return _Reading(item, source, index).outcome()
    held = sum(local_name(inner) in {"itemRef", "conceptRef"} for inner in item.iterdescendants())
    references = "1 reference" if held == 1 else f"{held} references"
    what = f"a package of {references}" if name == "packageItem" else f"`{name}`"
    message = f"{what} holds no story"
    remedy = "Nothing is to be done: the items that it names are delivered by themselves."
    return Broken(ArticleError("no_story", message, remedy), index, item.get("guid"))


class _Reading:
    """A news item on its way to an `Item`."""

    def __init__(self, element: "_Element", source: _Source, index: int | None) -> None:
        parts = Children(element)
        self.element, self.source, self.index = element, source, index
        self.meta, self.about = parts.inside("itemMeta"), parts.inside("contentMeta")
        self.rights = parts.inside("rightsInfo")
        self.language = _language(self.about) or element.get(LANGUAGE)
        self.content = read_content(parts.first("contentSet"), self.language)
        self.aside = self.content.body.set_apart if self.content.body else {}
        self.provider = authority_of(element.get("guid")) or provider_of(self.meta, self.about)
        self.heads = headlines_of(self.about.all("headline"))
        self.notes = notes_of(self.meta.all("edNote"))
        self.urgency = urgency_of(self.about.text("urgency"))
        self.cautions: list[Caution] = []

    def outcome(self) -> Item | Broken:
        body, version = self.content.body, self.element.get("version")
        number = whole_number(version) if version else None
        title = self.heads.get("title") or self.content.title or self.meta.text("title")
        status, embargo = self._release()
        if body:
            without_title(body, title)
            if body.has_box:
                message = "a box beside the text is no part of it; its links are kept"
                self.cautions.append(Caution("infobox_left_out", STAGE, message))
        elif status != "canceled" and not self._is_flash(title):
            return self._no_text()
        return Item(
            id=self.element.get("guid"),
            blocks=body.blocks if body else (),
            text=body.text if body else None,
            version=number,
            language=self.content.language or self.language,
            status=status,
            embargo=embargo,
            provider=self.provider,
            title=title,
            dateline=bare_dateline(self.about.text("dateline") or self.aside.get("dateline")),
            signature=self.notes.closing or self.aside.get("signature"),
            wire=self._wire(version if number is None else None),
            cautions=tuple(self.cautions),
            index=self.index,
        )

    def _wire(self, label: str | None) -> Wire:
        meta, about, aside, notes = self.meta, self.about, self.aside, self.notes
        teaser = teaser_of(about.all("description")) or aside.get("teaser") or self.content.teaser
        return Wire(
            format=NewsMlG2Format.name,
            version_label=label,
            created=self._time("versionCreated"),
            first_created=self._time("firstCreated"),
            signals=signals_of(meta.all("signal")),
            urgency=self.urgency,
            genre=_genre(about),
            kicker=self.heads.get("kicker"),
            subhead=self.heads.get("subhead"),
            teaser=teaser,
            byline="; ".join(_lines(about, "by")) or aside.get("byline"),
            located=tuple(filter(None, (name_of(place)[0] for place in about.all("located")))),
            slugline=about.text("slugline"),
            keywords=_lines(about, "keyword"),
            subjects=tuple(subjects_of(about.all("subject"))),
            correction=notes.correction,
            embargo_text=self._open_embargo() or notes.embargo,
            notes=notes.public,
            links=(
                *links_of(meta.all("link")),
                *(self.content.body.boxes if self.content.body else ()),
            ),
            credit=about.text("creditline"),
            copyright=in_language(self.rights.all("copyrightNotice"), self.language),
            usage_terms=in_language(self.rights.all("usageTerms"), self.language),
            sha256=self.source.sha256,
            charset=self.source.charset,
        )

    def _release(self) -> tuple[Status, datetime | None]:
        """Return status and embargo; a word that is not known withholds, as does an open end."""
        status, known = status_of(self.meta.first("pubStatus"))
        if not known:
            word = code_of(self.meta.first("pubStatus"))
            what = f"status {word!r} is not known; the item is held back as withheld"
            self.cautions.append(Caution("unknown_status", STAGE, what))
        embargo = self._time("embargoed")
        if embargo is None and self.meta.first("embargoed") is not None and status == "usable":
            status = "withheld"
        return status, embargo

    def _open_embargo(self) -> str | None:
        """Return an embargo that cannot be read as a time, or has none."""
        element = self.meta.first("embargoed")
        if element is None or self._time("embargoed") is not None:
            return None
        return self.meta.text("embargoed") or "embargoed until further notice"

    def _time(self, name: str) -> datetime | None:
        found, said = timed(self.meta.text(name), self.provider)
        if said:
            caution = Caution("unknown_time", STAGE, f"{name} {said}")
            if caution not in self.cautions:
                self.cautions.append(caution)
        return found

    def _is_flash(self, title: str | None) -> bool:
        """Tell whether the headline is all there is, as in the first seconds of an event."""
        kind = code_of(self.meta.first("itemClass")) or "text"
        return kind == "text" and bool(title) and (self.urgency or _FLASH + 1) <= _FLASH

    def _no_text(self) -> Broken:
        kind = code_of(self.meta.first("itemClass")) or "text"
        held = ", ".join(self.content.others) or "nothing"
        message = f"an item of class {kind} without running text; its content is {held[:120]}"
        remedy = "Nothing is to be done: only text is briefed."
        error = ArticleError("no_text", message, remedy)
        return Broken(error, self.index, self.element.get("guid"))


def _language(about: Children) -> str | None:
    tags = (element.get("tag", "").strip() for element in about.all("language"))
    return next(filter(None, tags), None)


def _genre(about: Children) -> str | None:
    names = (name_of(element)[0] or code_of(element) for element in about.all("genre"))
    return next(filter(None, names), None)


def _lines(about: Children, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(text_in, about.all(name)))))
