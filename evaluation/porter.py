"""Porter's stemmer as ROUGE knows it (Porter 1980), with the extensions of NLTK's default mode.

rouge-score stems with NLTK. Importing NLTK takes 200 MB and more time than a first brief may, and
no lighter library stems like it: Snowball's `porter` differs in the middle of the algorithm.
"""

from typing import Final, NamedTuple


class _Kinds(dict[int, str]):
    def __missing__(self, letter: int) -> str:
        return "c"


class _Step(NamedTuple):
    """Suffixes and what takes their place; of two that fit, the longer comes first and decides."""

    new: dict[str, str]
    suffixes: tuple[str, ...]
    least: int
    """How much must stand before the suffix, as Porter measures."""


def _step(least: int, rules: str) -> _Step:
    pairs = (rule.partition(">") for rule in rules.split())
    new = {old: new for old, _, new in pairs}
    return _Step(new, tuple(new), least)


_KINDS: Final = _Kinds({ord(vowel): "v" for vowel in "aeiou"} | {ord("y"): "y"})
_IRREGULAR: Final = _step(
    0,
    "sky>sky skies>sky dying>die lying>lie tying>tie news>news inning>inning innings>inning"
    " outing>outing outings>outing canning>canning cannings>canning howe>howe proceed>proceed"
    " exceed>exceed succeed>succeed",
).new
_SECOND: Final = _step(
    1,
    "ational>ate tional>tion enci>ence anci>ance izer>ize bli>ble entli>ent eli>e ousli>ous"
    " ization>ize ation>ate ator>ate alism>al iveness>ive fulness>ful ousness>ous aliti>al"
    " iviti>ive biliti>ble fulli>ful",
)
_THIRD: Final = _step(1, "icate>ic ative> alize>al iciti>ic ical>ic ful> ness>")
_FOURTH: Final = _step(
    2,
    "al ance ence er ic able ible ant ement ment ent ion ou ism ate iti ous ive ize",
)


def stem(word: str) -> str:
    """Return the stem of a lower-case word; letters outside a-z count as consonants."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) <= 2:
        return word
    word = _cut_participle(_cut_plural(word))
    if word.endswith("y") and len(word) > 2 and _shape(word[:-1]).endswith("c"):
        word = word[:-1] + "i"
    word = _replace(_cut_derivation(word), _THIRD)
    return _cut_end(_replace(word, _FOURTH))


def _shape(word: str) -> str:
    """Return `c` for each consonant and `v` for each vowel."""
    kinds = word.translate(_KINDS)
    if "y" not in kinds:
        return kinds
    found = "v"
    for kind in kinds:
        found += kind if kind != "y" else "c" if found[-1] == "v" else "v"
    return found[1:]


def _measure(word: str) -> int:
    return _shape(word).count("vc")


def _ends_short(word: str, shape: str) -> bool:
    return shape == "vc" or (shape.endswith("cvc") and word[-1] not in "wxy")


def _cut_plural(word: str) -> str:
    if not word.endswith("s") or word.endswith("ss"):
        return word
    if word.endswith("sses") or (word.endswith("ies") and len(word) != 4):
        return word[:-2]
    return word[:-1]


def _cut_participle(word: str) -> str:
    if word.endswith("ied"):
        return word[:-1] if len(word) == 4 else word[:-2]
    if word.endswith("eed"):
        return word[:-1] if _measure(word[:-3]) else word
    if not word.endswith(("ed", "ing")):
        return word
    left = word[: -2 if word.endswith("ed") else -3]
    return _mend(left) if "v" in _shape(left) else word


def _mend(left: str) -> str:
    """Return a verb whose ending is cut off as it was without it: `hopp`, `fil`, `conflat`."""
    shape = _shape(left)
    if left.endswith(("at", "bl", "iz")):
        return left + "e"
    if shape.endswith("c") and left[-2:-1] == left[-1]:
        return left if left[-1] in "lsz" else left[:-1]
    return left + "e" if shape.count("vc") == 1 and _ends_short(left, shape) else left


def _cut_derivation(word: str) -> str:
    if word.endswith("alli"):
        return _cut_derivation(word[:-2]) if _measure(word[:-4]) else word
    if word.endswith("logi"):
        return word[:-1] if _measure(word[:-3]) else word
    return _replace(word, _SECOND)


def _replace(word: str, step: _Step) -> str:
    """Replace the first suffix that fits if enough stands before it."""
    if not word.endswith(step.suffixes):
        return word
    suffix = next(suffix for suffix in step.suffixes if word.endswith(suffix))
    left = word[: -len(suffix)]
    if _measure(left) < step.least or (suffix == "ion" and left[-1] not in "st"):
        return word
    return left + step.new[suffix]


def _cut_end(word: str) -> str:
    if word.endswith("e"):
        shape = _shape(word[:-1])
        size = shape.count("vc")
        if size > 1 or (size == 1 and not _ends_short(word[:-1], shape)):
            word = word[:-1]
    if word.endswith("ll") and _measure(word[:-1]) > 1:
        return word[:-1]
    return word
