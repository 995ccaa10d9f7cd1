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
        "krona": r"Kronen?\b",
        "lira": r"Lira\b",
        "ruble": r"Rubel\b",
        "rupee": r"Rupien?\b",
        "zloty": r"Zloty\b",
        "yuan": r"Yuan\b",
        "km per hour": r"Stundenkilometern?\b|Kilometern? pro Stunde\b|km/h\b|Tempo\b",
        "mile per hour": r"Meilen pro Stunde\b",
        "square kilometre": r"Quadratkilometern?\b|km²",
        "square metre": r"Quadratmetern?\b|m²|qm\b",
        "cubic metre": r"Kubikmetern?\b|m³",
        "hectare": r"Hektar\b|ha\b",
        "kilometre": r"Kilometern?\b|km\b",
        "centimetre": r"Zentimetern?\b|cm\b",
        "millimetre": r"Millimetern?\b|mm\b",
        "metre": r"Metern?\b|m\b",
        "mile": r"Meilen?\b",
        "kilogram": r"Kilogramm\b|Kilos?\b|kg\b",
        "gram": r"Gramm\b|g\b",
        "tonne": r"Tonnen?\b|t\b",
        "litre": r"Litern?\b|l\b",
        "barrel": r"Barrel\b|Fass\b",
        "degree": r"Grad\b|°",
        "megawatt": r"Megawatt\b|MW\b",
        "gigawatt": r"Gigawatt\b|GW\b",
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
        "krona": r"kron(?:or|er|a|e)\b|crowns\b",
        "lira": r"liras?\b",
        "ruble": r"rou?bles?\b",
        "rupee": r"rupees?\b",
        "zloty": r"zlot(?:y|ys|ies)\b",
        "yuan": r"yuan\b",
        "km per hour": r"kilomet(?:re|er)s?[- ](?:per|an)[- ]hour\b|km/h\b|kph\b",
        "mile per hour": r"miles?[- ](?:per|an)[- ]hour\b|mph\b",
        "square kilometre": r"square kilomet(?:re|er)s?\b|km²|sq km\b",
        "square metre": r"square met(?:re|er)s?\b|m²",
        "cubic metre": r"cubic met(?:re|er)s?\b|m³",
        "hectare": r"hectares?\b|ha\b",
        "kilometre": r"kilomet(?:re|er)s?\b|km\b",
        "centimetre": r"centimet(?:re|er)s?\b|cm\b",
        "millimetre": r"millimet(?:re|er)s?\b|mm\b",
        "metre": r"met(?:re|er)s?\b",
        "mile": r"miles?\b",
        "kilogram": r"kilogram(?:me)?s?\b|kilos?\b|kg\b",
        "gram": r"gram(?:me)?s?\b",
        "tonne": r"(?:metric )?ton(?:ne)?s?\b",
        "litre": r"lit(?:re|er)s?\b",
        "barrel": r"barrels?\b",
        "degree": r"degrees?\b|°",
        "megawatt": r"megawatts?\b|MW\b",
        "gigawatt": r"gigawatts?\b|GW\b",
        "year": r"years?\b",
        "month": r"months?\b",
        "week": r"weeks?\b",
        "day": r"days?\b",
        "hour": r"hours?\b",
        "minute": r"minutes?\b",
    },
}
"""What may stand behind a number; the signs of currencies also in front."""
