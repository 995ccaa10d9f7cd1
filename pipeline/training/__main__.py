"""Train the starters: `python -m pipeline.training {translation,summarization} CORPUS SAMPLE WORK`.

The steps, in order, with the corpus folder described in the model cards:

    python -m pipeline.training translation CORPUS data WORK/translation
    python -m pipeline.training machine CORPUS WORK/translation WORK/machine.jsonl
    python -m pipeline.training summarization CORPUS data WORK/translation WORK/machine.jsonl \
        WORK/summarization

Each step goes on from its last checkpoint when it is run again. `--start` trains a finished
translation starter further instead of beginning with random weights.
"""

import argparse
import logging
from pathlib import Path

from pipeline.training import machine, summarization, translation

_TRANSLATION_TOKENS = 6_000_000
_SUMMARIZATION_TOKENS = 1_180_000


def main() -> None:
    """Run one step of the recipe."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    logging.getLogger("httpx").setLevel(logging.ERROR)
    parser = argparse.ArgumentParser(prog="python -m pipeline.training", description=__doc__)
    parser.add_argument("--tokens", type=float, help="target tokens to train on")
    steps = parser.add_subparsers(dest="step", required=True)
    for step, paths in {
        "translation": ("corpus", "sample", "work"),
        "machine": ("corpus", "start", "target"),
        "summarization": ("corpus", "sample", "start", "machine", "work"),
    }.items():
        command = steps.add_parser(step)
        for path in paths:
            command.add_argument(path, type=Path)
        if step == "translation":
            command.add_argument("--start", type=Path, help="a finished starter to go on from")
    chosen = parser.parse_args()
    match chosen.step:
        case "translation":
            tokens = int(chosen.tokens or _TRANSLATION_TOKENS)
            translation.train(chosen.corpus, chosen.sample, chosen.work, tokens, chosen.start)
        case "machine":
            machine.translate_stories(chosen.corpus, chosen.start, chosen.target)
        case "summarization":
            tokens = int(chosen.tokens or _SUMMARIZATION_TOKENS)
            summarization.train(
                chosen.corpus, chosen.sample, chosen.start, chosen.machine, chosen.work, tokens
            )


if __name__ == "__main__":
    main()
