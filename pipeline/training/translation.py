"""The recipe of the German-to-English starter."""

import dataclasses
import itertools
import logging
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import sacrebleu
import torch

from pipeline.training import augment, corpus
from pipeline.training.batches import Example, make_batches
from pipeline.training.export import copy_vocabulary, export
from pipeline.training.greedy import generate
from pipeline.training.loop import Run, Schedule, load_model, new_model
from pipeline.training.vocabulary import Vocabulary, train_vocabulary

LOG = logging.getLogger(__name__)

WEIGHTS = {
    "wmt-bergamot": 1.5,
    "wmt-ref": 0.7,
    "debian-www": 0.3,
    "stsb-deepl": 0.7,
    "tatoeba": 0.5,
    "multi30k": 0.3,
    "ding-sentences": 0.7,
    "europarl-nlu": 0.7,
    "opennmt-toy": 0.7,
    "mucow": 0.4,
    "mlqe-pe": 0.7,
    "xquad": 1.0,
    "pud": 2.0,
    "wmt24-ende": 1.0,
    "flores-dev": 1.0,
    "flores-dev-bergamot": 1.0,
    "wmt-newssyscomb": 1.0,
    "msdocs-ht": 0.05,
    "ding-phrases": 0.03,
    "iso-codes": 0.5,
    "bitcoin-org": 0.3,
    "gnome-user-docs": 0.2,
    "mozilla-www": 0.2,
    "opensource-guide": 0.3,
    "sdg-translations": 0.5,
    "tails-website": 0.2,
}
"""How often an epoch shows each parallel file; the wire stories come on top."""
WIRE_WEIGHT = 6.0
COPY_SHARE = 0.12
"""Share of English-to-English copying: it teaches English and the copying of names."""
SHORT_UNTIL = 600_000
"""Until so many target tokens only short pairs are shown: they make attention align early."""
MAX_PIECES = 160


@dataclasses.dataclass(frozen=True)
class Material:
    """All pairs by file, free of test sentences."""

    parallel: dict[str, list[corpus.Pair]]
    wire: list[corpus.Pair]
    english: list[corpus.Pair]


def held_out_of(folder: Path, sample: Path) -> corpus.HeldOut:
    """Return what no starter may train on: the `sample` feed and the wire dev set."""
    paths = [*sorted(sample.glob("*.jsonl")), folder / "wire/dev.jsonl"]
    return corpus.HeldOut(record for path in paths for record in corpus.read_stories(path))


def load_material(folder: Path, sample: Path) -> Material:
    """Read the corpus folder and drop what stands in the test `sample` or in the wire dev set."""
    held_out = held_out_of(folder, sample)
    parallel = {}
    for name in WEIGHTS:
        pairs = corpus.read_tsv(folder / "parallel" / f"{name}.tsv.gz")
        clean = [pair for pair in pairs if corpus.is_clean(pair)]
        parallel[name] = held_out.filter(clean)
        LOG.info(
            "%s: %d pairs, %d held out", name, len(parallel[name]), len(clean) - len(parallel[name])
        )
    stories = list(corpus.read_stories(folder / "wire/train.jsonl"))
    wire = [pair for story in stories for pair in corpus.story_pairs(story)]
    kept = held_out.filter(wire)
    LOG.info("wire: %d pairs, %d held out", len(kept), len(wire) - len(kept))
    english = [
        corpus.Pair(sentence, sentence, "en")
        for name in ("bbc", "inshorts", "reuters21578")
        for story in corpus.read_stories(folder / f"english_news/{name}.jsonl.gz")
        for sentence in str(story["text"]).split("\n")
        if 4 <= len(sentence.split()) <= 60
    ]
    return Material(parallel, kept, held_out.filter(english))


