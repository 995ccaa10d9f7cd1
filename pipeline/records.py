"""The records that travel through the journey. Frozen, typed; what is absent is `None`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from pipeline.wire import Status, Wire

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]
"""A JSON value, carried through untouched."""

BlockKind = Literal["text", "subhead", "item", "quote", "table", "pre"]
"""Paragraph, subhead, item of a list, quotation, table, text whose layout is its meaning."""

PROSE: frozenset[BlockKind] = frozenset({"text", "item", "quote"})
"""Blocks of sentences; only these are cut, and picked for summaries."""

FIXED: frozenset[BlockKind] = frozenset({"table", "pre"})
"""Blocks that are passed on as they are, since sentence by sentence they would lose their sense."""

Treatment = Literal["brief", "translate", "pass"]
"""What is made of an article: everything, only a translation, or nothing but its record."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an input record came from.

    Attributes:
        source: file path, dataset name or `<stdin>`.
        line: 1-based line or row number, if the source has several records.
        item: 1-based number of the item, if the source has several and no lines.
    """

    source: str
    line: int | None = None
    item: int | None = None

    def __str__(self) -> str:
        where = "" if self.item is None else f"#{self.item}"
        return f"{self.source}{where}" if self.line is None else f"{self.source}:{self.line}{where}"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, subhead, table and the like of an article, in the article's language.

    Attributes:
        text: of a table, one row a line, cells parted by ` | `.
        rows: of a table, its cells.
    """

    text: str
    kind: BlockKind = "text"
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class References:
    """What human editors wrote, in the target language.

    Attributes:
        translation: the whole translated text, blocks parted by a blank line.
        summaries: independent reference summaries; one sentence a line if they have lines.
    """

    translation: str | None = None
    summaries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """A wire story, cleaned of everything that is no running text.

    Attributes:
        id: stable over versions.
        blocks: paragraphs and subheads in order, without dateline and signature.
        version: grows with each take of the story; 1 where the feed numbers none.
        language: ISO 639-1 code as declared by the feed.
        dateline: as written, such as `AUSTIN (dpa-AFX)`.
        signature: closing editorial signature, such as `/so/DP/zb`.
        prefix: metadata in front of the dateline, such as `date 2024-10`.
        status: usable, withheld or canceled, as the feed says.
        embargo: not to be used before.
        wire: what the item says about itself beside that.
        treatment: what is to be made of it.
        dateline_target: the dateline in the target language, as far as it is known.
        extra: the feed's other keys, passed on to the brief untouched.
        warnings: what the reader noticed and repaired.
        is_numbered: the feed gave the version; where not, a kill withdraws every one.
    """

    id: str
    blocks: tuple[Block, ...]
    place: Place
    title: str | None = None
    version: int = 1
    language: str | None = None
    status: Status = "usable"
    embargo: datetime | None = None
    published: datetime | None = None
    provider: str | None = None
    dateline: str | None = None
    signature: str | None = None
    prefix: str | None = None
    wire: Wire = field(default_factory=Wire)
    treatment: Treatment = "brief"
    dateline_target: str | None = None
    references: References = References()
    extra: Mapping[str, Json] = field(default_factory=dict)
    warnings: tuple["Caution", ...] = ()
    is_numbered: bool = True


@dataclass(frozen=True, slots=True)
class Caution:
    """Something an editor should know about a brief: what, in which stage, and details."""

    code: str
    stage: str
    message: str


@dataclass(frozen=True, slots=True)
class FactPlace:
    """A piece of a text.

    Attributes:
        text: as written.
        start: character offset.
        end: offset behind it.
        sentence: index into `Draft.sentences` if the offsets are those of a sentence, in its source
            or its target; `None` for the title and for a summary.
    """

    text: str
    start: int
    end: int
    sentence: int | None = None


@dataclass(frozen=True, slots=True)
class FactMismatch:
    """A fact of which source and output do not agree.

    Attributes:
        part: `translation`, `extractive` or `abstractive`.
        kind: `number`, `unit`, `decade`, `time`, `month`, `weekday`, `negation` or `name`.
        side: `missing` in the output, or `added` there.
        place: of the fact: in the source of a translation if `missing`, else in the translation's
            target or in the summary; of a negation that a summary lost, the summary's clause.
        other: what stands in its place on the other side, or the whole sentence; for a summary,
            always in the source of the sentence that it most likely comes from, if there is one.
    """

    part: Literal["translation", "extractive", "abstractive"]
    kind: str
    side: Literal["missing", "added"]
    place: FactPlace
    other: FactPlace | None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the article, or a whole block that is no prose.

    Attributes:
        text: exactly as in its block, without outer white space.
        block: index into `Article.blocks`.
        kind: that block's kind; only `PROSE` may be picked for a summary.
    """

    text: str
    block: int
    kind: BlockKind = "text"


@dataclass(frozen=True, slots=True)
class Maker:
    """What made a part of the brief: enough to make it again.

    Attributes:
        model: name or path as configured.
        revision: digest of the model files.
        engine: `ctranslate2`, `transformers`, or the algorithm's own name.
        decoding: settings that can change output, as canonical JSON.
        bytes: size of the model's files; `None` without a model, or if they are not here.
    """

    model: str
    revision: str | None
    engine: str
    decoding: str
    bytes: int | None = None


@dataclass(frozen=True, slots=True)
class Translation:
    """The English side of an article.

    Attributes:
        title: translated title.
        targets: one text per `Draft.sentences` entry; `None` for a sentence left untranslated,
            as happens with `order=extract_first`.
        maker: what translated; `None` when nothing was (`translation=none`).
    """

    title: str | None
    targets: tuple[str | None, ...]
    maker: Maker | None


@dataclass(frozen=True, slots=True)
class Extract:
    """An extractive summary.

    Attributes:
        picks: ascending indices into `Draft.sentences`.
        text: the picked sentences in the target language, one a line; source language until
            they are translated.
        order: indices of all running-text sentences that were ranked, best first.
    """

    picks: tuple[int, ...]
    text: str
    maker: Maker
    order: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Abstract:
    """An abstractive summary, one sentence a line."""

    text: str
    maker: Maker


@dataclass(frozen=True, slots=True)
class Draft:
    """An article on its journey; each stage returns it with one more part.

    Attributes:
        position: the input's place in feed order.
        scores: numbers of this article, by name.
        statistics: by metric, what the score of the corpus is summed up from, where that is no
            mean of `scores`.
        facts: those of which source and outputs do not agree.
    """

    article: Article
    position: int
    sentences: tuple[Sentence, ...] = ()
    translation: Translation | None = None
    extract: Extract | None = None
    abstract: Abstract | None = None
    scores: Mapping[str, float] | None = None
    statistics: Mapping[str, Sequence[float]] = field(default_factory=dict)
    cautions: tuple[Caution, ...] = ()
    facts: tuple[FactMismatch, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """An article, record or file that could not become a brief.

    Attributes:
        position: the input's place in feed order, shared with `Draft.position`.
        reason: short and stable, such as `unreadable_record`.
        message: what happened, in one sentence.
        remedy: what to do about it.
        is_set_aside: nothing went wrong: the article is rightly not briefed, as it was withdrawn,
            overtaken by a newer version, is under embargo, or in a language that is not wanted.
    """

    place: Place
    stage: str
    reason: str
    message: str
    remedy: str
    article_id: str | None = None
    position: int = -1
    is_set_aside: bool = False
