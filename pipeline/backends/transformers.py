"""Run models with transformers: every architecture, every device."""

import json
import warnings
from collections.abc import Callable, Sequence
from copy import deepcopy
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from pickle import UnpicklingError
from typing import Any

from pipeline.backend import Decoding
from pipeline.backends.architecture import Architecture
from pipeline.backends.batching import Shape
from pipeline.backends.hardware import Abilities
from pipeline.backends.instruction import Instruction
from pipeline.backends.plain_text import plain_text
from pipeline.backends.replicas import Replicas
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


def _cuda_devices() -> int:
    import torch  # noqa: PLC0415

    return torch.cuda.device_count() if torch.cuda.is_available() else 0


def _has_bfloat16() -> bool:
    import torch  # noqa: PLC0415

    return bool(torch.cuda.is_bf16_supported(including_emulation=False))


class TransformersEngine:
    """A model in transformers.

    Args:
        checkpoint: which model, and how it is run.
    """

    name = "transformers"
    shape = Shape(rows=16, step=16, tokens=1024)
    """Finished rows stay to the end, so that a batch of copies and padding keeps its shape."""
    abilities = Abilities(_cuda_devices, _has_bfloat16, cpu_type="float32")

    def __init__(self, checkpoint: Checkpoint) -> None:
        if checkpoint.compute_type not in _TYPES:
            raise BackendError(
                f"{checkpoint.model}: engine=transformers computes in {', '.join(_TYPES)}, not in "
                f"{checkpoint.compute_type}. Set compute_type=float32, or for "
                f"{checkpoint.compute_type} engine=ctranslate2."
            )
        self.version = f"{version('transformers')} torch {version('torch')}"
        self.workers = len(checkpoint.hardware.devices)
        self.queue = 2 * self.workers if self.workers > 1 else 0
        self._checkpoint = checkpoint
        self._replicas: Replicas[Any] | None = None
        self._defaults: Any = None
        self.written = 0

    def open(self) -> None:
        """Load the model."""
        if self._replicas is not None:
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
            self._defaults = model.generation_config
            first, *others = self._checkpoint.hardware.places
            copies = [deepcopy(model).to(place).eval() for place in others]
            self._replicas = Replicas([model.to(first).eval(), *copies])
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
        sources = [self._source(text) for text in texts]
        ids: list[list[int]] = self._tokenizer(sources, verbose=False)["input_ids"]
        return ids

    def count(self, row: list[int]) -> int:
        """Count ids."""
        return len(row)

    def count_targets(self, texts: Sequence[str]) -> list[int]:
        """Count target ids."""
        if not texts:
            return []
        rows = self._tokenizer(text_target=list(texts), verbose=False)["input_ids"]
        unwritten = int(self._checkpoint.architecture.starts_with_language)
        return [len(ids) - unwritten for ids in rows]

    def submit(self, rows: list[list[int]], decoding: Decoding) -> Callable[[], list[list[str]]]:
        """Run a batch: at once, or where there are several devices, on a free one."""
        import torch  # noqa: PLC0415

        if self._replicas is None:
            raise RuntimeError("open() comes first")
        kept = min(decoding.candidates, decoding.beams)
        inputs = self._pad(rows)
        if self._checkpoint.architecture.kind == "led":
            inputs["global_attention_mask"] = torch.zeros_like(inputs["input_ids"])
            inputs["global_attention_mask"][:, 0] = 1  # the first token sees all, as in training
        config = self._generation(decoding, kept)

        def generate(model: Any) -> Any:
            with torch.inference_mode():
                return model.generate(**inputs.to(model.device), generation_config=config)

        made = self._replicas.start(generate)

        def candidates() -> list[list[str]]:
            ids = made()[: len(rows) * kept]
            self.written += self._count(ids[::kept])
            decoded = self._tokenizer.batch_decode(ids, skip_special_tokens=True)
            found = [plain_text(self._checkpoint.architecture.kind, text) for text in decoded]
            return [found[start : start + kept] for start in range(0, len(found), kept)]

        return candidates

    def close(self) -> None:
        """Unload the model."""
        if self._replicas is not None:
            self._replicas.close()
        self._replicas = None

    def _pad(self, rows: list[list[int]]) -> Any:
        """Return a batch; a strict one is filled up with copies and padding to its shape."""
        if not self._checkpoint.strict:
            return self._tokenizer.pad({"input_ids": rows}, return_tensors="pt")
        limit = self._checkpoint.architecture.max_source_tokens
        length = self.shape.length(max(map(len, rows)), limit)
        copies = [rows[-1]] * (self.shape.height(length) - len(rows))
        return self._tokenizer.pad(
            {"input_ids": rows + copies},
            padding="max_length",
            max_length=length,
            return_tensors="pt",
        )

    def _count(self, ids: Any) -> int:
        """Count target ids without those around a text: begin, language, end, padding."""
        import torch  # noqa: PLC0415

        config, checkpoint = self._defaults, self._checkpoint
        ends = config.eos_token_id
        around = {
            *(ends if isinstance(ends, list) else [ends]),
            *(config.bos_token_id, config.pad_token_id, config.decoder_start_token_id),
            target_language(self._tokenizer, checkpoint.architecture, checkpoint.instruction),
        }
        known = torch.tensor([id_ for id_ in around if id_ is not None], device=ids.device)
        return int((~torch.isin(ids, known)).sum())

    def _generation(self, decoding: Decoding, kept: int) -> Any:
        config = deepcopy(self._defaults)
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
        checkpoint = self._checkpoint
        target = target_language(self._tokenizer, checkpoint.architecture, checkpoint.instruction)
        if target is not None and self._checkpoint.architecture.starts_with_language:
            config.update(decoder_start_token_id=target, forced_bos_token_id=None)
        elif target is not None:
            config.forced_bos_token_id = target
        return config

    def _source(self, text: str) -> str:
        if self._checkpoint.architecture.kind == "marian" and text.startswith(">>"):
            text = f" {text}"  # else a quotation were taken for a language's token
        return self._checkpoint.instruction.prefix + text

    @cached_property
    def _tokenizer(self) -> Any:
        checkpoint = self._checkpoint
        return load_tokenizer(checkpoint.folder, checkpoint.architecture, checkpoint.instruction)


