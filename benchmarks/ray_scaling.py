"""How much faster two Ray workers of one thread each are than one.

Run: python -m benchmarks.ray_scaling [ARTICLES] [ROUNDS]

Translates the sample stories, repeated with other ids and figures, with the starter model and no
memo; one and two workers take turns. One candidate a sentence: choosing among several by facts is
work that a worker does beside its model's thread, on another core where there is one. `steady` is
articles per second from the first finished part to the last one that was finished while all workers
had parts to do; `whole` is the run with the start of workers, models and Python. The machine must
have two idle cores; the driver needs some of them, too.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parent.parent
ROWS = 16


def main() -> None:
    """Measure and print."""
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else 320
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 2
    found: dict[int, list[tuple[float, float]]] = {1: [], 2: []}
    with tempfile.TemporaryDirectory() as folder:
        feed = Path(folder, "feed.jsonl")
        feed.write_text("".join(make_lines(articles)), encoding="utf-8")
        for number in range(rounds):
            for workers, results in found.items():
                results.append(measure(feed, Path(folder, f"{workers}-{number}"), workers))
                steady, whole = results[-1]
                print(f"{workers} worker(s): steady {steady:.2f}/s, whole {whole:.2f}/s")
    one, two = ([median(column) for column in zip(*found[n], strict=True)] for n in (1, 2))
    print(f"{articles} articles, {ROWS} in a part, {os.cpu_count()} cores, medians of {rounds}")
    print(f"steady: {one[0]:.2f} -> {two[0]:.2f} articles/s, {two[0] / one[0]:.2f} times")
    print(f"whole:  {one[1]:.2f} -> {two[1]:.2f} articles/s, {two[1] / one[1]:.2f} times")


def make_lines(count: int) -> list[str]:
    """Return stories of which no two have the same sentences."""
    sample = (ROOT / "data" / "wire-sample.jsonl").read_text(encoding="utf-8").splitlines()
    stories = [json.loads(line) for line in sample]
    lines = []
    for number in range(count):
        story = stories[number % len(stories)]
        text = story["text"].replace(". ", f" ({number}). ")
        lines.append(json.dumps({"id": f"n-{number}", "text": text}) + "\n")
    return lines


def measure(feed: Path, out: Path, workers: int) -> tuple[float, float]:
    """Return articles per second, steady and over the whole run."""
    command = [
        sys.executable, "-m", "pipeline", "offline=true", "feed=jsonl", f"feed.path={feed}",
        f"output_dir={out}", "stages=[translate]", "memo=none", "report=none",
        "output.format=jsonl", "executor=ray", f"executor.rows={ROWS}",
        f"executor.worker.workers={workers}", "translation.threads=1", "translation.candidates=1",
    ]  # fmt: skip
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    subprocess.run(command, check=True, cwd=ROOT, env=environment, capture_output=True)
    run = json.loads((out / "run.json").read_text(encoding="utf-8"))
    total = run["counts"]["articles"]
    times = sorted(path.stat().st_mtime for path in (out / "parts").glob("*.parquet"))
    kept = times[: len(times) - 2 * workers]  # behind these, a worker may have nothing left to do
    steady = (len(kept) - 1) * ROWS / (kept[-1] - kept[0])
    return steady, total / run["seconds"]["total"]


if __name__ == "__main__":
    main()
