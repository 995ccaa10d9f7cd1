"""What is kept of converted models: found only if it is whole, set aside if it is not.

Beside the files of each model lies their digest. A folder whose files do not match it, or that has
none, is set aside under a hidden name, in the place of an earlier one, and the model is converted
again. Who converts holds a lock on a hidden folder, so that what killed processes left is told
from work that goes on, and removed.
"""

import fcntl
import logging
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from pipeline.errors import ModelError
from pipeline.fingerprint import digest_files

LOG = logging.getLogger(__name__)

_DIGEST = "digest.txt"
_LOCK = ".lock"
_MAKING = ".making-"
_DAMAGED = ".damaged-"
_MODEL = "model"


class KeptModels:
    """The folder of converted models.

    Args:
        folder: is made when something is to be kept.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, name: str) -> Path | None:
        """Return the folder of a model, if it is there and whole."""
        found = self._folder / name
        return found if _is_whole(found) else None

    @contextmanager
    def making(self, name: str) -> Iterator[Path]:
        """Give a place for a model that is to be made; when it is left without error, keep it.

        Should another process have been faster, its work stays, and this one's is dropped.

        Raises:
            ModelError: if the file system refuses.
        """
        with self._explained():
            self._folder.mkdir(parents=True, exist_ok=True)
            with self._alone():
                self._remove_orphans()
                self._set_damaged_aside(name)
                work = Path(tempfile.mkdtemp(prefix=_MAKING, dir=self._folder))
                lock = (work / _LOCK).open("w")
                fcntl.flock(lock, fcntl.LOCK_EX)
        with lock:
            try:
                yield work / _MODEL
                with self._explained():
                    self._keep(work / _MODEL, self._folder / name)
            finally:
                shutil.rmtree(work, ignore_errors=True)

    def _keep(self, made: Path, target: Path) -> None:
        (made / _DIGEST).write_text(f"{_digest(made)}\n", encoding="ascii")
        with self._alone():
            if not _is_whole(target):
                self._set_damaged_aside(target.name)
                made.rename(target)

    def _set_damaged_aside(self, name: str) -> None:
        found, aside = self._folder / name, self._folder / f"{_DAMAGED}{name}"
        if found.exists() and not _is_whole(found):
            shutil.rmtree(aside, ignore_errors=True)
            found.rename(aside)
            LOG.warning(
                "%s: this converted model is not whole, or an earlier wirebrief made it; it is set "
                "aside as %s, and made again",
                found,
                aside.name,
            )

    def _remove_orphans(self) -> None:
        """Remove what processes left that were killed while they converted."""
        for work in self._folder.glob(f"{_MAKING}*"):
            if not _is_held(work / _LOCK):
                shutil.rmtree(work, ignore_errors=True)

    @contextmanager
    def _alone(self) -> Iterator[IO[str]]:
        """Within, no other process changes what is kept."""
        with (self._folder / _LOCK).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield lock

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise ModelError(
                f"{self._folder}: cannot keep the converted model there ({error}). Make room, or "
                "set XDG_CACHE_HOME to a folder that can be written."
            ) from error


def _is_whole(folder: Path) -> bool:
    """Tell whether a model's files are those that were made."""
    try:
        told = (folder / _DIGEST).read_text("ascii", errors="replace").strip()
        return told == _digest(folder)
    except OSError:
        return False


def _digest(folder: Path) -> str:
    return digest_files(path for path in folder.iterdir() if path.name != _DIGEST)


def _is_held(lock: Path) -> bool:
    try:
        with lock.open() as stream:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False
