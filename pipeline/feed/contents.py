"""Read documents and lines in the format that their content shows."""

from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from pipeline.errors import ArticleError, ConfigError
from pipeline.feed.articles import ArticleMaker
from pipeline.feed.document import Document
from pipeline.feed.faults import STAGE, fault, too_long
from pipeline.feed.first_bytes import describe, is_data, is_json, is_plain_text
from pipeline.feed.formats.format import Format
from pipeline.feed.formats.registry import FORMATS, recognise
from pipeline.feed.item import Broken, Item
from pipeline.feed.jsonl import JsonlReader
from pipeline.feed.lines import encoding_of, read_lines
from pipeline.feed.plaintext import PlaintextReader
from pipeline.feed.record import RecordParser
from pipeline.feed.settings import AutoFeed
from pipeline.feed.strict_json import parse_json
from pipeline.records import Article, Fault, Json, Place

_BYTES_PER_CHARACTER = 12
_SEVERAL = 2
_NO_ARTICLES = frozenset({"no_text", "no_story"})
"""Pictures, sound, packages of references: read, and rightly not briefed."""


class ContentReader:
    """Reads wire formats, records of our own, and plain text.

    Args:
        settings: the bounds, and the only format if there is one.
        language: of items that declare none.

    Raises:
        ConfigError: if there is no such format.
    """

    def __init__(self, settings: AutoFeed, language: str) -> None:
        most, encoding = settings.max_characters, settings.encoding
        self._only = _named(settings.format)
        self._maker, self._longest = ArticleMaker(language, most), most
        self._parser = RecordParser(language, most)
        self._jsonl = JsonlReader([], encoding or "utf-8", language, most)
        self._plaintext = PlaintextReader([], encoding, language, most)

    def document(self, document: Document, name: str, suffix: str) -> Iterator[Article | Fault]:
        """Yield one outcome for each item of a document; one that says why, if it has none.

        Args:
            document: recognised by its content.
            name: id of a plain text.
            suffix: ending of the file's name, in small letters.
        """
        place = Place(document.source)
        form = self._format_of(document)
        try:
            if form is not None:
                yield from self._items(form, document)
            elif self._only is None and is_json(document) and _is_own(document.json):
                yield from self._records(document)
            elif self._only is None and is_plain_text(document, suffix):
                article = self._plaintext.article(document.content, name, place)
                yield _made(article, "plaintext", document)
            else:
                yield self._unknown(document, suffix)
        except ArticleError as error:
            yield fault(place, error.reason, str(error), error.remedy)

    def lines(self, stream: BinaryIO, source: str, head: bytes) -> Iterator[Article | Fault]:
        """Yield the outcomes of a stream with one JSON object a line: records, or wire items.

        Args:
            stream: at its beginning.
            source: for places.
            head: its first bytes.
        """
        first = _first_line(head)
        if self._only is None and self._format_of(Document(source, first)) is None:
            for outcome in self._jsonl.read_stream(stream, source):
                yield _made(outcome, "jsonl")
            return
        longest = _BYTES_PER_CHARACTER * self._longest
        for number, (line, _) in enumerate(read_lines(stream, "utf-8", longest), start=1):
            document = Document(source, line or b"")
            if line is None:
                yield too_long(Place(source, number), self._longest)
            elif line.strip():
                form = self._format_of(document)
                if form is None:
                    unknown = self._unknown(document, ".jsonl")
                    yield replace(unknown, place=Place(source, number))
                else:
                    yield from self._items(form, document, number)

    def _records(self, document: Document) -> Iterator[Article | Fault]:
        """Yield the outcomes of one record over several lines, or of a list of them."""
        for found in document.json_items(("articles",), _is_own):
            if isinstance(found, Broken):
                place, error = Place(document.source, item=found.index), found.error
                yield fault(place, error.reason, str(error), error.remedy)
            else:
                place = Place(document.source, found.line, found.index)
                yield _made(self._parser.parse(found.value, place), "json", document)

    def _format_of(self, document: Document) -> Format | None:
        if is_data(document):
            return None
        if self._only is None:
            return recognise(document)
        return self._only if self._only.recognises(document) else None

    def _items(
        self, form: Format, document: Document, line: int | None = None
    ) -> Iterator[Article | Fault]:
        is_empty = True
        place = Place(document.source, line)
        try:
            for item in form.read(document):
                is_empty = False
                place = Place(document.source, line, item.index)
                yield self._outcome(item, form, document, place)
        except ArticleError as error:
            is_empty = False
            yield fault(place, error.reason, str(error), error.remedy)
        except Exception as error:  # noqa: BLE001 - whatever it is, other documents can be read
            is_empty = False
            yield _failed(place, form, error)
        if is_empty:
            message, remedy = f"{form.title} without an item", "Nothing is to be done."
            yield Fault(place, STAGE, "no_items", message, remedy, is_set_aside=True)

    def _outcome(
        self, item: Item | Broken, form: Format, document: Document, place: Place
    ) -> Article | Fault:
        if isinstance(item, Broken):
            error = item.error
            found = fault(place, error.reason, str(error), error.remedy, item.id)
            return replace(found, is_set_aside=error.reason in _NO_ARTICLES)
        if item.line is not None:
            place = replace(place, line=item.line)
        wire = replace(
            item.wire,
            format=item.wire.format or form.name,
            sha256=item.wire.sha256 or document.sha256,
            charset=item.wire.charset or document.charset,
        )
        try:
            return self._maker.make(replace(item, wire=wire), place)
        except Exception as problem:  # noqa: BLE001 - other items can be read
            return _failed(place, form, problem)

    def _unknown(self, document: Document, suffix: str) -> Fault:
        place = Place(document.source)
        form = None if is_data(document) else recognise(document)
        if form is None and is_plain_text(document, suffix):
            what = "plain text"
        else:
            what = form.title if form is not None else describe(document, suffix)
        if self._only is not None:
            message = f"this is {what}, not {self._only.title}"
            remedy = "Use feed=auto, which reads every format, or take the file away."
            return fault(place, "wrong_format", message, remedy)
        titles = ", ".join(known.title for known in FORMATS)
        remedy = f"Known are {titles}, JSONL and plain text; convert it, or take it away."
        return fault(place, "unknown_format", f"this is {what}", remedy)


