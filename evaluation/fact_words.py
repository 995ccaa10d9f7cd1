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
WORDS = {
    "de": _list(
        "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn "
        "fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig"
    ),
    "en": _list(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen twenty"
    ),
}
TENS = {
    "de": _list("dreißig vierzig fünfzig sechzig siebzig achtzig neunzig"),
    "en": _list("thirty forty fifty sixty seventy eighty ninety"),
}
ONE = {"de": _list("eine einer einen"), "en": _list("a one")}
"""Count as 1 in front of a scale word, and as nothing elsewhere."""
SCALES = {
    "de": {
        **dict.fromkeys(_list("tausend"), 3),
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
NEGATIONS = {
    "de": re.compile(
        r"\b(nicht|kein\w*|nie|niemals|niemand\w*|nichts|ohne|weder|keinesfalls|keineswegs)\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(not|no|never|nobody|none|nothing|without|neither|nor|cannot|un\w+|in\w+able|lack\w*|"
        r"fail\w*|refus\w*|declin\w*|den(?:y|ied|ies)|reject\w*|yet to|than ever|ever before|"
        r"at any time|exclud\w*|except\w*|hardly|barely|avoid\w*|unless|rather than|instead)\b"
        r"|n['’]t\b",
        re.IGNORECASE,
    ),
}
"""English also counts words that carry a negation of German: a denial, an exclusion."""
