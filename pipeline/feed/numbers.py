"""Write thousands as German models and readers know them: `12 416,19` as `12.416,19`."""

import re

_SPACED = re.compile(
    r"(?<![\w.,:+/-])(?<!\d )([1-9]\d{0,2}(?: \d{3})+)(?=(?:,\d+)?(?![\d:/])(?! \d))"
)
_NUMBERED = re.compile(
    r"(?:Platz|Rang|Formel|Boeing|Airbus|Artikel|Paragraf|§|Nr\.|Nummer|Tel\.|Telefon|Kapitel|Gruppe|"
    r"Gleis|Zimmer|Linie|Teil|Typ)\s\Z"
)


def join_thousands(text: str) -> str:
    """Put points between groups of digits that spaces part, in German text."""
    return _SPACED.sub(_joined, text)


def _joined(found: re.Match[str]) -> str:
    before = found.string[max(0, found.start() - 12) : found.start()]
    digits = found.group()
    return digits if _NUMBERED.search(before) else digits.replace(" ", ".")
