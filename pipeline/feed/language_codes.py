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


_UNKNOWN = frozenset({"", "und", "mul", "mis", "zxx"})


def written_code(declared: str | None, default: str) -> str:
    """Return a language as ISO 639-1 writes it, with its region if that is how it was declared.

    Args:
        declared: `de`, `de-AT`, `deu`, `German`; nothing, or that nobody knows (`und`), is no
            declaration.
        default: of items that declare none.
    """
    tag = (declared or "").strip()
    if tag.casefold().split("-")[0] in _UNKNOWN:
        return default
    first = tag.replace("_", "-").split("-")[0]
    return tag if first.casefold() == short_code(tag) else short_code(tag)


def short_code(declared: str) -> str:
    """Return the ISO 639-1 code of a language as declared; a code it does not know stays."""
    first = declared.strip().casefold().replace("_", "-").split("-")[0]
    return _SHORT.get(first, first)
