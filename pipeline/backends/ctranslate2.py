"""Run models with CTranslate2: the fast engine on CPUs. Imports neither torch nor transformers."""

from collections.abc import Callable, Sequence
from functools import cached_property
from importlib.metadata import version
from os import cpu_count
from pathlib import Path
from typing import Any

from pipeline.backend import Decoding
from pipeline.backends.batching import Shape
from pipeline.backends.conversion import FORM, converted
from pipeline.backends.hardware import Abilities, Hardware
from pipeline.backends.memory import is_out_of_memory
from pipeline.backends.seq2seq import Checkpoint
from pipeline.backends.tokenization import Pieces, load_pieces
from pipeline.errors import BackendError

_TYPES = (
    *("int8", "int8_float32", "int8_float16", "int8_bfloat16"),
    *("int16", "float16", "bfloat16", "float32"),
)


def _cuda_devices() -> int:
    import ctranslate2  # noqa: PLC0415

    return int(ctranslate2.get_cuda_device_count())


def _has_bfloat16() -> bool:
    import ctranslate2  # noqa: PLC0415

    return "bfloat16" in ctranslate2.get_supported_compute_types("cuda")


def _threads(hardware: Hardware) -> int:
    """Return how many batches run at once on a device: one per thread, and one fills a GPU."""
    return 1 if hardware.device == "cuda" else hardware.threads or cpu_count() or 1


class CTranslate2Engine:
    """A model in CTranslate2.

    Args:
        checkpoint: which model, and how it is run.
        cache: folder for the converted model.
    """

    name = "ctranslate2"
    queue = 32
    shape = Shape(rows=1)
    """One text a batch: it drops finished rows, so that a wider one changes its shape."""
    abilities = Abilities(_cuda_devices, _has_bfloat16, cpu_type="int8")

    def __init__(self, checkpoint: Checkpoint, cache: Path) -> None:
        if checkpoint.compute_type not in _TYPES:
            raise BackendError(
                f"{checkpoint.model}: engine=ctranslate2 does not know "
                f"compute_type={checkpoint.compute_type}; choose from {', '.join(_TYPES)}."
            )
        if not checkpoint.architecture.converts:
            raise BackendError(
                f"{checkpoint.model}: CTranslate2 cannot run this model (model_type "
                f"{checkpoint.architecture.kind}). Set engine=auto, or engine=transformers "
                "compute_type=float32."
            )
        self.version = f"{version('ctranslate2')} form {FORM}"
        self.workers = _threads(checkpoint.hardware) * len(checkpoint.hardware.devices)
        self._checkpoint = checkpoint
        self._cache = cache
        self._translator: Any = None
        self.written = 0

    def open(self) -> None:
        """Load the model, converting it first if that was never done."""
        if self._translator is not None:
            return
        import ctranslate2  # noqa: PLC0415

        compute_type, hardware = self._checkpoint.compute_type, self._checkpoint.hardware
        folder = self._converted()
        try:
            self._translator = ctranslate2.Translator(
                str(folder),
                device=hardware.device,
                device_index=list(hardware.devices),
                compute_type=compute_type,
                inter_threads=_threads(hardware),
                intra_threads=1,
                max_queued_batches=-1,
            )
        except (RuntimeError, ValueError, MemoryError) as error:
            remedy = "Set another device or compute_type."
            if is_out_of_memory(error):
                remedy = "End other programs, take a smaller model, or set compute_type=int8."
            raise BackendError(
                f"{self._checkpoint.model}: CTranslate2 cannot load it on {hardware.device} as "
                f"{compute_type} ({error}). {remedy}"
            ) from error

    def encode(self, texts: Sequence[str]) -> list[list[str]]:
        """Return the source pieces of each text."""
        return [self._pieces.encode(text) for text in texts]

    def count(self, row: list[str]) -> int:
        """Count pieces."""
        return len(row)

    def count_targets(self, texts: Sequence[str]) -> list[int]:
        """Count target pieces."""
        return [self._pieces.count_target(text) for text in texts]

    def submit(self, rows: list[list[str]], decoding: Decoding) -> Callable[[], list[list[str]]]:
        """Queue a batch; threads of the translator work it off."""
        prefix = self._pieces.target_prefix
        results: list[Any] = self._translator.translate_batch(
            rows,
            target_prefix=[prefix] * len(rows) if prefix else None,
            beam_size=decoding.beams,
            num_hypotheses=min(decoding.candidates, decoding.beams),
            length_penalty=decoding.length_penalty,
            no_repeat_ngram_size=decoding.no_repeat_ngram,
            repetition_penalty=decoding.repetition_penalty,
            min_decoding_length=max(1, decoding.min_tokens),
            max_decoding_length=decoding.max_tokens,
            max_input_length=0,
            asynchronous=True,
        )

        def candidates() -> list[list[str]]:
            found = [result.result().hypotheses for result in results]
            self.written += sum(len(beams[0]) - len(prefix) for beams in found)
            return [[self._pieces.decode(pieces) for pieces in beams] for beams in found]

        return candidates

    def close(self) -> None:
        """Unload the model."""
        self._translator = None

    @cached_property
    def _pieces(self) -> Pieces:
        checkpoint = self._checkpoint
        return load_pieces(
            checkpoint.folder, checkpoint.architecture, self._converted(), checkpoint.instruction
        )

    def _converted(self) -> Path:
        return converted(self._checkpoint.folder, self._checkpoint.compute_type, self._cache)
