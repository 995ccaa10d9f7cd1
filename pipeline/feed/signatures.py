"""Take what signs a story off it: initials, codes, bylines, identifiers of companies.

What cannot be anything else (`AXC0123 2024-11-12/09:15`, a line of ISINs) goes wherever it has a
line of its own. Initials go only where they close the story, or are glued to a paragraph's last
stop: `mst/la/jha/` in the middle of a sentence is text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.feed.agencies import BRACKET, NAMES

_LONGEST_LINE = 1000
_TAIL = 500
_WORDS = "und|oder|min|std|aus|bei|der|die|das|ein|hat|ihr|ist|mit|sie|uns|war|wie|wir|zur|zum"
_NO_INITIALS = rf"(?!(?i:{_WORDS})\b)"
_INITIALS = rf"{_NO_INITIALS}(?:[a-zäöüß]{{2,4}}|[A-ZÄÖÜ]{{2,4}}|[A-ZÄÖÜ][a-zäöüß]{{1,3}})"
_SMALL_INITIALS = rf"{_NO_INITIALS}[a-zäöüß]{{2,4}}"
_SLASHES = rf"(?:(?i:/{_INITIALS})){{1,4}}/?"
_AGENCY = rf"(?:{BRACKET.pattern})"
_STOP = r"[.!?…\"“”»«)]"
_END = r"\((?:Schluss|Ende|Forts\.?|Fortsetzung(?: folgt)?)\)"
_CREDIT = (
    r"\((?:Reporter|Bericht(?:e|erstattung)?(?=:| von)|Geschrieben|Redigiert|Redaktion"
    r"|(?:Additional )?(?:[Rr]eporting|[Ww]riting|[Ee]diting)(?= by)|Compiled(?= by))\b"
    r"(?:[^()]|\([^()]{0,80}\))*\)"
)
_CLOSED = re.compile(rf"(?:{_STOP}|/)\Z")
_LEAD = "dpa|afp|epd|kna|apa|sda|awp|ats|ap|rtr|dapd|ddp|taz"
_LINES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_SLASHES}(?: ?{_AGENCY})?",
        rf"(?:{_SMALL_INITIALS}/){{1,5}}(?:{_SMALL_INITIALS})?(?: ?{_AGENCY})?",
        rf"(?:{_INITIALS}/){{2,5}}{_SMALL_INITIALS}/?(?: ?{_AGENCY})?",
        rf"(?:{_INITIALS}/){{1,5}}(?: ?{_AGENCY})?",
        rf"(?:{_LEAD})(?: {_SMALL_INITIALS}(?:/{_SMALL_INITIALS}){{0,3}}){{1,3}}",
        r"dpa(?:-AFX)?(?: [a-zäöüß0-9]{1,4}(?:/[a-zäöüß]{2,4})?){2,6}",
        rf"{_END}(?: {_INITIALS}(?:/{_INITIALS}){{0,4}})?",
        rf"{_AGENCY}",
        rf"(?i:{NAMES})",
        r"bur(?:-[a-z]{2,4})?(?:/[a-z]{2,4}){1,4}",
        _CREDIT,
    )
)
_GLUED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<={_STOP})\s*({_END}(?: {_INITIALS}(?:/{_INITIALS}){{0,4}})?)\Z",
        rf"(?<={_STOP})\s*((?:(?:/{_INITIALS}){{2,4}}|/{_SMALL_INITIALS})/?(?: ?{_AGENCY})?)\Z",
        rf"(?<={_STOP})\s+((?:{_SMALL_INITIALS}/){{1,5}}(?:{_SMALL_INITIALS})?)\Z",
        rf"(?<={_STOP})\s+(dpa(?:-AFX)?(?: [a-zäöüß0-9]{{1,4}}(?:/[a-zäöüß]{{2,4}})?){{2,6}})\Z",
        rf"(?<={_STOP})\s+({_AGENCY})\Z",
        rf"(?<={_STOP})\s+({_CREDIT})\Z",
    )
)
_INSIDE = re.compile(
    rf"(?<=[.!?…])([\"“”»«)]*)\s?((?:/{_INITIALS}){{2,4}}/?|/{_SMALL_INITIALS}/)[ \t]*"
    r"(?=\n[ \t]*\n)"
)
_CODES = tuple(
    re.compile(pattern)
    for pattern in (
        r"AX[A-Z]\d{3,5}\s+\d{4}-\d\d-\d\d/\d\d:\d\d",
        rf"(?:©|\([cC]\)|Copyright)[^.!?]{{0,60}}\b(?i:{NAMES})\b[^!?]{{0,60}}",
        r"(?:dpa:)\d{6}-[\d-]{3,20}/\d{1,3}",
        r"\(?END\) ?Dow Jones Newswires.{0,80}",
        r"[A-Z][a-z]{2,8} \d{1,2}, \d{4} \d\d:\d\d (?:ET|EST|EDT) \(\d\d:\d\d GMT\)",
        r"-* ?\d\d[ :]\d\d [AP]M E[SD]T \d\d-\d\d-\d\d",
        r"-{2,} ?dpa-AFX\b.{0,80}",
        r"dpa-AFX Broker - die Trader News von dpa-AFX",
    )
)
_NAME = r"[A-ZÄÖÜ][\w.'’-]+"
_BYLINE = re.compile(
    r"[-–—]{2,3} ?(?:Von|By) .{3,80}? ?[-–—]{2,3}"
    rf"|(?:Von|By) {_NAME}(?: (?:und|von|and|{_NAME})|, (?!(?i:{NAMES})\b){_NAME}){{1,8}}"
    rf", ?(?i:{NAMES})(?:-[A-Za-z]{{2,8}})?(?: Newswires)?"
)
_KIND = r"\b(?i:ISIN|WKN|Symbol|LEI)\b"
_CODE = rf"(?!{_KIND})\b[A-Z0-9]{{4,20}}\b"
_IDENTIFIERS = re.compile(rf"(?:\(?{_KIND}[: ]*(?:{_CODE}\)?[\s,;/|]*)+)+")
_IDENTIFIER = re.compile(rf"({_KIND})|({_CODE})")
_RULE = re.compile(r"[-–—*_=°·+~ \t]+")


@dataclass(slots=True)
class Signed:
    """A text without what signed it, and that.

    Attributes:
        text: the rest.
        signature: the initials that close the story, as written.
        byline: `Von Petra Muster, dpa` and the like, as written.
        identifiers: companies, such as `ISIN DE0007100000`.
        codes: everything else, as written, in the order of the text.
    """

    text: str
    signature: str | None = None
    byline: str | None = None
    identifiers: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)


def take_signature(text: str) -> Signed:
    """Take initials, codes, bylines and identifiers off a text."""
    signed = Signed(text)
    _take_lines(signed)
    _take_tail(signed)
    _take_inside(signed)
    return signed


def sign_paragraphs(paragraphs: Sequence[str]) -> tuple[list[str], Signed]:
    """Do the same for paragraphs that are told apart; one that goes whole becomes empty."""
    signed = Signed("")
    kept = [paragraph.strip() for paragraph in paragraphs]
    for number, text in enumerate(kept):
        if text and "\n" not in text and len(text) <= _LONGEST_LINE and _take_line(signed, text):
            kept[number] = ""
    if not any(kept):
        return list(paragraphs), Signed("")
    filled = [number for number, text in enumerate(kept) if text]
    while len(filled) > 1:
        last = kept[filled[-1]]
        if _is_initials(last):
            _sign(signed, last)
        elif not _RULE.fullmatch(last[:_TAIL]):
            break
        kept[filled.pop()] = ""
    kept[filled[-1]] = _unglue(signed, kept[filled[-1]])
    for number in filled[:-1]:
        inner = Signed(kept[number] + "\n\n")
        _take_inside(inner)
        kept[number] = inner.text.rstrip()
        if inner.signature is not None:
            _sign(signed, inner.signature)
    return kept, signed


def is_byline(paragraph: str) -> bool:
    """Tell whether a paragraph names the author and nothing else."""
    return len(paragraph) < _TAIL and _BYLINE.fullmatch(paragraph.strip()) is not None


def _take_lines(signed: Signed) -> None:
    """Take lines that can only be codes, wherever they stand, but never the whole text."""
    kept = []
    for line in signed.text.split("\n"):
        bare = line.strip()
        taken = 0 < len(bare) <= _LONGEST_LINE and _take_line(signed, bare)
        kept.append("" if taken else line)
    if any(line.strip() for line in kept):
        signed.text = "\n".join(kept).strip()
    else:
        signed.identifiers, signed.codes, signed.byline = [], [], None


def _take_line(signed: Signed, line: str) -> bool:
    if _IDENTIFIERS.fullmatch(line):
        signed.identifiers += _identifiers(line)
    elif any(code.fullmatch(line) for code in _CODES):
        signed.codes.append(line)
    elif _BYLINE.fullmatch(line):
        if signed.byline is None:
            signed.byline = line.strip("-–— ")
        else:
            signed.codes.append(line)
    else:
        return False
    return True


def _take_tail(signed: Signed) -> None:
    """Take initials off the end: lines of their own first, then what is glued to the last word."""
    lines = signed.text.split("\n")
    while len(lines) > 1:
        line, above = lines[-1].strip(), lines[-2].strip()
        if line and not _RULE.fullmatch(line[:_TAIL]):
            closed = not above or _CLOSED.search(above)
            if not closed or not _is_initials(line):
                break
            _sign(signed, line)
        lines.pop()
    signed.text = _unglue(signed, "\n".join(lines).rstrip())


def _unglue(signed: Signed, text: str) -> str:
    """Take initials off that are glued to the last word."""
    tail = text[-_TAIL:]
    for pattern in _GLUED:
        if found := pattern.search(tail):
            _sign(signed, found.group(1))
            return text[: len(text) - len(tail) + found.start()].rstrip()
    return text


def _is_initials(line: str) -> bool:
    return len(line) < _TAIL and any(pattern.fullmatch(line) for pattern in _LINES)


def _take_inside(signed: Signed) -> None:
    """Take initials that are glued to the end of a paragraph with more paragraphs behind it."""
    if "/" not in signed.text:
        return
    found = [match.group(2) for match in _INSIDE.finditer(signed.text)]
    if found:
        signed.text = _INSIDE.sub(r"\1", signed.text)
        for initials in found:
            _sign(signed, initials)


def _sign(signed: Signed, written: str) -> None:
    """Keep initials: the slashed ones are the signature, whatever else closed the story."""
    if signed.signature is None:
        signed.signature = written
    elif "/" in written and "/" not in signed.signature:
        signed.codes.insert(0, signed.signature)
        signed.signature = written
    else:
        signed.codes.insert(0, written)


def _identifiers(line: str) -> list[str]:
    found, kind = [], ""
    for label, code in _IDENTIFIER.findall(line):
        kind = label.upper() or kind
        if code:
            found.append(f"{kind} {code}")
    return found
