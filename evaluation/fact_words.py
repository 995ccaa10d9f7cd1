"""The words that facts are made of, in German and English; positions give their values."""

import re


def _list(text: str) -> tuple[str, ...]:
    return tuple(text.split())


WEEKDAYS = {
    "de": _list("montag dienstag mittwoch donnerstag freitag samstag sonntag"),
    "en": _list("monday tuesday wednesday thursday friday saturday sunday"),
}
MONTHS = {
    "de": _list(
        "januar februar märz april mai juni juli august september oktober november dezember"
    ),
    "en": _list(
        "january february march april may june july august september october november december"
    ),
}
ALIASES = {
    "de": {"sonnabend": "samstag", "jänner": "januar"},
    "en": {},
}
SHORT_MONTHS = {
    "de": re.compile(r"\b(Jan|Febr?|Apr|Aug|Sept?|Okt|Nov|Dez)\."),
    "en": re.compile(r"\b(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?(?= \d|\. )"),
}
ONE = {
    "de": {**dict.fromkeys(_list("ein eine einer einen"), "1"), "halbe": "0.5", "halben": "0.5"},
    "en": {"a": "1", "one": "1", "half a": "0.5"},
}
"""Count in front of a scale word, and as nothing elsewhere."""
SCALES = {
    "de": {
        **dict.fromkeys(_list("tausend tsd"), 3),
        **dict.fromkeys(_list("million millionen mio"), 6),
        **dict.fromkeys(_list("milliarde milliarden mrd"), 9),
        **dict.fromkeys(_list("billion billionen"), 12),
    },
    "en": {
        **dict.fromkeys(_list("thousand"), 3),
        **dict.fromkeys(_list("million mln mn m"), 6),
        **dict.fromkeys(_list("billion bn"), 9),
        **dict.fromkeys(_list("trillion tn"), 12),
    },
}
"""Powers of ten. A German Billion is an English trillion."""
UNITS = {
    "de": {
        "percent": r"%|Prozent\b",
        "percentage point": r"Prozentpunkten?\b|Prozentpunkt\b",
        "euro": r"€|Euro\b|EUR\b",
        "dollar": r"\$|US-Dollar\b|Dollar\b|USD\b",
        "pound": r"£|Pfund\b|GBP\b",
        "franc": r"Franken\b|CHF\b",
        "yen": r"Yen\b",
        "year": r"Jahren?\b|[Jj]ährig\w*",
        "month": r"Monaten?\b|[Mm]onatig\w*",
        "week": r"Wochen?\b|[Ww]öchig\w*",
        "day": r"Tagen?\b|[Tt]ägig\w*",
        "hour": r"Stunden?\b|[Ss]tündig\w*",
        "minute": r"Minuten?\b|[Mm]inütig\w*",
    },
    "en": {
        "percent": r"%|percent\b|per cent\b",
        "percentage point": r"percentage points?\b",
        "euro": r"€|euros?\b|EUR\b",
        "dollar": r"\$|(?:US )?dollars?\b|USD\b",
        "pound": r"£|pounds?\b|GBP\b",
        "franc": r"(?:Swiss )?francs?\b|CHF\b",
        "yen": r"yen\b",
        "year": r"years?\b",
        "month": r"months?\b",
        "week": r"weeks?\b",
        "day": r"days?\b",
        "hour": r"hours?\b",
        "minute": r"minutes?\b",
    },
}
"""What may stand behind a number; the signs of currencies also in front."""
NEGATIONS = {
    "de": re.compile(
        r"\b(nicht|kein\w*|nie|niemals|niemand\w*|nichts|ohne|weder|keinesfalls|keineswegs)\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(not|no|never|nobody|none|nothing|nowhere|without|neither|nor|cannot|\w+less|"
        r"un(?!der|til|i[ofqtv]|cle)\w{3,}|in\w+able|dis(?:agree|allow|approv|like|miss|regard|continu|prov|satisf)\w*|non-\w+|lack\w*|off-limits|"
        r"fail\w*|refus\w*|declin\w*|den(?:y|ied|ies)|reject\w*|yet to|than ever|ever before|"
        r"at any time|exclud\w*|except\w*|hardly|barely|avoid\w*|unless|rather than|instead|"
        r"prohibit\w*|bann?\w*|ceas\w*|far from|as well as|prevent\w*|stop\w*|out of work|"
        r"miss(?:ed|es|ing)?)\b"
        r"|n['’]t\b",
        re.IGNORECASE,
    ),
}
"""English also counts words that carry a negation of German: a denial, an exclusion."""
ADDED_NEGATION = re.compile(
    r"\b(not(?! only)|never|cannot|nobody|no one)\b|n['’]t\b", re.IGNORECASE
)
"""English that must come from one of `DENIALS`."""
DENIALS = re.compile(
    r"nicht|kein|\bnie\b|niemals|niemand|ohne|weder|\b\w*los(?:e[nrsm]?)?\b|\bun\w{4,}|kaum|"
    r"\bab(?:ge)?(?:lehn|sag|schlag|stritt|streit)|verweiger|fehl|mangel|verzicht|schweig|schwieg|"
    r"außer|statt|scheiter|verhinder|verbot|verbiet|unter(?:blieb|lass|sag)|\bzu \w+, (?:um|als)|"
    r"wenig|selten|sondern|\berst\b|\bnein\b|egal|falsch|ausgeschlossen|ausschl|vermeid|dementier|"
    r"bestr(?:eit|itt)|\blehn",
    re.IGNORECASE,
)
"""German that may become such English."""
