"""What both commands do around their work: arguments, help, messages, exit status.

Imports nothing large, so that `--help` is quick and Ctrl-C works from the first moment.
"""

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, NoReturn, Protocol

from configs.arguments import UsageError, in_order
from configs.exhaustion import NEEDS_MEMORY, ran_out
from configs.interrupt import EndsAtOnce, hear_signals, status_of
from configs.listing import settings_text
from configs.streams import end_without_reader, open_missing_streams

if TYPE_CHECKING:
    from omegaconf import DictConfig

FAILED = 1
MISTAKE = 2


class Conclusion(Protocol):
    """Closes a multirun."""

    def __call__(self, *, is_interrupted: bool) -> int | None:
        """Return the exit status of its worst job, or `None` if no job of it has ended."""


@dataclass(frozen=True, slots=True)
class Multirun:
    """What a command does instead of its job in a multirun.

    Attributes:
        job: takes the composed configuration, and returns what a search improves; it keeps by
            itself what became of the job, for it may run in another process.
        conclude: called once, in the process that was started, when no job runs any more.
    """

    job: "Callable[[DictConfig], float | None]"
    conclude: Conclusion


@dataclass(frozen=True, slots=True)
class Work:
    """What a command does, once its modules are imported.

    Attributes:
        job: takes the composed configuration, and returns the exit status.
        explain: turns an error of Hydra's or OmegaConf's into a message.
        multirun: what it does instead in a multirun, if that is more than job after job.
    """

    job: "Callable[[DictConfig], int]"
    explain: Callable[[Exception], str]
    multirun: Multirun | None = None


@dataclass(frozen=True, slots=True)
class Subcommand:
    """What a command does instead of its job, if its first argument says so.

    Attributes:
        name: the first argument.
        purpose: one line.
        run: takes the arguments behind the name, and returns the exit status.
    """

    name: str
    purpose: str
    run: Callable[[Sequence[str]], int]