def opens_lines(head: bytes) -> bool:
    """Tell JSON objects line by line from one object over several lines."""
    text = head.decode(encoding_of(head) or "utf-8", "replace").lstrip("\ufeff \t\r\n")
    if not text.startswith("{"):
        return False
    lines = [line.strip() for line in text.split("\n", _SEVERAL)]
    more = [line for line in lines[1:] if line]
    if not more or not more[0].startswith("{") or lines[0] == "{":
        return False
    return _is_object(lines[0]) or _is_object(more[0])


def _is_object(line: str) -> bool:
    try:
        return isinstance(parse_json(line), dict)
    except (ValueError, RecursionError):
        return False


def _first_line(head: bytes) -> bytes:
    text = head.decode(encoding_of(head) or "utf-8", "replace").lstrip("\ufeff \t\r\n")
    return text.split("\n", 1)[0].encode("utf-8", "replace")


def _is_own(value: Json) -> bool:
    """Tell a record of our own, or a list of such."""
    first = value[0] if isinstance(value, list) and value else value
    return isinstance(first, dict) and ("text" in first or "id" in first)


def _made(outcome: Article | Fault, form: str, document: Document | None = None) -> Article | Fault:
    """Fill in what records of our own and plain text do not say of themselves."""
    if isinstance(outcome, Fault):
        return outcome
    wire = replace(outcome.wire, format=form)
    if document is not None:
        wire = replace(wire, sha256=document.sha256, charset=document.text[1])
    return replace(outcome, wire=wire)


def _failed(place: Place, form: Format, error: Exception) -> Fault:
    message = f"reading it as {form.title} failed: {type(error).__name__}: {str(error)[:200]}"
    remedy = "Deliver it again; if it is sound, this is an error of the reader: report it."
    return fault(place, "unreadable_file", message, remedy)


def _named(name: str | None) -> Format | None:
    if name is None:
        return None
    found = next((known for known in FORMATS if known.name == name), None)
    if found is None:
        names = ", ".join(known.name for known in FORMATS)
        raise ConfigError(f"feed.format={name}: there is no such format; choose from {names}")
    return found
