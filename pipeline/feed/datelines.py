"""Take the dateline off a story: `AUSTIN (dpa-AFX) - `, `Wien, 12. Nov. (APA) `, `dpa BERLIN - `.

An agency in brackets makes a dateline certain. Without one only what cannot be a sentence's start
is taken: a place that is known, in capitals or with its river, and a dash.
"""

import re
from functools import lru_cache
from importlib.resources import files

from pipeline.feed.agencies import BARE, BARE_UPPER, BRACKET

_HEAD = 240
_UPPER = "A-ZÀ-ÖØ-ÞĀĆČĐŁŃŒŘŚŞŠŻŽİ"
_LOWER = "a-zß-öø-ÿāćčđēğīłńœřśşšūżžı"
_SMALL = (
    "am|an|auf|bei|dal|de|del|della|dem|den|der|des|di|do|dos|du|el|im|in|la|las|le|les|los|ob|of|"
    "sur|upon|vor|zu|(?:[a-z]\\.){1,3}|[a-z]\\.[A-Z]\\."
)
_WORD = (
    rf"(?:(?:d['’]|['’]s-)?[{_UPPER}][{_UPPER}{_LOWER}'’]*\.?(?:-[{_UPPER}{_LOWER}'’]+)*"
    rf"|(?:[{_UPPER}]\.){{2,3}})"
)
_CAPITALS = rf"[{_UPPER}](?:[{_UPPER}ß'’]+\.?(?:-[{_UPPER}ß'’]+)*|\.)"
_PLACE = rf"{_WORD}(?: (?:{_WORD}|{_SMALL}))*(?: ?\([{_UPPER}][\w. -]{{1,20}}\))?"
_PLACES = rf"{_PLACE}(?:(?: ?/ ?|, ?| und | [-–—]+ ){_PLACE})*"
_UPPER_PLACE = rf"{_CAPITALS}(?: (?:{_CAPITALS}|{_SMALL}))*"
_UPPER_PLACES = rf"{_UPPER_PLACE}(?:(?: ?/ ?|, ?| und ){_UPPER_PLACE})*"
_MONTH = rf"[{_UPPER}][{_UPPER}{_LOWER}]{{1,8}}\.?"
_SPANISH = r"(?:ene|feb|mar|abr|may|jun|jul|ago|sept?|oct|nov|dic)[a-z]{0,7}\.?"
_DATE = (
    rf", ?(?:\d{{1,2}}(?:\. ?| )(?:de )?(?:{_MONTH}|{_SPANISH}|\d{{1,2}}\.)|{_MONTH} ?\d{{1,2}}\.?)"
    r"(?:,? ?(?:de )?\d{2,4})?"
)
_DASH = r"[-–—−‒―|]{1,3}"
_BEGIN = rf"[\"„“‚»«›‹'(\[¿¡]*(?:[{_UPPER}0-9…]|[a-z]{{1,2}}[A-Z])"
_RIVERS = (
    "Aller|Donau|Eifel|Elbe|Ems|Harz|Havel|Lahn|Lausitz|Main|Mark|Mosel|Neckar|Oder|Pfalz|Rhein|"
    "Ruhr|Saale|Sauerland|Schwarzwald|Spree|Taunus|Weser|Westf\\.|Westfalen"
)
_BEFORE_AGENCY = re.compile(rf"({_PLACES})(?:{_DATE})?(?:, ?)?\Z")
_ALL_UPPER = re.compile(rf"[^{_LOWER}]*\Z")
_BEHIND_AGENCY = re.compile(rf" ?({_PLACES})(?:{_DATE})?\s*{_DASH}\s*(?={_BEGIN})")
_CERTAIN_END = re.compile(rf"\s*\.?{_DASH}\s*(?={_BEGIN})|\s*[.:]\s+(?={_BEGIN})|\s*(?={_BEGIN})")
_CAPITALS_END = re.compile(rf"\s*{_DASH}\s*(?=\S)")
_AGENCY_FIRST = re.compile(
    rf"((?:{BARE} {_PLACES}|{BARE_UPPER} {_UPPER_PLACES}))\s+{_DASH}\s+(?={_BEGIN})"
)
_AGENCY_LAST = re.compile(
    rf"((?:{_PLACES},? {BARE}|{_UPPER_PLACES},? {BARE_UPPER}))\s+{_DASH}\s+(?={_BEGIN})"
)
_WITH_RIVER = re.compile(rf"({_WORD}(?: {_WORD})? \((?i:{_RIVERS})\))\s+{_DASH}\s+(?={_BEGIN})")
_KNOWN_PLACE = re.compile(rf"({_UPPER_PLACES}(?: \([{_UPPER}]+\))?)\s+{_DASH}\s+(?={_BEGIN})")
_NO_PLACE = re.compile(
    "(?:aber|agentur|alle|als|am|an|angesichts|auch|auf|aus|bei|beim|das|dass|dem|denn|der|des|die|"
    "diese|dieser|dieses|doch|durch|ein|eine|einem|einen|einer|er|es|für|gegen|gestern|heute|ich|"
    "ihr|im|in|jetzt|kein|keine|laut|mehr|mit|nach|nachrichtenagentur|noch|nur|oder|ohne|"
    "presseagentur|seit|sie|so|trotz|um|und|unter|vom|von|vor|was|wegen|weil|wenn|wer|wie|wir|wo|"
    "während|zu|zum|zur|zwischen|über)(?=[ ,/]|\\Z)",
    re.IGNORECASE,
)
_ENDINGS = (
    "BERG", "BRÜCK", "BRÜCKEN", "BURG", "DORF", "FURT", "HAFEN", "HAUSEN", "HAVEN", "INGEN",
    "KIRCHEN", "MÜNDE", "RODE", "WALDE",
)  # fmt: skip


