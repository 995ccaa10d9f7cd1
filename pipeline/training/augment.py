"""Change numbers and names on both sides of a pair at once.

A small corpus holds few numbers and names, so a model learns them by heart instead of learning to
copy. Substituting them consistently in source and target teaches copying.
"""

import random
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from pipeline.training.pairs import Pair

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NAME = re.compile(r"\b[A-ZÄÖÜ][a-zäöüß]{3,}\b")


def substitute_numbers(pair: Pair, rng: random.Random) -> Pair:
    """Replace the numbers that both sides share, keeping length and separators."""
    changes = {}
    target_digits = {_digits(number) for number in _NUMBER.findall(pair.target)}
    for number in _NUMBER.findall(pair.source):
        digits = _digits(number)
        if digits in target_digits and _may_change(digits):
            changes[digits] = _random_digits(digits, rng)
    if not changes:
        return pair

    def swap(match: re.Match[str]) -> str:
        new = changes.get(_digits(match.group()))
        return match.group() if new is None else _with_digits(match.group(), new)

    return Pair(
        _NUMBER.sub(swap, pair.source), _NUMBER.sub(swap, pair.target), pair.source_language
    )


def substitute_names(
    pair: Pair, names: Sequence[str], known: frozenset[str], rng: random.Random
) -> Pair:
    """Replace rare capitalised words that stand alike on both sides by other such words."""
    shared = set(_NAME.findall(pair.source)) & set(_NAME.findall(pair.target)) & known
    if not shared:
        return pair
    changes = {name: _new_name(names, rng) for name in sorted(shared)}

    def swap(match: re.Match[str]) -> str:
        return changes.get(match.group(), match.group())

    return Pair(_NAME.sub(swap, pair.source), _NAME.sub(swap, pair.target), pair.source_language)


def collect_names(pairs: Iterable[Pair], max_count: int = 30) -> list[str]:
    """Find words that are copied by translators and are never written in lower case."""
    shared: Counter[str] = Counter()
    lower: set[str] = set()
    for pair in pairs:
        if pair.source_language == "en":
            continue
        shared.update(set(_NAME.findall(pair.source)) & set(_NAME.findall(pair.target)))
        lower.update(word for word in pair.target.split() if word.islower())
    return sorted(
        name for name, n in shared.items() if n <= max_count and name.lower() not in lower
    )


def _new_name(names: Sequence[str], rng: random.Random) -> str:
    """Draw a name; half of the time one that nobody has seen, made of two halves."""
    first = rng.choice(names)
    if rng.random() < 0.5:
        return first
    second = rng.choice(names)
    return first[: len(first) // 2 + 1] + second[len(second) // 2 :]


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)


def _may_change(digits: str) -> bool:
    is_year = len(digits) == 4 and digits[:2] in {"19", "20"}
    return len(digits) > 1 and not is_year


def _random_digits(digits: str, rng: random.Random) -> str:
    first = digits[0] if digits[0] == "0" else str(rng.randint(1, 9))
    return first + "".join(str(rng.randint(0, 9)) for _ in digits[1:])


def _with_digits(number: str, digits: str) -> str:
    supply = iter(digits)
    return "".join(next(supply) if char.isdigit() else char for char in number)
