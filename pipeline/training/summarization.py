"""The recipe of the summarization starter: the translation starter, taught to summarize.

It starts from the translation starter's weights, whose decoder writes English news and whose
attention is aligned, since the wire stories alone are too few to learn both. It learns to rewrite
a handful of chosen sentences rather than to read whole articles: at run time the extractive ranker
chooses them. What a reference summary says beyond the chosen sentences is left out of its target,
so that nothing teaches the model to invent.
"""

import logging
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from rouge_score import rouge_scorer

from evaluation.facts import check_summary
from pipeline.training import augment, corpus
from pipeline.training.batches import Example, make_batches
from pipeline.training.export import export
from pipeline.training.greedy import generate
from pipeline.training.loop import Run, Schedule, load_model
from pipeline.training.translation import held_out_of
from pipeline.training.vocabulary import Vocabulary

LOG = logging.getLogger(__name__)

MAX_SOURCE = 100
"""Pieces that the model is trained to read."""
MAX_TARGET = 100
WIRE_WEIGHT = 4
REUTERS_STORIES = 2000

_SHARED = 0.5
"""A summary sentence stays if so large a share of its words stands in the chosen sentences."""


@dataclass(frozen=True)
class Material:
    """All examples, free of test sentences.

    Attributes:
        summaries: what a person wrote of the sentences.
        copies: some of the sentences as they are; they teach names, numbers and fluent English.
    """

    summaries: list[corpus.Pair]
    copies: list[corpus.Pair]


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
) -> Iterator[corpus.Pair]:
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
            yield corpus.Pair(" ".join(chosen), " ".join(target), "en")
        yield corpus.Pair(" ".join(chosen), " ".join(chosen[:2]), "en")


def _share(sentence: str, told: set[str]) -> float:
    words = corpus.normalise(sentence).split()
    return sum(word in told for word in words) / max(1, len(words))


def news_examples(
    folder: Path, size: Callable[[str], int], rng: random.Random
) -> Iterator[corpus.Pair]:
    """Yield English news with extractive targets: BBC's summaries, and the leads of Reuters."""
    for story in corpus.read_stories(folder / "english_news/bbc.jsonl.gz"):
        sentences, summary = _sentences(str(story["text"])), str(story["summary"])
        order = list(range(1, len(sentences)))
        told = [index for index in order if sentences[index] in summary]
        chosen = choose_sentences(sentences, [*told[:2], *order[:2]], size)
        target = [sentence for sentence in chosen if sentence in summary]
        if target:
            yield corpus.Pair(" ".join(chosen), " ".join(target), "en")
    reuters = list(corpus.read_stories(folder / "english_news/reuters21578.jsonl.gz"))
    for story in rng.sample(reuters, min(len(reuters), REUTERS_STORIES)):
        sentences = _sentences(str(story["text"]))
        chosen = choose_sentences(sentences, range(len(sentences)), size)
        if len(chosen) > 2:
            yield corpus.Pair(" ".join(chosen), " ".join(chosen[:2]), "en")


def _sentences(text: str) -> list[str]:
    parts = (part.strip() for line in text.split("\n") for part in line.split(". "))
    return [part if part.endswith((".", "?", "!", '"')) else f"{part}." for part in parts if part]


def load_material(
    folder: Path, sample: Path, machine: Path, size: Callable[[str], int], rng: random.Random
) -> Material:
    """Read stories, their machine translations and news; drop what holds a test sentence.

    The machine translations are there because the model reads such at run time.
    """
    held_out = held_out_of(folder, sample)
    translated = {str(row["id"]): row["sentences"] for row in corpus.read_stories(machine)}

    def is_free(pair: corpus.Pair) -> bool:
        return not any(map(held_out.contains, _sentences(f"{pair.source}\n{pair.target}")))

    wire: list[corpus.Pair] = []
    for story in corpus.read_stories(folder / "wire/train.jsonl"):
        summary = _sentences(str(story["summary_en"]))
        for sentences in (corpus.story_english(story), translated.get(str(story["id"]))):
            if isinstance(sentences, list) and sentences:
                wire += filter(is_free, story_examples(sentences, summary, size))
    news = [pair for pair in news_examples(folder, size, rng) if is_free(pair)]
    summaries = [pair for pair in wire if pair.target not in pair.source]
    copies = [pair for pair in wire if pair.target in pair.source]
    LOG.info("%d summaries, %d copies, %d from news", len(summaries), len(copies), len(news))
    return Material(summaries, copies + news)


