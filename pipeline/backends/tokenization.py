"""Turn text into the pieces that CTranslate2 takes, and back, without torch or transformers.

Gives the same pieces as the tokenizer classes of transformers; a test compares them.
"""

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from pipeline.backends.architecture import Architecture
from pipeline.errors import BackendError

_END, _SPACE = "</s>", "▁"
_SPECIAL = frozenset({"<s>", "</s>", "<pad>", "<unk>"})
_LANGUAGE = re.compile(r"__[a-z]{2,3}__")


class Pieces(Protocol):
    """A tokenizer with all that a model wants around a text.

    Attributes:
        target_prefix: pieces that the decoder is forced to begin with.
    """

    target_prefix: list[str]

    def encode(self, text: str) -> list[str]:
        """Return the pieces of a source text, special ones included."""

    def decode(self, pieces: list[str]) -> str:
        """Return the text of target pieces."""

    def count_target(self, text: str) -> int:
        """Return how many pieces a target text makes, special ones included."""


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
        """Join a target, leaving special pieces out."""
        special = _SPECIAL.union(self.target_prefix)
        kept = [piece for piece in pieces if piece not in special]
        if self.target_prefix:
            kept = [piece for piece in kept if not _LANGUAGE.fullmatch(piece)]
        # Pieces that only the source's model knows come back undecoded.
        return str(self._target.decode(kept)).replace(_SPACE, " ").strip()

    def count_target(self, text: str) -> int:
        """Count a target's pieces."""
        return len(self.target_prefix) + len(self._target.encode(text)) + 1


class TokenizerPieces:
    """A tokenizer of the tokenizers library, as BART and T5 models have it.

    Args:
        tokenizer: puts the special tokens around a text by itself.
        forced_first: id that every target begins with.
    """

    def __init__(self, tokenizer: Any, forced_first: int | None = None) -> None:
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer = tokenizer
        first = None if forced_first is None else tokenizer.id_to_token(forced_first)
        self.target_prefix: list[str] = [] if first is None else [first]

    def encode(self, text: str) -> list[str]:
        """Split a source."""
        pieces: list[str] = self._tokenizer.encode(text).tokens
        return pieces

    def decode(self, pieces: list[str]) -> str:
        """Join a target."""
        ids = [self._tokenizer.token_to_id(piece) for piece in pieces]
        return str(self._tokenizer.decode([i for i in ids if i is not None])).strip()

    def count_target(self, text: str) -> int:
        """Count a target's pieces."""
        return len(self._tokenizer.encode(text).ids)


def load_pieces(
    folder: Path, architecture: Architecture, languages: tuple[str, str] = ("de", "en")
) -> Pieces:
    """Return the tokenizer of a model folder.

    Args:
        folder: in the transformers format.
        architecture: what model it is.
        languages: ISO codes of sources and targets.

    Raises:
        BackendError: if its files are not there.
    """
    kind = architecture.kind
    if kind == "marian":
        known = frozenset(_vocabulary(folder))
        return SentencePieces(folder / "source.spm", folder / "target.spm", [], [], known)
    if kind == "m2m_100":
        model = folder / "sentencepiece.bpe.model"
        source, target = ([f"__{code}__"] for code in languages)
        return SentencePieces(model, model, source, target, frozenset(_vocabulary(folder)))
    if (folder / "tokenizer.json").exists():
        tokenizer = _from_file(folder / "tokenizer.json")
        return TokenizerPieces(tokenizer, architecture.forced_first)
    if kind == "t5":
        return SentencePieces(folder / "spiece.model", folder / "spiece.model", [], [])
    if (folder / "merges.txt").exists():
        return TokenizerPieces(_from_merges(folder), architecture.forced_first)
    raise BackendError(
        f"{folder}: no tokenizer.json and no merges.txt. Download the model again, or write its "
        "tokenizer there with save_pretrained."
    )


def _from_file(path: Path) -> Any:
    from tokenizers import Tokenizer  # noqa: PLC0415

    try:
        return Tokenizer.from_file(str(path))
    except Exception as error:
        raise BackendError(f"{path}: cannot be read ({error}). Download it again.") from error


def _from_merges(folder: Path) -> Any:
    """Build BART's byte-level tokenizer from the two files of older checkpoints."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors  # noqa: PLC0415

    known = _vocabulary(folder)
    files = str(folder / "vocab.json"), str(folder / "merges.txt")
    try:
        tokenizer = Tokenizer(models.BPE.from_file(*files))
    except Exception as error:
        raise BackendError(f"{files[1]}: cannot be read ({error}). Download it again.") from error
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([token for token in (*_SPECIAL, "<mask>") if token in known])
    tokenizer.post_processor = processors.RobertaProcessing(
        (_END, known[_END]), ("<s>", known["<s>"]), add_prefix_space=False
    )
    return tokenizer


def _vocabulary(folder: Path) -> dict[str, int]:
    path = folder / "vocab.json"
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
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
