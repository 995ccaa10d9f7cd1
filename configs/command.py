"""What both commands do around their work: arguments, help, messages, exit status.

Imports nothing large, so that `--help` is quick and Ctrl-C works from the first moment.
"""

import os
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from configs.arguments import UsageError, in_order
from configs.interrupt import INTERRUPTED, EndsAtOnce

if TYPE_CHECKING:
    from omegaconf import DictConfig

MISTAKE = 2
_PIPE_CLOSED = 128 + signal.SIGPIPE
_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Work:
    """What a command does, once its modules are imported.

    Attributes:
        job: takes the composed configuration, and returns the exit status.
        explain: turns an error of Hydra's or OmegaConf's into a message.
    """

    job: "Callable[[DictConfig], int]"
    explain: Callable[[Exception], str]


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
    """

    name: str
    root: str
    purpose: str
    examples: tuple[tuple[str, str], ...]
    interrupted: str = "stopped"
    subcommands: tuple[Subcommand | JobSubcommand, ...] = ()

    def run(self, prepare: Callable[[], Work]) -> NoReturn:
        """Do what the arguments say, and exit.

        Args:
            prepare: imports what the work needs; called late.
        """
        try:
            status = self._choose(prepare)
            sys.stdout.flush()
        except UsageError as error:
            self.complain(str(error))
            status = MISTAKE
        except KeyboardInterrupt:
            self.complain(self.interrupted)
            status = INTERRUPTED
        except BrokenPipeError:  # who read along has closed the pipe, as `| head` does
            status = _without_pipe()
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
            f"{_settings(self.root)}\n"
            "Flags:\n"
            "  --multirun, -m   run a job for each of several values: key=one,two\n"
            "  --cfg job        show the whole configuration instead of running\n"
            "  --info defaults  show which options are chosen\n"
            "  --version        show the version\n"
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
        sys.argv[1:1] = sub.overrides
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
            from hydra.errors import HydraException  # noqa: PLC0415
            from omegaconf.errors import OmegaConfBaseException  # noqa: PLC0415
        os.environ["HYDRA_FULL_ERROR"] = "1"  # else Hydra prints tracebacks and exits by itself
        sys.argv[1:] = arguments
        statuses: list[int] = []
        begun = False

        @hydra.main(version_base="1.3", config_path="pkg://configs", config_name=self.root)
        def job(config: "DictConfig") -> None:
            nonlocal begun
            begun = True
            try:
                statuses.append(work.job(config))
            except OmegaConfBaseException as error:  # what passes by Hydra it tells in its own way
                self.complain(work.explain(error))
                statuses.append(MISTAKE)
            except BrokenPipeError:
                sys.exit(_without_pipe())

        try:
            job()
        except (HydraException, OmegaConfBaseException) as error:
            raise UsageError(work.explain(error)) from error
        except ValueError as error:
            if begun:
                raise
            raise UsageError(work.explain(error)) from error
        return max(statuses, default=0)


def _without_pipe() -> int:
    """Let what is still to be written go nowhere; return the exit status."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return _PIPE_CLOSED


def _version() -> str:
    try:
        return version("wirebrief")
    except PackageNotFoundError:
        return "(not installed)"


def _settings(root: str) -> str:
    """Return the groups with their options, or what the root file says where it has no group."""
    text = (_FOLDER / f"{root}.yaml").read_text(encoding="utf-8")
    listed = text.partition("defaults:\n")[2].partition("\n\n")[0]
    names = [line.strip(" -").partition(":") for line in listed.splitlines()]
    chosen = {name: option.strip() for name, colon, option in names if colon}
    lines = []
    for group, default in chosen.items():
        options = sorted(path.stem for path in (_FOLDER / group).glob("*.yaml"))
        if options:
            marked = ", ".join(f"{o} (default)" if o == default else o for o in options)
            lines.append(f"  {group:<12} {marked}")
    if lines:
        return "Groups and their options, chosen by group=option:\n" + "\n".join(lines) + "\n"
    values = text.partition("- _self_\n")[2].partition("hydra:")[0].strip()
    return "Settings:\n" + "".join(f"  {line}\n" for line in values.splitlines())