def examples(
    pairs: Callable[[], list[corpus.Pair]], vocabulary: Vocabulary, rng: random.Random
) -> Iterator[Example]:
    """Turn shuffled, augmented pairs into ids without end."""
    english = vocabulary.language("en")
    names = augment.collect_names([corpus.Pair(p.source, p.target) for p in pairs()], max_count=200)
    known = frozenset(names)
    while True:
        epoch = pairs()
        rng.shuffle(epoch)
        for pair in epoch:
            changed = augment.substitute_numbers(pair, rng) if rng.random() < 0.7 else pair
            if rng.random() < 0.7:
                changed = augment.substitute_names(changed, names, known, rng)
            source = vocabulary.encode(changed.source, sample=rng.random() < 0.3)
            target = vocabulary.encode(changed.target)
            if len(source) <= MAX_SOURCE * 2 and len(target) <= MAX_TARGET:
                yield [english, *source, vocabulary.end], [english, *target, vocabulary.end]


def evaluator(stories: list[dict[str, object]], vocabulary: Vocabulary) -> Callable[[Run], None]:
    """Return a function that logs greedy ROUGE and fact agreement of leads, rewritten and raw."""
    scorer = rouge_scorer.RougeScorer(["rouge1", "rouge2"], use_stemmer=True)
    articles = [corpus.story_english(story) for story in stories]
    leads = [
        choose_sentences(article, range(len(article)), lambda text: len(vocabulary.encode(text)))
        for article in articles
    ]

    def mean(outputs: list[str]) -> str:
        scores = [
            scorer.score(str(story["summary_en"]), output)
            for story, output in zip(stories, outputs, strict=True)
        ]
        reports = [
            check_summary(output, [(" ".join(article), "en")])
            for article, output in zip(articles, outputs, strict=True)
        ]
        checked = sum(report.checked for report in reports)
        facts = sum(report.agreed for report in reports) / checked if checked else 1.0
        words = sum(len(output.split()) for output in outputs) / len(outputs)
        return (
            " ".join(
                f"{name} {100 * sum(score[name].fmeasure for score in scores) / len(scores):.1f}"
                for name in ("rouge1", "rouge2")
            )
            + f" facts {facts:.3f} words {words:.0f}"
        )

    def evaluate(run: Run) -> None:
        sources = [" ".join(lead) for lead in leads]
        outputs = generate(run.averaged, vocabulary, sources, "en", max_tokens=MAX_TARGET)
        raw = mean([" ".join(lead[:3]) for lead in leads])
        LOG.info("dev: %s | lead-3: %s | %s", mean(outputs), raw, outputs[-1])

    return evaluate


def train(
    folder: Path,
    sample: Path,
    start: Path,
    translations: Path,
    work: Path,
    target_tokens: int,
    budget: int = 3200,
    seed: int = 1,
) -> None:
    """Train the starter.

    Args:
        folder: the corpus.
        sample: the sample feed, to keep it out of the training data.
        start: the finished translation starter.
        translations: JSON lines of machine-translated training stories `{"id", "sentences"}`.
        work: checkpoints and the finished model.
        target_tokens: how long to train.
        budget: padded tokens in a batch.
        seed: of everything random.
    """
    rng = random.Random(seed)
    torch.manual_seed(seed)
    vocabulary = Vocabulary(start)
    material = load_material(
        folder, sample, translations, lambda text: len(vocabulary.encode(text)), rng
    )
    schedule = Schedule(target_tokens, matrix_rate=None, other_rate=7e-4, decay_from=0.3)
    run = Run(load_model(start), schedule, work)
    rng = random.Random(seed + run.step)
    ids = examples(lambda: material.summaries * WIRE_WEIGHT + material.copies, vocabulary, rng)
    dev = list(corpus.read_stories(folder / "wire/dev.jsonl"))
    run.train(
        make_batches(ids, budget, vocabulary.pad, vocabulary.end, rng), evaluator(dev, vocabulary)
    )
    export(run.averaged, start, work)
