"""Score many lines with wirebrief-score and with sacrebleu: seconds, peak memory, equal numbers.

    python -m benchmarks.finished_texts [LINES]

The lines are sentences of the sample's reference translations; in the predictions one word in
twenty is dropped. Both commands score BLEU and chrF with 1,000 resamples; sacrebleu again without
intervals. TER is left out: it takes sacrebleu most of its time, and both alike.
"""

import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "data" / "wire-sample.jsonl"


def main() -> None:
    """Print a line for each command."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), count)
        ours = [sys.executable, "-m", "evaluation", "predictions=hyp.txt", "references=ref.txt"]
        ours += ["kind=translations", "metrics=[bleu,chrf]", "output=scores.json"]
        theirs = [sys.executable, "-m", "sacrebleu", "ref.txt", "-i", "hyp.txt", "-w", "4"]
        theirs += ["-m", "bleu", "chrf"]
        measure("wirebrief-score, with intervals", ours, folder)
        (system,) = json.loads(Path(folder, "scores.json").read_text(encoding="utf-8"))["systems"]
        print("   ", {score["name"]: round(score["value"], 4) for score in system["scores"]})
        for name, more in (("sacrebleu", []), ("sacrebleu --confidence", ["--confidence"])):
            told = measure(name, [*theirs, *more], folder)
            print("   ", {score["name"]: score["score"] for score in json.loads(told)})


def write(folder: Path, count: int) -> None:
    """Write so many lines of predictions and references."""
    drawn = random.Random(1)
    records = [json.loads(line) for line in SAMPLE.read_text(encoding="utf-8").splitlines()]
    texts = " ".join(record["references"]["translation"] for record in records)
    sentences = re.split(r"(?<=[.!?])\s+", texts)
    with (folder / "hyp.txt").open("w") as hypotheses, (folder / "ref.txt").open("w") as references:
        for _ in range(count):
            sentence = drawn.choice(sentences)
            kept = " ".join(word for word in sentence.split() if drawn.random() > 0.05)
            hypotheses.write(kept + "\n")
            references.write(" ".join(sentence.split()) + "\n")


def measure(name: str, command: list[str], folder: str) -> str:
    """Run a command, print what it took, and return what it printed."""
    began = time.perf_counter()
    with tempfile.TemporaryFile("w+") as told:
        child = subprocess.Popen(
            command,
            cwd=folder,
            stdout=told,
            env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
        )
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            sys.exit(f"{name} failed")
        seconds, mebibytes = usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
        wall = time.perf_counter() - began
        print(f"{name}: {seconds:.0f} s of CPU, {wall:.0f} s in all, {mebibytes:.0f} MiB at most")
        told.seek(0)
        return told.read()


if __name__ == "__main__":
    main()
