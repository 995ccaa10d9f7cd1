"""What a language knows about sentence boundaries, read from the word lists beside this file."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

from pipeline.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Rules:
    """Word lists of one language; abbreviations without white space and without the last dot.

    Attributes:
        never: abbreviations that end no sentence.
        number: abbreviations only in front of a number; else ordinary words.
        sometimes: abbreviations that end a sentence in front of an opener.
        ordinary: end a sentence as words do, although they look like initials.
        openers: capitalised words that open a sentence wherever they stand.
        labels: nouns that a single letter belongs to, such as `Gruppe` in `Gruppe B`.
        ordinals: how numbers with a full stop are read; `None` if they never are ordinals.
    """

    never: frozenset[str]
    number: frozenset[str]
    sometimes: frozenset[str]
    ordinary: frozenset[str]
    openers: frozenset[str]
    labels: frozenset[str]
    ordinals: "OrdinalWords | None"


@dataclass(frozen=True, slots=True)
class OrdinalWords:
    """Words that make a number with a full stop an ordinal: before, between and after it."""

    before: frozenset[str]
    between: frozenset[str]
    after: frozenset[str]


def load_rules(language: str, abbreviations: Sequence[str] = ()) -> Rules:
    """Read the lists of `language` (`de` or `en`); `abbreviations` are added to `never`.

    Raises:
        ConfigError: one of `abbreviations` has no letter.
    """
    forms = _read(f"abbreviations_{language}.txt")
    words = _read(f"words_{language}.txt")
    return Rules(
        never=_spellings([*forms["never"], *map(_house_form, abbreviations)]),
        number=_spellings(forms["number"]),
        sometimes=_spellings(forms["sometimes"]),
        ordinary=_spellings(forms["ordinary"]),
        openers=frozenset(words["openers"]),
        labels=frozenset(words["labels"]),
        ordinals=_ordinal_words(words),
    )


def _ordinal_words(words: dict[str, list[str]]) -> OrdinalWords | None:
    if "ordinal_before" not in words:
        return None
    before = words["ordinal_before"]
    return OrdinalWords(
        before=frozenset([*before, *map(str.capitalize, before)]),
        between=frozenset(words["ordinal_between"]),
        after=frozenset(words["ordinal_after"]),
    )


def _read(name: str) -> dict[str, list[str]]:
    sections: dict[str, list[str]] = {}
    current: list[str] = []
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("["):
            current = sections.setdefault(line.strip("[] "), [])
        elif not line.startswith("#"):
            current += line.split()
    return sections


def _house_form(entry: str) -> str:
    if not any(character.isalpha() for character in entry):
        raise ConfigError(
            f"sentences.abbreviations: {entry!r} holds no letter; remove it, or write it as 'Abk.'"
        )
    return "".join(entry.split())


def _spellings(forms: Sequence[str]) -> frozenset[str]:
    bare = [form.removesuffix(".") for form in forms]
    return frozenset([*bare, *(form.upper() for form in bare if form[:1].isupper())])
