"""Say what was read from a wire file as JSON, to hold it against what is expected."""

import dataclasses
import json
from datetime import datetime
from pathlib import Path

from pipeline.feed.document import Document
from pipeline.feed.formats.format import Format
from pipeline.feed.item import Item
from pipeline.wire import Wire

UNTOLD = {"format", "sha256", "charset", "nature"}


def read(wire_format: Format, content: bytes | str) -> list:
    """Return everything that a format reads from a document."""
    content = content.encode() if isinstance(content, str) else content
    return list(wire_format.read(Document("feed", content)))


def told(outcome) -> dict:
    """Return an item's fields that are not empty, or why it is broken."""
    if not isinstance(outcome, Item):
        found = {"broken": outcome.error.reason, "index": outcome.index, "id": outcome.id}
    else:
        found = {field.name: getattr(outcome, field.name) for field in dataclasses.fields(outcome)}
        found["blocks"] = [[block.kind, block.text] for block in outcome.blocks]
        found["cautions"] = [caution.code for caution in outcome.cautions]
        found.pop("references")
        wire = found.pop("wire")
        names = [name for name in Wire.__slots__ if name not in UNTOLD]
        found |= {f"wire.{name}": getattr(wire, name) for name in names}
    return {key: value for key, value in _plain(found).items() if value not in (None, [], {})}


def expected(path: Path) -> list[dict]:
    """Return what stands beside a wire file in a file of its own."""
    beside = path.with_suffix(".article.json" if path.suffix == ".json" else ".json")
    return json.loads(beside.read_text(encoding="utf-8"))


def fixtures(folder: Path, ending: str = "json") -> list[Path]:
    """Return the wire files of a folder, without what is expected from them."""
    return sorted(path for path in folder.glob(f"*.{ending}") if ".article." not in path.name)


def filled(wire: Wire) -> dict:
    """Return the fields of a wire that say something, as JSON."""
    plain = Wire()
    return {
        name: json.loads(json.dumps(getattr(wire, name), default=str))
        for name in Wire.__slots__
        if getattr(wire, name) != getattr(plain, name) and name not in {"format", "sha256"}
    }


def texts(item: Item) -> list[str]:
    """Return the texts of an item's blocks."""
    return [block.text for block in item.blocks]


def blocks_of(item: Item) -> list[tuple[str, str]]:
    """Return the kinds and the texts of an item's blocks."""
    return [(block.kind, block.text) for block in item.blocks]


def codes(item: Item) -> list[str]:
    """Return the codes of an item's cautions."""
    return [caution.code for caution in item.cautions]


def _plain(value):
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if dataclasses.is_dataclass(value):
        inner = (getattr(value, field.name) for field in dataclasses.fields(value))
        return [_plain(part) for part in inner]
    return value
