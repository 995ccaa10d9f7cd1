"""Generate with CTranslate2: the fast engine on CPUs. Imports neither torch nor transformers."""

from collections import deque
from collections.abc import Callable, Sequence
from importlib.metadata import version
from os import cpu_count
from pathlib import Path
from typing import Any

from pipeline.backend import Chooser, Decoding
from pipeline.backends.architecture import Architecture
from pipeline.backends.batching import plan_batches
from pipeline.backends.conversion import converted
from pipeline.backends.hardware import Hardware
from pipeline.backends.location import model_files
from pipeline.backends.tokenization import Pieces, load_pieces
from pipeline.errors import BackendError
from pipeline.fingerprint import canonical_json, digest_files

_QUEUED_BATCHES = 32
_TYPES = (
    *("int8", "int8_float32", "int8_float16", "int8_bfloat16"),
    *("int16", "float16", "bfloat16", "float32"),
)


class CTranslate2Backend:
    """A sequence-to-sequence model in CTranslate2.

    Args:
        model: name as configured.
        folder: where it lies, in the transformers format.
        architecture: what it is.
        languages: ISO codes of source and target.
        compute_type: numeric type of the weights.
        hardware: what it runs on.
        cache: folder for the converted model.
        chooser: picks among candidates, if `Decoding.candidates` asks for several.
    """

    engine = "ctranslate2"

    def __init__(
        self,
        model: str,
        folder: Path,
        architecture: Architecture,
        languages: tuple[str, str],
        compute_type: str,
        hardware: Hardware,
        cache: Path,
        chooser: Chooser,
    ) -> None:
        if compute_type not in _TYPES:
            raise BackendError(
                f"{model}: engine=ctranslate2 does not know compute_type={compute_type}; "
                f"choose from {', '.join(_TYPES)}."
            )
        self.model = model
        self._folder = folder
        self._architecture = architecture
        self._languages = languages
        self._compute_type = compute_type
        self._hardware = hardware
        self._cache = cache
        self._chooser = chooser
        self._translator: Any = None
        self._loaded_pieces: Pieces | None = None

    def fingerprint(self) -> str:
        """Return a digest of files, languages, engine version and numeric type."""
        return canonical_json(
            {
                "files": digest_files(model_files(self._folder)),
                "languages": self._languages,
                "engine": f"{self.engine} {version('ctranslate2')}",
                "compute_type": self._compute_type,
                "device": self._hardware.device,
                "chooser": self._chooser.name,
            }
        )

    def open(self) -> None:
        """Load the model, converting it first if that was never done."""
        if self._translator is not None:
            return
        import ctranslate2  # noqa: PLC0415

        cores = self._hardware.threads or cpu_count() or 1
        folder = converted(self._folder, self._compute_type, self._cache)
        try:
            self._translator = ctranslate2.Translator(
                str(folder),
                device=self._hardware.device,
                compute_type=self._compute_type,
                inter_threads=cores,
                intra_threads=1,
                max_queued_batches=-1,
            )
        except (RuntimeError, ValueError) as error:
            raise BackendError(
                f"{self.model}: CTranslate2 cannot load it on {self._hardware.device} as "
                f"{self._compute_type} ({error}). Set another device or compute_type."
            ) from error

    @property
    def max_source_tokens(self) -> int:
        """Return how many tokens the encoder reads."""
        return self._architecture.max_source_tokens

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Count source tokens, special ones included."""
        return [len(self._pieces.encode(text)) for text in texts]

    def generate(
        self, texts: Sequence[str], decoding: Decoding, advance: Callable[[int], None] | None = None
    ) -> list[str]:
        """Generate in batches of like length; blank texts stay blank without a model call.

        Raises:
            ValueError: if a text is longer than `max_source_tokens`: nothing is cut silently.
        """
        outputs = ["" for _ in texts]
        wanted = [index for index, text in enumerate(texts) if text.strip()]
        if advance and len(wanted) < len(texts):
            advance(len(texts) - len(wanted))
        rows = {index: self._pieces.encode(texts[index]) for index in wanted}
        if too_long := [i for i in wanted if len(rows[i]) > self.max_source_tokens]:
            raise ValueError(f"{len(too_long)} text(s) exceed {self.max_source_tokens} tokens")
        if wanted:
            self.open()
        plan = plan_batches([len(rows[index]) for index in wanted], self._hardware.batch_tokens)
        waiting: deque[tuple[list[int], list[Any]]] = deque()
        for batch in plan:
            indices = [wanted[place] for place in batch]
            waiting.append((indices, self._submit([rows[i] for i in indices], decoding)))
            if len(waiting) > _QUEUED_BATCHES:
                self._collect(*waiting.popleft(), texts, outputs, advance)
        while waiting:
            self._collect(*waiting.popleft(), texts, outputs, advance)
        return outputs

    def hit_limit(self, outputs: Sequence[str], decoding: Decoding) -> list[bool]:
        """Tell which outputs have as many tokens as allowed, the end token included."""
        return [self._pieces.count_target(text) >= decoding.max_tokens for text in outputs]

    def close(self) -> None:
        """Unload the model."""
        self._translator = None

    @property
    def _pieces(self) -> Pieces:
        if self._loaded_pieces is None:
            self._loaded_pieces = load_pieces(self._folder, self._architecture, self._languages)
        return self._loaded_pieces

    def _submit(self, rows: list[list[str]], decoding: Decoding) -> list[Any]:
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
        return results

    def _collect(
        self,
        indices: list[int],
        results: list[Any],
        texts: Sequence[str],
        outputs: list[str],
        advance: Callable[[int], None] | None,
    ) -> None:
        for index, result in zip(indices, results, strict=True):
            found = [self._pieces.decode(pieces) for pieces in result.result().hypotheses]
            outputs[index] = self._chooser.choose(texts[index], found)
        if advance:
            advance(len(indices))
