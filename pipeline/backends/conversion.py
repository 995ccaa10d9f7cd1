"""Convert a checkpoint to CTranslate2 once, and keep the result.

The conversion needs torch, except for starters, so it runs in a process of its own:
`python -m pipeline.backends.conversion FOLDER TARGET COMPUTE_TYPE`.
"""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from pipeline.backends.kept import KeptModels
from pipeline.backends.location import model_files
from pipeline.backends.safety import has_safe_weights
from pipeline.backends.starter_conversion import convert_starter, is_starter
from pipeline.errors import BackendError, ModelError
from pipeline.fingerprint import digest_files

FORM = 2
"""Counts up when a conversion comes out otherwise than before."""
TOKENIZER = "tokenizer.json"
"""Lies beside the weights: what the class of transformers makes of a checkpoint's tokenizer files,
which are of many forms. Marian and M2M100 have none; theirs stay as they are."""

_REASON_LENGTH = 400
_NORMALIZES = {"pegasus": (True, False), "mbart": (True, True)}
"""Layers before they compute, and embeddings; for all others only embeddings."""


def converted(folder: Path, compute_type: str, cache: Path) -> Path:
    """Return the CTranslate2 form of a model folder, making it if it is not whole in the cache.

    The result appears under its name only when it is whole; two processes may convert at once,
    and the later one's work is dropped.

    Raises:
        BackendError: if the model cannot be converted or stored.
    """
    name = f"{digest_files(model_files(folder))[:24]}-{FORM}-{compute_type}"
    kept = KeptModels(cache / "ctranslate2")
    if (found := kept.find(name)) is not None:
        return found
    with kept.making(name) as place:
        _convert_apart(folder, place, compute_type)
    if (found := kept.find(name)) is None:
        raise ModelError(
            f"{cache / 'ctranslate2' / name}: the converted model was damaged as soon as it was "
            "made. Check the disk, or set XDG_CACHE_HOME to a folder on another one."
        )
    return found


def _convert_apart(folder: Path, target: Path, compute_type: str) -> None:
    command = [sys.executable, "-m", __name__, str(folder), str(target), compute_type]
    environment = {**os.environ, "HF_HUB_OFFLINE": "1"}
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
    listening, held = os.pipe()  # the system closes what is held when this process ends
    try:
        result = subprocess.run(  # noqa: S603 - our own interpreter and module
            command, stdin=listening, capture_output=True, text=True, check=False, env=environment
        )
    finally:
        os.close(listening)
        os.close(held)
    if result.returncode < 0:
        raise ModelError(
            f"{folder}: its conversion for CTranslate2 was ended by "
            f"{signal.Signals(-result.returncode).name}; perhaps memory ran out. Run again, with "
            "more memory or fewer other programs."
        )
    if result.returncode != 0:
        lines = (result.stdout.strip() or result.stderr.strip()).splitlines()
        reason = lines[-1][-_REASON_LENGTH:] if lines else f"exit status {result.returncode}"
        raise BackendError(
            f"{folder}: CTranslate2 cannot convert this model ({reason}). If the files are whole "
            "and there is room on the disk, set engine=transformers compute_type=float32."
        )


def _convert(folder: str, target: str, compute_type: str) -> None:
    from ctranslate2.converters import TransformersConverter  # noqa: PLC0415

    class Converter(TransformersConverter):  # type: ignore[misc]
        """Loads no code, and knows what transformers 5 writes otherwise than earlier ones."""

        config: Any
        tokenizer: Any

        def load_model(self, kind: Any, name: str, **options: Any) -> Any:
            safe = has_safe_weights(Path(name))
            options |= {"use_safetensors": safe, "weights_only": True, "trust_remote_code": False}
            model = super().load_model(kind, name, **options)
            self.config = model.config
            _complete(model.config)
            return model

        def load_tokenizer(self, kind: Any, name: str, **options: Any) -> Any:
            self.tokenizer = super().load_tokenizer(kind, name, **options, trust_remote_code=False)
            self.config.tokenizer_class = type(self.tokenizer).__name__
            if self.tokenizer.bos_token is None:
                self.tokenizer.bos_token = self.tokenizer.eos_token  # unused, but it has to be text
            everything, size = self.tokenizer.get_vocab, self.config.vocab_size
            # The class may add tokens of its own for which the model has no weights.
            self.tokenizer.get_vocab = lambda: {k: i for k, i in everything().items() if i < size}
            return self.tokenizer

    converter = Converter(folder)
    converter.convert(target, quantization=compute_type)
    backend = getattr(converter.tokenizer, "backend_tokenizer", None)
    if backend is not None:
        backend.save(str(Path(target) / TOKENIZER))


def _complete(config: Any) -> None:
    """Set what the converter looks for, as each architecture has it."""
    before, embedding = _NORMALIZES.get(config.model_type, (False, True))
    for setting, default in (("normalize_before", before), ("normalize_embedding", embedding)):
        if not hasattr(config, setting):
            setattr(config, setting, default)
    if config.model_type in {"t5", "mt5"}:
        # It stands for scaling the outputs, and transformers 5 sets it for every model.
        config.tie_word_embeddings = getattr(config, "scale_decoder_outputs", False)


def _end_with_parent() -> None:
    """End when the process that wants the conversion has ended, however that was."""
    os.read(sys.stdin.fileno(), 1)  # nothing is ever written
    os._exit(1)


def _main(folder: str, target: str, compute_type: str) -> int:
    """Convert; the last line on standard output is the reason why it failed."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        if is_starter(Path(folder)):
            convert_starter(Path(folder), Path(target), compute_type)
        else:
            _convert(folder, target, compute_type)
    except Exception as error:  # noqa: BLE001 - any reason goes to the parent process
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        sys.stdout.write(f"{reason[:_REASON_LENGTH]}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(_main(*sys.argv[1:]))
