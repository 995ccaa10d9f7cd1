"""Make blocks of a serial wire's text, and take off what is no part of the story."""

import re
from dataclasses import dataclass

from pipeline.feed.characters import tidy
from pipeline.feed.notebook import cut_notebook
from pipeline.feed.signatures import take_signature
from pipeline.feed.wrapped import wrapped_blocks
from pipeline.records import Block

_CLOSING = re.compile(
    r"(?:\A|\n[ \t]*\n|\n[ \t]*(?=\n))[ \t]*"
    r"((?:dpa|afp|apa|ats|sda|kna|epd|ap)(?:-[A-Za-z]{2,6})?(?: [a-zäöüß0-9/]{1,12}){1,8}"
    r"|\((?:SDA|ATS|KEYSTONE-SDA|AWP|APA|KNA)[\\/ -][^()\n]{1,40}\))[ \t]*\Z"
)
_TAIL = 200
_NOTE = re.compile(
    r"^[ \t]*(?:[-*#•]+[ \t]*)+(?:Achtung\W{1,3})?((?:Sperrfrist|Embargo(?:ed)?)\b[^\n]{0,200})",
    re.IGNORECASE | re.MULTILINE,
)
_NOT_PUBLIC = re.compile(r"nicht zur Veröffentlichung|not (?:intended )?for publication")
_BLANK = re.compile(r"\n(?:[ \t]*\n)+")
_CONTACTS = re.compile(
    r"(?:Ansprechpartner(?:in|innen)?|Kontakte?|Rückfragen(?: an)?|Pressekontakt|Contacts?)[ \t]*:"
    r"[^@]{0,300}?(?:\w@\w|\+?\(?\d[\d /()-]{6,24}\d)",
    re.IGNORECASE,
)
_PARAGRAPH = re.compile(
    r"(?:\A|\n[ \t]*\n)[ \t*+(\[-]*((?:Achtung\W{1,3})?(?:Sperrfrist|Sperrvermerk|Embargo(?:ed)?)"
    r"(?:[ \t]*[:!]|[^\n.]{0,60}?\b\d{1,2}[.:]\d\d\b|[ \t]+(?:bis|until|für)\b)[^\n]{0,160})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class StoryText:
    """A story, and what signed it.

    Attributes:
        blocks: without notebook, closing line and codes.
        signature: closing line.
        byline: where the text has one.
        identifiers: of companies.
        codes: other lines that are no text.
        embargo: what text or notebook say of an embargo.
        notebook: a notebook or contacts were left out.
    """

    blocks: tuple[Block, ...]
    signature: str | None = None
    byline: str | None = None
    identifiers: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    embargo: str | None = None
    notebook: bool = False


def read_story(text: str) -> StoryText:
    """Return the story of a message's text.

    Args:
        text: from behind the headline block up to the end mark.
    """
    clean = tidy(text)[0].strip("\n \t")
    closing = None
    if found := _CLOSING.search(clean, max(0, len(clean) - _TAIL)):
        closing, clean = found[1], clean[: found.start()]
    public, was_cut = cut_notebook(clean)
    stories = [part for part in _BLANK.split(public) if not _CONTACTS.match(part)]
    contacts = len(stories) < len(_BLANK.split(public))
    signed = take_signature("\n\n".join(stories).strip("\n"))
    codes = [signed.signature] if closing and signed.signature else []
    return StoryText(
        blocks=wrapped_blocks(signed.text),
        signature=closing or signed.signature,
        byline=signed.byline,
        identifiers=tuple(signed.identifiers),
        codes=(*signed.codes, *codes),
        embargo=_embargo(clean),
        notebook=was_cut or contacts,
    )


def _embargo(text: str) -> str | None:
    """Return what is said of an embargo; of notes that are not public only that they say it."""
    found = _PARAGRAPH.search(text) or _NOTE.search(text)
    if found is None:
        return None
    if _NOT_PUBLIC.search(text, 0, found.start()):
        return "Sperrfrist"
    return " ".join(found[1].split()).rstrip(")] ")[:_TAIL]
