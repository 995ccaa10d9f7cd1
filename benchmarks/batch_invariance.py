"""Count outputs that change with their batch neighbours: python benchmarks/batch_invariance.py.

Translates sentences of the sample feed, or summarizes the beginnings of its human translations, in
batches of 1, 2, ..., 64 texts, in another order for each size, by default and with
`batching.strict`. Prints how many texts did not come out the same each time, and how much longer
strict batches take for all texts at once, from runs that alternate.
"""

import argparse
import json
import random
import statistics
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import platformdirs

from pipeline.backend import Backend, Decoding
from pipeline.backends.architecture import Task
from pipeline.backends.loading import make_backend
from pipeline.backends.settings import Engine, ModelSettings
from pipeline.sentences.german import GermanSplitter

SAMPLE = Path(__file__).parent.parent / "data" / "wire-sample.jsonl"
SUMMARY_WORDS = 100
UNLIMITED = 1 << 20
ROUNDS = 3


def main() -> None:
    """Print one row: texts that differ by default and strictly, and the cost."""
    options = arguments()
    texts = read_texts(options.task)
    texts = random.Random(1).sample(texts, min(options.texts, len(texts)))
    decoding = Decoding(beams=options.beams, max_tokens=options.max_tokens, no_repeat_ngram=3)
    default, strict = (
        differing(open_backend(options, strict=way, threads=1), texts, decoding, options.sizes)
        for way in (False, True)
    )
    ratios = costs(options, texts, decoding)
    print("| model | task | engine | type | texts | differ by default | differ strictly | cost |")
    print("|---|---|---|---|---|---|---|---|")
    print(
        f"| {Path(options.model).name} | {options.task} | {options.engine} | {options.type} | "
        f"{len(texts)} | {default} | {strict} | {statistics.median(ratios):.1f} times "
        f"({min(ratios):.1f} to {max(ratios):.1f}) |"
    )


def arguments() -> argparse.Namespace:
    """Return what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="starter", help="starter, or a folder")
    parser.add_argument("--task", default="translation", choices=[task.value for task in Task])
    parser.add_argument("--engine", default="ctranslate2", choices=["ctranslate2", "transformers"])
    parser.add_argument("--type", default="float32", help="numeric type")
    parser.add_argument("--texts", type=int, default=64)
    parser.add_argument("--sizes", type=int, nargs="+", default=range(1, 65), metavar="SIZE")
    parser.add_argument("--beams", type=int, default=4)
    parser.add_argument("--max-tokens", type=int, default=200)
    return parser.parse_args()


def read_texts(task: str) -> list[str]:
    """Return what the sample feed has for a task."""
    stories = [json.loads(line) for line in SAMPLE.read_text(encoding="utf-8").splitlines()]
    if task == Task.summarization.value:
        translations = [story["references"]["translation"] for story in stories]
        return [" ".join(text.split()[:SUMMARY_WORDS]) for text in translations]
    split = GermanSplitter().split
    paragraphs = [part for story in stories for part in story["text"].split("\n\n")]
    return [text for paragraph in paragraphs for text in split(paragraph)]


def open_backend(options: argparse.Namespace, *, strict: bool, threads: int = 0) -> Backend:
    """Return a loaded backend; with one thread a call of so many texts is one batch."""
    task = Task(options.task)
    settings = ModelSettings(
        options.model,
        engine=Engine(options.engine),
        compute_type=options.type,
        threads=threads,
        batch_tokens=UNLIMITED if threads == 1 else None,
    )
    languages = ("de", "en") if task is Task.translation else ("en", "en")
    cache = Path(platformdirs.user_cache_dir("wirebrief"))
    backend = make_backend(settings, task, languages, cache, offline=True, strict=strict)
    backend.open()
    return backend


def differing(backend: Backend, texts: list[str], decoding: Decoding, sizes: Iterable[int]) -> int:
    """Return how many texts did not come out the same in batches of every size."""
    seen: dict[str, set[str]] = {text: set() for text in texts}
    for size in sizes:
        shuffled = random.Random(size).sample(texts, len(texts))
        for start in range(0, len(texts), size):
            batch = shuffled[start : start + size]
            for text, output in zip(batch, backend.generate(batch, decoding), strict=True):
                seen[text].add(output)
    backend.close()
    return sum(len(outputs) > 1 for outputs in seen.values())


def costs(options: argparse.Namespace, texts: list[str], decoding: Decoding) -> list[float]:
    """Return the seconds of strict batches as multiples of the default's, run by turns."""
    backends = [open_backend(options, strict=strict) for strict in (False, True)]
    for backend in backends:
        backend.generate(texts[:2], replace(decoding, max_tokens=8))
    ratios = []
    for _ in range(ROUNDS):
        seconds = []
        for backend in backends:
            start = time.perf_counter()
            backend.generate(texts, decoding)
            seconds.append(time.perf_counter() - start)
        ratios.append(seconds[1] / seconds[0])
    return ratios


if __name__ == "__main__":
    main()