@dataclass(frozen=True, slots=True)
class JobSubcommand:
    """Another job on the command's configuration, if its first argument says so.

    Attributes:
        name: the first argument.
        purpose: one line.
        help: what `--help` behind the name shows.
        prepare: imports what the work needs; called late.
        overrides: what holds unless the user says otherwise.
    """

    name: str
    purpose: str
    help: str
    prepare: Callable[[], Work]
    overrides: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Command:
    """A command for the terminal.

    Attributes:
        name: as it is typed.
        root: name of its YAML file in `configs/`.
        purpose: one line.
        examples: each a call and what it does.
        interrupted: what to say on Ctrl-C.
        subcommands: what it does instead, if asked.
        flags: what `--help` says of its own flags.
    """

    name: str
    root: str
    purpose: str
    examples: tuple[tuple[str, str], ...]
    interrupted: str = "stopped"
    subcommands: tuple[Subcommand | JobSubcommand, ...] = ()
    flags: str = ""

    def run(self, prepare: Callable[[], Work]) -> NoReturn:
        """Do what the arguments say, and exit.

        Args:
            prepare: imports what the work needs; called late.
        """
        open_missing_streams()
        try:
            status = self._choose(prepare)
            sys.stdout.flush()
        except UsageError as error:
            self.complain(str(error))
            status = MISTAKE
        except KeyboardInterrupt as stop:
            self.complain(self.interrupted)
            status = status_of(stop)
        except BrokenPipeError:  # who read along has closed the pipe, as `| head` does
            status = end_without_reader()
        except Exception as error:
            if not ran_out(error):
                raise
            self.complain(NEEDS_MEMORY.format(reason=error or type(error).__name__))
            status = FAILED
        sys.exit(status)

    def complain(self, message: str) -> None:
        """Tell the user what is wrong."""
        print(f"{self.name}: {message}", file=sys.stderr)  # noqa: T201

    def help(self) -> str:
        """Return what `--help` shows."""
        examples = "".join(f"\n  {call}\n      {what}" for call, what in self.examples)
        return (
            f"{self.name}: {self.purpose}\n\n"
            f"Usage: {self.name} [key=value]... [flag]...\n\n"
            f"Examples:{examples}\n\n"
            f"{self._listed_subcommands()}"
            f"{settings_text(self.root)}\n"
            "Flags:\n"
            "  --multirun, -m   run a job for each of several values: key=one,two\n"
            "  --cfg job        show the whole configuration instead of running\n"
            "  --info defaults  show which options are chosen\n"
            "  --version        show the version\n"
            f"{self.flags}"
            "  --hydra-help     show Hydra's own flags, such as those for shell completion"
        )

    def _listed_subcommands(self) -> str:
        if not self.subcommands:
            return ""
        lines = "".join(f"  {sub.name:<12} {sub.purpose}\n" for sub in self.subcommands)
        return f"Instead of a run, shown by {self.name} NAME:\n{lines}\n"

    def _choose(self, prepare: Callable[[], Work]) -> int:
        """Do what the first argument says, if it names a subcommand, else the job."""
        for sub in self.subcommands:
            if sys.argv[1:2] != [sub.name]:
                continue
            if isinstance(sub, JobSubcommand):
                return self._run_other(sub)
            with EndsAtOnce():
                return sub.run(sys.argv[2:])
        return self._run(prepare, self.help)

    def _run_other(self, sub: JobSubcommand) -> int:
        if {"--multirun", "-m"} & set(sys.argv):
            raise UsageError(f"{sub.name} is one job: start it once for each configuration.")
        del sys.argv[1]
        chosen = {argument.partition("=")[0] for argument in sys.argv[1:]}
        usual = [text for text in sub.overrides if text.partition("=")[0] not in chosen]
        sys.argv[1:1] = usual
        return self._run(sub.prepare, lambda: sub.help)

    def _run(self, prepare: Callable[[], Work], show_help: Callable[[], str]) -> int:
        with EndsAtOnce():
            arguments = in_order(sys.argv[1:])
            if {"--help", "-h"} & set(arguments):
                print(show_help())  # noqa: T201
                return 0
            if "--version" in arguments:
                print(self.name, _version())  # noqa: T201
                return 0
            work = prepare()
            import hydra  # noqa: PLC0415
        os.environ["HYDRA_FULL_ERROR"] = "1"  # else Hydra prints tracebacks and exits by itself
        sys.argv[1:] = arguments
        task = _Task(self, work)

        @hydra.main(version_base="1.3", config_path="pkg://configs", config_name=self.root)
        def job(config: "DictConfig") -> float | None:
            return task(config)

        hear_signals()
        try:
            job()
        except KeyboardInterrupt:
            _conclude(work, is_interrupted=True)
            raise
        except Exception as error:  # noqa: BLE001 what is not known is raised again
            return self._ended_by(error, task)
        status = _conclude(work, is_interrupted=False)
        return task.status if status is None else status

    def _ended_by(self, error: Exception, task: "_Task") -> int:
        """Tell why Hydra gave up; return the exit status.

        Raises:
            UsageError: if the user's configuration is why.
            Exception: if it is the program.
        """
        from hydra.errors import HydraException  # noqa: PLC0415
        from omegaconf.errors import OmegaConfBaseException  # noqa: PLC0415

        status = _conclude(task.work, is_interrupted=True)
        if isinstance(error, _FailedElsewhereError):
            return error.status
        is_mistake = isinstance(error, HydraException | OmegaConfBaseException)
        if is_mistake or (isinstance(error, ValueError) and not task.begun):
            raise UsageError(task.work.explain(error)) from error
        if status is None:
            raise error
        self.complain(
            f"the launcher or sweeper gave up ({type(error).__name__}: {error}); the same command "
            "again runs only what is not finished"
        )
        return max(status, 1)


class _FailedElsewhereError(Exception):
    """A job failed in another process; Hydra brings this back from there."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class _Task:
    """A command's job, as Hydra calls it: here, or as a copy in another process."""

    def __init__(self, command: Command, work: Work) -> None:
        self.command, self.work = command, work
        self.begun, self.status = False, 0
        self._process = os.getpid()

    def __call__(self, config: "DictConfig") -> float | None:
        """Do the job; return what a search improves."""
        from hydra.core.hydra_config import HydraConfig  # noqa: PLC0415
        from hydra.types import RunMode  # noqa: PLC0415

        self.begun = True
        try:
            if self.work.multirun is not None and HydraConfig.get().mode is RunMode.MULTIRUN:
                return self.work.multirun.job(config)
            status = self._job(config)
        except BrokenPipeError:
            sys.exit(end_without_reader())
        self.status = max(self.status, status)
        if status and os.getpid() != self._process:
            raise _FailedElsewhereError(status)
        return None

    def _job(self, config: "DictConfig") -> int:
        from omegaconf.errors import OmegaConfBaseException  # noqa: PLC0415

        try:
            return self.work.job(config)
        except OmegaConfBaseException as error:  # what passes by Hydra it tells in its own way
            self.command.complain(self.work.explain(error))
            return MISTAKE


def _conclude(work: Work, *, is_interrupted: bool) -> int | None:
    if work.multirun is None:
        return None
    return work.multirun.conclude(is_interrupted=is_interrupted)


def _version() -> str:
    try:
        return version("wirebrief")
    except PackageNotFoundError:
        return "(not installed)"
