"""Run a decoder-only instruct model with transformers, in this process."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from importlib.metadata import version
from typing import Any

from pipeline.backends.batching import plan_batches
from pipeline.backends.chat.backend import Reply, Sampling
from pipeline.backends.chat.checkpoint import Checkpoint
from pipeline.backends.chat.prompt import Message
from pipeline.backends.chat.settings import InstructSettings
from pipeline.backends.hardware import choose_device, choose_type
from pipeline.backends.location import model_files
from pipeline.backends.transformers import TransformersEngine
from pipeline.errors import BackendError
from pipeline.fingerprint import digest_files, size_of
from pipeline.records import Json

_TYPES = ("float32", "float16", "bfloat16")


class LocalModel:
    """A model and its chat template.

    Greedy answers are generated in batches of like length; sampled ones alone, each from the seed,
    so that they do not depend on their neighbours; strictly, all are generated alone.

    Args:
        settings: which model, and how it runs.
        checkpoint: where it lies, and what it is.
        strict: let no answer depend on its neighbours.

    Raises:
        BackendError: if it cannot run as the settings say.
    """

    engine = "transformers"

    def __init__(
        self, settings: InstructSettings, checkpoint: Checkpoint, *, strict: bool = False
    ) -> None:
        if settings.compute_type not in {*_TYPES, "auto"}:
            raise BackendError(
                f"{settings.model}: compute_type={settings.compute_type} is none of "
                f"{', '.join(_TYPES)}, auto. Set one of these."
            )
        abilities = TransformersEngine.abilities
        self._device = choose_device(settings.model, settings.device.value, abilities)
        self._type = choose_type(settings.compute_type, self._device, "", abilities)
        self._settings, self._checkpoint, self._strict = settings, checkpoint, strict
        self._model: Any = None
        self._ends: int | list[int] = []

    @property
    def model_bytes(self) -> int:
        """Return the size of the checkpoint's files."""
        return size_of(model_files(self._checkpoint.folder))

    def identity(self) -> Mapping[str, Json]:
        """Return a digest of the files, versions, numeric type and device."""
        strict: dict[str, Json] = {"batches": "strict"} if self._strict else {}
        return {
            **strict,
            "engine": f"transformers {version('transformers')} torch {version('torch')}",
            "files": digest_files(model_files(self._checkpoint.folder)),
            "compute_type": self._type,
            "device": self._device,
            "thinking": self._settings.thinking,
        }

    def open(self) -> None:
        """Load the model."""
        if self._model is not None:
            return
        import torch  # noqa: PLC0415
        from transformers import AutoModelForCausalLM, GenerationConfig  # noqa: PLC0415
        from transformers.utils import logging  # noqa: PLC0415

        logging.disable_progress_bar()
        logging.set_verbosity_error()
        if self._settings.threads:
            torch.set_num_threads(self._settings.threads)
        try:
            model = AutoModelForCausalLM.from_pretrained(
                self._checkpoint.folder,
                dtype=getattr(torch, self._type),
                local_files_only=True,
                use_safetensors=True,
                trust_remote_code=False,
            )
            # generate() falls back on these for whatever a call leaves open: keep the ends only.
            kept = model.generation_config
            self._ends = kept.eos_token_id or self._tokenizer.eos_token_id
            model.generation_config = GenerationConfig(eos_token_id=self._ends)
            self._model = model.to(self._device).eval()
        except (OSError, RuntimeError, ValueError) as error:
            raise BackendError(
                f"{self._settings.model}: transformers cannot load it ({error}). Download the "
                "model again, or set another device."
            ) from error

    def marks(self) -> Sequence[str]:
        """Return the tokenizer's special tokens."""
        return [str(token) for token in self._tokenizer.added_tokens_encoder]

    def context_tokens(self) -> int:
        """Return the model's limit, or a lower one of the settings."""
        wanted, known = self._settings.context_tokens, self._checkpoint.positions
        return known if wanted is None else min(wanted, known)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Count tokens."""
        return [len(ids) for ids in self._encode(texts)]

    def ask(
        self, requests: Sequence[tuple[Message, ...]], sampling: Sampling
    ) -> Iterator[tuple[int, Reply]]:
        """Yield replies batch by batch."""
        rows = self._encode([self._written(messages) for messages in requests])
        lengths = [len(row) for row in rows]
        alone = sampling.temperature or self._strict
        budget = 1 if alone else self._settings.batch_tokens
        for batch in plan_batches(lengths, budget):
            yield from zip(
                batch, self._run([rows[place] for place in batch], sampling), strict=True
            )

    def close(self) -> None:
        """Unload the model."""
        self._model = None

    def _run(self, rows: list[list[int]], sampling: Sampling) -> list[Reply]:
        import torch  # noqa: PLC0415

        inputs = self._tokenizer.pad({"input_ids": rows}, padding_side="left", return_tensors="pt")
        inputs = inputs.to(self._model.device)
        with torch.inference_mode(), torch.random.fork_rng():
            torch.manual_seed(sampling.seed or 0)
            made = self._model.generate(
                **inputs,
                max_new_tokens=sampling.max_tokens,
                do_sample=bool(sampling.temperature),
                temperature=sampling.temperature or None,
                pad_token_id=self._tokenizer.pad_token_id,
            )
        answers = made[:, inputs["input_ids"].shape[1] :].tolist()
        special = set(self._tokenizer.all_special_ids)
        ends = set(self._ends if isinstance(self._ends, list) else [self._ends])
        texts = self._tokenizer.batch_decode(answers, skip_special_tokens=True)
        return [
            Reply(
                text.strip(),
                cut=not ends & set(ids),
                read=len(row),
                padded=inputs["input_ids"].shape[1],
                written=sum(id_ not in special for id_ in ids),
            )
            for row, text, ids in zip(rows, texts, answers, strict=True)
        ]

    def _written(self, messages: tuple[Message, ...]) -> str:
        from jinja2 import TemplateError  # noqa: PLC0415

        said = [{"role": message.role, "content": message.content} for message in messages]
        try:
            text = self._tokenizer.apply_chat_template(
                said,
                tokenize=False,
                add_generation_prompt=True,
                enable_thinking=self._settings.thinking,
            )
        except TemplateError as error:
            raise BackendError(
                f"{self._settings.model}: its chat template refuses the messages ({error}). If it "
                "knows no system message, set system to '' and say everything in user."
            ) from None
        return str(text)

    def _encode(self, texts: Sequence[str]) -> list[list[int]]:
        if not texts:
            return []
        ids: list[list[int]] = self._tokenizer(
            list(texts), add_special_tokens=False, verbose=False
        )["input_ids"]
        return ids

    @cached_property
    def _tokenizer(self) -> Any:
        from transformers import AutoTokenizer  # noqa: PLC0415

        try:
            tokenizer = AutoTokenizer.from_pretrained(
                self._checkpoint.folder, local_files_only=True, trust_remote_code=False
            )
        except (OSError, ValueError) as error:
            raise BackendError(
                f"{self._settings.model}: transformers cannot load its tokenizer ({error}). "
                "Download the model again."
            ) from error
        if tokenizer.pad_token_id is None:
            tokenizer.pad_token = tokenizer.eos_token
        return tokenizer