def take_dateline(text: str, given: str | None = None) -> tuple[str | None, str]:
    """Return the dateline that a text opens with, as written, and the text behind it.

    Args:
        text: a story.
        given: a dateline delivered beside the text; taken off if the text opens with it.
    """
    head = text[:_HEAD]
    found = _certain(head) or _by_agency(head) or _by_place(head)
    if found:
        label, end = found
        return label, text[end:]
    if given and text.startswith(given):
        rest = text[len(given) :].lstrip()
        if rest[:1] in {"-", "–", "—"}:
            return given, rest.lstrip("-–— ").lstrip()
    return None, text


def opens_certainly(text: str) -> bool:
    """Tell whether a text opens with a dateline that names an agency in brackets."""
    return _certain(text[:_HEAD]) is not None


def opens(text: str) -> bool:
    """Tell whether a text opens with a dateline of any kind."""
    return take_dateline(text)[0] is not None


def _certain(head: str) -> tuple[str, int] | None:
    """Find a dateline with an agency in brackets; return it and where the text goes on."""
    agency = BRACKET.search(head)
    if agency is None:
        return None
    before = head[: agency.start()].rstrip()
    if not before:
        behind = _BEHIND_AGENCY.match(head, agency.end())
        if behind and not _starts_like_text(behind.group(1)):
            return head[: behind.end(1)].strip(), behind.end()
    elif not _BEFORE_AGENCY.match(before) or _starts_like_text(before):
        return None
    end = _CERTAIN_END.match(head, agency.end())
    if end is None and _ALL_UPPER.match(before):
        end = _CAPITALS_END.match(head, agency.end())
    return (head[: agency.end()].strip(), end.end()) if end else None


def _by_agency(head: str) -> tuple[str, int] | None:
    """Find a place and an agency without brackets, in either order."""
    for pattern in (_AGENCY_FIRST, _AGENCY_LAST):
        if found := pattern.match(head):
            words = re.split(r"[ ,/]+", found.group(1))
            if not any(_NO_PLACE.fullmatch(word) for word in words[:2]):
                return found.group(1), found.end()
    return None


def _by_place(head: str) -> tuple[str, int] | None:
    """Find a place alone, where a river or its being known leaves no doubt."""
    found = _WITH_RIVER.match(head)
    if found and not _starts_like_text(found.group(1)):
        return found.group(1), found.end()
    found = _KNOWN_PLACE.match(head)
    if found and _is_known(found.group(1)):
        return found.group(1), found.end()
    return None


def _starts_like_text(place: str) -> bool:
    return _NO_PLACE.match(place) is not None


def _is_known(places: str) -> bool:
    parts = re.split(r" ?/ ?|, ?| (?i:und) ", re.sub(r" \(.*\)", "", places))
    known = [_is_place(part) for part in parts]
    return any(known) and all(
        sure or len(part) > 3 for sure, part in zip(known, parts, strict=True)
    )


def _is_place(name: str) -> bool:
    if name.casefold() in _known_places():
        return True
    if name.startswith(("BAD ", "SANKT ", "ST. ")):
        return True
    return len(name) > 6 and name.isalpha() and name.endswith(_ENDINGS)


@lru_cache(maxsize=1)
def _known_places() -> frozenset[str]:
    lines = files("pipeline.feed").joinpath("places.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(
        name.strip().casefold()
        for line in lines
        if not line.startswith("#")
        for name in line.split(",")
        if name.strip()
    )
