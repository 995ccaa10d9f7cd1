"""Negations: counted in both languages, so that one that is lost beside another is found."""

import re

from evaluation.fact_finder import Language

Found = tuple[int, int]
"""Start and end."""

NEGATIONS = {
    "de": re.compile(
        r"\b(nicht|kein\w*|nie|niemals|niemand\w*|nichts|ohne|weder|keinesfalls|keineswegs)\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(not|no|never|nobody|none|nothing|nowhere|without|neither|nor|cannot|\w+less|"
        r"un(?!der|til|i[ofqtv]|cle)\w{3,}|in\w+[ai]ble|im(?:possib|mobil|probab)\w+|in(?:adequa|comple|correct|suffici|capab|eligib|valid|activ)\w+|forbidd?\w*|dis(?:agree|allow|approv|like|miss|regard|continu|prov|satisf)\w*|non-\w+|lack\w*|off-limits|"
        r"fail\w*|refus\w*|declin\w*|den(?:y|ied|ies)|reject\w*|yet to|un-\w+|"
        r"less \w+ than|than ever|ever before|"
        r"at any time|exclud\w*|except\w*|hardly|barely|avoid\w*|unless|rather than|instead|"
        r"prohibit\w*|bann?\w*|ceas\w*|far from|as well as|prevent\w*|stop\w*|out of work|"
        r"miss(?:ed|es|ing)?)\b"
        r"|n['’]t\b",
        re.IGNORECASE,
    ),
}
"""English also counts words that carry a negation of German: a denial, an exclusion."""
ADDED_NEGATION = re.compile(
    r"\b(not(?! only| just| least| long before| unlike)|never|cannot|nobody|no one|"
    r"no(?!-| confidence| longer| doubt| later| less| fewer| more|\.? ?\d))\b|n['’]t\b",
    re.IGNORECASE,
)
"""English that must come from one of `DENIALS`."""
DENIALS = re.compile(
    r"nicht|warn|\babr(?:ät|aten|iet)|nirgend|kein|\bnie\b|niemals|niemand|ohne|weder|\b\w*los(?:e[nrsm]?)?\b|\bun\w{4,}|kaum|"
    r"\bab(?:ge)?(?:lehn|sag|schlag|stritt|streit)|verweiger|fehl|mangel|verzicht|schweig|schwieg|"
    r"außer|statt|scheiter|verhinder|verbot|verbiet|unter(?:blieb|lass|sag)|\bzu \w+, (?:um|als)|"
    r"wenig|selten|frühest|knapp|sondern|\berst\b|\bnein\b|egal|falsch|ausgeschlossen|ausschl|vermeid|dementier|"
    r"bestr(?:eit|itt)|\blehn",
    re.IGNORECASE,
)
"""German that may become such English."""

_PLAIN = {
    "de": re.compile(
        r"\bnicht (?:nur|zuletzt|einmal|mehr als)\b|\bohne [Ww]eiteres\b"
        r"|\b(?:oder|zumindest|jedenfalls) (?:überhaupt |gar )?nicht\b"
        r"|\bwie (?:seit|noch|zuletzt)\b[^,.;]*?\bnicht\b"
        r"|(\b(?:nicht|kein\w*|nie|niemals|niemand\w*|nichts|ohne|weder|keinesfalls|keineswegs)\b)",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(?:not (?:only|just|least|more than)|"
        r"no (?:less|fewer|later|more|longer|doubt)|no\.? ?\d)"
        r"|(\b(?:not|never|no|nobody|none|nothing|cannot|without|neither)\b|n['’]t\b)",
        re.IGNORECASE,
    ),
}
"""What denies beyond doubt, in the group; what looks alike is matched outside of it."""
_COUNTABLE = 2
"""In a text that denies more often, other words may deny as well: there, only none is a loss."""
_CANCELLED = re.compile(
    r"\bnicht (?:un(?!ter|d\b)\w+|ausgeschlossen|auszuschließen|ohne)\b", re.IGNORECASE
)
_AFFIRMED = re.compile(
    r"\b(?:could|may|might|possible|possibly|controversial|likely|quite|usual)\b"
)
"""`Nicht unumstritten` may become `controversial`, `nicht ausgeschlossen` `possible`."""


def is_negated(text: str, language: Language) -> bool:
    """Tell whether a text has a word of negation; English denials count."""
    return NEGATIONS[language].search(text) is not None


def negations(text: str, language: Language) -> list[Found]:
    """Return the places of the words that deny beyond doubt; `nicht nur` does not."""
    return [match.span(1) for match in _PLAIN[language].finditer(text) if match.group(1)]


def lost(source: str, target: str, language: Language, target_language: Language) -> Found | None:
    """Return a negation of the source that the translation has not, or `None`.

    English may deny by other words (`declined`, `without`), so each of them counts.
    """
    ours = negations(source, language)
    if not ours:
        return None
    theirs = [match.span() for match in NEGATIONS[target_language].finditer(target)]
    if len(theirs) >= len(ours) or (theirs and len(ours) > _COUNTABLE):
        return None
    if language == "de" and _CANCELLED.search(source) and _AFFIRMED.search(target):
        return None
    return _alone(ours, len(source), theirs, len(target))


def added(source: str, target: str) -> Found | None:
    """Return a negation of an English translation that its German source does not call for."""
    denial = ADDED_NEGATION.search(target)
    return None if denial is None or DENIALS.search(source) else denial.span()


def _alone(ours: list[Found], length: int, theirs: list[Found], other: int) -> Found:
    """Return ours that is left when each of theirs is given to the nearest one."""
    left = list(ours)
    for start, _ in theirs:
        place = start / other
        nearest = min(left, key=lambda span: abs(span[0] / length - place))
        left.remove(nearest)
    return left[0]
