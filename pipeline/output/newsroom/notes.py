"""What editors have to know of a brief: never part of its text."""

from collections.abc import Iterator

from pipeline.output.newsroom.makers import Model
from pipeline.output.newsroom.texts import Text, line, tag
from pipeline.records import Article, Draft


def notes_of(
    draft: Draft, label: str | None, models: tuple[Model, ...], left_over: int
) -> tuple[Text, ...]:
    """Return the notes: the label first, then what to check, then the original's own notes.

    Args:
        draft: the brief.
        label: that a machine made it.
        models: what made its parts.
        left_over: runs of text that are not translated.
    """
    article = draft.article
    notes = [label] if label else []
    if models:
        notes.append(f"Made with {'; '.join(map(str, models))}.")
    notes += [
        f"Check ({caution.stage}): {caution.code.replace('_', ' ')}: {caution.message}"
        for caution in (*article.warnings, *draft.cautions)
    ]
    if left_over and draft.translation is not None:
        notes.append(f"Passages left in the original language: {left_over}.")
    return (*_in_english(notes), *_from_original(article))


def retraction_notes(article: Article) -> tuple[Text, ...]:
    """Return the notes of a retraction: what happened, and what the provider says of it."""
    message = (
        f"Withdrawn: the provider canceled the original {article.id}, version {article.version}. "
        "Delete this brief and every earlier version of it."
    )
    return (*_in_english([message]), *_from_original(article))


def _in_english(notes: list[str]) -> Iterator[Text]:
    for note in notes:
        if found := line(note):
            yield Text(found, "en")


def _from_original(article: Article) -> Iterator[Text]:
    wire, language = article.wire, tag(article.language)
    said = [wire.correction, wire.embargo_text, *(note.text for note in wire.notes)]
    for note in dict.fromkeys(map(line, said)):
        if note:
            yield Text(note, language)
