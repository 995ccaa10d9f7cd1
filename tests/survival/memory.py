"""Memory that runs out, by RLIMIT_AS at many levels."""

import signal
from collections.abc import Iterator, Sequence

from tests.survival.lab import Case, Lab, Trial
from tests.survival.runs import Answer, limited

LEVELS = (250, 550, 850, 1200, 1600, 2000, 2400)
"""Address space in MiB, from too little to import the libraries to nearly enough."""


def little_memory(lab: Lab, levels: Sequence[int] = LEVELS) -> Iterator[Trial]:
    """Run with so little memory; then with all of it."""
    for level in levels:
        case = lab.case("half")
        case.prefix = limited("-v", level * 1024)
        answer = case.finish()
        case.prefix = ()
        problems = _wrong(answer)
        if not _is_short(case):
            problems += case.differences() if answer.status == 0 else case.spoiled()
        then, others = case.recover()
        yield Trial("little memory", f"{level} MiB", str(answer), then, (*problems, *others))


def _is_short(case: Case) -> bool:
    """Tell whether a run came to its end without articles for which there was no memory."""
    path = case.out / "faults.jsonl"
    return path.exists() and '"out_of_memory"' in path.read_text("utf-8")


def _wrong(answer: Answer) -> list[str]:
    """Say what is wrong with an answer; libraries end a process themselves, with their message."""
    if answer.status == -signal.SIGABRT or "OpenBLAS error" in answer.errors:
        return []
    return answer.problems(0, 1, 2)
