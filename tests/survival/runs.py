"""Processes of the real command: started, limited, waited for, killed."""

import os
import signal
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass

PATIENCE = 600.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What a run said.

    Attributes:
        status: its exit status; negative is the signal that ended it.
        errors: its standard error.
    """

    status: int
    errors: str = ""

    @property
    def message(self) -> str:
        """Return the line that is meant for the user, or what ended the run."""
        told = [line for line in self.errors.splitlines() if line.startswith("wirebrief: ")]
        if told:
            return told[-1].removeprefix("wirebrief: ")
        lines = self.errors.strip().splitlines()
        return lines[-1] if lines and self.status else ""

    def __str__(self) -> str:
        if self.status < 0:
            return signal.Signals(-self.status).name
        return f"{self.status}: {self.message}" if self.message else str(self.status)

    def problems(self, *statuses: int) -> list[str]:
        """Say what is wrong with it, where one of these statuses was due."""
        found = []
        if self.status not in statuses:
            found.append(f"status {self.status}, not {statuses}: {self.errors[-2000:]}")
        if "Traceback" in self.errors:
            found.append(f"a traceback: {self.errors[-2000:]}")
        if self.status in {1, 2} and self.errors.count("wirebrief: ") != 1:
            found.append(f"not one message: {self.errors[-2000:]}")
        return found


def limited(option: str, most: int) -> tuple[str, ...]:
    """Return the command that starts another one under a limit of the shell's `ulimit`."""
    return ("sh", "-c", f'ulimit {option} {most}; exec "$@"', "sh")


def run_command(
    arguments: Sequence[str], environment: dict[str, str], **options: object
) -> subprocess.Popen[str]:
    """Start a command as the head of a process group of its own."""
    return subprocess.Popen(
        arguments,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=options.pop("stdout", subprocess.DEVNULL),
        stderr=options.pop("stderr", subprocess.PIPE),
        text=True,
        errors="replace",
        start_new_session=True,
        **options,
    )


def answer_of(process: subprocess.Popen[str], seconds: float = PATIENCE) -> Answer:
    """Wait for a run's end.

    Raises:
        subprocess.TimeoutExpired: if it hangs; it is killed.
    """
    try:
        _, errors = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        kill_group(process)
        raise
    return Answer(process.returncode, errors or "")


def kill_group(process: subprocess.Popen[str], number: int = signal.SIGKILL) -> None:
    """Send a signal to a run and all that it started."""
    try:
        os.killpg(process.pid, number)
    except ProcessLookupError:
        return
