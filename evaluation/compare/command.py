"""What the `wirebrief-compare` command does."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

NAME = "wirebrief-compare"
_MISTAKE = 2
_FEWEST_SAMPLES = 40
_EPILOG = """examples:
  wirebrief-compare outputs/lead outputs/lexrank
      which of two runs is better, by how much, and whether that is luck
  wirebrief-compare outputs/sweep/*/ --metric translation.bleu --output report
      all runs of a sweep by BLEU; compare.csv and compare.html go to report/

docs/compare.md says what the table, the sentences and the files mean."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        complain(f"{message}. {NAME} --help shows usage.")
        sys.exit(_MISTAKE)


def complain(message: str) -> None:
    """Tell the user what is wrong."""
    print(f"{NAME}: {message}", file=sys.stderr)  # noqa: T201


def run(arguments: Sequence[str]) -> int:
    """Compare runs as the arguments say; return the exit status."""
    given = _parser().parse_args(arguments)
    from evaluation.compare import CompareError, compare_runs  # noqa: PLC0415

    try:
        compare_runs(
            given.folders,
            given.output,
            metric=given.metric,
            baseline=given.baseline,
            samples=given.samples,
            seed=given.seed,
            html=given.html,
        )
    except CompareError as error:
        complain(str(error))
        return _MISTAKE
    except BrokenPipeError:
        raise
    except OSError as error:
        complain(f"the system refused: {error}. Check space and permissions, and run again.")
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog=NAME,
        description="compares finished runs: a table here, compare.csv, and compare.html.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    add = parser.add_argument
    add("folders", metavar="DIR", nargs="+", type=Path, help="output_dir of a finished run")
    add("--metric", help="rank by this score, such as abstractive.rouge2.f")
    add("--baseline", metavar="DIR", type=Path, help="see all runs against this one, not the best")
    add(
        "--output", metavar="DIR", type=Path, default=Path(),
        help="folder for compare.csv and compare.html; here, if not given",
    )  # fmt: skip
    add(
        "--samples", metavar="N", type=_at_least(_FEWEST_SAMPLES), default=10_000,
        help="resamples of intervals and tests; 10000, if not given",
    )  # fmt: skip
    add(
        "--seed", metavar="N", type=_at_least(0), default=1,
        help="seed of the resampling; 1, if not given",
    )  # fmt: skip
    add("--no-html", dest="html", action="store_false", help="write no compare.html")
    add("--version", action="version", version=f"{NAME} {_version()}", help="show the version")
    return parser


class _at_least:  # noqa: N801  # argparse names it in messages
    """Reads a whole number that is not below a bound."""

    def __init__(self, least: int) -> None:
        self._least = least

    def __call__(self, text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            value = self._least - 1
        if value < self._least:
            raise argparse.ArgumentTypeError(
                f"{text!r} is no whole number of at least {self._least}"
            )
        return value


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415

    try:
        return version("wirebrief")
    except PackageNotFoundError:
        return "(not installed)"
