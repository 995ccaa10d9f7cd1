"""Bring the ways to name a language down to one: `deu`, `ger`, `German`, `de_AT`."""

_CODES = {
    "ar": "ara arabic arabisch",
    "cs": "ces cze czech tschechisch",
    "da": "dan danish dänisch",
    "de": "deu ger german deutsch",
    "en": "eng english englisch",
    "es": "spa spanish spanisch",
    "fr": "fra fre french französisch",
    "ha": "hau hausa",
    "is": "isl ice icelandic isländisch",
    "it": "ita italian italienisch",
    "ja": "jpn japanese japanisch",
    "nl": "nld dut dutch niederländisch",
    "pl": "pol polish polnisch",
    "pt": "por portuguese portugiesisch",
    "ru": "rus russian russisch",
    "sv": "swe swedish schwedisch",
    "tr": "tur turkish türkisch",
    "uk": "ukr ukrainian ukrainisch",
    "zh": "zho chi chinese chinesisch",
}
_SHORT = {name: code for code, names in _CODES.items() for name in names.split()}


def short_code(declared: str) -> str:
    """Return the ISO 639-1 code of a language as declared; a code it does not know stays."""
    first = declared.strip().casefold().replace("_", "-").split("-")[0]
    return _SHORT.get(first, first)
