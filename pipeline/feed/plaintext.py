"""One plain text file, one article."""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.feed.record import RecordParser, fault
from pipeline.records import Article, Fault, Place


class PlaintextReader:
    """Reads text files in order; an article's id is its file's name without ending.

    Files of one name in several folders keep their path in the id.

    Args:
        paths: files; `None` is standard input, with the id `stdin`.
        encoding: of the text.
        language: of the articles.
    """

    def __init__(self, paths: Sequence[Path | None], encoding: str, language: str) -> None:
        self._paths, self._encoding = paths, encoding
        self._parser = RecordParser(language)

    def read(self) -> Iterator[Article | Fault]:
        """Yield one outcome for each file."""
        stems = Counter(path.stem for path in self._paths if path)
        for path in self._paths:
            place = Place("<stdin>" if path is None else str(path))
            name = "stdin" if path is None else path.stem
            if path and stems[name] > 1:
                name = path.with_suffix("").as_posix()
            try:
                content = sys.stdin.buffer.read() if path is None else path.read_bytes()
                text = content.removeprefix(b"\xef\xbb\xbf").decode(self._encoding)
            except UnicodeDecodeError as error:
                message = f"byte {error.start + 1} is not {self._encoding}"
                remedy = "Set feed.encoding, to cp1252 or latin-1 for example."
                yield fault(place, "unreadable_record", message, remedy, name)
            except OSError as error:
                message = f"cannot be read: {error.strerror}"
                yield fault(place, "unreadable_file", message, "Check the file.", name)
            else:
                yield self._parser.parse({"id": name, "text": text}, place)
