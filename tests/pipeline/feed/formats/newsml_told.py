"""What the JSON beside a fixture says of the item that is read from it."""

import json
from collections.abc import Mapping

from pipeline.feed.articles import ArticleMaker
from pipeline.feed.item import Broken, Item
from pipeline.records import Article, Json, Place
from tests.pipeline.feed.formats.told import filled


def told(item: Item | Broken) -> Mapping[str, Json]:
    """Return an item's own fields, and the text of the article that is made of it."""
    if isinstance(item, Broken):
        return {"broken": item.error.reason, "message": str(item.error), "id": item.id}
    article = ArticleMaker("xx").make(item, Place("feed"))
    assert isinstance(article, Article)
    wire = item.wire
    fields = filled(wire)
    if wire.subjects:
        fields["subjects"] = [[s.name, s.scheme, s.code, s.language] for s in wire.subjects]
    if wire.links:
        fields["links"] = [[link.href, link.title, link.relation] for link in wire.links]
    if wire.notes:
        fields["notes"] = [[note.role, note.text] for note in wire.notes]
    record = {
        "index": item.index,
        "id": item.id,
        "version": item.version,
        "language": item.language,
        "status": item.status,
        "embargo": item.embargo,
        "provider": item.provider,
        "title": item.title,
        "dateline": article.dateline,
        "signature": article.signature,
        "blocks": [[block.kind, block.text] for block in article.blocks],
        "wire": fields,
        "extra": dict(item.extra),
        "cautions": [f"{caution.code}: {caution.message}" for caution in item.cautions],
    }
    said = {name: value for name, value in record.items() if value not in (None, [], {})}
    loaded: dict[str, Json] = json.loads(json.dumps(said, default=str))
    return loaded
