"""Runs that meet: in one output folder, and at one memo."""

import time
from collections.abc import Iterator
from dataclasses import replace

from tests.survival.lab import Lab, Trial
from tests.survival.runs import answer_of


def same_folder(lab: Lab, runs: tuple[int, ...] = (2, 3)) -> Iterator[Trial]:
    """Start runs on one folder at once: one writes, the others are refused."""
    for count in runs:
        case = lab.case("half", older=True)
        processes = [case.start() for _ in range(count)]
        answers = [answer_of(process) for process in processes]
        problems = [problem for answer in answers for problem in answer.problems(0, 1)]
        if not any(answer.status == 0 for answer in answers):
            problems.append("no run came to its end")
        problems += [
            f"refused for another reason: {answer}"
            for answer in answers
            if answer.status and "another run is writing there" not in answer.message
        ]
        problems += case.differences()
        then, others = case.recover()
        told = " / ".join(sorted({str(answer) for answer in answers}))
        yield Trial(f"{count} runs, one output_dir", "at once", told, then, (*problems, *others))


def same_memo(lab: Lab, count: int = 3) -> Iterator[Trial]:
    """Start runs with one memo at once, each with its own folder, and kill one of them."""
    first = lab.case()
    cases = [first]
    for _ in range(count):
        other = lab.case()
        cases.append(replace(other, overrides=(f"memo.path={first.memo}",)))
    processes = [case.start() for case in cases]
    time.sleep(lab.seconds / 2)
    processes[-1].kill()
    answers = [answer_of(process) for process in processes]
    problems = [problem for answer in answers for problem in answer.problems(0, -9)]
    for case, answer in zip(cases, answers, strict=True):
        problems += case.spoiled() if answer.status else case.differences()
    then = ""
    for case in cases:
        then, others = case.recover()
        problems += others
    problems += [f"the memo was set aside as {path.name}" for path in first.set_aside()]
    told = " / ".join(str(answer) for answer in answers)
    yield Trial(f"{count + 1} runs, one memo", "at once, one killed", told, then, tuple(problems))
