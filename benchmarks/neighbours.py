"""Count outputs that change with their batch neighbours: python benchmarks/neighbours.py.

Translates the sentences of the sample feed, and summarizes the first hundred words of its human
translations, with the starters at several batch sizes, each time in another order, and compares
with one text a batch. Prints the outputs that differ and the seconds, for each numeric type.
"""

import json
import random
import tempfile
import time
from pathlib import Path

from pipeline.backend import Decoding
from pipeline.backends.architecture import Task
from pipeline.backends.loading import make_backend
from pipeline.backends.settings import ModelSettings
from pipeline.sentences.german import GermanSplitter

SAMPLE = Path(__file__).parent.parent / "data" / "wire-sample.jsonl"
BUDGETS = (256, 1024, 4096)
TRANSLATION = Decoding(beams=4, max_tokens=200, no_repeat_ngram=3)
SUMMARY = Decoding(beams=4, max_tokens=120, no_repeat_ngram=4)


def main() -> None:
    """Print one row per task and numeric type."""
    stories = [json.loads(line) for line in SAMPLE.read_text(encoding="utf-8").splitlines()]
    splitter = GermanSplitter()
    sentences = [
        text
        for story in stories
        for paragraph in story["text"].split("\n\n")
        for text in splitter.split(paragraph)
    ]
    articles = [" ".join(story["references"]["translation"].split()[:100]) for story in stories]
    tasks = {
        "sentences": (Task.translation, ("de", "en"), sentences, TRANSLATION),
        "summaries": (Task.summarization, ("en", "en"), articles, SUMMARY),
    }
    print(
        "| | type | texts | " + " | ".join(f"{n} tokens: differ, s" for n in (1, *BUDGETS)) + " |"
    )
    print("|" + "---|" * (len(BUDGETS) + 4))
    for name, task in tasks.items():
        for compute_type in ("int8", "float32"):
            cells = name, compute_type, str(len(task[2])), *row(*task, compute_type)
            print(f"| {' | '.join(cells)} |")


def row(
    task: Task, languages: tuple[str, str], texts: list[str], decoding: Decoding, compute_type: str
) -> list[str]:
    """Return differences and seconds for each batch size."""
    cells: list[str] = []
    alone: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as cache:
        for budget in (1, *BUDGETS):
            settings = ModelSettings("starter", compute_type=compute_type, batch_tokens=budget)
            backend = make_backend(settings, task, languages, Path(cache), offline=True)
            backend.open()
            shuffled = random.Random(budget).sample(texts, len(texts))
            start = time.perf_counter()
            outputs = dict(zip(shuffled, backend.generate(shuffled, decoding), strict=True))
            seconds = time.perf_counter() - start
            alone = alone or outputs
            cells.append(f"{sum(outputs[text] != alone[text] for text in texts)}, {seconds:.0f}")
    return cells


if __name__ == "__main__":
    main()