def load_tokenizer(
    folder: Path, architecture: Architecture, instruction: Instruction, **options: Any
) -> Any:
    """Return the tokenizer of a model folder, told the languages.

    Args:
        folder: in the transformers format.
        architecture: what model it is.
        instruction: what it is told.
        options: of the tokenizer's class.
    """
    from transformers import AutoTokenizer  # noqa: PLC0415

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it recommends packages that it does not use
        tokenizer = AutoTokenizer.from_pretrained(
            folder, local_files_only=True, trust_remote_code=False, **options
        )
    if architecture.kind == "t5":
        _mend_unknown(tokenizer)
    if instruction.source is not None:
        tokenizer.src_lang, tokenizer.tgt_lang = instruction.source, instruction.target
    return tokenizer


def target_language(
    tokenizer: Any, architecture: Architecture, instruction: Instruction
) -> int | None:
    """Return the id of the target's language; `None` if the model is told none."""
    target = instruction.target
    if target is None:
        return None
    m2m100 = architecture.tokenizer == "M2M100Tokenizer"
    found: int = tokenizer.convert_tokens_to_ids(f"__{target}__" if m2m100 else target)
    return found


def _mend_unknown(tokenizer: Any) -> None:
    """Have unknown characters be unknown: T5's class says id 2, which is MADLAD's end of text."""
    from tokenizers import Tokenizer  # noqa: PLC0415

    state = json.loads(tokenizer.backend_tokenizer.to_str())
    if state["model"].get("unk_id") not in {None, tokenizer.unk_token_id}:
        state["model"]["unk_id"] = tokenizer.unk_token_id
        tokenizer._tokenizer = Tokenizer.from_str(json.dumps(state))  # noqa: SLF001
