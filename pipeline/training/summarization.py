"""The recipe of the summarization starter: the translation starter, taught to summarize.

It starts from the translation starter's weights, whose decoder writes English news and whose
attention is aligned, since the wire stories alone are too few to learn both.
"""

import logging
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from rouge_score import rouge_scorer

from pipeline.training import augment, corpus
from pipeline.training.batches import Example, make_batches
from pipeline.training.export import export
from pipeline.training.greedy import generate
from pipeline.training.loop import Run, Schedule, load_model
from pipeline.training.translation import held_out_of
from pipeline.training.vocabulary import Vocabulary

LOG = logging.getLogger(__name__)

MAX_SOURCE = 400
"""Pieces of an article that the model is trained to read."""
WIRE_WEIGHT = 4
REUTERS_STORIES = 1200


def story_examples(story: dict[str, object], translated: list[str] | None) -> Iterator[corpus.Pair]:
    """Yield article and summary: from the human English, and from machine English if there is any.

    At run time the model reads machine translations, so it must not trip over their mistakes.
    """
    summary = str(story["summary_en"])
    yield corpus.Pair(" ".join(corpus.story_english(story)), summary, "en")
    if translated:
        yield corpus.Pair(" ".join(translated), summary, "en")


def news_examples(folder: Path, rng: random.Random) -> Iterator[corpus.Pair]:
    """Yield English news with extractive targets: BBC's summaries, and the leads of Reuters."""
    for story in corpus.read_stories(folder / "english_news/bbc.jsonl.gz"):
        sentences = _sentences(str(story["text"]))
        summary = str(story["summary"])
        chosen = [sentence for sentence in sentences[1:] if sentence in summary][:3]
        if chosen:
            yield corpus.Pair(" ".join(sentences[1:]), " ".join(chosen), "en")
    reuters = list(corpus.read_stories(folder / "english_news/reuters21578.jsonl.gz"))
    for story in rng.sample(reuters, min(len(reuters), REUTERS_STORIES)):
        sentences = _sentences(str(story["text"]))
        if len(sentences) > 3:
            yield corpus.Pair(" ".join(sentences), " ".join(sentences[:2]), "en")


def _sentences(text: str) -> list[str]:
    parts = (part.strip() for line in text.split("\n") for part in line.split(". "))
    return [part if part.endswith((".", "?", "!", '"')) else f"{part}." for part in parts if part]


@dataclass(frozen=True)
class Material:
    """All examples, free of test sentences."""

    wire: list[corpus.Pair]
    news: list[corpus.Pair]


def load_material(folder: Path, sample: Path, machine: Path, rng: random.Random) -> Material:
    """Read stories, their machine translations and news; drop what holds a test sentence."""
    held_out = held_out_of(folder, sample)
    translated = {str(row["id"]): row["sentences"] for row in corpus.read_stories(machine)}

    def is_free(pair: corpus.Pair) -> bool:
        return not any(map(held_out.contains, _sentences(f"{pair.source}\n{pair.target}")))

    wire = [
        pair
        for story in corpus.read_stories(folder / "wire/train.jsonl")
        for pair in story_examples(story, translated.get(str(story["id"])))  # type: ignore[arg-type]
        if is_free(pair)
    ]
    news = [pair for pair in news_examples(folder, rng) if is_free(pair)]
    LOG.info("%d wire examples, %d news examples", len(wire), len(news))
    return Material(wire, news)


def examples(
    pairs: Callable[[], list[corpus.Pair]], vocabulary: Vocabulary, rng: random.Random
) -> Iterator[Example]:
    """Turn shuffled, augmented pairs into ids without end; sources are cut to `MAX_SOURCE`."""
    english = vocabulary.language("en")
    names = augment.collect_names([corpus.Pair(p.source, p.target) for p in pairs()], max_count=200)
    known = frozenset(names)
    while True:
        epoch = pairs()
        rng.shuffle(epoch)
        for pair in epoch:
            changed = augment.substitute_numbers(pair, rng) if rng.random() < 0.5 else pair
            if rng.random() < 0.7:
                changed = augment.substitute_names(changed, names, known, rng)
            source = vocabulary.encode(changed.source)[:MAX_SOURCE]
            target = vocabulary.encode(changed.target)
            if 8 <= len(target) <= 160:
                yield [english, *source, vocabulary.end], [english, *target, vocabulary.end]


def evaluator(stories: list[dict[str, object]], vocabulary: Vocabulary) -> Callable[[Run], None]:
    """Return a function that logs greedy ROUGE beside lead-3's on the dev stories."""
    scorer = rouge_scorer.RougeScorer(["rouge1", "rouge2"], use_stemmer=True)

    def mean(outputs: list[str]) -> str:
        scores = [
            scorer.score(str(story["summary_en"]), output)
            for story, output in zip(stories, outputs, strict=True)
        ]
        return " ".join(
            f"{name} {100 * sum(score[name].fmeasure for score in scores) / len(scores):.1f}"
            for name in ("rouge1", "rouge2")
        )

    def evaluate(run: Run) -> None:
        articles = [corpus.story_english(story) for story in stories]
        outputs = generate(
            run.averaged,
            vocabulary,
            [" ".join(article) for article in articles],
            "en",
            max_tokens=110,
            max_source=MAX_SOURCE,
        )
        lead = mean([" ".join(article[:3]) for article in articles])
        LOG.info("dev: %s (lead-3: %s) | %s", mean(outputs), lead, outputs[0])

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
    material = load_material(folder, sample, translations, rng)
    vocabulary = Vocabulary(start)
    schedule = Schedule(target_tokens, matrix_rate=None, other_rate=7e-4, decay_from=0.3)
    run = Run(load_model(start), schedule, work)
    rng = random.Random(seed + run.step)
    ids = examples(lambda: material.wire * WIRE_WEIGHT + material.news, vocabulary, rng)
    dev = list(corpus.read_stories(folder / "wire/dev.jsonl"))
    run.train(
        make_batches(ids, budget, vocabulary.pad, vocabulary.end, rng), evaluator(dev, vocabulary)
    )
    export(run.averaged, start, work)
