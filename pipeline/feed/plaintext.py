"""One plain text file, one article."""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.feed.charset import decode
from pipeline.feed.faults import fault, too_long
from pipeline.feed.lines import encoding_of
from pipeline.feed.record import RecordParser
from pipeline.feed.settings import MAX_CHARACTERS
from pipeline.records import Article, Fault, Place

_BYTES_PER_CHARACTER = 4


class PlaintextReader:
    """Reads text files in order; an article's id is its file's name without ending.

    Files of one name in several folders keep their path in the id.

    Args:
        paths: files; `None` is standard input, with the id `stdin`.
        encoding: of text without a byte order mark; `None` is UTF-8, or cp1252 if it is not.
        language: of the articles.
        max_characters: a file with more is a fault.
    """

    def __init__(
        self,
        paths: Sequence[Path | None],
        encoding: str | None,
        language: str,
        max_characters: int = MAX_CHARACTERS,
    ) -> None:
        self._paths, self._encoding, self._limit = paths, encoding, max_characters
        self._parser = RecordParser(language, max_characters)

    def read(self) -> Iterator[Article | Fault]:
        """Yield one outcome for each file."""
        stems = Counter(path.stem for path in self._paths if path)
        for path in self._paths:
            place = Place("<stdin>" if path is None else str(path))
            name = "stdin" if path is None else path.stem
            if path and stems[name] > 1:
                name = path.with_suffix("").as_posix()
            try:
                content = self._content(path)
            except OSError as error:
                message = f"cannot be read: {error.strerror}"
                yield fault(place, "unreadable_file", message, "Check the file.", name)
            else:
                yield self.article(content, name, place)

    def article(self, content: bytes, name: str, place: Place) -> Article | Fault:
        """Return the article in a text's bytes, or why there is none."""
        if len(content) > self._most_bytes:
            return too_long(place, self._limit, name)
        try:
            text = self._decode(content)
        except UnicodeDecodeError as error:
            message = f"byte {error.start + 1} is not {error.encoding}"
            remedy = "Set feed.encoding, to cp1252 or latin-1 for example."
            return fault(place, "unreadable_record", message, remedy, name)
        return self._parser.parse({"id": name, "text": text}, place)

    def _decode(self, content: bytes) -> str:
        if self._encoding is None:
            return decode(content)[0]
        return content.decode(encoding_of(content) or self._encoding)

    @property
    def _most_bytes(self) -> int:
        """Return how many bytes an article of the allowed length may have, with its mark."""
        return _BYTES_PER_CHARACTER * (self._limit + 1)

    def _content(self, path: Path | None) -> bytes:
        """Read a file, but not much more than may be read."""
        if path is None:
            return sys.stdin.buffer.read(self._most_bytes + 1)
        with path.open("rb") as stream:
            return stream.read(self._most_bytes + 1)
