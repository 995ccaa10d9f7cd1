"""One JSON article a line, plain or gzip."""

import json
import sys
import zlib
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import BinaryIO

from pipeline.errors import ArticleError
from pipeline.feed.addresses import open_lines
from pipeline.feed.faults import fault, too_long
from pipeline.feed.lines import Lines, read_lines
from pipeline.feed.record import RecordParser
from pipeline.feed.settings import MAX_CHARACTERS
from pipeline.feed.strict_json import parse_json
from pipeline.records import Article, Fault, Place

_BYTES_PER_CHARACTER = 6  # `\u00e4`
_ROOM = 65_536


class JsonlReader:
    """Reads JSONL files in order.

    Args:
        paths: files; an address of one is a text, `None` is standard input.
        encoding: of text without a byte order mark.
        language: of records that declare none.
        max_characters: a record with more in all its texts is a fault.
    """

    def __init__(
        self,
        paths: Sequence[Path | str | None],
        encoding: str,
        language: str,
        max_characters: int = MAX_CHARACTERS,
    ) -> None:
        self._paths, self._encoding, self._limit = paths, encoding, max_characters
        self._parser = RecordParser(language, max_characters)

    def read(self) -> Iterator[Article | Fault]:
        """Yield one outcome for each line that is not blank."""
        for path in self._paths:
            source = "<stdin>" if path is None else str(path)
            try:
                with _open(path) as stream:
                    yield from self.read_stream(stream, source)
            except OSError as error:
                yield _breaks_off(Place(source, 1), error)

    def read_stream(
        self, stream: Lines, source: str, passed: int = 0, *, at_start: bool = True
    ) -> Iterator[Article | Fault]:
        """Yield one outcome for each line that is not blank; one more where the stream breaks.

        Args:
            stream: at the beginning of a line; no line is read before its outcome is asked for.
            source: where it is, for places.
            passed: lines before.
            at_start: the first line of all is still to come.
        """
        number = passed
        try:
            for number, outcome in self._read(stream, source, passed, at_start=at_start):  # noqa: B007 - told below
                yield outcome
        except ArticleError as error:
            yield fault(Place(source, number + 1), error.reason, str(error), error.remedy)
        except (OSError, EOFError, UnicodeDecodeError, zlib.error) as error:
            yield _breaks_off(Place(source, number + 1), error)

    def _read(
        self, stream: Lines, source: str, passed: int, *, at_start: bool
    ) -> Iterator[tuple[int, Article | Fault]]:
        longest = _BYTES_PER_CHARACTER * self._limit + _ROOM
        is_first = at_start
        lines = read_lines(stream, self._encoding, longest, at_start=at_start)
        for number, (line, encoding) in enumerate(lines, start=passed + 1):
            place = Place(source, number)
            if line is None:
                yield number, too_long(place, self._limit)
            elif line.strip():
                if is_first and (whole := _is_one_document(line)):
                    yield number, _one_document(place, whole)
                    return
                yield number, self._line(line, encoding, place)
            is_first = is_first and line is not None and not line.strip()

    def _line(self, line: bytes, encoding: str, place: Place) -> Article | Fault:
        try:
            text = line.decode(encoding)
            record = parse_json(text)
        except UnicodeDecodeError as error:
            message = f"byte {error.start + 1} is not {encoding}"
            remedy = "Set feed.encoding, to cp1252 or latin-1 for example."
            return fault(place, "unreadable_record", message, remedy)
        except (ValueError, RecursionError) as error:
            return _no_json(place, line, error)
        if not isinstance(record, dict):
            message = f"the line is a JSON {type(record).__name__}, not an object"
            remedy = "Write one JSON object a line"
            remedy += ": jq -c '.[]' does it." if isinstance(record, list) else "."
            return fault(place, "unreadable_record", message, remedy)
        return self._parser.parse(record, place)


def _breaks_off(place: Place, error: Exception) -> Fault:
    message = f"cannot be read on from here: {error}"
    return fault(place, "unreadable_file", message, "Check the file, and deliver it again.")


def _no_json(place: Place, line: bytes, error: Exception) -> Fault:
    if b"\0" in line:
        message = "the line has zero bytes, as UTF-16 has without a byte order mark"
        remedy = "Convert the file: iconv -f utf-16le -t utf-8 (or utf-16be)."
    else:
        message = f"not valid JSON: {error}"
        remedy = "Mend the line; a line that was cut in the middle must come again whole."
    return fault(place, "unreadable_record", message, remedy)


def _is_one_document(line: bytes) -> str | None:
    """Name what a file's first line opens without closing it: an array, or a bare object."""
    text = line.strip()
    if text == b"{":
        return "object"
    if not text.startswith(b"["):
        return None
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        return "array" if error.pos >= len(error.doc) - 1 else None
    except (ValueError, RecursionError):
        return None
    return None


def _one_document(place: Place, what: str) -> Fault:
    message = f"this is a JSON {what} over several lines; the file is not read"
    query = ".[]" if what == "array" else "."
    remedy = f"Write one object a line: jq -c '{query}' FILE > feed.jsonl."
    return fault(place, "unreadable_record", message, remedy)


def _open(path: Path | str | None) -> AbstractContextManager[BinaryIO]:
    return nullcontext(sys.stdin.buffer) if path is None else open_lines(path)
