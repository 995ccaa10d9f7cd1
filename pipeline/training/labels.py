"""Oracle labels: which words of a story, in either language, stand in its English summary."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.extractive.features import Reading, read
from pipeline.extractive.ranker import Candidates
from pipeline.extractive.vectors import Words
from pipeline.training.corpus import HeldOut, paragraphs, story_sentences
from pipeline.training.pairs import Pair

_ENGLISH, _GERMAN = Words("en"), Words("de")


@dataclass(frozen=True, slots=True)
class Example:
    """A story in one language, and what its summary says.

    Attributes:
        candidates: the story.
        reading: the same, counted.
        english: stems of each sentence in English.
        summary: stems of the English summary.
        partners: of each stem of the story, the English one.
    """

    candidates: Candidates
    reading: Reading
    english: Sequence[Counter[str]]
    summary: Counter[str]
    partners: dict[str, str]

    def has(self, stem: str, time: int) -> bool:
        """Tell whether the summary has a stem so many times."""
        return self.summary[self.partners.get(stem, stem)] >= time

    def worth(self, sentences: Iterable[int]) -> float:
        """Return the ROUGE-1 F of sentences, over Snowball's stems."""
        said = sum((self.english[number] for number in sentences), Counter[str]())
        return 2 * (said & self.summary).total() / (said.total() + self.summary.total())


class Partners:
    """Finds the English stem that goes with a German one, by Dice over aligned sentences.

    Args:
        stories: to count in.
    """

    def __init__(self, stories: Iterable[dict[str, object]]) -> None:
        self._german: Counter[str] = Counter()
        self._english: Counter[str] = Counter()
        self._both: Counter[tuple[str, str]] = Counter()
        for pair in (pair for story in stories for pair in story_sentences(story)):
            german, english = _stems(pair)
            self._german.update(german)
            self._english.update(english)
            self._both.update((ours, theirs) for ours in german for theirs in english)

    def of(self, pairs: Iterable[Pair]) -> dict[str, str]:
        """Return an English partner for each German stem, from a sentence that has both."""
        found: dict[str, tuple[float, str]] = {}
        for german, english in map(_stems, pairs):
            for ours in german:
                best = max(((self._dice(ours, theirs), theirs) for theirs in english), default=None)
                if best:
                    found[ours] = max(best, found.get(ours, best))
        return {ours: theirs for ours, (_, theirs) in found.items()}

    def _dice(self, german: str, english: str) -> float:
        if german == english:
            return 2.0  # numbers and names
        return 2 * self._both[german, english] / (self._german[german] + self._english[english])


def make_example(
    story: dict[str, object], language: str, partners: Partners, held_out: HeldOut
) -> Example | None:
    """Return a wire story in one language; `None` if a part of it is held out."""
    pairs = list(story_sentences(story))
    summary = str(story["summary_en"])
    texts = [pair.target if language == "en" else pair.source for pair in pairs]
    if len(held_out.filter(pairs)) < len(pairs) or held_out.contains(summary):
        return None
    candidates = Candidates(
        str(story["id"]),
        texts,
        (summary,),
        str(story[f"title_{language}"]),
        [number for number, part in enumerate(paragraphs(story)) for _ in part],
    )
    return Example(
        candidates,
        read(candidates, Words(language)),
        [Counter(_ENGLISH.every(pair.target)) for pair in pairs],
        Counter(_ENGLISH.every(summary)),
        partners.of(pairs) if language == "de" else {},
    )


def _stems(pair: Pair) -> tuple[list[str], list[str]]:
    german, english = set(_GERMAN.every(pair.source)), set(_ENGLISH.every(pair.target))
    return sorted(german), sorted(english)
