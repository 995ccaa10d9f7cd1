"""Make an article of an item, whatever format it came in."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from pipeline.feed.dress import Dress, undress, undress_blocks
from pipeline.feed.faults import STAGE, fault, too_long
from pipeline.feed.item import Item
from pipeline.feed.settings import MAX_CHARACTERS
from pipeline.feed.values import legible, line_of, whole_text
from pipeline.records import Article, Caution, Fault, Json, Place


class ArticleMaker:
    """Takes the agency dress off items.

    Args:
        language: of items that declare none.
        max_characters: an item with more in its body is a fault.
    """

    def __init__(self, language: str, max_characters: int = MAX_CHARACTERS) -> None:
        self._language, self._max_characters = language, max_characters

    def make(self, item: Item, place: Place) -> Article | Fault:
        """Return the article, or why there is none. Status and embargo are not judged here."""
        if not item.id or not item.id.strip():
            message, remedy = "the item has no id", "Ask for items with a stable id."
            return fault(place, "missing_field", message, remedy)
        length = len(item.text or "") + sum(len(block.text) for block in item.blocks)
        if length > self._max_characters:
            return too_long(place, self._max_characters, item.id)
        if item.text is None:
            dress = undress_blocks(item.blocks, item.dateline)
        else:
            dress = undress(item.text, item.dateline)
        return self._article(item, dress, place)

    def _article(self, item: Item, dress: Dress, place: Place) -> Article:
        title, published = line_of(item.title), item.published or _first(item)
        extra: dict[str, Json] = {whole_text(key): legible(v) for key, v in item.extra.items()}
        return Article(
            id=item.id or "",
            blocks=dress.blocks,
            place=place,
            title=title or line_of(dress.title),
            version=1 if item.version is None else item.version,
            language=item.language or self._language,
            status=item.status,
            embargo=item.embargo,
            published=published,
            provider=item.provider or dress.metadata.get("provider"),
            dateline=item.dateline or dress.dateline,
            signature=item.signature or dress.signature,
            prefix=dress.prefix,
            wire=replace(
                item.wire,
                headline=dress.title if title and dress.title != title else item.wire.headline,
                byline=item.wire.byline or dress.byline,
                markers=(*item.wire.markers, *dress.notes),
                identifiers=(*item.wire.identifiers, *dress.identifiers),
                codes=(*item.wire.codes, *dress.codes),
                metadata=(*item.wire.metadata, *dress.metadata.items()),
            ),
            references=item.references,
            extra=extra,
            warnings=(*item.cautions, *_cautions(dress)),
        )


def _first(item: Item) -> datetime | None:
    return item.wire.first_created or item.wire.created


def _cautions(dress: Dress) -> Iterator[Caution]:
    """Yield what was repaired or left out."""
    if dress.repaired:
        yield Caution("control_characters", STAGE, "control characters were removed")
    if dress.notebook:
        message = "a notebook or contacts that are not for publication were left out"
        yield Caution("notebook_left_out", STAGE, message)
