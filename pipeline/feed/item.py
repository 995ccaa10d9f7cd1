"""What a format's parser gives: one item, its fields told apart, its text as delivered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from pipeline.errors import ArticleError
from pipeline.records import Block, Caution, Json, References
from pipeline.wire import Status, Wire


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a feed before agency habits in its text are looked at.

    Attributes:
        id: stable over versions; `None` becomes a fault.
        blocks: of formats with markup: body text only, without captions, notes and contacts. Empty
            for an item without a body.
        text: of formats without markup: running text, blank lines part paragraphs; it takes the
            place of `blocks`.
        version: whole number; `None` where the format has none.
        language: tag as declared, such as `de` or `de-AT`.
        status: usable, withheld or canceled; unknown words count as withheld.
        embargo: not to be used before.
        published: first publication, aware.
        provider: agency or house, such as `dpa`.
        title: headline.
        dateline: as written, such as `Berlin (dpa)`, where the format keeps it apart.
        signature: closing line, where the format keeps it apart.
        wire: everything else.
        references: what human editors wrote in the target language.
        extra: keys that no field stands for.
        cautions: what was repaired or left out while parsing.
        index: 1-based number among the items of its file; `None` where a file is one item.
        line: 1-based line of its file, of formats with lines.
    """

    id: str | None
    blocks: tuple[Block, ...] = ()
    text: str | None = None
    version: int | None = None
    language: str | None = None
    status: Status = "usable"
    embargo: datetime | None = None
    published: datetime | None = None
    provider: str | None = None
    title: str | None = None
    dateline: str | None = None
    signature: str | None = None
    wire: Wire = field(default_factory=Wire)
    references: References = field(default_factory=References)
    extra: Mapping[str, Json] = field(default_factory=dict)
    cautions: tuple[Caution, ...] = ()
    index: int | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Broken:
    """An item that could not be read, while others of its file can.

    Attributes:
        error: reason, message and remedy.
        index: 1-based number among the items of its file.
        id: of the item, if that much was read.
    """

    error: ArticleError
    index: int | None = None
    id: str | None = None
