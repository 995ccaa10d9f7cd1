"""Generate with transformers: every architecture, every device."""

import warnings
from collections.abc import Callable, Sequence
from copy import deepcopy
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pipeline.backend import Chooser, Decoding
from pipeline.backends.architecture import Architecture
from pipeline.backends.batching import plan_batches
from pipeline.backends.hardware import Hardware
from pipeline.backends.location import model_files
from pipeline.errors import BackendError
from pipeline.fingerprint import canonical_json, digest_files

_IDS = (
    "bos_token_id",
    "eos_token_id",
    "pad_token_id",
    "decoder_start_token_id",
    "forced_bos_token_id",
    "bad_words_ids",
)
_TYPES = ("float32", "float16", "bfloat16")


class TransformersBackend:
    """A sequence-to-sequence model in transformers.

    Args:
        model: name as configured.
        folder: where it lies.
        architecture: what it is.
        languages: ISO codes of source and target.
        compute_type: `float32`, `float16` or `bfloat16`.
        hardware: what it runs on.
        chooser: picks among candidates, if `Decoding.candidates` asks for several.
    """

    engine = "transformers"

    def __init__(
        self,
        model: str,
        folder: Path,
        architecture: Architecture,
        languages: tuple[str, str],
        compute_type: str,
        hardware: Hardware,
        chooser: Chooser,
    ) -> None:
        if compute_type not in _TYPES:
            raise BackendError(
                f"{model}: engine=transformers computes in {', '.join(_TYPES)}, not in "
                f"{compute_type}. Set compute_type=float32, or for {compute_type} "
                "engine=ctranslate2."
            )
        self.model = model
        self._folder = folder
        self._architecture = architecture
        self._languages = languages
        self._compute_type = compute_type
        self._hardware = hardware
        self._chooser = chooser
        self._loaded: Any = None
        self._loaded_tokenizer: Any = None

    def fingerprint(self) -> str:
        """Return a digest of files, languages, engine version and numeric type."""
        return canonical_json(
            {
                "files": digest_files(model_files(self._folder)),
                "languages": self._languages,
                "engine": f"{self.engine} {version('transformers')} torch {version('torch')}",
                "compute_type": self._compute_type,
                "device": self._hardware.device,
                "chooser": self._chooser.name,
            }
        )

    def open(self) -> None:
        """Load the model."""
        if self._loaded is not None:
            return
        import torch  # noqa: PLC0415
        from transformers import AutoModelForSeq2SeqLM, GenerationConfig  # noqa: PLC0415
        from transformers.utils import logging  # noqa: PLC0415

        logging.disable_progress_bar()
        logging.set_verbosity_error()
        if self._hardware.threads:
            torch.set_num_threads(self._hardware.threads)
        try:
            model = AutoModelForSeq2SeqLM.from_pretrained(
                self._folder, dtype=getattr(torch, self._compute_type), local_files_only=True
            )
            # generate() falls back on these for whatever a call leaves open: keep ids only.
            kept = model.generation_config.to_dict()
            model.generation_config = GenerationConfig(
                **{name: kept[name] for name in _IDS if kept.get(name) is not None}
            )
            self._loaded = model.to(self._device()).eval()
        except (OSError, RuntimeError, ValueError) as error:
            raise BackendError(
                f"{self.model}: transformers cannot load it ({error}). Download the model again, "
                "or set another device."
            ) from error

    @property
    def max_source_tokens(self) -> int:
        """Return how many tokens the encoder reads."""
        return self._architecture.max_source_tokens

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Count source tokens, special ones included."""
        if not texts:
            return []
        return [len(ids) for ids in self._tokenizer(list(texts), verbose=False)["input_ids"]]

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
        lengths = self.count_tokens([texts[index] for index in wanted])
        if any(length > self.max_source_tokens for length in lengths):
            raise ValueError(f"text(s) exceed {self.max_source_tokens} tokens")
        if wanted:
            self.open()
        for batch in plan_batches(lengths, self._hardware.batch_tokens):
            indices = [wanted[place] for place in batch]
            found = self._generate([texts[index] for index in indices], decoding)
            for index, candidates in zip(indices, found, strict=True):
                outputs[index] = self._chooser.choose(texts[index], candidates)
            if advance:
                advance(len(indices))
        return outputs

    def hit_limit(self, outputs: Sequence[str], decoding: Decoding) -> list[bool]:
        """Tell which outputs have as many tokens as allowed, the end token included."""
        if not outputs:
            return []
        rows = self._tokenizer(text_target=list(outputs), verbose=False)["input_ids"]
        return [len(ids) >= decoding.max_tokens for ids in rows]

    def close(self) -> None:
        """Unload the model."""
        self._loaded = None

    @property
    def _tokenizer(self) -> Any:
        if self._loaded_tokenizer is None:
            from transformers import AutoTokenizer  # noqa: PLC0415

            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # it recommends packages that it does not use
                self._loaded_tokenizer = AutoTokenizer.from_pretrained(
                    self._folder, local_files_only=True
                )
            if self._architecture.kind == "m2m_100":
                self._loaded_tokenizer.src_lang = self._languages[0]
                self._loaded_tokenizer.tgt_lang = self._languages[1]
        return self._loaded_tokenizer

    def _device(self) -> str:
        import torch  # noqa: PLC0415

        if self._hardware.device != "auto":
            return self._hardware.device
        return "cuda" if torch.cuda.is_available() else "cpu"

    def _generate(self, texts: list[str], decoding: Decoding) -> list[list[str]]:
        import torch  # noqa: PLC0415

        kept = min(decoding.candidates, decoding.beams)
        config = deepcopy(self._loaded.generation_config)
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
        if self._architecture.kind == "m2m_100":
            config.forced_bos_token_id = self._tokenizer.get_lang_id(self._languages[1])
        rows = self._tokenizer(texts, return_tensors="pt", padding=True).to(self._loaded.device)
        with torch.inference_mode():
            ids = self._loaded.generate(**rows, generation_config=config)
        decoded = self._tokenizer.batch_decode(ids, skip_special_tokens=True)
        found = [text.strip() for text in decoded]
        return [found[start : start + kept] for start in range(0, len(found), kept)]