def epochs(material: Material, rng: random.Random) -> Iterator[corpus.Pair]:
    """Yield weighted, shuffled, augmented pairs without end."""
    everything = [*itertools.chain.from_iterable(material.parallel.values()), *material.wire]
    names = augment.collect_names(everything)
    known = frozenset(names)
    while True:
        pairs = corpus.repeat(material.wire, WIRE_WEIGHT, rng)
        for name, weight in WEIGHTS.items():
            pairs += corpus.repeat(material.parallel[name], weight, rng)
        pairs += rng.sample(
            material.english, min(len(material.english), int(COPY_SHARE * len(pairs)))
        )
        rng.shuffle(pairs)
        for pair in pairs:
            changed = augment.substitute_numbers(pair, rng) if rng.random() < 0.7 else pair
            if rng.random() < 0.5:
                changed = augment.substitute_names(changed, names, known, rng)
            yield changed


def examples(
    pairs: Iterator[corpus.Pair], vocabulary: Vocabulary, rng: random.Random, seen: int
) -> Iterator[Example]:
    """Turn pairs into ids; short ones only at the beginning."""
    english = vocabulary.language("en")
    for pair in pairs:
        source = vocabulary.encode(pair.source, sample=rng.random() < 0.5)
        target = vocabulary.encode(pair.target)
        longest = max(len(source), len(target))
        if longest > (20 if seen < SHORT_UNTIL else MAX_PIECES):
            continue
        seen += len(target)
        yield (
            [vocabulary.language(pair.source_language), *source, vocabulary.end],
            [english, *target, vocabulary.end],
        )


def evaluator(dev: dict[str, list[corpus.Pair]], vocabulary: Vocabulary) -> Callable[[Run], None]:
    """Return a function that logs greedy BLEU and chrF on the dev sets."""

    def evaluate(run: Run) -> None:
        for name, pairs in dev.items():
            sources = [pair.source for pair in pairs]
            outputs = generate(run.averaged, vocabulary, sources, "de", max_tokens=90)
            references = [[pair.target for pair in pairs]]
            LOG.info(
                "dev %s: BLEU %.1f chrF %.1f | %s => %s",
                name,
                sacrebleu.corpus_bleu(outputs, references).score,
                sacrebleu.corpus_chrf(outputs, references).score,
                sources[-1],
                outputs[-1],
            )

    return evaluate


def dev_sets(folder: Path) -> dict[str, list[corpus.Pair]]:
    """Return 80 sentences of the wire dev set and of WMT18."""
    stories = corpus.read_stories(folder / "wire/dev.jsonl")
    wire = [pair for story in stories for pair in corpus.story_pairs(story)]
    with (folder / "dev/wmt18.tsv").open(encoding="utf-8") as lines:
        wmt = [corpus.Pair(*line.rstrip("\n").split("\t")) for line in itertools.islice(lines, 80)]
    return {"wire": wire[::6][:80], "wmt18": wmt}


def train(
    folder: Path,
    sample: Path,
    work: Path,
    target_tokens: int,
    start: Path | None = None,
    budget: int = 2500,
    seed: int = 1,
) -> None:
    """Train the starter.

    Args:
        folder: the corpus.
        sample: the sample feed, to keep it out of the training data.
        work: checkpoints and the finished model.
        target_tokens: how long to train.
        start: a finished starter to train further, with AdamW alone; `None` starts from nothing.
        budget: padded tokens in a batch.
        seed: of everything random.
    """
    rng = random.Random(seed)
    torch.manual_seed(seed)
    material = load_material(folder, sample)
    if start:
        copy_vocabulary(start, work)
    elif not (work / "vocab.json").exists():
        texts = itertools.islice(epochs(material, random.Random(seed)), 300_000)
        train_vocabulary(
            (text for pair in texts for text in (pair.source, pair.target)), work, 8000
        )
    vocabulary = Vocabulary(work)
    dev = dev_sets(folder)
    if start:
        schedule = Schedule(target_tokens, matrix_rate=None, other_rate=1e-3)
        run = Run(load_model(start), schedule, work)
    else:
        run = Run(new_model(vocabulary.size, 256, 5, 2), Schedule(target_tokens), work)
    rng = random.Random(seed + run.step)
    seen = SHORT_UNTIL if start else run.tokens
    ids = examples(epochs(material, rng), vocabulary, rng, seen)
    run.train(
        make_batches(ids, budget, vocabulary.pad, vocabulary.end, rng), evaluator(dev, vocabulary)
    )
    export(run.averaged, work, work)
