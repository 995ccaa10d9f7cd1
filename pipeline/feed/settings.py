"""Settings of the `feed` group, one class per option."""

from dataclasses import dataclass, field
from enum import Enum

from configs.ranges import allowed

MAX_CHARACTERS = 2_000_000
"""More than any article has: what is longer is a file that was not parted into articles."""


@dataclass
class FeedSettings:
    """What every feed has.

    Attributes:
        limit: read at most this many records.
        language: language of records that declare none; empty means `languages.source`.
    """

    limit: int | None = field(default=None, metadata=allowed(least=1))
    language: str | None = None


@dataclass
class BoundedFeed(FeedSettings):
    """What feeds of files have.

    Attributes:
        max_characters: a record with more, all its texts together, becomes a fault.
    """

    max_characters: int = field(default=MAX_CHARACTERS, metadata=allowed(least=1))


@dataclass
class JsonlFeed(BoundedFeed):
    """One JSON article a line; `path` is a file, a folder, a glob, or `-` for standard input."""

    path: str = "???"
    encoding: str = "utf-8"


@dataclass
class PlaintextFeed(BoundedFeed):
    """One file, one article; `path` is a file, a folder, a glob, or `-` for standard input."""

    path: str = "???"
    encoding: str = "utf-8"


@dataclass
class AutoFeed(BoundedFeed):
    """Any mixture of wire formats, plain text, JSONL, and archives of them.

    Attributes:
        path: a file, a folder, a glob, or `-` for standard input; with `format: rss`, also an
            address.
        format: read this format only; what is in another one becomes a fault. `None` reads all.
        encoding: of plain text and JSONL without a byte order mark; `None` tries UTF-8, and for
            plain text cp1252.
        max_megabytes: a longer document becomes a fault. JSONL is read line by line, and may be
            of any length.
        max_ratio: an archive that unpacks to more times its size becomes a fault.
        max_members: an archive is read up to so many members.
        max_unpacked_megabytes: an archive is read up to so many megabytes, unpacked.
        timeout_seconds: longest wait for an address.
    """

    path: str = "???"
    format: str | None = None
    encoding: str | None = None
    max_megabytes: int = field(default=64, metadata=allowed(least=1, most=2000))
    max_ratio: int = field(default=200, metadata=allowed(least=2))
    max_members: int = field(default=1_000_000, metadata=allowed(least=1))
    max_unpacked_megabytes: int = field(default=16_384, metadata=allowed(least=1))
    timeout_seconds: float = field(default=30.0, metadata=allowed(above=0))


@dataclass
class Columns:
    """Where to find an article's fields in a table row; dots reach into nested columns."""

    id: str | None = None
    text: str = "text"
    title: str | None = None
    language: str | None = None
    version: str | None = None
    published: str | None = None
    translation: str | None = None
    summary: str | None = None


@dataclass
class ParquetFeed(BoundedFeed):
    """One article a row; `path` is a file, a folder or a glob."""

    path: str = "???"
    columns: Columns = field(default_factory=lambda: Columns(id="id", title="title"))


@dataclass
class HubFeed(FeedSettings):
    """A dataset on a hub, or local files, through `datasets.load_dataset`.

    Attributes:
        dataset: name on the hub, a local folder, or a file format such as `parquet` or `json`.
        files: with a file format: a path, a glob, or an `hf://` address of its files.
        config: configuration name of the dataset.
        split: which part.
        revision: commit or tag.
        streaming: read row by row instead of downloading everything first.
    """

    dataset: str = "???"
    files: str | None = None
    config: str | None = None
    split: str = "test"
    revision: str | None = None
    streaming: bool = True
    columns: Columns = field(default_factory=Columns)


Handling = Enum("Handling", {"brief": "brief", "translate": "translate", "pass": "pass"})
"""Made of an item: everything, only its translation, or nothing: it is passed on as it is."""

_PASS = Handling["pass"]


@dataclass
class Treatments:
    """What is made of each kind of item; see `pipeline.wire.Nature`.

    An item that has nothing but a headline gets no summary in any case.
    """

    story: Handling = Handling.brief
    flash: Handling = Handling.brief
    release: Handling = Handling.brief
    press_review: Handling = Handling.brief
    digest: Handling = Handling.translate
    table: Handling = _PASS
    preview: Handling = _PASS
    advisory: Handling = _PASS
