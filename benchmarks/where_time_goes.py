"""Tell what the main thread computes while a run translates: python -m benchmarks.where_time_goes.

The engine has threads of its own; what the main thread computes is what they may have to wait for,
or share the processor with. Processor seconds, so that other load counts little; the profiler's own
are among them.
"""

import argparse
import cProfile
import pstats
import tempfile
import time
from pathlib import Path

from benchmarks.pipeline_run import first_articles, run_here

_SHOWN = 30


def main() -> None:
    """Print the process's seconds, the main thread's, and the functions that took most of those."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("overrides", nargs="*", help="such as translation.candidates=1")
    parser.add_argument("--articles", type=int, default=20)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        feed = first_articles(folder / "feed.jsonl", given.articles)
        overrides = (*feed, "stages=[translate]", "report=none", "memo=none", *given.overrides)
        run_here(folder / "warm", *overrides, "feed.limit=1")
        profiler = cProfile.Profile(time.thread_time)
        process, thread = time.process_time(), time.thread_time()
        profiler.enable()
        run_here(folder / "out", *overrides)
        profiler.disable()
        process, thread = time.process_time() - process, time.thread_time() - thread
    print(f"{process:.1f} s of processor time, {thread:.1f} s of it in the main thread")
    shown = pstats.Stats(profiler).sort_stats("cumulative")
    shown.print_stats("pipeline/|evaluation/", _SHOWN)


if __name__ == "__main__":
    main()
