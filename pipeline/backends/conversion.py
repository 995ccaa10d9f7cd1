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
from typing import Any

from pipeline.backends.location import model_files
from pipeline.backends.safety import has_safe_weights
from pipeline.errors import BackendError
from pipeline.fingerprint import digest_files

_WEIGHTS = "model.bin"
_REASON_LENGTH = 400


def converted(folder: Path, compute_type: str, cache: Path) -> Path:
    """Return the CTranslate2 form of a model folder, making it if it is not in the cache yet.

    The result appears under its name only when it is whole; two processes may convert at once,
    and the later one's work is dropped.

    Raises:
        BackendError: if the model cannot be converted or stored.
    """
    target = cache / "ctranslate2" / f"{digest_files(model_files(folder))[:24]}-{compute_type}"
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
        lines = (result.stdout.strip() or result.stderr.strip()).splitlines()
        reason = lines[-1][-_REASON_LENGTH:] if lines else f"exit status {result.returncode}"
        raise BackendError(
            f"{folder}: CTranslate2 cannot convert this model ({reason}). If the files are whole "
            "and there is room on the disk, set engine=transformers compute_type=float32."
        )


def _put(made: Path, target: Path) -> None:
    try:
        made.rename(target)
    except OSError:
        if not (target / _WEIGHTS).exists():
            raise


def _convert(folder: str, target: str, compute_type: str) -> None:
    from ctranslate2.converters import TransformersConverter  # noqa: PLC0415

    class Converter(TransformersConverter):  # type: ignore[misc]
        """Loads no code, and knows BART checkpoints without two settings of older transformers."""

        def load_model(self, kind: Any, name: str, **options: Any) -> Any:
            safe = has_safe_weights(Path(name))
            options |= {"use_safetensors": safe, "weights_only": True, "trust_remote_code": False}
            model = super().load_model(kind, name, **options)
            for setting, default in (("normalize_before", False), ("normalize_embedding", True)):
                if not hasattr(model.config, setting):
                    setattr(model.config, setting, default)
            return model

        def load_tokenizer(self, kind: Any, name: str, **options: Any) -> Any:
            return super().load_tokenizer(kind, name, **options, trust_remote_code=False)

    Converter(folder).convert(target, quantization=compute_type)


def _main(folder: str, target: str, compute_type: str) -> int:
    """Convert; the last line on standard output is the reason why it failed."""
    try:
        _convert(folder, target, compute_type)
    except Exception as error:  # noqa: BLE001 - any reason goes to the parent process
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        sys.stdout.write(f"{reason[:_REASON_LENGTH]}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(_main(*sys.argv[1:]))
