"""Turn text into the pieces that CTranslate2 takes, and back, without torch or transformers.

Gives the same pieces as the tokenizer classes of transformers; a test compares them.
"""

from pathlib import Path
from typing import Any, Protocol

from pipeline.backends.architecture import Architecture
from pipeline.backends.conversion import TOKENIZER
from pipeline.backends.instruction import Instruction
from pipeline.backends.plain_text import plain_text
from pipeline.backends.sentence_pieces import m2m100_pieces, marian_pieces
from pipeline.errors import BackendError


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
        """Return how many pieces the model writes for a target text, special ones included."""


class TokenizerPieces:
    """A tokenizer of the tokenizers library.

    Args:
        tokenizer: puts the special tokens around a text by itself.
        architecture: of the model; it may force a first token.
        prefix: in front of each source.
    """

    def __init__(self, tokenizer: Any, architecture: Architecture, prefix: str) -> None:
        self._tokenizer = tokenizer
        self._kind = architecture.kind
        self._prefix = prefix
        forced = architecture.forced_first
        first = None if forced is None else tokenizer.id_to_token(forced)
        self.target_prefix: list[str] = [] if first is None else [first]

    def encode(self, text: str) -> list[str]:
        """Split a source."""
        pieces: list[str] = self._tokenizer.encode(self._prefix + text).tokens
        return pieces

    def decode(self, pieces: list[str]) -> str:
        """Join a target."""
        return plain_text(self._kind, _join(self._tokenizer, pieces))

    def count_target(self, text: str) -> int:
        """Count a target's pieces."""
        return len(self._tokenizer.encode(text).ids)


class LanguagePieces:
    """A tokenizer whose language tokens stand around the text, as those of NLLB and mBART.

    Args:
        tokenizer: without special tokens.
        instruction: the tokens of the languages.
        last: the source's language stands behind the text, not before it.
        starts: the target's language starts the decoder, so the model does not write it.
    """

    def __init__(
        self, tokenizer: Any, instruction: Instruction, *, last: bool, starts: bool
    ) -> None:
        self._tokenizer = tokenizer
        self._prefix = instruction.prefix
        source = [instruction.source] if instruction.source else []
        self._before = [] if last else source
        self._after = ["</s>", *source] if last else ["</s>"]
        self.target_prefix = [instruction.target] if instruction.target else []
        self._written = 1 if starts else 2

    def encode(self, text: str) -> list[str]:
        """Split a source."""
        found = self._tokenizer.encode(self._prefix + text, add_special_tokens=False)
        return [*self._before, *found.tokens, *self._after]

    def decode(self, pieces: list[str]) -> str:
        """Join a target."""
        kept = pieces[1:] if pieces[:1] == self.target_prefix else pieces
        return _join(self._tokenizer, kept)

    def count_target(self, text: str) -> int:
        """Count a target's pieces."""
        return len(self._tokenizer.encode(text, add_special_tokens=False).ids) + self._written


def load_pieces(
    folder: Path,
    architecture: Architecture,
    converted: Path,
    instruction: Instruction,
) -> Pieces:
    """Return the tokenizer of a model folder.

    Args:
        folder: in the transformers format.
        architecture: what model it is.
        converted: the same model in CTranslate2's format.
        instruction: what it is told about languages.

    Raises:
        BackendError: if its files are not there.
    """
    kind = architecture.kind
    if kind == "marian":
        return marian_pieces(folder, instruction)
    if architecture.tokenizer == "M2M100Tokenizer":
        return m2m100_pieces(folder, instruction)
    tokenizer = _from_file(converted / TOKENIZER)
    if kind in {"m2m_100", "mbart"}:
        last, starts = architecture.language_last, architecture.starts_with_language
        return LanguagePieces(tokenizer, instruction, last=last, starts=starts)
    return TokenizerPieces(tokenizer, architecture, instruction.prefix)


def _from_file(path: Path) -> Any:
    from tokenizers import Tokenizer  # noqa: PLC0415

    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:
        raise BackendError(f"{path}: cannot be read ({error}). Delete its folder.") from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def _join(tokenizer: Any, pieces: list[str]) -> str:
    ids = [tokenizer.token_to_id(piece) for piece in pieces]
    return str(tokenizer.decode([i for i in ids if i is not None])).strip()
