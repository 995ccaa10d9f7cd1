"""Measure every bar of the product as a ratio against the real opponent: python -m benchmarks.

Without names everything runs that does not take long; `--only` names studies, the long ones too.
Figures go into benchmarks/results.json, where those of other studies stay, and from there into
docs/performance.md by `python docs/make_performance.py`.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

import platformdirs

from benchmarks import exactness, lasting, profiling, reusing, starting, summarizing, translating
from benchmarks.bars import Absent, Effort, Study, always
from benchmarks.results import RESULTS, circumstances, entry, keep, told

STUDIES = {
    "opus": Study(always(*translating.OPUS_LINES), translating.measure_opus),
    "starter": Study(always(*translating.STARTER_LINES), translating.measure_starter),
    "bart": Study(always(summarizing.LINE), summarizing.measure_bart),
    "takes": Study(always(reusing.TAKES_LINE), reusing.measure_takes),
    "sweep": Study(always(reusing.SWEEP_LINE), reusing.measure_sweep),
    "perl": Study(always(exactness.PERL_LINE), exactness.measure_perl),
    "rouge": Study(always(*exactness.ROUGE_LINES), exactness.measure_rouge),
    "sentences": Study(always(exactness.SENTENCES_LINE), exactness.measure_sentences),
    "poison": Study(always(exactness.POISON_LINE), exactness.measure_poison),
    "start": Study(always(*starting.LINES), starting.measure),
    "profiles": Study(profiling.lines, profiling.measure),
    "ray": Study(always(lasting.RAY_LINE), lasting.measure_ray, is_long=True),
    "memory": Study(always(lasting.MEMORY_LINE), lasting.measure_memory, is_long=True),
    "kills": Study(always(lasting.KILLS_LINE), lasting.measure_kills, is_long=True),
}


def main() -> None:
    """Measure, print, and keep; exit with 1 if a bar is missed or a study failed."""
    given = arguments()
    chosen = given.only or [name for name, study in STUDIES.items() if not study.is_long]
    missed = []
    for name in chosen:
        with tempfile.TemporaryDirectory(prefix="wirebrief-bench-") as folder:
            effort = Effort(
                repetitions=1 if given.quick else given.repetitions,
                quick=given.quick,
                folder=Path(folder),
                models=given.models,
                corpus=tuple(given.corpus),
                vectors=given.vectors,
                feed=given.feed,
            )
            missed += measured(name, effort, given.results)
    sys.exit(f"not met: {', '.join(missed)}" if missed else 0)


def measured(name: str, effort: Effort, results: Path | None) -> list[str]:
    """Run a study, print and keep what it found; return what is not as it should be."""
    study, where, started = STUDIES[name], circumstances(), time.perf_counter()
    try:
        found = study.measure(effort)
    except Absent as reason:
        print(f"{name}: not measured: {reason}", flush=True)
        return []
    except Exception as error:  # noqa: BLE001 - the other studies are still to run
        print(f"{name}: failed: {type(error).__name__}: {error}", flush=True)
        return [name]
    seconds = time.perf_counter() - started
    lines = [line for line in study.lines(effort) if line.name in found]
    for line in lines:
        print(told(line, found[line.name]), flush=True)
    print(f"    [{name}: {seconds:.0f} s]", flush=True)
    if results is not None:
        order = [line.name for each in STUDIES.values() for line in each.lines(effort)]
        keep([entry(line, found[line.name], seconds, where) for line in lines], results, order)
    return [line.name for line in lines if not line.bar.is_met(found[line.name].median)]


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--only", nargs="+", choices=STUDIES, metavar="NAME", help=_named())
    parser.add_argument("--quick", action="store_true", help="tiny; figures mean nothing")
    parser.add_argument("--repetitions", type=int, default=3, help="of each side (3)")
    parser.add_argument("--results", type=Path, default=None, help=f"default: {RESULTS.name}")
    cache = Path(platformdirs.user_cache_dir("wirebrief")) / "benchmarks"
    parser.add_argument("--models", type=Path, default=cache, help="where built models are kept")
    parser.add_argument("--corpus", type=Path, nargs="*", default=[], help="JSONL for ROUGE")
    parser.add_argument("--vectors", type=Path, help="records of Perl ROUGE-1.5.5")
    parser.add_argument("--feed", type=Path, help="JSONL with references for the profiles")
    given = parser.parse_args()
    if given.results is None and not given.quick:
        given.results = RESULTS
    return given


def _named() -> str:
    return ", ".join(f"{n} (long)" if study.is_long else n for n, study in STUDIES.items())


if __name__ == "__main__":
    main()
