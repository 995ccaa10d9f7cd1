"""What is wrong with an output for anyone who knows its source: loops, copies, other languages."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.languages import classify, count_letters, function_words, words_of

DefectKind = Literal["empty", "loop", "copied", "wrong_language"]

_TOKEN = re.compile(r"\w+(?:[.,:'’]\w+)*")
_WORD = re.compile(r"[^\W\d_]+")
_STUTTER = re.compile(r"([^\W\d_]{1,10}?)\1{4,}")
_LONGEST_PHRASE = 12
_LONG_PHRASE = 4
_LOOP_TOKENS = 12
_MORE_REPEATED = 0.3
_SAME_WORDS = 0.8
_FEW_WORDS = 4
_COPIED_WORDS = 2
_COPIED_LETTERS = 20
_IN_NAMES = frozenset(
    {"am", "an", "bei", "das", "de", "del", "dem", "den", "der", "des", "di", "die", "du", "im"}
    | {"in", "la", "le", "van", "vom", "von", "zu", "zum", "zur"}
)
"""Small words that stand in names: `Ursula von der Leyen`, `Bild am Sonntag`."""
_OWN_SHARE = 0.1
_OWN_SURE = 0.4
"""A text with so many words of the target's need not be looked at; French has `a` and `an`, too."""
_OTHER_SHARE = 0.25
_OTHER_WORDS = 2
_LETTERS = 40
_SURE = 0.95


@dataclass(frozen=True, slots=True)
class Defect:
    """What is wrong with an output.

    Attributes:
        kind: `empty`, `loop`, `copied` or `wrong_language`.
        message: what was seen, to follow on `the model's output`.
    """

    kind: DefectKind
    message: str


def find_defect(source: str, output: str, languages: tuple[str, str]) -> Defect | None:
    """Look for the one defect that is worst; what may be right is none.

    Args:
        source: what the model read; from a blank one nothing else than a blank is expected.
        output: what it wrote.
        languages: ISO codes of source and target.
    """
    if not source.strip():
        return None
    if not output.strip():
        return Defect("empty", "is empty")
    if looped := _loop(source, output):
        return Defect("loop", f"repeats {looped!r}")
    if languages[0] != languages[1] and _is_copied(source, output, languages):
        return Defect("copied", f"is the {languages[0]} source")
    if other := _other_language(output, languages):
        return Defect("wrong_language", f"is {other}, not {languages[1]}")
    return None


def _loop(source: str, output: str) -> str | None:
    """Return what the output repeats, and the source does not as often."""
    stutter = _STUTTER.search(output)
    if stutter and stutter.group() not in source:
        return stutter.group(1)
    theirs, ours = _tokens(source), _tokens(output)
    most = max((times for _, times in _repeats(theirs)), default=1)
    for phrase, times in _repeats(ours):
        enough = 2 if len(phrase) >= _LONG_PHRASE else 3
        told = " ".join(phrase)
        if times >= enough and times > most and not told.isdigit():  # 2-1 (1-1)
            return told
    if len(ours) < _LOOP_TOKENS:
        return None
    if _repeated_share(ours) - _repeated_share(theirs) < _MORE_REPEATED:
        return None
    return " ".join(Counter(_grams(ours)).most_common(1)[0][0])


def _repeats(tokens: Sequence[str]) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield phrases that stand twice or more in a row, and how often."""
    for size in range(1, min(_LONGEST_PHRASE, len(tokens) // 2) + 1):
        same = 0
        for place in range(size, len(tokens)):
            same = same + 1 if tokens[place] == tokens[place - size] else 0
            if same and same % size == 0:
                yield tuple(tokens[place - size + 1 : place + 1]), same // size + 1


def _repeated_share(tokens: Sequence[str]) -> float:
    grams = _grams(tokens)
    return 1 - len(set(grams)) / len(grams) if grams else 0.0


def _grams(tokens: Sequence[str]) -> list[tuple[str, ...]]:
    return list(zip(tokens, tokens[1:], tokens[2:], strict=False))


def _is_copied(source: str, output: str, languages: tuple[str, str]) -> bool:
    """Tell whether running text came back as it was; names and numbers may be copied."""
    ours, theirs = _tokens(output), _tokens(source)
    shared = sum((Counter(ours) & Counter(theirs)).values())
    if shared < _SAME_WORDS * max(len(ours), len(theirs)):
        return False
    telling, target = function_words(*languages), function_words(*reversed(languages))
    words = [word for word in _WORD.findall(output) if word.islower() and word not in _IN_NAMES]
    words = [word for word in words if word not in target]
    if len(words) >= _COPIED_WORDS and not telling.isdisjoint(words):
        return True
    if telling.issuperset(words) or count_letters(output) < _COPIED_LETTERS:
        return False
    detected, probability = classify(output)
    return detected == languages[0] and probability >= _SURE


def _other_language(output: str, languages: tuple[str, str]) -> str | None:
    """Return the language of an output that is not in its own, as far as that is sure."""
    source, target = languages
    words = words_of(output)
    if len(words) < _FEW_WORDS:
        return None
    if source != target and _is_rather(words, source, target):
        return source
    if count_letters(output) < _LETTERS or _share(words, function_words(target, "")) >= _OWN_SURE:
        return None
    detected, probability = classify(output)
    sure = probability >= _SURE and detected != target
    return detected if sure and _is_rather(words, detected, target) else None


def _is_rather(words: Sequence[str], other: str, target: str) -> bool:
    """Tell whether function words are the other language's, and hardly any the target's."""
    theirs, ours = function_words(other, target), function_words(target, other)
    telling = [word for word in words if word in theirs]
    if len(telling) < _OTHER_WORDS or _IN_NAMES.issuperset(telling):
        return False
    return len(telling) >= _OTHER_SHARE * len(words) and _share(words, ours) < _OWN_SHARE


def _share(words: Sequence[str], known: frozenset[str]) -> float:
    return sum(word in known for word in words) / len(words)


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text.casefold())
