"""One JSON article a line, plain or gzip."""

import gzip
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import BinaryIO, cast

from pipeline.feed.record import RecordParser, fault
from pipeline.records import Article, Fault, Place


class JsonlReader:
    """Reads JSONL files in order.

    Args:
        paths: files; `None` is standard input.
        encoding: of the text.
        language: of records that declare none.
    """

    def __init__(self, paths: Sequence[Path | None], encoding: str, language: str) -> None:
        self._paths, self._encoding = paths, encoding
        self._parser = RecordParser(language)

    def read(self) -> Iterator[Article | Fault]:
        """Yield one outcome for each line that is not blank."""
        for path in self._paths:
            source = "<stdin>" if path is None else str(path)
            number = 0
            try:
                with _open(path) as lines:
                    for number, line in enumerate(lines, start=1):
                        if line.strip():
                            yield self._line(line, number, Place(source, number))
            except (OSError, EOFError) as error:
                message = f"cannot be read on from here: {error}"
                remedy = "Check the file, and deliver it again."
                yield fault(Place(source, number + 1), "unreadable_file", message, remedy)

    def _line(self, line: bytes, number: int, place: Place) -> Article | Fault:
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        try:
            record = json.loads(line.decode(self._encoding), parse_constant=_refuse)
        except UnicodeDecodeError as error:
            message = f"byte {error.start + 1} is not {self._encoding}"
            remedy = "Set feed.encoding, to cp1252 or latin-1 for example."
            return fault(place, "unreadable_record", message, remedy)
        except (ValueError, RecursionError) as error:
            message = f"not valid JSON: {error}"
            remedy = "Mend the line; a line that was cut in the middle must come again whole."
            return fault(place, "unreadable_record", message, remedy)
        if not isinstance(record, dict):
            message = f"the line is a JSON {type(record).__name__}, not an object"
            return fault(place, "unreadable_record", message, "Write one JSON object a line.")
        return self._parser.parse(record, place)


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is no JSON number")


def _open(path: Path | None) -> AbstractContextManager[BinaryIO]:
    if path is None:
        return nullcontext(sys.stdin.buffer)
    if path.suffix == ".gz":
        return cast("AbstractContextManager[BinaryIO]", gzip.open(path, "rb"))
    return path.open("rb")
