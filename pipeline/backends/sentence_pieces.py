"""The tokenizers that transformers keeps in SentencePiece: those of Marian and M2M100."""

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.backends.instruction import Instruction
from pipeline.errors import BackendError

_END, _SPACE = "</s>", "▁"
_SPECIAL = frozenset({"<s>", "</s>", "<pad>", "<unk>"})
_LANGUAGE = re.compile(r"__[a-z]{2,3}__|>>\w+<<")


class SentencePieces:
    """One or two SentencePiece models, with language and end tokens around the text.

    Args:
        source: model that splits sources.
        target: model that joins targets; the same for most.
        known: the model's vocabulary; other pieces are unknown.
        instruction: what the model is told; codes are tokens already.
    """

    def __init__(
        self, source: Path, target: Path, known: frozenset[str], instruction: Instruction
    ) -> None:
        self._source, self._target = _load(source), _load(target)
        self._known = known
        token = instruction.prefix.strip()
        is_token = bool(_LANGUAGE.fullmatch(token))
        self._prefix = "" if is_token else instruction.prefix
        self._before = (
            [token] if is_token else [] if not instruction.source else [instruction.source]
        )
        self.target_prefix = [instruction.target] if instruction.target else []

    def encode(self, text: str) -> list[str]:
        """Split a source."""
        pieces: list[str] = self._source.encode(self._prefix + text, out_type=str)
        kept = [piece if piece in self._known else "<unk>" for piece in pieces]
        return [*self._before, *kept, _END]

    def decode(self, pieces: list[str]) -> str:
        """Join a target, leaving special pieces out."""
        kept = [piece for piece in pieces if piece not in _SPECIAL]
        if self.target_prefix:
            kept = [piece for piece in kept if not _LANGUAGE.fullmatch(piece)]
        # Pieces that only the source's model knows come back undecoded.
        return str(self._target.decode(kept)).replace(_SPACE, " ").strip()

    def count_target(self, text: str) -> int:
        """Count a target's pieces."""
        return len(self.target_prefix) + len(self._target.encode(text)) + 1


def marian_pieces(folder: Path, instruction: Instruction) -> SentencePieces:
    """Return the tokenizer of a Marian model."""
    known = _vocabulary(folder)
    return SentencePieces(folder / "source.spm", folder / "target.spm", known, instruction)


def m2m100_pieces(folder: Path, instruction: Instruction) -> SentencePieces:
    """Return the tokenizer of an M2M100 model."""
    model = folder / "sentencepiece.bpe.model"
    tokens = Instruction(
        f"__{instruction.source}__", f"__{instruction.target}__", instruction.prefix
    )
    return SentencePieces(model, model, _vocabulary(folder), tokens)


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
