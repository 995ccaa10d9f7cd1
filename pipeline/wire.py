"""What a wire item says about itself, beside its text: the same record for every format."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Status = Literal["usable", "withheld", "canceled"]
"""Usable; held back without a date; killed."""

Nature = Literal[
    "story", "flash", "digest", "table", "preview", "advisory", "press_review", "release"
]
"""What an item is, which decides what is made of it."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A topic, place or keyword from a vocabulary.

    Attributes:
        name: as delivered, in `language`.
        scheme: of the code, such as `medtop`.
        code: within the scheme.
        language: of the name, as delivered.
    """

    name: str
    scheme: str | None = None
    code: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A note to editors that may leave the house.

    Attributes:
        role: what it is about, such as `embargo`, `correction`, `closingline`.
        text: plain text.
    """

    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link that belongs to the item.

    Attributes:
        href: address, as delivered.
        title: what it leads to.
        relation: such as `alternate` or `related`.
    """

    href: str
    title: str | None = None
    relation: str | None = None


@dataclass(frozen=True, slots=True)
class Wire:
    """Everything but text and identity. What a format does not say is `None` or empty.

    Notes that are not for publication are in no field: they leave the reader in no form.

    Attributes:
        format: name of the format it came in.
        item_id: id of this delivery, where that is another one than the story's.
        version_label: the version as written, where it is no number.
        created: when this version was made.
        updated: when this version was last touched, with no new version.
        first_created: when the story's first version was made.
        signals: such as `update`, `correction`, `repeat`.
        urgency: 1 (flash) to 9.
        genre: as delivered, such as `Zusammenfassung`.
        nature: what the item is for our purposes.
        markers: taken off the headline or text, such as `EILMELDUNG`, `ROUNDUP 2`.
        kicker: line above the headline.
        subhead: line below the headline.
        headline: a second one, where the text has one of its own; or the first, with its markers.
        teaser: lead-in that is no part of the text.
        byline: who wrote it.
        located: places of the dateline as the format names them.
        slugline: as delivered.
        keywords: without a vocabulary.
        subjects: from vocabularies.
        correction: what was corrected, as the format or the text says it.
        embargo_text: what the prose says of an embargo.
        notes: to editors, publishable.
        identifiers: companies, such as `ISIN DE0007100000`.
        codes: other codes and closing lines of the text.
        metadata: keys in front of a plain text.
        links: belonging to the item.
        credit: as delivered.
        copyright: notice, as delivered.
        usage_terms: as delivered.
        sha256: of the item's bytes, or of its file's if it is not cut out of it.
        charset: that the bytes were read in.
    """

    format: str | None = None
    item_id: str | None = None
    version_label: str | None = None
    created: datetime | None = None
    updated: datetime | None = None
    first_created: datetime | None = None
    signals: tuple[str, ...] = ()
    urgency: int | None = None
    genre: str | None = None
    nature: Nature = "story"
    markers: tuple[str, ...] = ()
    kicker: str | None = None
    subhead: str | None = None
    headline: str | None = None
    teaser: str | None = None
    byline: str | None = None
    located: tuple[str, ...] = ()
    slugline: str | None = None
    keywords: tuple[str, ...] = ()
    subjects: tuple[Subject, ...] = ()
    correction: str | None = None
    embargo_text: str | None = None
    notes: tuple[Note, ...] = ()
    identifiers: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    metadata: tuple[tuple[str, str], ...] = ()
    links: tuple[Link, ...] = ()
    credit: str | None = None
    copyright: str | None = None
    usage_terms: str | None = None
    sha256: str | None = None
    charset: str | None = None
