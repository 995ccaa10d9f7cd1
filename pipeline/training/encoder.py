"""Turn pairs into token ids with the checkpoint's own tokenizer, and ids back into text."""

import random
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

_WAYS = 32
"""Among so many ways to cut a text one is drawn (Kudo 2018)."""


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
        self._pieces = getattr(self._plain, "sp_model", None)
        if samples and self._pieces is None:
            raise ConfigError(
                f"data.sample_pieces: {type(self._plain).__name__} has no SentencePiece model of "
                "its own to draw pieces from. Set it to 0."
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

    def source(
        self, text: str, language: str | None = None, draw: random.Random | None = None
    ) -> list[int]:
        """Return the ids of a source text.

        Args:
            text: the source.
            language: the model's code of its language; `None` for that of the settings.
            draw: chooses among the likeliest ways to cut the text; `None` takes the likeliest.
        """
        if self._instruction.source is not None:
            self._plain.src_lang = language or self._instruction.source
        full = self._instruction.prefix + text
        if draw is None or self._pieces is None:
            ids: list[int] = self._plain(full, verbose=False).input_ids
            return ids
        # SentencePiece's own sampling takes a seed, and still differs from process to process.
        ways = self._pieces.nbest_encode(full, nbest_size=_WAYS, out_type=str)
        pieces = self._plain.convert_tokens_to_ids(draw.choice(ways))
        drawn: list[int] = self._plain.build_inputs_with_special_tokens(pieces)
        return drawn

    def target(self, text: str) -> list[int]:
        """Return the ids of a target text."""
        ids: list[int] = self._plain(text_target=text, verbose=False).input_ids
        return ids

    def pieces(self, text: str) -> int:
        """Return how many pieces a target text makes, without special tokens."""
        return len(self._plain.tokenize(text))

    def encode(self, pair: Pair, draw: random.Random | None = None) -> Example:
        """Return the ids of both sides."""
        source = self.source(pair.source, pair.source_language, draw)
        return source, self.target(pair.target)

    def decode(self, rows: Any) -> list[str]:
        """Return the text of output rows, `[rows, length]`."""
        return [text.strip() for text in self._plain.batch_decode(rows, skip_special_tokens=True)]

    def pad_sources(self, rows: Sequence[list[int]]) -> Any:
        """Return source rows as tensors for the model."""
        return self._plain.pad({"input_ids": list(rows)}, return_tensors="pt")
