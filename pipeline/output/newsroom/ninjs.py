"""Briefs as ninjs 3.0, IPTC's News in JSON."""

from datetime import datetime

from pipeline.output.json_text import json_text
from pipeline.output.newsroom.body import BodyWriter
from pipeline.output.newsroom.makers import SOURCE_TYPES
from pipeline.output.newsroom.parts import text_of
from pipeline.output.newsroom.story import Origin, Story, retraction_of, story_of
from pipeline.output.newsroom.vocabulary import ADDRESSES, Topic
from pipeline.records import Article, Draft, Json

_SCHEMA = "http://www.iptc.org/std/ninjs/ninjs-schema_3.0.json#"
_NOTES = "\n"


class NinjsBriefs:
    """One ninjs object a brief.

    Args:
        language: BCP 47 tag of the translation.
    """

    suffix = ".json"

    def __init__(self, language: str = "en") -> None:
        self._language = language

    def render(self, draft: Draft) -> bytes:
        """Return a brief."""
        return _document(story_of(draft, self._language))

    def retract(self, article: Article) -> bytes:
        """Return the notice that withdraws the brief of a killed article."""
        return _document(retraction_of(article, self._language))


def _document(story: Story) -> bytes:
    origin = story.origin
    found: dict[str, Json] = {
        "standard": {"name": "ninjs", "version": "3.0", "schema": _SCHEMA},
        "uri": story.uri,
        "type": "text",
        "representationType": "full",
        "version": str(origin.version),
        "firstCreated": _time(origin.first_created),
        "versionCreated": _time(origin.created),
        "embargoedUntil": _time(origin.embargo),
        "pubStatus": story.status,
        "urgency": story.urgency,
        "language": story.language,
        "headlines": _headlines(story),
        "by": _by(story),
        "located": "; ".join(story.located),
        "slugline": origin.slugline,
        "genres": _genres(story),
        "subjects": [_subject(topic) for topic in story.topics if topic.english or topic.code],
        "descriptions": _descriptions(story),
        "bodies": _bodies(story),
        "infoSources": _sources(story),
        "copyrightNotice": origin.copyright,
        "usageTerms": origin.usage_terms,
        "edNote": _NOTES.join(_note_lines(story)),
        "altIds": [{"role": "original", "value": origin.id}],
        "associations": [_original(story)],
    }
    return (json_text(_said(found), indent=2) + "\n").encode("utf-8")


def _headlines(story: Story) -> list[Json]:
    if story.headline is None:
        return []
    return [{"role": "main", "contentType": "text/plain", "value": story.headline.text}]


def _by(story: Story) -> str:
    return " / ".join(part for part in (story.origin.byline, story.label) if part)


def _genres(story: Story) -> list[Json]:
    """Return the genre, and the label for machines: 3.0 has no other place for it."""
    genres: list[Json] = []
    if story.origin.genre:
        genres.append(_said({"name": story.genre, "literal": story.origin.genre}))
    if story.source_type:
        name, uri = story.source_type, SOURCE_TYPES + story.source_type
        genres.append({"name": "machine-made", "uri": uri, "literal": f"digsrctype:{name}"})
    return genres


def _subject(topic: Topic, name: str | None = None) -> Json:
    uri = f"{ADDRESSES[topic.scheme]}{topic.code}" if topic.scheme else None
    return _said(
        {
            "name": name or topic.english,
            "rel": "about",
            "uri": uri,
            "literal": f"{topic.scheme}:{topic.code}" if topic.scheme else topic.code,
        }
    )


def _descriptions(story: Story) -> list[Json]:
    found: list[Json] = []
    if story.summary is not None:
        value = story.summary.text
        found.append({"role": "summary", "contentType": "text/plain", "value": value})
    if story.origin.credit:
        found.append({"role": "creditline", "value": story.origin.credit})
    return found


def _bodies(story: Story) -> list[Json]:
    if not story.parts:
        return []
    from lxml import etree  # noqa: PLC0415 - other outputs do not need it

    writer = BodyWriter(story.language, xhtml=False)
    body = writer.element("body")
    writer.write(body, story.parts, story.dateline)
    text = text_of(story.parts)
    html = "\n".join(
        etree.tostring(child, encoding="unicode", method="html", with_tail=False) for child in body
    )
    return [
        {
            "role": "main",
            "contentType": "text/html",
            "charCount": len(text),
            "wordCount": len(text.split()),
            "value": html,
        }
    ]


def _sources(story: Story) -> list[Json]:
    sources = list[Json]()
    if story.origin.provider:
        sources.append({"name": story.origin.provider, "role": "provider"})
    if story.label:
        sources.append({"name": "wirebrief", "role": "creator"})
    return [
        *sources,
        *(
            _said({"name": model.name, "role": model.part, "literal": model.revision})
            for model in story.models
        ),
    ]


def _note_lines(story: Story) -> list[str]:
    """Return the notes in one text; what is not English says its language in brackets."""
    notes = (
        note.text if note.language == "en" else f"[{note.language}] {note.text}"
        for note in story.notes
    )
    signals = [f"Signal: {', '.join(story.signals)}."] if story.signals else []
    return [*notes, *signals]


def _original(story: Story) -> Json:
    """Return the original as an associated object: what it says is said in its own language."""
    origin = story.origin
    keywords: list[Json] = [{"name": word, "rel": "keyword"} for word in origin.keywords]
    named = [topic for topic in story.topics if topic.source and topic.source != topic.english]
    return _said(
        {
            "name": "original",
            "rel": "translatedFrom" if origin.translated else "derivedFrom",
            "uri": origin.uri,
            "type": "text",
            "representationType": "partial",
            "version": str(origin.version),
            "versionCreated": _time(origin.created),
            "language": origin.language,
            "headlines": _title(origin, story),
            "subjects": [*(_subject(topic, topic.source) for topic in named), *keywords],
        }
    )


def _title(origin: Origin, story: Story) -> list[Json]:
    if origin.headline is None or story.status == "canceled":
        return []
    return [{"role": "main", "contentType": "text/plain", "value": origin.headline}]


def _time(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment is not None else None


def _said(values: dict[str, Json]) -> dict[str, Json]:
    """Leave out what is not said."""
    return {name: value for name, value in values.items() if value not in (None, "", [])}
