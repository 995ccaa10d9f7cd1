"""Run models with transformers: every architecture, every device."""

import warnings
from collections.abc import Callable, Sequence
from copy import deepcopy
from functools import cached_property
from importlib.metadata import version
from pickle import UnpicklingError
from typing import Any

from pipeline.backend import Decoding
from pipeline.backends.hardware import Abilities
from pipeline.backends.safety import has_safe_weights
from pipeline.backends.seq2seq import Checkpoint
from pipeline.errors import BackendError

_IDS = (
    "bos_token_id",
    "eos_token_id",
    "pad_token_id",
    "decoder_start_token_id",
    "forced_bos_token_id",
    "bad_words_ids",
)
_TYPES = ("float32", "float16", "bfloat16")


def _has_cuda() -> bool:
    import torch  # noqa: PLC0415

    return torch.cuda.is_available()


def _has_bfloat16() -> bool:
    import torch  # noqa: PLC0415

    return bool(torch.cuda.is_bf16_supported(including_emulation=False))


class TransformersEngine:
    """A model in transformers.

    Args:
        checkpoint: which model, and how it is run.
    """

    name = "transformers"
    queue = 0
    abilities = Abilities(_has_cuda, _has_bfloat16, cpu_type="float32")

    def __init__(self, checkpoint: Checkpoint) -> None:
        if checkpoint.compute_type not in _TYPES:
            raise BackendError(
                f"{checkpoint.model}: engine=transformers computes in {', '.join(_TYPES)}, not in "
                f"{checkpoint.compute_type}. Set compute_type=float32, or for "
                f"{checkpoint.compute_type} engine=ctranslate2."
            )
        self.version = f"{version('transformers')} torch {version('torch')}"
        self._checkpoint = checkpoint
        self._model: Any = None

    def open(self) -> None:
        """Load the model."""
        if self._model is not None:
            return
        import torch  # noqa: PLC0415
        from transformers import AutoModelForSeq2SeqLM, GenerationConfig  # noqa: PLC0415
        from transformers.utils import logging  # noqa: PLC0415

        logging.disable_progress_bar()
        logging.set_verbosity_error()
        if self._checkpoint.hardware.threads:
            torch.set_num_threads(self._checkpoint.hardware.threads)
        try:
            model = AutoModelForSeq2SeqLM.from_pretrained(
                self._checkpoint.folder,
                dtype=getattr(torch, self._checkpoint.compute_type),
                local_files_only=True,
                use_safetensors=has_safe_weights(self._checkpoint.folder),
                weights_only=True,
                trust_remote_code=False,
            )
            # generate() falls back on these for whatever a call leaves open: keep ids only.
            kept = model.generation_config.to_dict()
            model.generation_config = GenerationConfig(
                **{name: kept[name] for name in _IDS if kept.get(name) is not None}
            )
            self._model = model.to(self._checkpoint.hardware.device).eval()
        except (OSError, RuntimeError, ValueError, MemoryError, UnpicklingError) as error:
            reason = f"{type(error).__name__}: {str(error).strip().partition(chr(10))[0]}"
            raise BackendError(
                f"{self._checkpoint.model}: transformers cannot load it ({reason}). Download the "
                "model again, or set another device."
            ) from error

    def encode(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the source ids of each text."""
        if not texts:
            return []
        ids: list[list[int]] = self._tokenizer(list(texts), verbose=False)["input_ids"]
        return ids

    def count(self, row: list[int]) -> int:
        """Count ids."""
        return len(row)

    def count_targets(self, texts: Sequence[str]) -> list[int]:
        """Count target ids."""
        if not texts:
            return []
        rows = self._tokenizer(text_target=list(texts), verbose=False)["input_ids"]
        return [len(ids) for ids in rows]

    def submit(self, rows: list[list[int]], decoding: Decoding) -> Callable[[], list[list[str]]]:
        """Run a batch at once."""
        import torch  # noqa: PLC0415

        kept = min(decoding.candidates, decoding.beams)
        inputs = self._tokenizer.pad({"input_ids": rows}, return_tensors="pt")
        with torch.inference_mode():
            ids = self._model.generate(
                **inputs.to(self._model.device),
                generation_config=self._generation(decoding, kept),
            )
        decoded = self._tokenizer.batch_decode(ids, skip_special_tokens=True)
        found = [text.strip() for text in decoded]
        candidates = [found[start : start + kept] for start in range(0, len(found), kept)]
        return lambda: candidates

    def close(self) -> None:
        """Unload the model."""
        self._model = None

    def _generation(self, decoding: Decoding, kept: int) -> Any:
        config = deepcopy(self._model.generation_config)
        config.update(
            num_beams=decoding.beams,
            num_return_sequences=kept,
            do_sample=False,
            max_length=None,
            max_new_tokens=decoding.max_tokens,
            min_new_tokens=max(1, decoding.min_tokens),
            length_penalty=decoding.length_penalty,
            no_repeat_ngram_size=decoding.no_repeat_ngram,
            repetition_penalty=decoding.repetition_penalty,
            early_stopping=True,
        )
        if self._checkpoint.architecture.kind == "m2m_100":
            config.forced_bos_token_id = self._tokenizer.get_lang_id(self._checkpoint.languages[1])
        return config

    @cached_property
    def _tokenizer(self) -> Any:
        from transformers import AutoTokenizer  # noqa: PLC0415

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it recommends packages that it does not use
            tokenizer = AutoTokenizer.from_pretrained(
                self._checkpoint.folder, local_files_only=True, trust_remote_code=False
            )
        if self._checkpoint.architecture.kind == "m2m_100":
            tokenizer.src_lang, tokenizer.tgt_lang = self._checkpoint.languages
        return tokenizer
