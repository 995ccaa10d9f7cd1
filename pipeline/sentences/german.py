"""Split German text into sentences."""

from collections.abc import Sequence

from pipeline.sentences.rules import load_rules
from pipeline.sentences.scanner import Scanner


class GermanSplitter:
    """Split German wire text.

    Args:
        abbreviations: house abbreviations that end no sentence, besides those built in.
    """

    def __init__(self, abbreviations: Sequence[str] = ()) -> None:
        self._scanner = Scanner(load_rules("de", abbreviations))

    def split(self, text: str) -> list[str]:
        """Return the sentences of `text` in order; only white space around them is dropped."""
        return self._scanner.split(text)
