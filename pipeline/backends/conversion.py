"""Convert a checkpoint to CTranslate2 once, and keep the result.

The conversion needs torch, so it runs in a process of its own:
`python -m pipeline.backends.conversion FOLDER TARGET COMPUTE_TYPE`.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from pipeline.errors import BackendError
from pipeline.fingerprint import digest_files

_WEIGHTS = "model.bin"
_TAIL_LINES = 3


def converted(folder: Path, compute_type: str, cache: Path) -> Path:
    """Return the CTranslate2 form of a model folder, making it if it is not in the cache yet.

    The result appears under its name only when it is whole; two processes may convert at once,
    and the later one's work is dropped.

    Raises:
        BackendError: if the model cannot be converted or stored.
    """
    target = cache / "ctranslate2" / f"{digest_files(folder)[:24]}-{compute_type}"
    if (target / _WEIGHTS).exists():
        return target
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=".making-", dir=target.parent))
    except OSError as error:
        raise BackendError(
            f"{target.parent}: cannot keep the converted model there ({error}). Make room, or set "
            "XDG_CACHE_HOME to a folder that can be written."
        ) from error
    try:
        _convert_apart(folder, temporary / "model", compute_type)
        _put(temporary / "model", target)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return target


def _convert_apart(folder: Path, target: Path, compute_type: str) -> None:
    command = [sys.executable, "-m", __name__, str(folder), str(target), compute_type]
    environment = {**os.environ, "HF_HUB_OFFLINE": "1"}
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
    result = subprocess.run(  # noqa: S603 - our own interpreter and module
        command, capture_output=True, text=True, check=False, env=environment
    )
    if result.returncode != 0:
        lines = [line for line in result.stderr.splitlines() if line.strip()]
        reason = " ".join(lines[-_TAIL_LINES:]) or f"exit status {result.returncode}"
        raise BackendError(
            f"{folder}: CTranslate2 cannot convert this model ({reason}). "
            "Try engine=transformers compute_type=float32."
        )


def _put(made: Path, target: Path) -> None:
    try:
        made.rename(target)
    except OSError:
        if not (target / _WEIGHTS).exists():
            raise


def _convert(folder: str, target: str, compute_type: str) -> None:
    from ctranslate2.converters import TransformersConverter  # noqa: PLC0415

    converter = TransformersConverter(folder)
    converter.convert(target, quantization=compute_type)


if __name__ == "__main__":
    _convert(*sys.argv[1:])
