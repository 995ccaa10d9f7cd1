"""Read a record's references, and tell what in them cannot be used."""

from collections.abc import Iterator

from pipeline.feed.values import kind, text_of, whole_text
from pipeline.records import Json, References

_KEYS = ("translation", "summaries")


def read_references(value: Json) -> References:
    """Return what is usable."""
    if not isinstance(value, dict):
        return References()
    summaries = value.get("summaries")
    listed = [summaries] if isinstance(summaries, str) else summaries
    texts = listed if isinstance(listed, list) else []
    kept = [whole_text(text) for text in texts if isinstance(text, str) and text.strip()]
    translation = value.get("translation")
    return References(text_of(translation) if isinstance(translation, str) else None, tuple(kept))


def unusable(value: Json) -> Iterator[str]:
    """Yield a message for each part of the wrong type."""
    if value is None:
        return
    if not isinstance(value, dict):
        yield f"references is {kind(value)}, not an object"
        return
    translation, summaries = value.get("translation"), value.get("summaries")
    if not isinstance(translation, str | None):
        yield f"references.translation is {kind(translation)}, not a text"
    if isinstance(summaries, list):
        for number, summary in enumerate(summaries, start=1):
            if not isinstance(summary, str):
                yield f"references.summaries: number {number} is {kind(summary)}, not a text"
    elif not isinstance(summaries, str | None):
        yield f"references.summaries is {kind(summaries)}, not a list of texts"
    for key in value:
        if key not in _KEYS:
            yield f"references.{whole_text(key)[:40]} is not known; there are {', '.join(_KEYS)}"
