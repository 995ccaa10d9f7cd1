"""Briefs as NewsML-G2 2.34, one news item a file."""

from datetime import UTC, datetime
from typing import Any

from pipeline.output.newsroom.body import BodyWriter
from pipeline.output.newsroom.parts import text_of
from pipeline.output.newsroom.story import Story, retraction_of, story_of
from pipeline.output.newsroom.texts import Text
from pipeline.output.newsroom.vocabulary import Topic
from pipeline.records import Article, Draft

_NAR = "http://iptc.org/std/nar/2006-10-01/"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_CATALOG = "http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_41.xml"
_SIGNALS = frozenset({"update", "correction"})
"""In IPTC's vocabulary; others are passed on as they are."""
_UNKNOWN = datetime(1970, 1, 1, tzinfo=UTC)
_NO_TIME = "The original says no time: versionCreated is not known."


class NewsmlG2Briefs:
    """One `newsItem` a brief.

    Args:
        language: BCP 47 tag of the translation.
    """

    suffix = ".xml"

    def __init__(self, language: str = "en") -> None:
        self._language = language

    def render(self, draft: Draft) -> bytes:
        """Return a brief."""
        return _Item(story_of(draft, self._language)).document()

    def retract(self, article: Article) -> bytes:
        """Return the notice that withdraws the brief of a killed article."""
        return _Item(retraction_of(article, self._language)).document()


