"""Take identifiers of companies out of text, so that `Post <DE0005552004> erwägt` reads on."""

import re
from collections.abc import Iterator

_ISIN = r"[A-Z]{2}[A-Z0-9]{9}\d"
_WKN = r"(?=[A-Z]{0,5}\d)[A-Z0-9]{6}"
_SYMBOL = r"\.?[A-Z0-9#][A-Za-z0-9#^-]{0,11}(?:\.[A-Z]{1,5}|=[A-Z]{0,3})|\.[A-Z][A-Z0-9]{1,9}"
_ANGLED = re.compile(rf"(?:(?<!\s)\s+)?<\s?({_ISIN}|{_WKN}|{_SYMBOL})\s?>")
_KIND = r"(?i:ISIN|WKN|LEI|Symbol|Ticker)"
_BRACKETED = re.compile(
    rf"(?:(?<!\s)\s+)?[(\[]((?:{_KIND}(?:-Code)?[:\s]*[A-Z0-9.]{{3,20}}(?:\s*[,;/|]\s*)?){{1,4}}|{_ISIN})[)\]]"
)
_CODE = re.compile(rf"({_KIND})(?:-Code)?[:\s]*([A-Z0-9.]{{3,20}})")
_EXACT_ISIN, _EXACT_WKN = re.compile(_ISIN), re.compile(_WKN)


def take_identifiers(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a text without identifiers in angle or round brackets, and these with their kind.

    The space in front goes with them. What would leave nothing behind stays.
    """
    if "<" not in text and "(" not in text and "[" not in text:
        return text, ()
    found: list[str] = []

    def angled(match: re.Match[str]) -> str:
        found.append(named(match.group(1)))
        return ""

    def bracketed(match: re.Match[str]) -> str:
        found.extend(_listed(match.group(1)))
        return ""

    rest = _BRACKETED.sub(bracketed, _ANGLED.sub(angled, text)).lstrip() if text.strip() else text
    return (rest, tuple(found)) if found and rest.strip() else (text, ())


def named(code: str) -> str:
    """Return a code with its kind in front."""
    if _EXACT_ISIN.fullmatch(code):
        return f"ISIN {code}"
    return f"WKN {code}" if _EXACT_WKN.fullmatch(code) else f"Symbol {code}"


def _listed(inside: str) -> Iterator[str]:
    pairs = _CODE.findall(inside)
    for kind, code in pairs:
        yield f"{kind.upper() if kind.upper() in {'ISIN', 'WKN', 'LEI'} else 'Symbol'} {code}"
    if not pairs:
        yield named(inside)
