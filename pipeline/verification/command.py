"""`wirebrief verify`: a short list of checks for each run, and an exit status for scripts."""

from collections.abc import Sequence
from pathlib import Path

from configs.arguments import UsageError
from pipeline.verification.completeness import check_counts, check_files
from pipeline.verification.findings import Check
from pipeline.verification.parquet_table import check_table
from pipeline.verification.rescoring import Rescorer
from pipeline.verification.run_folder import NoRunError, RunFolder
from pipeline.verification.statistics_table import check_statistics
from pipeline.verification.versions import other_versions

HELP = """wirebrief verify: say whether finished runs can be trusted.

Usage: wirebrief verify DIR...

Examples:
  wirebrief verify out
      files complete and unchanged, counts, every score computed again from the texts
  wirebrief verify multirun/*/ && echo all can be trusted
      several runs

Runs no model and changes nothing. Exit status: 0 all checks hold, 1 something differs, 2 a folder
is no run. docs/verify.md says what is compared and what cannot be."""

_WIDTH = 22
_INDENT = " " * 10


def verify(arguments: Sequence[str]) -> int:
    """Print the checks of each folder; return the exit status.

    Raises:
        UsageError: if an argument means nothing.
    """
    if {"--help", "-h"} & set(arguments):
        print(HELP)  # noqa: T201
        return 0
    for argument in arguments:
        if argument.startswith("-"):
            raise UsageError(f"verify takes no {argument!r}. wirebrief verify --help shows usage.")
    if not arguments:
        raise UsageError("verify needs a folder: wirebrief verify DIR...")
    try:
        runs = [RunFolder.open(Path(argument)) for argument in arguments]
        trusted = [_report(run) for run in runs]
    except NoRunError as error:
        raise UsageError(str(error)) from error
    return 0 if all(trusted) else 1


def _report(run: RunFolder) -> bool:
    checks = check_run(run)
    _say(str(run.path))
    for check in checks:
        state = "ok    " if check.is_ok else "FAILED"
        _say(f"  {state}  {check.name:<{_WIDTH}}{check.looked_at}")
        for line in check.shown:
            _say(f"{_INDENT}{line}")
        if more := check.differences - len(check.shown):
            _say(f"{_INDENT}... and {more} more")
    for line in (line for check in checks for line in check.open):
        _say(f"  not checked: {line}")
    for line in other_versions(run):
        _say(f"  note: {line}")
    failed = [check.name for check in checks if not check.is_ok]
    verdict = f"NOT to be trusted: {', '.join(failed)}" if failed else "can be trusted"
    _say(f"{run.path}: {verdict}")
    return not failed


def _say(line: str) -> None:
    """Print what may come out of a file that somebody has changed."""
    shown = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in line)
    print(shown, flush=True)  # noqa: T201


def check_run(run: RunFolder) -> list[Check]:
    """Return all checks of a run."""
    files = check_files(run)
    lines = Check("briefs.jsonl")
    rescorer = Rescorer(run)
    for number, record in run.lines("briefs.jsonl", lines):
        rescorer.add(number, record)
    lines.looked_at = f"{rescorer.briefs} whole records"
    counts = check_counts(run, rescorer.briefs, rescorer.unscored)
    found = rescorer.finish()
    statistics = check_statistics(run, rescorer.statistics())
    return [files, lines, counts, *found, statistics, check_table(run)]
