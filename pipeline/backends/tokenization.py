"""Turn text into the pieces that CTranslate2 takes, and back, without torch or transformers.

Gives the same pieces as the tokenizer classes of transformers; a test compares them.
"""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from pipeline.errors import BackendError

_END = "</s>"


class Pieces(Protocol):
    """A tokenizer with all that a model wants around a text.

    Attributes:
        target_prefix: pieces that the decoder is forced to begin with.
    """

    target_prefix: list[str]

    def encode(self, text: str) -> list[str]:
        """Return the source pieces, special tokens included."""

    def decode(self, pieces: list[str]) -> str:
        """Return the text of target pieces."""


class SentencePieces:
    """One or two SentencePiece models, with language or end tokens around the text.

    Args:
        source: model that splits sources.
        target: model that joins targets; the same for most.
        before: pieces in front of each source.
        target_prefix: pieces that each target begins with.
        known: the model's vocabulary; other pieces are unknown; `None` if it is `source`'s own.
    """

    def __init__(
        self,
        source: Path,
        target: Path,
        before: list[str],
        target_prefix: list[str],
        known: frozenset[str] | None = None,
    ) -> None:
        self._source, self._target = _load(source), _load(target)
        self._before = before
        self.target_prefix = target_prefix
        self._known = known

    def encode(self, text: str) -> list[str]:
        """Split a source."""
        pieces: list[str] = self._source.encode(text, out_type=str)
        if self._known is not None:
            pieces = [piece if piece in self._known else "<unk>" for piece in pieces]
        return [*self._before, *pieces, _END]

    def decode(self, pieces: list[str]) -> str:
        """Join a target."""
        kept = [piece for piece in pieces if piece not in self.target_prefix]
        return str(self._target.decode(kept)).strip()


class TokenizerFilePieces:
    """A tokenizer.json, as BART and T5 models have it, through the tokenizers library."""

    def __init__(self, path: Path) -> None:
        from tokenizers import Tokenizer  # noqa: PLC0415

        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self.target_prefix: list[str] = []

    def encode(self, text: str) -> list[str]:
        """Split a source."""
        pieces: list[str] = self._tokenizer.encode(text).tokens
        return pieces

    def decode(self, pieces: list[str]) -> str:
        """Join a target."""
        ids = [self._tokenizer.token_to_id(piece) for piece in pieces]
        return str(self._tokenizer.decode([i for i in ids if i is not None])).strip()


def load_pieces(folder: Path, kind: str, source: str, target: str) -> Pieces:
    """Return the tokenizer of a model folder.

    Args:
        folder: in the transformers format.
        kind: `model_type`.
        source: ISO code of the sources' language.
        target: ISO code of the targets' language.

    Raises:
        BackendError: if its files are not there.
    """
    if kind == "marian":
        known = _vocabulary(folder)
        return SentencePieces(folder / "source.spm", folder / "target.spm", [], [], known)
    if kind == "m2m_100":
        model = folder / "sentencepiece.bpe.model"
        languages = [f"__{source}__"], [f"__{target}__"]
        return SentencePieces(model, model, *languages, _vocabulary(folder))
    if (folder / "tokenizer.json").exists():
        return TokenizerFilePieces(folder / "tokenizer.json")
    if kind == "t5":
        return SentencePieces(folder / "spiece.model", folder / "spiece.model", [], [])
    raise BackendError(
        f"{folder}: no tokenizer.json. Load the tokenizer with transformers' AutoTokenizer and "
        "write it back with save_pretrained."
    )


def _vocabulary(folder: Path) -> frozenset[str]:
    path = folder / "vocab.json"
    try:
        return frozenset(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise BackendError(
            f"{path}: the vocabulary is missing. Download the model again."
        ) from None


@lru_cache(maxsize=8)
def _load(path: Path) -> Any:
    import sentencepiece  # noqa: PLC0415

    if not path.exists():
        raise BackendError(f"{path}: the tokenizer file is missing. Download the model again.")
    return sentencepiece.SentencePieceProcessor(model_file=str(path))
