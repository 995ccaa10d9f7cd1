"""The many codes of a language: `de`, `deu`, `deu_Latn`, `de_DE` are all German."""

import re
from collections.abc import Sequence
from difflib import get_close_matches
from functools import cache
from pathlib import Path

_LISTED = 60
"""So many languages are named in a message; all of them if there are hardly more."""


def family_code(language: str, known: Sequence[str]) -> str | None:
    """Return how a model calls a language.

    Args:
        language: ISO 639-1 code, or one of the model's own codes.
        known: the model's codes, such as `deu_Latn`; where several fit (`zho_Hans`, `zho_Hant`),
            the first in the alphabet is taken, one without script or country before them all.

    Returns:
        One of `known`, or `None` if it does not know the language.
    """
    if language in known:
        return language
    names = _codes().get(_parts(language)[0] if _is_iso(language) else "", ())
    fitting = [
        (names.index(first), rest, code)
        for code in known
        for first, rest in [_parts(code)]
        if first in names
    ]
    return min(fitting)[2] if fitting else None


def same_language(one: str, other: str) -> bool | None:
    """Tell whether two codes mean one language; `None` if one of them is no language's code."""
    found = [_codes().get(code) for code in (one, other)]
    if None in found:
        return None
    return family_code(one, [other]) is not None or family_code(other, [one]) is not None


def english_name(language: str) -> str | None:
    """Return a language's English name."""
    return _names().get(_codes().get(language, ("",))[0])


def name_choices(missing: Sequence[str], known: Sequence[str]) -> str:
    """Name a model's languages as `languages.source` and `languages.target` take them.

    Args:
        missing: codes asked for; languages that look like them come first if there are many.
        known: the model's codes.
    """
    choices = sorted({_short(code, known) for code in known})
    if len(choices) <= _LISTED + 5:
        return ", ".join(choices)
    near = [match for code in missing for match in get_close_matches(code, choices, 4, 0.7)]
    first = list(dict.fromkeys(near))
    named = [*first, *(choice for choice in choices if choice not in first)][:_LISTED]
    return f"{', '.join(named)} and {len(choices) - _LISTED} more"


def _short(code: str, known: Sequence[str]) -> str:
    """Return the ISO 639-1 code that leads to a model's code, or else that code itself."""
    iso = _codes().get(_parts(code)[0], (code,))[0]
    return iso if family_code(iso, known) == code else code


def _parts(code: str) -> tuple[str, str]:
    first, _, rest = re.sub("-", "_", code).partition("_")
    return first.lower(), rest


def _is_iso(language: str) -> bool:
    return language in _codes()


@cache
def _table() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    path = Path(__file__).with_name("languages.txt")
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return tuple((iso, name, (iso, *codes.split())) for iso, name, codes in rows)


@cache
def _names() -> dict[str, str]:
    return {iso: name for iso, name, _ in _table()}


@cache
def _codes() -> dict[str, tuple[str, ...]]:
    """Return all codes of a language by each of them; the first is that of ISO 639-1."""
    found: dict[str, tuple[str, ...]] = {iso: codes for iso, _, codes in _table()}
    for _, _, codes in _table():
        for code in codes:
            found.setdefault(code, codes)
    return found
