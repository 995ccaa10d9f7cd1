"""What a newsroom gets of a brief, told apart once for all formats."""

from dataclasses import dataclass, replace
from datetime import datetime

from pipeline.output.newsroom.makers import Model, models_of, public_label, source_type
from pipeline.output.newsroom.names import brief_uri, source_uri
from pipeline.output.newsroom.notes import notes_of, retraction_notes
from pipeline.output.newsroom.parts import Part, left_over, parts_of
from pipeline.output.newsroom.texts import Text, legal, line, tag
from pipeline.output.newsroom.vocabulary import Topic, english_genre, topics_of
from pipeline.records import Article, Draft
from pipeline.wire import Status, Wire


@dataclass(frozen=True, slots=True)
class Origin:
    """The original of a brief, and what is carried over from it as it is.

    Attributes:
        uri: its address.
        id: as its provider writes it.
        language: BCP 47 tag.
        version: as delivered.
        translated: the brief is a translation of it; otherwise it is only derived from it.
        created: when this version was made; of a format that does not say it, when the story was
            published.
        first_created: when the story was published, or its first version made.
    """

    uri: str
    id: str
    language: str
    version: int
    translated: bool
    headline: str | None
    provider: str | None
    byline: str | None
    slugline: str | None
    keywords: tuple[str, ...]
    genre: str | None
    created: datetime | None
    first_created: datetime | None
    embargo: datetime | None
    copyright: str | None
    usage_terms: str | None
    credit: str | None


@dataclass(frozen=True, slots=True)
class Story:
    """A brief, or the notice that withdraws it.

    Attributes:
        uri: its own address, the same for all versions.
        language: of what it says.
        headline: in the original's language where there is no translation.
        summary: one paragraph.
        dateline: such as `AUSTIN (dpa-AFX)`.
        notes: for editors, not for publication.
        label: that a machine made it, for readers.
        source_type: in IPTC's vocabulary.
    """

    uri: str
    language: str
    status: Status
    origin: Origin
    headline: Text | None = None
    summary: Text | None = None
    dateline: Text | None = None
    parts: tuple[Part, ...] = ()
    genre: str | None = None
    topics: tuple[Topic, ...] = ()
    located: tuple[str, ...] = ()
    signals: tuple[str, ...] = ()
    urgency: int | None = None
    notes: tuple[Text, ...] = ()
    label: str | None = None
    source_type: str | None = None
    models: tuple[Model, ...] = ()


def story_of(draft: Draft, language: str) -> Story:
    """Return what a newsroom gets of a brief.

    Args:
        draft: the finished brief.
        language: that the run translates into.
    """
    article, wire = draft.article, draft.article.wire
    spoken = language if draft.translation is not None else tag(article.language)
    parts = parts_of(draft, language)
    label = public_label(draft)
    models = models_of(draft)
    signals = (line(signal.removeprefix("sig:")) for signal in wire.signals)
    return Story(
        uri=brief_uri(article, language),
        language=spoken,
        status=article.status,
        origin=_origin(article, translated=_is_translated(draft)),
        headline=_headline(draft, language),
        summary=_summary(draft, spoken),
        dateline=_dateline(draft),
        parts=parts,
        genre=english_genre(wire.genre) if wire.genre else None,
        topics=topics_of(article),
        located=tuple(place for name in wire.located if (place := line(name))),
        signals=tuple(signal for signal in signals if signal),
        urgency=wire.urgency if wire.urgency in range(1, 10) else None,
        notes=notes_of(draft, label, models, left_over(parts, spoken)),
        label=label,
        source_type=source_type(draft),
        models=models,
    )


def retraction_of(article: Article, language: str) -> Story:
    """Return the notice that withdraws the brief of a killed article, without any of its text."""
    wire = article.wire
    times = Wire(created=wire.created, first_created=wire.first_created)
    bare = replace(article, title=None, wire=times)
    return Story(
        uri=brief_uri(article, language),
        language=language,
        status="canceled",
        origin=_origin(bare, translated=True),
        notes=retraction_notes(article),
    )


def _origin(article: Article, *, translated: bool) -> Origin:
    wire = article.wire
    return Origin(
        uri=source_uri(article),
        id=line(article.id) or "",
        language=tag(article.language),
        version=article.version,
        translated=translated,
        headline=line(article.title),
        provider=line(article.provider),
        byline=line(wire.byline),
        slugline=line(wire.slugline),
        keywords=tuple(keyword for found in wire.keywords if (keyword := line(found))),
        genre=line(wire.genre),
        created=wire.created or article.published or wire.first_created,
        first_created=wire.first_created or article.published,
        embargo=article.embargo,
        copyright=_as_is(wire.copyright),
        usage_terms=_as_is(wire.usage_terms),
        credit=_as_is(wire.credit),
    )


def _as_is(text: str | None) -> str | None:
    return legal(text or "").strip() or None


def _is_translated(draft: Draft) -> bool:
    return draft.translation is not None and draft.translation.maker is not None


def _headline(draft: Draft, language: str) -> Text | None:
    if draft.translation is not None and (title := line(draft.translation.title)):
        return Text(title, language)
    title = line(draft.article.title)
    return Text(title, tag(draft.article.language)) if title else None


def _summary(draft: Draft, language: str) -> Text | None:
    written = line(draft.abstract.text) if draft.abstract else None
    picked = line(draft.extract.text) if draft.extract else None
    found = written or picked
    return Text(found, language) if found else None


def _dateline(draft: Draft) -> Text | None:
    """Return the dateline in the language that it is written in."""
    found = line(draft.article.dateline)
    return Text(found, tag(draft.article.language)) if found else None