class _Item:
    """Builds one news item; elements stand in the order that the standard gives."""

    def __init__(self, story: Story) -> None:
        from lxml import etree  # noqa: PLC0415 - other outputs do not need it

        self._story = story
        self._etree: Any = etree
        self._root = etree.Element(f"{{{_NAR}}}newsItem", nsmap={None: _NAR})

    def document(self) -> bytes:
        story, root = self._story, self._root
        root.set("guid", story.uri)
        root.set("version", str(story.origin.version))
        root.set("standard", "NewsML-G2")
        root.set("standardversion", "2.34")
        root.set("conformance", "power")
        root.set(_XML_LANG, story.language)
        self._add(root, "catalogRef", href=_CATALOG)
        self._rights()
        self._item_meta(self._add(root, "itemMeta"))
        content = self._add(root, "contentMeta")
        self._administration(content)
        self._description(content)
        inline = self._inline(self._add(root, "contentSet")) if story.parts else None
        self._etree.indent(root)
        if inline is not None:  # after that: white space is part of the text
            inline.append(self._page())
        found: bytes = self._etree.tostring(root, encoding="UTF-8", xml_declaration=True)
        return found + b"\n"

    def _rights(self) -> None:
        origin = self._story.origin
        if origin.copyright or origin.usage_terms:
            rights = self._add(self._root, "rightsInfo")
            self._tell(rights, "copyrightNotice", origin.copyright, origin.language)
            self._tell(rights, "usageTerms", origin.usage_terms, origin.language)

    def _item_meta(self, meta: Any) -> None:
        story, origin = self._story, self._story.origin
        self._add(meta, "itemClass", qcode="ninat:text")
        self._party(meta, "provider", origin.provider or "wirebrief")
        self._add(meta, "versionCreated", (origin.created or _UNKNOWN).isoformat())
        if origin.first_created is not None:
            self._add(meta, "firstCreated", origin.first_created.isoformat())
        if origin.embargo is not None:
            self._add(meta, "embargoed", origin.embargo.isoformat())
        self._add(meta, "pubStatus", qcode=f"stat:{story.status}")
        self._add(meta, "generator", "wirebrief")
        notes = story.notes if origin.created else (*story.notes, Text(_NO_TIME, "en"))
        for note in notes:
            self._tell(meta, "edNote", note.text, note.language)
        for signal in story.signals:
            key = {"qcode": f"sig:{signal}"} if signal in _SIGNALS else {"literal": signal}
            self._add(meta, "signal", **key)
        relation = "irel:translatedFrom" if origin.translated else "irel:derivedFrom"
        version = str(origin.version)
        self._add(meta, "link", rel=relation, residref=origin.uri, version=version)

    def _administration(self, meta: Any) -> None:
        story, origin = self._story, self._story.origin
        if story.urgency is not None:
            self._add(meta, "urgency", str(story.urgency))
        if story.source_type:
            self._add(meta, "digitalSourceType", qcode=f"digsrctype:{story.source_type}")
        for place in story.located:
            located = self._add(meta, "located", literal=place)
            self._tell(located, "name", place, origin.language)
        if origin.provider:
            self._party(meta, "infoSource", origin.provider)
        if story.label:
            self._party(meta, "creator", "wirebrief")
        for model in story.models:
            literal = f"{model.name}@{model.revision}" if model.revision else model.name
            contributor = self._add(meta, "contributor", literal=literal)
            self._tell(contributor, "name", f"{model.part}: {model.name}", "en")
        self._add(meta, "altId", origin.id)

    def _description(self, meta: Any) -> None:
        story, origin = self._story, self._story.origin
        self._add(meta, "language", tag=story.language)
        if origin.genre:
            genre = self._add(meta, "genre", literal=origin.genre)
            self._names(genre, story.genre, origin.genre, origin.language)
        for keyword in origin.keywords:
            self._tell(meta, "keyword", keyword, origin.language)
        for topic in story.topics:
            self._subject(meta, topic)
        self._tell(meta, "slugline", origin.slugline, origin.language)
        self._headlines(meta)
        if story.dateline is not None:
            self._tell(meta, "dateline", story.dateline.text, story.dateline.language)
        self._tell(meta, "by", origin.byline, origin.language)
        self._tell(meta, "by", story.label, "en")
        self._tell(meta, "creditline", origin.credit, origin.language)
        if story.summary is not None:
            text = story.summary
            self._tell(meta, "description", text.text, text.language, role="drol:summary")

    def _subject(self, meta: Any, topic: Topic) -> None:
        key = {"qcode": f"{topic.scheme}:{topic.code}"} if topic.scheme else {}
        if not key and topic.code:
            key = {"literal": topic.code}
        self._names(self._add(meta, "subject", **key), topic.english, topic.source, topic.language)

    def _headlines(self, meta: Any) -> None:
        story, origin = self._story, self._story.origin
        if story.headline is not None:
            self._tell(meta, "headline", story.headline.text, story.headline.language, rank="1")
            if origin.headline and origin.language != story.headline.language:
                self._tell(meta, "headline", origin.headline, origin.language, rank="2")

    def _inline(self, content: Any) -> Any:
        text = text_of(self._story.parts)
        return self._add(
            content, "inlineXML", contenttype="application/xhtml+xml",
            charcount=str(len(text)), wordcount=str(len(text.split())),
        )  # fmt: skip

    def _page(self) -> Any:
        story = self._story
        writer = BodyWriter(story.language, xhtml=True)
        page = writer.element("html")
        page.set(_XML_LANG, story.language)
        title = writer.child(writer.child(page, "head"), "title")
        title.text = story.headline.text if story.headline is not None else ""
        body = writer.child(page, "body")
        writer.write(body, story.parts)
        body.text = "\n"
        for block in body:
            block.tail = "\n"
        return page

    def _party(self, parent: Any, name: str, party: str) -> None:
        self._add(self._add(parent, name, literal=party), "name", party)

    def _names(self, parent: Any, english: str | None, source: str | None, language: str) -> None:
        self._tell(parent, "name", english, "en")
        if source != english:
            self._tell(parent, "name", source, language)

    def _tell(
        self, parent: Any, name: str, text: str | None, language: str, **attributes: str
    ) -> None:
        """Add a text with its language, if there is one."""
        if text:
            self._add(parent, name, text, **attributes).set(_XML_LANG, language)

    def _add(self, parent: Any, name: str, text: str | None = None, **attributes: str) -> Any:
        element = self._etree.SubElement(parent, f"{{{_NAR}}}{name}", attributes)
        element.text = text
        return element
