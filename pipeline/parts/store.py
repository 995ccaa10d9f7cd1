"""The folder of parts, on any file system that fsspec knows.

A part's name is `<inputs>-<content>.parquet`: a digest of all that decides what is in it, and one
of its bytes. So a part is found by what it would be made from, and a damaged one by its own name.
"""

import hashlib
import json
import logging
import os
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pipeline.codec import decode, encode
from pipeline.errors import OutputError
from pipeline.records import Article, Fault, Json

LOG = logging.getLogger(__name__)

_DIGITS = 24
_ENDING = ".parquet"
_INPUTS = "inputs"


class PartStore:
    """Keeps parts, whole or not at all.

    Args:
        address: of the folder; a path is taken from where the user stands.
    """

    def __init__(self, address: str) -> None:
        self.address = address if "://" in address else str(Path(address).absolute())
        self._opened: tuple[Any, str] | None = None

    def find(self, name: str) -> str | None:
        """Return the file of a whole part, if there is one; set damaged ones aside."""
        with self._explained():
            files, folder = self._place()
            for path in sorted(files.glob(f"{folder}/{name}-*{_ENDING}")):
                file = str(path).rpartition("/")[2]
                if self._content(file) is not None:
                    return file
        return None

    def put(self, name: str, content: bytes) -> str:
        """Keep a part and return the name of its file."""
        file = f"{name}-{_digest(content)}{_ENDING}"
        self._write(file, content)
        return file

    def get(self, file: str) -> bytes:
        """Return a part's bytes.

        Raises:
            OutputError: if it is not there, or damaged; it is set aside then.
        """
        with self._explained():
            content = self._content(file)
        if content is None:
            raise OutputError(
                f"{self.address}/{file}: this part is damaged or gone since it was made. The same "
                "command makes it again. All machines must reach the folder: see executor.parts."
            )
        return content

    def put_inputs(self, items: Sequence[Article | Fault]) -> str:
        """Keep records that were read, for whoever makes the part, and return where."""
        lines = [json.dumps([type(item).__name__, encode(item, sort_keys=False)]) for item in items]
        content = "\n".join(lines).encode()
        name = f"{_INPUTS}/{_digest(content)}.jsonl"
        self._write(name, content)
        return name

    def inputs(self, name: str) -> list[Article | Fault]:
        """Return the records that were kept."""
        with self._explained():
            files, folder = self._place()
            content = files.cat_file(f"{folder}/{name}")
        found: list[Article | Fault] = []
        for line in content.decode().splitlines():
            kind, text = json.loads(line)
            found.append(decode(Article, text) if kind == "Article" else decode(Fault, text))
        return found

    def remove(self, name: str) -> None:
        """Remove what was kept for the time of the run, if it is there."""
        with self._explained():
            files, folder = self._place()
            if files.exists(f"{folder}/{name}"):
                files.rm_file(f"{folder}/{name}")

    def note(self, name: str) -> dict[str, Json]:
        """Return what was noted; nothing if that cannot be read."""
        with self._explained():
            files, folder = self._place()
            try:
                found = json.loads(files.cat_file(f"{folder}/{name}"))
            except (FileNotFoundError, ValueError):
                return {}
        return found if isinstance(found, dict) else {}

    def put_note(self, name: str, note: dict[str, Json]) -> None:
        """Note something where another process finds it if this one dies."""
        self._write(name, json.dumps(note).encode())

    def _content(self, file: str) -> bytes | None:
        """Return the bytes that a name stands for; set aside what is none of them."""
        files, folder = self._place()
        path = f"{folder}/{file}"
        if not files.exists(path):
            return None
        content: bytes = files.cat_file(path)
        if file.endswith(f"-{_digest(content)}{_ENDING}"):
            return content
        number = 1
        while files.exists(f"{path}.damaged-{number}"):
            number += 1
        files.mv(path, f"{path}.damaged-{number}")
        LOG.warning("%s/%s is damaged; it is kept as .damaged-%d", self.address, file, number)
        return None

    def _write(self, file: str, content: bytes) -> None:
        """Write a file so that it appears whole: object stores do, elsewhere it is moved."""
        with self._explained():
            files, folder = self._place()
            path = f"{folder}/{file}"
            files.makedirs(path.rpartition("/")[0], exist_ok=True)
            if "file" not in files.protocol:
                files.pipe_file(path, content)
                return
            staged = Path(f"{path}.{uuid.uuid4().hex}.unfinished")
            with staged.open("wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            staged.replace(path)

    def _place(self) -> tuple[Any, str]:
        if self._opened is None:
            from fsspec.core import url_to_fs  # noqa: PLC0415

            files, folder = url_to_fs(self.address)
            self._opened = files, str(folder).rstrip("/")
        files, folder = self._opened
        files.invalidate_cache()
        return files, folder

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (OSError, ValueError, ImportError) as error:
            raise OutputError(
                f"{self.address}: parts cannot be kept there ({error}). Make room or give "
                "permission, or set executor.parts to a folder that all machines reach; a file "
                "system of its own may need a package, as s3:// needs s3fs."
            ) from error


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:_DIGITS]


def name_of(recipe: str, items: Sequence[Article | Fault]) -> str:
    """Return a digest of all that decides what becomes of records.

    Args:
        recipe: digest of settings, code and models.
        items: as they were let in.
    """
    total = hashlib.sha256(recipe.encode())
    for item in items:
        text = encode(item, sort_keys=False)
        total.update(f"\n{type(item).__name__} {len(text)} {text}".encode())
    return total.hexdigest()[:_DIGITS]
