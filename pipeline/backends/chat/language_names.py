"""What a model is told for an ISO 639-1 code."""

_NAMES = """
ar Arabic, bg Bulgarian, bs Bosnian, ca Catalan, cs Czech, da Danish, de German, el Greek,
en English, es Spanish, et Estonian, fa Persian, fi Finnish, fr French, ga Irish, he Hebrew,
hi Hindi, hr Croatian, hu Hungarian, id Indonesian, is Icelandic, it Italian, ja Japanese,
ko Korean, lt Lithuanian, lv Latvian, mk Macedonian, mt Maltese, nl Dutch, no Norwegian,
pl Polish, pt Portuguese, ro Romanian, ru Russian, sk Slovak, sl Slovenian, sq Albanian,
sr Serbian, sv Swedish, th Thai, tr Turkish, uk Ukrainian, vi Vietnamese, zh Chinese
"""
_BY_CODE = dict(entry.split() for entry in _NAMES.split(","))


def language_name(code: str) -> str:
    """Return the English name of a language; for a code it does not know, words that say so."""
    return _BY_CODE.get(code.casefold(), f"the language with the ISO code {code!r}")
