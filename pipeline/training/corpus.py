"""Read the stories of the starters' corpus, and keep every test sentence out of training."""

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.errors import ConfigError
from pipeline.training.pairs import Pair

_WORD = re.compile(r"\w+")
_MINIMUM_WORDS = 5
"""Shorter sentences ("Das Wetter") occur everywhere; excluding them would protect nothing."""


def normalise(sentence: str) -> str:
    """Reduce a sentence to lower-case words, so that spacing and punctuation hide no copy."""
    return " ".join(_WORD.findall(sentence.lower()))


def corpus_folder(name: str | None) -> Path:
    """Return the folder of the corpus.

    Raises:
        ConfigError: if it is not there.
    """
    if name is None or not (Path(name) / "wire/train.jsonl").exists():
        raise ConfigError(
            f"data.corpus={name}: no wire/train.jsonl there. The starters' recipes need the corpus "
            "that their model cards describe; for pairs of your own use training=finetune."
        )
    return Path(name)


def read_stories(path: Path) -> Iterator[dict[str, object]]:
    """Read one JSON story a line, from plain or gzip JSONL."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            story: dict[str, object] = json.loads(line)
            yield story


def story_sentences(story: dict[str, object]) -> Iterator[Pair]:
    """Yield the sentence pairs of a wire story in order."""
    for paragraph in paragraphs(story):
        for german, english in paragraph:
            yield Pair(german, english)


def story_pairs(story: dict[str, object]) -> Iterator[Pair]:
    """Yield the sentence pairs of a wire story, and its title pair."""
    yield from story_sentences(story)
    yield Pair(str(story["title_de"]), str(story["title_en"]))


def story_english(story: dict[str, object]) -> list[str]:
    """Return the English sentences of a wire story in order."""
    return [pair.target for pair in story_sentences(story)]


def paragraphs(story: dict[str, object]) -> list[list[tuple[str, str]]]:
    """Return the paragraphs of a wire story as lists of German and English sentences."""
    found = story["paragraphs"]
    if not isinstance(found, list):
        raise TypeError(f"story {story.get('id')!r}: 'paragraphs' must be a list of sentence pairs")
    return found


class HeldOut:
    """Test texts, and the question whether a sentence stands in one of them.

    Args:
        records: JSON records of any shape; every string in them is a test text.
    """

    def __init__(self, records: Iterable[object]) -> None:
        texts = {normalise(text) for record in records for text in _strings(record)}
        self._text = "\n".join(sorted(texts))
        self._starts = {
            tuple(words[start : start + _MINIMUM_WORDS])
            for words in (text.split() for text in texts)
            for start in range(len(words) - _MINIMUM_WORDS + 1)
        }

    def contains(self, sentence: str) -> bool:
        """Tell whether a sentence of five words or more is part of a test text."""
        words = normalise(sentence).split()
        start = tuple(words[:_MINIMUM_WORDS])
        return start in self._starts and " ".join(words) in self._text

    def filter(self, pairs: Iterable[Pair]) -> list[Pair]:
        """Drop each pair of which a side is held out."""
        return [p for p in pairs if not self.contains(p.source) and not self.contains(p.target)]


def held_out_of(folder: Path, feeds: Path) -> HeldOut:
    """Return what no starter may train on: the feeds in a folder, and the wire dev set.

    Raises:
        ConfigError: if the folder holds no feed: a mistyped one would let test sentences in.
    """
    found = sorted(feeds.glob("*.jsonl"))
    if not found:
        raise ConfigError(f"data.held_out={feeds}: holds no .jsonl feed to keep out")
    paths = [*found, folder / "wire/dev.jsonl"]
    return HeldOut(record for path in paths for record in read_stories(path))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield from value.split("\n")
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def is_clean(pair: Pair, max_words: int = 120) -> bool:
    """Tell whether a pair looks like a translation: both sides short enough and alike in length."""
    source, target = len(pair.source.split()), len(pair.target.split())
    if not 0 < source <= max_words or not 0 < target <= max_words:
        return False
    return max(source, target) <= 2.5 * min(source, target) + 4
