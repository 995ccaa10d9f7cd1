"""Signals that ask a run to end, and readers that go away."""

import os
import signal
from collections.abc import Iterator, Sequence

from tests.survival.kills import wait_for
from tests.survival.lab import Case, Lab, Trial
from tests.survival.runs import Answer, answer_of, kill_group

PIPE_CLOSED = 128 + signal.SIGPIPE


ENDING = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
REDIRECTIONS = {
    "no standard output": ">&-",
    "no standard error": "2>&-",
    "no standard streams": "<&- >&- 2>&-",
    "standard output on a full disk": ">/dev/full",
    "standard error on a full disk": "2>/dev/full",
}


def told_to_end(lab: Lab, numbers: Sequence[signal.Signals] = ENDING) -> Iterator[Trial]:
    """Ask a run to end: it does, with a message, and leaves nothing behind."""
    for number in numbers:
        case = lab.case("half", older=True)
        process = case.start()
        wait_for((case.out / ".unfinished" / "briefs.jsonl").exists, process)
        kill_group(process, number)
        answer = answer_of(process)
        problems = [*answer.problems(128 + number), *case.spoiled()]
        if "goes on where it stopped" not in answer.message:
            problems.append("it does not say how to go on")
        left = {path.name for path in case.out.glob(".*")}
        problems += [f"{name} was left" for name in left]
        then, others = case.recover()
        name = signal.Signals(number).name
        yield Trial(name, "while it works", str(answer), then, (*problems, *others))


def closed_streams(lab: Lab, names: Sequence[str] = tuple(REDIRECTIONS)) -> Iterator[Trial]:
    """Start runs without standard streams, or with those that take nothing."""
    for what in names:
        case = lab.case("warm")
        case.prefix = ("sh", "-c", f'exec "$@" {REDIRECTIONS[what]}', "sh")
        answer = case.finish()
        case.prefix = ()
        yield _judged(case, what, "from the start", answer)


def gone_readers(lab: Lab, names: Sequence[str] = ("stdout", "stderr")) -> Iterator[Trial]:
    """Close the pipe that a run writes to."""
    for what in names:
        case = lab.case("warm")
        reading, writing = os.pipe()
        process = case.start(**{what: writing})
        os.close(writing)
        wait_for((case.out / ".unfinished" / "briefs.jsonl").exists, process)
        os.close(reading)
        yield _judged(case, f"the reader of {what} goes away", "while it works", answer_of(process))


def _judged(case: Case, what: str, when: str, answer: Answer) -> Trial:
    problems = [*answer.problems(0, 1, PIPE_CLOSED, -signal.SIGPIPE), *case.spoiled()]
    if answer.status == 0:
        problems += case.differences()
    then, others = case.recover()
    return Trial(what, when, str(answer), then, (*problems, *others))
