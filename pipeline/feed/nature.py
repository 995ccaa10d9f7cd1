"""Tell what an item is from its genre, its markers and its shape."""

import re
from collections.abc import Sequence

from pipeline.records import FIXED, Block
from pipeline.wire import Nature, Wire

_NAMES: dict[Nature, str] = {
    "advisory": r"achtung|.*planungshinweis|dienstmeldung|.*kunden-?info|(?:media )?advisory",
    "preview": r"(?:dpa-(?:afx[ -])?)?(?:tages|termin|wochen|monats)?vorschau|terminkalender|"
    r"termine|preview|agenda|calendar|daybook|diary",
    "table": r"tabellen?|kurstabelle|table|agate|listing",
    "press_review": r"presse(?:schau|spiegel|stimmen?)|press review|kommentar|leitartikel|meinung|"
    r"opinion|editorial|comment(?:ary)?",
    "release": r"(?:eqs|dgap)-\w+|ots|original-research|presse(?:mitteilung|information)|"
    r"press release|corporate news",
    "digest": r"(?:gesamt|tages)?zusammenfassung|(?:nachrichten|meldungs)?überblick|"
    r"dpa-afx überblick|(?:nachrichten )?kompakt|kurznachrichten|(?:news )?(?:summary|digest)|"
    r"news in brief",
    "flash": r"eil(?:meldung)?|blitz(?:meldung)?|dringend|flash|newsflash|urgent|alert|breaking",
}
"""What genres and markers call them, in the order in which one of several counts."""
_NATURES = {nature: re.compile(rf"(?:{names})\b.*", re.DOTALL) for nature, names in _NAMES.items()}
_SERVICE = frozenset({"rs", "dm"})
"""Desks of a 7901 header that write to editors only."""
_COMPACT = re.compile(r".{2,60}\bkompakt\b", re.IGNORECASE)
_RESULTS = re.compile(
    r"(?:Ergebnisse|Tabellen?|Torschützen|Kurse|Schlusskurse)\b(?:[^.!?]|\d\.)*\Z"
)
_PAPER = re.compile(
    r"(?:\w+: )?([«„\"'“‚][^»“\"'”‘]{2,60}[»“\"'”‘]) (?:\([^()]{2,40}\) )?(?:zu|über)[mr]? .*"
)
_FLASH = 2
_MOSTLY = 0.6


def nature_of(
    wire: Wire, title: str | None, dateline: str | None, blocks: Sequence[Block]
) -> Nature:
    """Return what an item is.

    Args:
        wire: with genre, markers and urgency.
        title: without markers.
        dateline: press reviews and tables have none.
        blocks: of the body.
    """
    bare = title if dateline is None and title and not _ends_in_verb(title) else None
    names = [name.casefold() for name in (wire.genre, *wire.markers) if name]
    for nature, pattern in _NATURES.items():
        if any(pattern.fullmatch(name) for name in names):
            return nature
        if nature == "advisory" and any(subject.code in _SERVICE for subject in wire.subjects):
            return nature
        if nature == "table" and (_is_table(blocks) or (bare and _RESULTS.match(bare))):
            return nature
        if nature == "press_review" and paper_of(bare):
            return nature
        if nature == "digest" and title and _COMPACT.fullmatch(title):
            return nature
    return "flash" if wire.urgency is not None and wire.urgency <= _FLASH else "story"


def paper_of(title: str | None) -> str | None:
    """Return the paper whose opinion is quoted: `«Stadtbote»` of `«Stadtbote» zu Autorennen`.

    A headline that ends in a verb tells news of that paper: `«Stadtbote» zu Strafe verurteilt`.
    """
    found = _PAPER.fullmatch(title or "")
    return None if found is None or _ends_in_verb(found.string) else found.group(1)


def _ends_in_verb(title: str) -> bool:
    """Tell that a headline is a sentence: nouns are written with a capital, numbers with digits."""
    return title.rsplit(maxsplit=1)[-1].lstrip("«„\"'“‚(")[:1].islower()


def _is_table(blocks: Sequence[Block]) -> bool:
    fixed = sum(len(block.text) for block in blocks if block.kind in FIXED)
    return fixed > _MOSTLY * sum(len(block.text) for block in blocks)
