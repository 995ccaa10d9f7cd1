"""Read a feed and let in what may be worked on."""

from collections.abc import Iterator

from pipeline.feed.gate import Gate
from pipeline.feed.language import LanguageCheck
from pipeline.feed.reader import Reader
from pipeline.records import Article, Fault


class Intake:
    """A feed without what is held back, came twice, or is in another language.

    Args:
        reader: gives the feed.
        gate: holds back what may not be used.
        language: ISO code of the articles that are let in.
    """

    def __init__(self, reader: Reader, gate: Gate, language: str) -> None:
        self._reader, self._gate, self._language = reader, gate, language
        self._check = LanguageCheck()

    def articles(self) -> Iterator[Article | Fault]:
        """Yield one outcome for each item of the feed."""
        for item in self._reader.read():
            admitted = item if isinstance(item, Fault) else self._gate.admit(item)
            if isinstance(admitted, Article):
                yield self._check.examine(admitted, self._language)
            else:
                yield admitted
