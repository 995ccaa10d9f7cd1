"""Tell apart what stands above a story on a serial wire: marks, headline, byline.

In German the marks are in brackets: `(Eil)`, `(Berichtigung: Schreibweise)`, `(Zusammenfassung 1645
- Nachmittag)`. In other languages they are lines: `2ND LEAD`, `REFILE`.
"""

import re
from dataclasses import dataclass

from pipeline.feed.agencies import NAMES
from pipeline.feed.signatures import is_byline
from pipeline.feed.wrapped import ends_early, join_lines

_KILL = re.compile(
    r"KILL KILL|\*{2,} ?ELIMINAR|АННУЛИРОВАНИЕ|حظر حظر حظر|^\W*KILL\W*$", re.MULTILINE
)
_WITHDRAWN = re.compile(
    r"\((?:Achtung\b[^()]*\b(?:zurückgezogen|annulliert|storniert|Meldung nicht verwenden)\b"
    r"|(?:Zurückziehung|Annullierung|Storno)\b)",
    re.IGNORECASE,
)
_KILL_NOTE = re.compile(r"\((?i:Achtung)\)[ \t]+(?=\S)")
_EMBARGO = re.compile(
    r"\b(?:sperrfrist|sperrvermerk|gesperrt bis|frei (?:ab|für|zur)|embargo(?:ed)?)\b"
    r"|not for (?:release|publication) (?:before|until)",
    re.IGNORECASE,
)
_MARK_LINE = re.compile(
    r"(?:\d{1,2}(?:ST|ND|RD|TH) )?(?:LEAD|NET|ADD|TAKE|WRITETHRU|REFILE|REPEAT|RPT|UPDATE"
    r"|CORRECTION|CORRECTED|EXTRA|URGENT|FLASH|ALERT|ADVISORY|EMBARGO(?:ED)?|ROUNDUP|FEATURE|PREVIEW"
    r"|SUMMARY|BACKGROUND|ANALYSIS|FACTBOX|Refile|Update|Correction|Corrected|Korekta|Aktualizacja"
    r"|VERSIÓN CORREGIDA|ACTUALIZACIÓN)(?: [A-Z0-9 -]{1,20})?"
)
_NOTE_START = re.compile(r"\((?:Foto|Grafik|Bild|Video|Audio|Karte|Archiv|Mit Foto|Mit Bild)")
_BY = re.compile(r"(?:Von|By|Par|Por) (?=\S)")
_HOUSE = re.compile(rf"(?:, ?|\b)(?i:{NAMES})(?:-[A-Za-z]{{2,12}})?(?: [a-z]+)?\Z")
_BYLINE_LINES = 5
_MOST = 15


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a story.

    Attributes:
        title: the headline as one line.
        byline: who wrote it.
        marks: as written, without brackets.
        embargo: the mark that speaks of an embargo.
        killed: the message withdraws a story.
        note: what it says of that.
    """

    title: str | None = None
    byline: str | None = None
    marks: tuple[str, ...] = ()
    embargo: str | None = None
    killed: bool = False
    note: str | None = None


def read_heading(block: str) -> Heading:
    """Return the parts of a headline block.

    Args:
        block: tidy lines, without the ` =` at its end.
    """
    lines = [line.rstrip() for line in block.split("\n") if line.strip()]
    opening, rest = _opening_marks(lines)
    rest, closing = _closing_marks(rest)
    rest, byline = _take_byline(rest)
    note = None
    if found := _KILL_NOTE.match(rest[0].lstrip()) if rest else None:
        opening = [*opening, "Achtung"]
        rest = [rest[0].lstrip()[found.end() :], *rest[1:]]
        note, rest = _take_note(rest)
    marks = tuple(opening + closing)
    embargo = next((mark for mark in (*marks, note or "") if _EMBARGO.search(mark)), None)
    withdrawn = _KILL.search(block) or _WITHDRAWN.search(" ".join(lines))
    return Heading(
        title=join_lines(rest) or None,
        byline=byline,
        marks=marks,
        embargo=embargo,
        killed=withdrawn is not None or note is not None,
        note=note,
    )


def _opening_marks(lines: list[str]) -> tuple[list[str], list[str]]:
    """Take marks off the start; the last line is never one without brackets."""
    marks: list[str] = []
    while lines:
        end = _bracket_end(lines)
        if end:
            marks.append(_bare(lines[:end]))
        elif len(lines) > 1 and _is_mark(lines[0], lines[1]):
            end = 1
            marks.append(lines[0].strip())
        else:
            break
        lines = lines[end:]
    return [mark for mark in marks if mark], lines


def _bracket_end(lines: list[str]) -> int:
    """Return how many lines a bracket takes that ends with a line; 0 if there is none."""
    if not lines[0].lstrip().startswith("("):
        return 0
    depth = 0
    for number, line in enumerate(lines[:_MOST], start=1):
        for place, sign in enumerate(line):
            depth += (sign == "(") - (sign == ")")
            if depth <= 0 and sign == ")":
                return number if not line[place + 1 :].strip(" .:") else 0
    return 0


def _closing_marks(lines: list[str]) -> tuple[list[str], list[str]]:
    """Take brackets with a line of their own off the end: `(Foto Archiv)`."""
    marks: list[str] = []
    while len(lines) > 1 and lines[-1].endswith(")"):
        starts = (n for n in range(len(lines) - 1, 0, -1) if lines[n].lstrip().startswith("("))
        start = next(starts, 0)
        if not start or _bracket_end(lines[start:]) != len(lines) - start:
            break
        if not (_NOTE_START.match(lines[start]) or ends_early(lines[start - 1], lines[start])):
            break
        marks.insert(0, _bare(lines[start:]))
        lines = lines[:start]
    return lines, [mark for mark in marks if mark]


def _take_byline(lines: list[str]) -> tuple[list[str], str | None]:
    """Take `Von Petra Muster, dpa` off the end, which may wrap over a few lines."""
    for start in range(len(lines) - 1, max(0, len(lines) - 1 - _BYLINE_LINES), -1):
        if _BY.match(lines[start]):
            written = join_lines(lines[start:])
            sure = is_byline(written) or _HOUSE.search(written)
            if sure or ends_early(lines[start - 1], lines[start]):
                return lines[:start], written
    return lines, None


def _take_note(lines: list[str]) -> tuple[str | None, list[str]]:
    """Part the note of a kill from the headline below it, where a line ends early."""
    for end in range(1, len(lines)):
        if ends_early(lines[end - 1], lines[end]):
            return join_lines(lines[:end]), lines[end:]
    return join_lines(lines) or None, []


def _is_mark(line: str, following: str) -> bool:
    bare = line.strip()
    if _KILL.search(bare) or _MARK_LINE.fullmatch(bare):
        return True
    short = bare.isupper() and not following.isupper() and bare[0].isalnum()
    return short and ends_early(line, following, margin=_MOST)


def _bare(lines: list[str]) -> str:
    written = join_lines(lines).strip(" .:")
    return " ".join(written.removeprefix("(").removesuffix(")").split())
