"""The recipe of the German-to-English starter: which files, how often, and what is kept out."""

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.training import augment, corpus
from pipeline.training.material import Material, Source, repeat, vary
from pipeline.training.pairs import Fields, Pair, read_pairs
from pipeline.training.settings import Data


@dataclass(frozen=True, slots=True)
class File:
    """A parallel file of the corpus.

    Attributes:
        weight: how often an epoch shows it.
        licence: as its publisher states it.
    """

    weight: float
    licence: str


FILES = {
    "wmt-bergamot": File(1.5, "MPL-2.0; machine English"),
    "wmt-ref": File(0.7, "WMT test sets 2008-2017, research use"),
    "debian-www": File(0.3, "none stated (Debian web pages: MIT/Expat or GPL-2+)"),
    "stsb-deepl": File(0.7, "as STS-B; German by DeepL"),
    "tatoeba": File(0.5, "CC-BY-2.0"),
    "multi30k": File(0.3, "none found, research use"),
    "ding-sentences": File(0.7, "GPL-2+"),
    "europarl-nlu": File(0.7, "none found (Europarl)"),
    "opennmt-toy": File(0.7, "MIT repository (Europarl, CommonCrawl, News Commentary)"),
    "mucow": File(0.4, "CC-BY-4.0"),
    "mlqe-pe": File(0.7, "CC0-1.0"),
    "xquad": File(1.0, "CC-BY-SA-4.0"),
    "pud": File(2.0, "CC-BY-SA-3.0"),
    "wmt24-ende": File(1.0, "none found"),
    "flores-dev": File(1.0, "MPL-2.0 repository, FLORES CC-BY-SA-4.0"),
    "flores-dev-bergamot": File(1.0, "MPL-2.0; machine English"),
    "wmt-newssyscomb": File(1.0, "CC-BY-SA-4.0 or CC0 as stated by the repository"),
    "msdocs-ht": File(0.05, "CC-BY-4.0"),
    "ding-phrases": File(0.03, "GPL-2+"),
    "iso-codes": File(0.5, "LGPL-2.1+"),
    "bitcoin-org": File(0.3, "MIT"),
    "gnome-user-docs": File(0.2, "CC-BY-3.0"),
    "mozilla-www": File(0.2, "MPL-2.0"),
    "opensource-guide": File(0.3, "CC-BY-4.0"),
    "sdg-translations": File(0.5, "MIT"),
    "tails-website": File(0.2, "GPL-3+"),
}
WIRE_WEIGHT = 6.0
COPY_SHARE = 0.12
"""Share of English-to-English copying: it teaches English and the copying of names."""
_DEV_PAIRS = 200


def read_material(data: Data) -> Material:
    """Read the corpus folder and drop what stands in the held-out feeds or the wire dev set.

    Raises:
        ConfigError: if corpus or feeds are not there.
    """
    folder = corpus.corpus_folder(data.corpus)
    held_out = corpus.held_out_of(folder, Path(data.held_out))
    parallel = {
        name: held_out.filter(
            pair
            for pair in read_pairs(folder / "parallel" / f"{name}.tsv.gz", Fields())
            if corpus.is_clean(pair)
        )
        for name in FILES
    }
    stories = list(corpus.read_stories(folder / "wire/train.jsonl"))
    wire = held_out.filter(pair for story in stories for pair in corpus.story_pairs(story))
    english = held_out.filter(_english(folder))
    everything = [*itertools.chain.from_iterable(parallel.values()), *wire]
    names = augment.collect_names(everything)

    def epoch(rng: random.Random) -> Iterator[Pair]:
        pairs = repeat(wire, WIRE_WEIGHT, rng)
        for name, file in FILES.items():
            pairs += repeat(parallel[name], file.weight, rng)
        pairs += rng.sample(english, min(len(english), int(COPY_SHARE * len(pairs))))
        rng.shuffle(pairs)
        return vary(pairs, data, names, rng)

    sources = (
        Source("synthetic wire stories", len(wire), WIRE_WEIGHT, "written for this project"),
        *(
            Source(name, len(parallel[name]), file.weight, file.licence)
            for name, file in FILES.items()
        ),
        Source("English news, copied", len(english), COPY_SHARE, "research only"),
    )
    return Material(epoch, sources, _dev(folder), {})


def _english(folder: Path) -> Iterator[Pair]:
    for name in ("bbc", "inshorts", "reuters21578"):
        for story in corpus.read_stories(folder / f"english_news/{name}.jsonl.gz"):
            for sentence in str(story["text"]).split("\n"):
                if 4 <= len(sentence.split()) <= 60:
                    yield Pair(sentence, sentence, "en")


def _dev(folder: Path) -> dict[str, list[Pair]]:
    """Return sentences of the wire dev set, which pick the checkpoint, and of WMT18."""
    stories = corpus.read_stories(folder / "wire/dev.jsonl")
    wire = [pair for story in stories for pair in corpus.story_pairs(story)]
    wmt = read_pairs(folder / "dev/wmt18.tsv", Fields())
    return {"wire": wire[::2], "wmt18": list(itertools.islice(wmt, _DEV_PAIRS))}
