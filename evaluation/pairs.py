"""Bring together what several files say of the same article."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Protocol

from evaluation.text_files import Entry, LineFile, RecordFile, TextError, TextFile


@dataclass(frozen=True, slots=True)
class Item:
    """An article with everything that is known of it.

    Attributes:
        id: of the article; in files of lines, the line's number.
        place: among the articles of the first system, from 0 on.
        predictions: of each system.
        references: none if there are none.
        source: what the predictions were made from.
    """

    id: str
    place: int
    predictions: tuple[str, ...]
    references: tuple[str, ...]
    source: str | None = None


@dataclass(slots=True)
class Remainder:
    """What was found beside the items.

    Attributes:
        unused: references or sources that no prediction belongs to.
    """

    unused: int = 0


class Items(Protocol):
    """Articles out of several files, all of the same kind."""

    remainder: Remainder

    def read(self) -> Iterator[Item]:
        """Yield each article once, when everything about it has been read.

        Raises:
            TextError: if a file cannot be read, or something has no partner.
        """


@dataclass(slots=True)
class ParallelLines:
    """Line by line: every line is an article, even an empty one."""

    predictions: Sequence[LineFile]
    references: Sequence[LineFile]
    source: LineFile | None = None
    remainder: Remainder = field(default_factory=Remainder)

    def read(self) -> Iterator[Item]:
        """Yield the lines."""
        files = [*self.predictions, *self.references, *([self.source] if self.source else [])]
        streams = [file.entries() for file in files]
        systems, both = len(self.predictions), len(self.predictions) + len(self.references)
        odd: int | None = None
        for number, row in enumerate(zip_longest(*streams)):
            entries = [entry for entry in row if entry is not None]
            if len(entries) < len(row):
                ends = [number + (entry is not None) for entry in row]
                counts = [end + sum(1 for _ in s) for end, s in zip(ends, streams, strict=True)]
                raise TextError(_unequal(files, counts, odd))
            texts = [entry.texts[0] for entry in entries]
            if odd is None and 0 < sum(not text for text in texts) < len(texts):
                odd = number + 1
            source = texts[both] if self.source else None
            predictions, references = tuple(texts[:systems]), tuple(texts[systems:both])
            yield Item(str(number + 1), number, predictions, references, source)


def _unequal(files: Sequence[TextFile], counts: Sequence[int], odd: int | None) -> str:
    told = [f"{file.name} has {count} lines" for file, count in zip(files, counts, strict=True)]
    blank = f"; look at line {odd}, which is blank in some of them only" if odd else ""
    return f"{', '.join(told)}: they must be parallel, line by line{blank}"


@dataclass(slots=True)
class MatchedRecords:
    """Records by id; memory holds ids, and the texts whose partners are still to come."""

    predictions: Sequence[RecordFile]
    references: Sequence[RecordFile]
    source: RecordFile | None = None
    remainder: Remainder = field(default_factory=Remainder)

    def read(self) -> Iterator[Item]:
        """Yield an article as soon as all files have told of it; the rest at the end."""
        files = [*self.predictions, *self.references, *([self.source] if self.source else [])]
        streams = [_with_new_ids(file) for file in files]
        waiting: dict[str, list[Entry | None]] = {}
        places: dict[str, int] = {}
        for round_ in zip_longest(*streams):
            for index, entry in enumerate(round_):
                if entry is None:
                    continue
                if index == 0:
                    places[entry.id] = len(places)
                known = waiting.setdefault(entry.id, [None] * len(files))
                known[index] = entry
                if None not in known:
                    del waiting[entry.id]
                    yield self._item(entry.id, places[entry.id], known)
        yield from self._rest(waiting, places)

    def _rest(
        self, waiting: dict[str, list[Entry | None]], places: dict[str, int]
    ) -> Iterator[Item]:
        """Yield what lacks only some of the references, or the source."""
        systems, both = len(self.predictions), len(self.predictions) + len(self.references)
        self.remainder.unused = 0
        for index, file in enumerate(self.predictions):
            lacking = [
                name
                for name, known in waiting.items()
                if known[index] is None and any(known[:systems])
            ]
            if lacking:
                raise TextError(_lacks(file.name, "prediction", lacking))
        used = {name: known for name, known in waiting.items() if known[0] is not None}
        self.remainder.unused = len(waiting) - len(used)
        if alone := [name for name, known in used.items() if not any(known[systems:both])]:
            raise TextError(_lacks(", ".join(f.name for f in self.references), "record", alone))
        for name, known in used.items():
            yield self._item(name, places[name], known)

    def _item(self, name: str, place: int, known: Sequence[Entry | None]) -> Item:
        texts = [entry.texts if entry else () for entry in known]
        systems, both = len(self.predictions), len(self.predictions) + len(self.references)
        predictions = tuple("\n".join(found) for found in texts[:systems])
        references = tuple(text for found in texts[systems:both] for text in found)
        source = "\n\n".join(texts[both]) or None if self.source else None
        return Item(name, place, predictions, references, source)


def _lacks(name: str, what: str, ids: Sequence[str]) -> str:
    more = f" and {len(ids) - 1} more" if len(ids) > 1 else ""
    return f"{name}: has no {what} with id {ids[0]!r}{more}"


def _with_new_ids(file: RecordFile) -> Iterator[Entry]:
    places: dict[str, int] = {}
    for entry in file.entries():
        if entry.id in places:
            raise TextError(
                f"{file.name}:{entry.place}: id {entry.id!r} is there twice, first in line or row "
                f"{places[entry.id]}; set id_field to a key that is different in each record"
            )
        places[entry.id] = entry.place
        yield entry
