"""The recipe of the summarization starter: the translation starter, taught to summarize.

It starts from the translation starter's weights, whose decoder writes English news and whose
attention is aligned, since the wire stories alone are too few to learn both. It learns to rewrite
a handful of chosen sentences rather than to read whole articles: at run time the extractive ranker
chooses them. What a reference summary says beyond the chosen sentences is left out of its target,
so that nothing teaches the model to invent.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from evaluation.facts import check_summary
from pipeline.backends.architecture import Task, read_architecture
from pipeline.backends.instruction import Instruction
from pipeline.training import augment, corpus
from pipeline.training.encoder import PairEncoder
from pipeline.training.machine import translate_stories
from pipeline.training.material import Material, Source, vary
from pipeline.training.pairs import Pair
from pipeline.training.settings import Data

MAX_SOURCE = 100
"""Pieces that the model is trained to read."""
WIRE_WEIGHT = 4
REUTERS_STORIES = 2000
_OURS = "written for this project"

_SHARED = 0.5
"""A summary sentence stays if so large a share of its words stands in the chosen sentences."""


def choose_sentences(
    sentences: Sequence[str], preference: Sequence[int], size: Callable[[str], int]
) -> list[str]:
    """Take sentences in order of preference while they fit `MAX_SOURCE`; return them in order."""
    chosen: list[int] = []
    left = MAX_SOURCE
    for index in preference:
        if size(sentences[index]) <= left:
            chosen.append(index)
            left -= size(sentences[index])
    return [sentences[index] for index in sorted(chosen)]


def founded(summary: Sequence[str], chosen: Sequence[str]) -> list[str]:
    """Return the summary sentences of which the chosen sentences tell the facts and most words."""
    source = " ".join(chosen)
    words = set(corpus.normalise(source).split())

    def is_founded(sentence: str) -> bool:
        own = corpus.normalise(sentence).split()
        known = sum(word in words for word in own)
        return (
            known >= _SHARED * len(own) and not check_summary(sentence, [(source, "en")]).mismatches
        )

    return [sentence for sentence in summary if is_founded(sentence)]


def story_examples(
    sentences: Sequence[str], summary: Sequence[str], size: Callable[[str], int]
) -> Iterator[Pair]:
    """Yield chosen sentences with what the summary says of them, and with their first two.

    Sentences are chosen as they come, and by how much of the summary they tell.
    """
    order = list(range(len(sentences)))
    told = set(corpus.normalise(" ".join(summary)).split())
    shares = [_share(sentence, told) for sentence in sentences]
    for preference in (order, sorted(order, key=lambda index: (-shares[index], index))):
        chosen = choose_sentences(sentences, preference, size)
        target = founded(summary, chosen)
        if target:
            yield Pair(" ".join(chosen), " ".join(target), "en")
        yield Pair(" ".join(chosen), " ".join(chosen[:2]), "en")


def _share(sentence: str, told: set[str]) -> float:
    words = corpus.normalise(sentence).split()
    return sum(word in told for word in words) / max(1, len(words))


def news_examples(folder: Path, size: Callable[[str], int], rng: random.Random) -> Iterator[Pair]:
    """Yield English news with extractive targets: BBC's summaries, and the leads of Reuters."""
    for story in corpus.read_stories(folder / "english_news/bbc.jsonl.gz"):
        sentences, summary = _sentences(str(story["text"])), str(story["summary"])
        order = list(range(1, len(sentences)))
        told = [index for index in order if sentences[index] in summary]
        chosen = choose_sentences(sentences, [*told[:2], *order[:2]], size)
        target = [sentence for sentence in chosen if sentence in summary]
        if target:
            yield Pair(" ".join(chosen), " ".join(target), "en")
    reuters = list(corpus.read_stories(folder / "english_news/reuters21578.jsonl.gz"))
    for story in rng.sample(reuters, min(len(reuters), REUTERS_STORIES)):
        sentences = _sentences(str(story["text"]))
        chosen = choose_sentences(sentences, range(len(sentences)), size)
        if len(chosen) > 2:
            yield Pair(" ".join(chosen), " ".join(chosen[:2]), "en")


def _sentences(text: str) -> list[str]:
    parts = (part.strip() for line in text.split("\n") for part in line.split(". "))
    return [part if part.endswith((".", "?", "!", '"')) else f"{part}." for part in parts if part]


def read_material(data: Data, start: Path, machine: Path, seed: int) -> Material:
    """Read stories, their machine translations and news; drop what holds a test sentence.

    The machine translations are there because the model reads such at run time.

    Args:
        data: says where corpus and held-out feeds are.
        start: the translation starter; its translations are learned from, too.
        machine: file that keeps them; it is made if it is not there.
        seed: of the choice among the news.

    Raises:
        ConfigError: if corpus or feeds are not there.
    """
    folder = corpus.corpus_folder(data.corpus)
    held_out = corpus.held_out_of(folder, Path(data.held_out))
    if not machine.exists():
        translate_stories(folder, start, machine)
    architecture = read_architecture(start, Task.summarization)
    size = PairEncoder(start, architecture, Instruction("en", "en")).pieces

    def is_free(pair: Pair) -> bool:
        return not any(map(held_out.contains, _sentences(f"{pair.source}\n{pair.target}")))

    wire = [pair for pair in _wire(folder, machine, size) if is_free(pair)]
    news = [pair for pair in news_examples(folder, size, random.Random(seed)) if is_free(pair)]
    summaries = [pair for pair in wire if pair.target not in pair.source]
    copies = [pair for pair in wire if pair.target in pair.source]
    everything = [*summaries * WIRE_WEIGHT, *copies, *news]
    names = augment.collect_names([Pair(p.source, p.target) for p in everything], max_count=200)

    def epoch(rng: random.Random) -> Iterator[Pair]:
        return vary(rng.sample(everything, len(everything)), data, names, rng)

    sources = (
        Source("summaries of the synthetic wire stories", len(summaries), WIRE_WEIGHT, _OURS),
        Source("sentences of the synthetic wire stories", len(copies), 1.0, _OURS),
        Source("BBC summaries and Reuters leads", len(news), 1.0, "research only"),
    )
    return Material(epoch, sources, {"wire": _dev(folder, size)}, {})


def _wire(folder: Path, machine: Path, size: Callable[[str], int]) -> Iterator[Pair]:
    translated = {str(row["id"]): row["sentences"] for row in corpus.read_stories(machine)}
    for story in corpus.read_stories(folder / "wire/train.jsonl"):
        summary = _sentences(str(story["summary_en"]))
        for sentences in (corpus.story_english(story), translated.get(str(story["id"]))):
            if isinstance(sentences, list) and sentences:
                yield from story_examples(sentences, summary, size)


def _dev(folder: Path, size: Callable[[str], int]) -> list[Pair]:
    """Return the leads of the wire dev stories with their whole reference summaries."""
    pairs = []
    for story in corpus.read_stories(folder / "wire/dev.jsonl"):
        article = corpus.story_english(story)
        lead = choose_sentences(article, range(len(article)), size)
        pairs.append(Pair(" ".join(lead), str(story["summary_en"]), "en"))
    return pairs
