"""Take the agency dress off a story: metadata, dateline, signature, identifiers; find subheads."""

import re
import unicodedata
from dataclasses import dataclass

from pipeline.records import Block

_PREFIX = re.compile(r"\A\s*((?:[a-z_]+ [\w.:/-]+ )*?date \d{4}(?:-\d\d){0,2})\s+(?=\S)")
_UPPER = "A-ZÀ-ÖØ-ÞĀĆČŁŃŒŚŞŠİŽ"
_LOWER = "a-zß-öø-ÿāćčğłńœśşšıž"
_SMALL = "am|an|der|im|de|do|del|la|ob|auf|bei"
_PLACE = rf"[{_UPPER}][{_UPPER}ß.'’-]+(?:(?: |/| / )(?:[{_UPPER}][{_UPPER}ß.'’-]*|{_SMALL}))*"
_WORD = rf"[{_UPPER}][{_LOWER}.'’]+(?:-[{_UPPER}{_LOWER}][{_LOWER}.'’]*)*"
_MIXED = rf"{_WORD}(?:(?: |/)(?:{_WORD}|{_SMALL}))*"
_RIVER = r"(?: \((?:Oder|Saale|Main|Spree|ODER|SAALE|MAIN|SPREE)\))?"
_AGENCIES = (
    "dpa|afp|reuters|rtr|ap|apa|awp|sda|epd|kna|dts|dow jones|bloomberg|ots|pte|vwd|sid|xinhua|"
    "yonhap|kyodo|tass|ansa"
)
_AGENCY = rf"\((?i:{_AGENCIES})\b[\w/ .&-]*\)"
_BEGIN = r"(?=[\"„“‚»«'(]*[A-ZÀ-ÞŒŚŠŞŽ0-9])"
_ACRONYM = (
    rf"(?:(?!(?:ROM|ULM|HOF|RIO|ST)\b)[{_UPPER}]{{2,3}}|"
    "NATO|BASF|FIFA|UEFA|ADAC|OPEC|EURO|MDAX|SDAX|TECDAX|BAFIN|LIVE|ZDF-[A-Z]+|[A-Z]{2,3}-[A-Z]+)"
)  # a company or an institution, which starts a sentence
_DATELINES = (
    re.compile(rf"\A({_PLACE}{_RIVER}(?:, [\w. ]{{3,20}})? {_AGENCY})\s*[-–—]+\s*(?=\S)"),
    re.compile(rf"\A({_MIXED}{_RIVER}(?:, [\w. ]{{3,20}})? {_AGENCY})\s*[-–—]+\s*{_BEGIN}"),
    re.compile(rf"\A((?:{_PLACE}|{_MIXED}){_RIVER} {_AGENCY})\s+{_BEGIN}"),
    re.compile(rf"\A(?!{_ACRONYM}\b)({_PLACE})\s+[-–—]+\s+{_BEGIN}"),
)
_SIGNATURES = (
    re.compile(r"(?<=[.!?…\"“”)\s])\s*((?:/(?!(?:und|oder|min|Std)\b)[A-Za-z]{2,4}){1,4}/?)\s*\Z"),
    re.compile(r"(?<=\n)\s*(\((?:Reporter|Berichterstattung|Redigiert|Redaktion)\b[^()]*\))\s*\Z"),
    re.compile(r"(?:\A|(?<=\n)|(?<=[.!?…\"“”)] ))\s*(dpa(?:-AFX)?(?: [a-z0-9]{1,4}){2,6})\s*\Z"),
)
_KIND = r"\b(?i:ISIN|WKN|Symbol|LEI)\b"
_CODE = rf"(?!{_KIND})\b[A-Z0-9]{{4,20}}\b"
_IDENTIFIERS = re.compile(rf"(?:\(?{_KIND}[: ]*(?:{_CODE}\)?[\s,;/|]*)+)+")
_IDENTIFIER = re.compile(rf"({_KIND})|({_CODE})")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")
_SENTENCE_END = re.compile(r"[.!?…:;,][\"“”‘’»«')\]]*\Z")
_SUBHEAD_WORDS = 12


@dataclass(frozen=True, slots=True)
class Dress:
    """A story without its dress, and the dress.

    Attributes:
        blocks: paragraphs and subheads.
        prefix: metadata in front of the dateline.
        dateline: as written, without the dash behind it.
        signature: as written.
        identifiers: company identifiers such as `ISIN DE0007100000`.
        repaired: control characters were removed.
    """

    blocks: tuple[Block, ...]
    prefix: str | None
    dateline: str | None
    signature: str | None
    identifiers: tuple[str, ...]
    repaired: bool


def undress(text: str, dateline: str | None = None) -> Dress:
    """Take a story's dress off.

    Args:
        text: as delivered; blank lines part paragraphs.
        dateline: given beside the text; taken off if the text opens with it too.
    """
    clean, repaired = tidy(text)
    prefix = None
    if found := _PREFIX.match(clean):
        prefix, clean = found.group(1), clean[found.end() :]
    clean = clean.strip()
    written, clean = _take_dateline(clean, dateline)
    signature, identifiers, clean = _take_tail(clean)
    paragraphs = [
        _SPACES.sub(" ", part.replace("\n", " ")).strip() for part in _PARAGRAPHS.split(clean)
    ]
    paragraphs = [paragraph for paragraph in paragraphs if paragraph]
    last = len(paragraphs) - 1
    blocks = tuple(
        Block(part, "subhead" if 0 < number < last and _is_subhead(part) else "text")
        for number, part in enumerate(paragraphs)
    )
    return Dress(blocks, prefix, written or dateline, signature, identifiers, repaired)


def tidy(text: str) -> tuple[str, bool]:
    """Normalise line ends, spaces and composed letters; tell whether control characters went."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    lines = lines.replace("\u2029", "\n\n").replace("\x0b", "\n").replace("\x0c", "\n\n")
    clean = _CONTROL.sub("", lines)
    repaired = len(clean) != len(lines)
    clean = unicodedata.normalize("NFC", _INVISIBLE.sub("", clean))
    return clean.replace("\u00a0", " "), repaired


def _take_dateline(text: str, given: str | None) -> tuple[str | None, str]:
    for pattern in _DATELINES:
        if found := pattern.match(text):
            return found.group(1).strip(), text[found.end() :]
    if given and text.startswith(given):
        rest = text[len(given) :].lstrip()
        if rest[:1] in {"-", "–", "—"}:
            return given, rest[1:].lstrip()
    return None, text


def _take_tail(text: str) -> tuple[str | None, tuple[str, ...], str]:
    """Take signature and identifier lines off the end, in whatever order they stand."""
    signature: str | None = None
    identifiers: list[str] = []
    for _ in range(4):
        text = text.rstrip()
        found = next((m for p in _SIGNATURES if (m := p.search(text))), None)
        if found and signature is None:
            signature, text = found.group(1), text[: found.start()]
            continue
        start = text.rfind("\n") + 1
        if start and _IDENTIFIERS.fullmatch(text[start:].strip()):
            identifiers[:0] = _identifiers(text[start:])
            text = text[:start]
            continue
        break
    return signature, tuple(identifiers), text.rstrip()


def _identifiers(line: str) -> list[str]:
    found, kind = [], ""
    for label, code in _IDENTIFIER.findall(line):
        kind = label.upper() or kind
        if code:
            found.append(f"{kind} {code}")
    return found


def _is_subhead(paragraph: str) -> bool:
    if paragraph.startswith(("- ", "– ", "* ", "• ")):
        return False
    return len(paragraph.split()) <= _SUBHEAD_WORDS and not _SENTENCE_END.search(paragraph)
