"""Turn pairs into token ids with the checkpoint's own tokenizer, and ids back into text."""

import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.errors import ConfigError
from pipeline.training.pairs import Pair

Example = tuple[list[int], list[int]]
"""Source ids and label ids, special tokens included."""


class PairEncoder:
    """The tokenizer of a model folder.

    Args:
        folder: in the transformers format.
        languages: ISO codes of sources and targets.
        prefix: text in front of every source.
        samples: whether sources may be split into other pieces than the likeliest.

    Raises:
        ConfigError: if the tokenizer cannot sample.
    """

    def __init__(
        self, folder: Path, languages: tuple[str, str], prefix: str = "", *, samples: bool = False
    ) -> None:
        self._languages = languages
        self._prefix = prefix
        self._plain = _load(folder)
        self._sampling = None
        if samples:
            drawn = {"enable_sampling": True, "alpha": 0.2, "nbest_size": -1}
            self._sampling = _load(folder, sp_model_kwargs=drawn)
            if not hasattr(self._sampling, "sp_model_kwargs"):
                raise ConfigError(
                    f"data.sample_pieces: {type(self._plain).__name__} has no SentencePiece model "
                    "to draw pieces from. Set it to 0."
                )
        for tokenizer in filter(None, (self._plain, self._sampling)):
            _set_languages(tokenizer, *languages)

    @property
    def pad(self) -> int:
        """Return the id that fills rows."""
        return int(self._plain.pad_token_id)

    @property
    def size(self) -> int:
        """Return how many ids there are."""
        return len(self._plain)

    @property
    def first(self) -> int | None:
        """Return the id of the target language, where outputs begin with it."""
        if not hasattr(self._plain, "lang_code_to_id") and not _has_languages(self._plain):
            return None
        return int(self._plain(text_target="").input_ids[0])

    def source(self, text: str, language: str | None = None, *, sample: bool = False) -> list[int]:
        """Return the ids of a source text."""
        tokenizer = self._sampling if sample and self._sampling is not None else self._plain
        if _has_languages(tokenizer):
            tokenizer.src_lang = language or self._languages[0]
        ids: list[int] = tokenizer(self._prefix + text, verbose=False).input_ids
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


def _load(folder: Path, **options: Any) -> Any:
    from transformers import AutoTokenizer  # noqa: PLC0415

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it recommends packages that it does not use
        return AutoTokenizer.from_pretrained(folder, local_files_only=True, **options)


def _has_languages(tokenizer: Any) -> bool:
    return getattr(tokenizer, "src_lang", None) is not None


def _set_languages(tokenizer: Any, source: str, target: str) -> None:
    if _has_languages(tokenizer):
        tokenizer.src_lang, tokenizer.tgt_lang = source, target
