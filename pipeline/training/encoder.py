"""Turn pairs into token ids with the checkpoint's own tokenizer, and ids back into text."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.backends.architecture import Architecture
from pipeline.backends.instruction import Instruction
from pipeline.backends.transformers import load_tokenizer, target_language
from pipeline.errors import ConfigError
from pipeline.training.pairs import Pair

Example = tuple[list[int], list[int]]
"""Source ids and label ids, special tokens included."""


class PairEncoder:
    """The tokenizer of a model folder.

    Attributes:
        start: id of the language that the decoder starts from; `None` for the model's own start.
        first: id of the language that every output begins with; `None` if it does not.

    Args:
        folder: in the transformers format.
        architecture: what model it is.
        instruction: what it is told about languages.
        samples: whether sources may be split into other pieces than the likeliest.

    Raises:
        ConfigError: if the tokenizer cannot sample.
    """

    def __init__(
        self,
        folder: Path,
        architecture: Architecture,
        instruction: Instruction,
        *,
        samples: bool = False,
    ) -> None:
        self._instruction = instruction
        self._plain = load_tokenizer(folder, architecture, instruction)
        self._sampling = None
        if samples:
            drawn = {"enable_sampling": True, "alpha": 0.2, "nbest_size": -1}
            self._sampling = load_tokenizer(
                folder, architecture, instruction, sp_model_kwargs=drawn
            )
            if not hasattr(self._sampling, "sp_model_kwargs"):
                raise ConfigError(
                    f"data.sample_pieces: {type(self._plain).__name__} has no SentencePiece model "
                    "to draw pieces from. Set it to 0."
                )
        language = target_language(self._plain, architecture, instruction)
        starts = architecture.starts_with_language
        self.start: int | None = language if starts else None
        self.first: int | None = None if starts else language

    @property
    def pad(self) -> int:
        """Return the id that fills rows."""
        return int(self._plain.pad_token_id)

    @property
    def size(self) -> int:
        """Return how many ids there are."""
        return len(self._plain)

    def source(self, text: str, language: str | None = None, *, sample: bool = False) -> list[int]:
        """Return the ids of a source text, in the settings' language if none is given."""
        tokenizer = self._sampling if sample and self._sampling is not None else self._plain
        if self._instruction.source is not None:
            tokenizer.src_lang = language or self._instruction.source
        ids: list[int] = tokenizer(self._instruction.prefix + text, verbose=False).input_ids
        return ids

    def target(self, text: str) -> list[int]:
        """Return the ids of a target text."""
        ids: list[int] = self._plain(text_target=text, verbose=False).input_ids
        return ids

    def pieces(self, text: str) -> int:
        """Return how many pieces a target text makes, without special tokens."""
        return len(self._plain.tokenize(text))

    def encode(self, pair: Pair, *, sample: bool = False) -> Example:
        """Return the ids of both sides."""
        source = self.source(pair.source, pair.source_language, sample=sample)
        return source, self.target(pair.target)

    def decode(self, rows: Any) -> list[str]:
        """Return the text of output rows, `[rows, length]`."""
        return [text.strip() for text in self._plain.batch_decode(rows, skip_special_tokens=True)]

    def pad_sources(self, rows: Sequence[list[int]]) -> Any:
        """Return source rows as tensors for the model."""
        return self._plain.pad({"input_ids": list(rows)}, return_tensors="pt")
