"""Cut the notebook off a story: contacts and hints for editors that are not for publication."""

import re

_SECTIONS = (
    "Internet|Orte?|Ansprechpartner(?:in|innen)?|Kontakte?|Redaktionelle[rn]? Hinweise?|Service|"
    "Aktualisierung|Berichtigung|Wiederholung|Bilder?|Fotos?|Grafiken?|Audio|Video|Sendezeiten|"
    "Terminhinweise?|Zusatzmaterial|Contacts?|Editorial contacts?|Note to editors"
)
_ENGLISH = r"the\s+following\s+information\s+is\s+not\s+(?:intended\s+)?for\s+publication"
_NOT_PUBLIC = r"nicht\s+(?:zur|für\s+die)\s+veröffentlichung"
_START = re.compile(
    rf"""^[ \t]{{0,20}}(?:
        \#{{1,4}}[ \t]*(?:dpa-?)?(?:notizb(?:lock|uch)|notebook|notepad)\b
      | (?:dpa-)?(?:notizblock|notebook|notepad)[ \t]*:?[ \t]*$
      | \#{{2,4}}[ \t]*(?:{_SECTIONS.replace(" ", "[ ]")})\b
      | [*#(\[ \t-]{{0,20}}{_ENGLISH}
      | [*#(\[ \t-]{{0,20}}(?:die\s+)?(?:nach)?(?:folgend|stehend)\w*\s+(?:[\w-]+\s+){{0,4}}
            (?:sind|ist)\s+{_NOT_PUBLIC}\s+bestimmt(?!\s+(?:\w+\s+)?gewesen)
      | [*#(\[ \t-]{{0,20}}{_NOT_PUBLIC}(?:\s+bestimmt)?[.!)\]* \t]{{0,20}}$
    )""",
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
_REACH = r"[^\n]{0,200}(?:@[\w-]+\.|\+?\(?\d[\d /()-]{6,24}\d)[^\n]*"
_CONTACT = re.compile(
    r"^[ \t]{0,20}(?:[-*•][ \t]{0,8})?(?:Ihre? )?"
    r"(?:Autor(?:in|en)?|Redaktion|Redakteur(?:in)?|Desk|"
    r"Kontakt[\w ]{0,20}|Ansprechpartner(?:in)?|Rückfragen(?: an)?|Pressekontakt|"
    rf"Contact(?: the author)?)[ \t]*:{_REACH}$",
    re.MULTILINE | re.IGNORECASE,
)
_CLOSING = re.compile(
    r"^[ \t]{0,20}(dpa(?:-AFX)?(?: [a-zäöüß0-9]{1,4}(?:/[a-zäöüß]{2,4})?){2,6})[ \t]*$",
    re.MULTILINE,
)
_RULES = " \t*_=-"


def opens_notebook(paragraph: str) -> bool:
    """Tell whether a notebook begins in a paragraph, and not only a line with a contact stands."""
    return _START.search(paragraph) is not None


def closing_line(paragraph: str) -> str | None:
    """Return the agency's closing line if a paragraph is one."""
    found = _CLOSING.fullmatch(paragraph.strip())
    return found.group(1) if found else None


def cut_notebook(text: str) -> tuple[str, bool]:
    """Return the text in front of the notebook, and whether there was one.

    From its first line to the end nothing is kept but the agency's closing line, which is no part
    of it. Lines that tell how to reach an author or editor go wherever they stand.
    """
    public, closing = text, ""
    if start := _START.search(text):
        lines = _CLOSING.findall(text[start.start() :])
        closing = f"\n\n{lines[-1]}" if lines else ""
        kept = text[: start.start()].split("\n")
        while kept and not kept[-1].strip(_RULES):
            kept.pop()
        public = "\n".join(kept)
    public = _CONTACT.sub("", public)
    return public + closing, start is not None or len(public) != len(text)
