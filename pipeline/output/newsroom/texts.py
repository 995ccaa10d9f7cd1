"""Text that XML and UTF-8 can hold, and its language."""

import re
from dataclasses import dataclass

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class Text:
    """A text in a language, as a BCP 47 tag."""

    text: str
    language: str


def legal(text: str) -> str:
    """Leave out control characters and half surrogate pairs, which no file may hold."""
    return _ILLEGAL.sub("", text)


def line(text: str | None) -> str | None:
    """Return a text as one line, `None` if nothing is in it."""
    return " ".join(legal(text or "").split()) or None


def tag(language: str | None) -> str:
    """Return a language as declared if that is a tag, `und` (not known) otherwise."""
    found = language or ""
    return found if _LANGUAGE.fullmatch(found) else "und"
