"""`--profile`: have py-spy look at the command while it works, and write a flame graph."""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO

from configs.arguments import UsageError

_FLAG = "--profile"
_USUAL = "profile.svg"
_FORMATS = {".svg": "flamegraph", ".json": "speedscope"}
_LOOKS_A_SECOND = 50
_MISTAKE = 2
_SET_TRACER, _ANYONE = 0x59616D61, -1
_PAUSE = 0.02
_WRITES_IN_SECONDS = 120.0
_MOST_WORDS = 2000


def profiled(command: Callable[[], None]) -> None:
    """Do the command, which exits, and write down where its threads were meanwhile.

    Args:
        command: finds the flag gone from `sys.argv`.
    """
    try:
        path = _taken_from(sys.argv)
        spy = _Spy(path)
    except UsageError as error:
        print(f"wirebrief: {error}", file=sys.stderr)  # noqa: T201
        sys.exit(_MISTAKE)
    try:
        command()
    finally:
        spy.end()


def _taken_from(arguments: list[str]) -> Path:
    """Take the flag out of a command's arguments; return the file that it asks for.

    Raises:
        UsageError: if that cannot be written, or its name says no format.
    """
    asked = [text for text in arguments if text.partition("=")[0] == _FLAG]
    for text in asked:
        arguments.remove(text)
    path = Path(asked[-1].partition("=")[2] or _USUAL)
    if path.suffix not in _FORMATS:
        raise UsageError(
            f"{_FLAG}={path}: name a file that ends in .svg (a flame graph for browsers) or .json "
            "(for speedscope)."
        )
    if not path.absolute().parent.is_dir():
        raise UsageError(f"{_FLAG}={path}: there is no folder {path.parent}. Make it first.")
    return path


class _Spy:
    """Looks at this process until it is told to end.

    Args:
        path: the file it writes then.

    Raises:
        UsageError: if it is not installed, or may not look.
    """

    def __init__(self, path: Path) -> None:
        scripts = os.pathsep.join((sysconfig.get_path("scripts"), os.environ.get("PATH", "")))
        program = shutil.which("py-spy", path=scripts)
        if program is None:
            raise UsageError(
                f"{_FLAG} needs py-spy, which is not installed. Run pip install "
                "'wirebrief[profile]'."
            )
        self._path = path
        path.unlink(missing_ok=True)
        _let_be_looked_at()
        self._said: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as this
        self._process = subprocess.Popen(  # noqa: S603 - by its full path, with our own arguments
            [
                *(program, "record", "--pid", str(os.getpid()), "--output", str(path)),
                *("--format", _FORMATS[path.suffix], "--rate", str(_LOOKS_A_SECOND)),
                *("--threads", "--idle"),
            ],
            stdin=subprocess.DEVNULL,
            stdout=self._said,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C is for the command
        )
        self._wait_until_it_looks()

    def end(self) -> None:
        """Have the file written, and say where it is."""
        with suppress(ProcessLookupError):
            self._process.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_WRITES_IN_SECONDS)
        is_there = self._process.poll() == 0 and self._path.exists()
        told = str(self._path) if is_there else f"not written ({self._words()})"
        print(f"profile: {told}", file=sys.stderr)  # noqa: T201

    def _wait_until_it_looks(self) -> None:
        while "Sampling process" not in self._words():
            if self._process.poll() is not None:
                raise UsageError(
                    f"{_FLAG}: py-spy may not look into this process ({self._words()}). In a "
                    "container allow it with --cap-add SYS_PTRACE; on macOS it needs root."
                )
            time.sleep(_PAUSE)

    def _words(self) -> str:
        # py-spy writes where the file's own position is, so that is left alone
        told = os.pread(self._said.fileno(), _MOST_WORDS, 0)
        return " ".join(told.decode(errors="replace").split())


def _let_be_looked_at() -> None:
    """Let a child look, where the kernel lets only parents."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_TRACER, ctypes.c_ulong(_ANYONE), 0, 0, 0)
