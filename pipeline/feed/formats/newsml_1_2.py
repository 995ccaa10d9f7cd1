"""NewsML 1.2: AFP in both profiles, Belga, ANP, ATS, Kyodo, TASS, EFE, Business Wire and others."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from pipeline.errors import ArticleError
from pipeline.feed.document import Document
from pipeline.feed.faults import STAGE
from pipeline.feed.item import Broken, Item
from pipeline.feed.news_body import Body, bare_dateline, without_title
from pipeline.feed.newsml_12_meta import (
    further_lines,
    identity_of,
    instructions_of,
    line_of,
    named,
    party_of,
    properties_of,
    release_of,
    status_of,
    subjects_of,
    urgency_of,
)
from pipeline.feed.newsml_12_parts import read_story
from pipeline.feed.newsml_elements import (
    LANGUAGE,
    Children,
    house,
    speaks_of_embargo,
    tells_contact,
    timed,
)
from pipeline.records import Block, Caution, Json
from pipeline.wire import Status, Wire

if TYPE_CHECKING:
    from lxml.etree import _Element

_SIGNALS = ("correction", "repeat", "update")
_CORRECTS = re.compile(r"\b(?:correct|corrig|rectif|berichtig|korr(?:igiert|ektur))", re.IGNORECASE)
_KILLS = re.compile(r"(?:kill|cancel|withdraw)", re.IGNORECASE)
_DESK = r"[a-zäöüß]{2,4}(?:-[a-zäöüß]{2,4}){0,3}"
_INITIALS = re.compile(rf"{_DESK}(?:/{_DESK}){{1,3}}")
_LONGEST_SUBHEAD = 120
_ALERTS = frozenset({"alert", "bulletin", "flash", "urgent"})
_DASHED = re.compile(r"[-–—]\s+(.+?)\s+[-–—]")


class NewsMl12Format:
    """Reads every item of a file, nested ones too; of several languages in one item, German."""

    name = "newsml_1_2"
    title = "NewsML 1.2"
    taken: Mapping[str, str] = {
        "id": "`ProviderId`, `DateId` and `NewsItemId`; `PublicIdentifier` without its revision",
        "version": "`RevisionId`",
        "language": "`DescriptiveMetadata/Language` or `@xml:lang` of the component that is read",
        "status": "`NewsManagement/Status`; `Instruction` that kills or embargoes",
        "embargo": "`StatusWillChange/DateAndTime`, where the item becomes usable",
        "published": "`FirstCreated`, else `ThisRevisionCreated`",
        "provider": "`AdministrativeMetadata/Provider/Party`, else `ProviderId`",
        "title": "`HeadLine`, else a component of role `Title`, else `NameLabel` or `SlugLine`",
        "dateline": "`DateLine`, else that of the NITF head",
        "signature": "a last paragraph that is desk initials; NITF `tagline`",
        "text": "`DataContent` of the main component, with its lead; NITF, XHTML or plain text",
        "wire.item_id": "`PublicIdentifier`",
        "wire.version_label": "`RevisionId`, where it is no number",
        "wire.created": "`ThisRevisionCreated`",
        "wire.first_created": "`FirstCreated`",
        "wire.signals": "`Instruction`, where it is a correction, repeat or update",
        "wire.urgency": "`Urgency`, else `Priority`",
        "wire.genre": "`DescriptiveMetadata/Genre`",
        "wire.markers": "`NewsItemType`, where it is an alert or flash",
        "wire.subhead": "`SubHeadLine`",
        "wire.teaser": "a component of role `Teaser`, `Abstract` or `Summary`",
        "wire.byline": "`ByLine`",
        "wire.located": "`Location/Property` of name `City`",
        "wire.slugline": "`SlugLine`, else `NameLabel`, else `KeywordLine`",
        "wire.keywords": "`Property` of name `Keyword`, `KeywordLine`",
        "wire.subjects": "`SubjectCode` with all that is nested in it",
        "wire.correction": "`NewsLine` that tells of a correction",
        "wire.embargo_text": "`Instruction` or `NewsLine` that speaks of an embargo",
        "wire.notes": "other `NewsLine`, by their type",
        "wire.credit": "`CreditLine`",
        "wire.copyright": "`CopyrightLine`, else `RightsMetadata`",
        "wire.sha256": "of the whole file",
        "wire.charset": "XML declaration",
        "extra.previous_revision": "`RevisionId/@PreviousRevision`",
    }

    def recognises(self, document: Document) -> bool:
        """Tell by the root element, with any namespace."""
        root = document.root or ""
        return root.casefold() == "newsml" or root == "NewsItem"

    def read(self, document: Document) -> Iterator[Item | Broken]:
        """Yield the document's items.

        Raises:
            ArticleError: if it is not well-formed.
        """
        root = document.xml
        digest = hashlib.sha256(document.content).hexdigest()
        items = list(root.iter("{*}NewsItem"))
        if not items:
            remedy = "Nothing is to be done; it may be a catalogue or a heartbeat."
            yield Broken(ArticleError("no_story", "the document holds no item", remedy))
        for number, item in enumerate(items, start=1):
            yield _Reading(root, item, digest, number if len(items) > 1 else None).outcome()


class _Reading:
    """An item on its way to an `Item`."""

    def __init__(self, root: "_Element", item: "_Element", digest: str, index: int | None) -> None:
        self.item, self.digest, self.index = item, digest, index
        self.charset = (root.getroottree().docinfo.encoding or "utf-8").lower()
        self.envelope = Children(root).inside("NewsEnvelope")
        parts = Children(item)
        identification = parts.inside("Identification")
        self.identity = identity_of(identification.inside("NewsIdentifier"), item.get("Duid"))
        self.label = identification.text("NameLabel")
        self.management = parts.inside("NewsManagement")
        self.story = read_story(item, item.get(LANGUAGE))
        main = self.story.main
        self.language = main.language if main else item.get(LANGUAGE)
        components = [Children(component) for component in self.story.chain]
        self.lines = [component.inside("NewsLines") for component in components]
        spoken = [component.get(LANGUAGE) for component in self.story.chain]
        self.own_lines = [
            lines
            for lines, tag in zip(self.lines, spoken, strict=True)
            if tag == self.language or not self.story.languages
        ]
        self.admin = [component.inside("AdministrativeMetadata") for component in components]
        self.rights = [component.inside("RightsMetadata") for component in components]
        self.about = [e for part in components for e in part.all("DescriptiveMetadata")]
        party = party_of(self.admin, "Provider") or self.identity.provider
        self.provider = house(party) if party else None
        self.cautions: list[Caution] = []

    def outcome(self) -> Item | Broken:
        status, embargo = self._release()
        main, identity = self.story.main, self.identity
        if main is None and status != "canceled":
            return self._no_text()
        title = (
            line_of(self.own_lines, "HeadLine", self.language)
            or self.story.title
            or self._line("HeadLine")
            or self.label
            or self._line("SlugLine")
        )
        body = main.body if main else Body("text")
        without_title(body, title)
        blocks, initials = _signed(body)
        self._tell_left_out()
        extra: dict[str, Json] = {}
        if identity.previous:
            extra["previous_revision"] = identity.previous
        return Item(
            id=identity.id,
            blocks=blocks,
            text=body.text,
            version=identity.revision,
            language=self.language,
            status=status,
            embargo=embargo,
            provider=self.provider,
            title=title,
            dateline=bare_dateline(self._line("DateLine") or body.set_apart.get("dateline")),
            signature=initials or body.set_apart.get("signature"),
            wire=self._wire(body),
            extra=extra,
            cautions=tuple(self.cautions),
            index=self.index,
        )

    def _wire(self, body: Body) -> Wire:
        keyword_line = self._line("KeywordLine") or ""
        words = (part.strip() for part in re.split(r"[/,;]", keyword_line))
        keywords = (*properties_of(self.about, "keyword"), *filter(None, words))
        notes = list(further_lines(self.lines))
        lines = [*self._instructions(), *(note.text for note in notes)]
        spoken = [line for line in lines if speaks_of_embargo(line)]
        corrected = [note.text for note in notes if _CORRECTS.search(note.text)]
        kind = named(self.management.first("NewsItemType")) or ""
        urgency = urgency_of(
            self.management.first("Urgency"),
            self.management.first("Priority"),
            self.envelope.first("Priority"),
        )
        return Wire(
            format=NewsMl12Format.name,
            item_id=self.identity.delivered,
            version_label=self.identity.label,
            created=self._time(self.management.text("ThisRevisionCreated")),
            first_created=self._time(self.management.text("FirstCreated")),
            signals=self._signals(),
            urgency=urgency,
            genre=self._genre(),
            markers=(kind,) if kind.casefold() in _ALERTS else (),
            subhead=self._line("SubHeadLine"),
            teaser=self.story.teaser or body.set_apart.get("teaser"),
            byline=self._line("ByLine") or body.set_apart.get("byline"),
            located=properties_of(self.about, "city"),
            slugline=self._line("SlugLine") or self.label or keyword_line or None,
            keywords=tuple(dict.fromkeys(keywords)),
            subjects=tuple(dict.fromkeys(subjects_of(self.about))),
            correction="; ".join(corrected) or None,
            embargo_text="; ".join(spoken) or None,
            notes=tuple(note for note in notes if note.text not in {*spoken, *corrected}),
            credit=self._line("CreditLine"),
            copyright=self._line("CopyrightLine") or self._copyright(),
            sha256=self.digest,
            charset=self.charset,
        )

    def _release(self) -> tuple[Status, datetime | None]:
        """Return status and embargo; what is held until a time that can be read is embargoed."""
        element = self.management.first("Status")
        status, known = status_of(element)
        if not known:
            what = f"status {named(element)!r} is not known; the item is held back as withheld"
            self.cautions.append(Caution("unknown_status", STAGE, what))
        if any(_KILLS.search(line) for line in self._instructions()):
            status = "canceled"
        written = release_of(self.management)
        embargo = self._time(written)
        if embargo is not None and status == "withheld" and known:
            status = "usable"
        elif written and embargo is None and status == "usable":
            status = "withheld"
        return status, embargo

    def _instructions(self) -> list[str]:
        return [line for line in instructions_of(self.management) if not tells_contact(line)]

    def _signals(self) -> tuple[str, ...]:
        said = " ".join(self._instructions()).casefold()
        return tuple(signal for signal in _SIGNALS if signal in said)

    def _genre(self) -> str | None:
        for about in self.about:
            if found := named(Children(about).first("Genre")):
                return found
        return None

    def _copyright(self) -> str | None:
        for rights in self.rights:
            parts = rights.inside("Copyright")
            line = " ".join(filter(None, map(parts.text, ("CopyrightHolder", "CopyrightDate"))))
            if line:
                return line
        return None

    def _line(self, name: str) -> str | None:
        return line_of(self.lines, name, self.language)

    def _time(self, written: str | None) -> datetime | None:
        found, said = timed(written, self.provider)
        if said and (caution := Caution("unknown_time", STAGE, said)) not in self.cautions:
            self.cautions.append(caution)
        return found

    def _tell_left_out(self) -> None:
        story = self.story
        if story.languages:
            what = f"the item also holds the story in {', '.join(story.languages)}"
            self.cautions.append(Caution("other_languages", STAGE, what))
        if story.parts:
            what = f"the item holds {story.parts} more texts beside the main one"
            self.cautions.append(Caution("other_parts", STAGE, what))

    def _no_text(self) -> Broken:
        held = ", ".join(self.story.others) or "nothing"
        message = f"an item without running text; its content is {held[:120]}"
        remedy = "Nothing is to be done: only text is briefed."
        return Broken(ArticleError("no_text", message, remedy), self.index, self.identity.id)


def _signed(body: Body) -> tuple[tuple[Block, ...], str | None]:
    """Return the blocks without desk initials that end them, and subheads without their dashes."""
    blocks, initials = body.blocks, None
    if len(blocks) > 1 and _INITIALS.fullmatch(blocks[-1].text):
        blocks, initials = blocks[:-1], blocks[-1].text
    return tuple(map(_without_dashes, blocks)), initials


def _without_dashes(block: Block) -> Block:
    found = _DASHED.fullmatch(block.text) if block.kind in {"text", "subhead"} else None
    if found is None or len(block.text) > _LONGEST_SUBHEAD:
        return block
    return replace(block, text=found.group(1), kind="subhead")
