"""Turn table rows into records, by a mapping of columns."""

from collections.abc import Mapping
from datetime import datetime

from pipeline.feed.settings import Columns
from pipeline.records import Json


def to_record(row: Mapping[str, object], columns: Columns, name: str) -> dict[str, Json]:
    """Return a record with the names of DESIGN's JSONL.

    Args:
        row: a table row.
        columns: where to find what.
        name: the id if no column has one.
    """
    record: dict[str, Json] = {"id": name}
    for field in ("id", "text", "title", "language", "version", "published"):
        value = reach(row, getattr(columns, field))
        if value is not None:
            record[field] = value
    summaries = reach(row, columns.summary)
    record["references"] = {
        "translation": reach(row, columns.translation),
        "summaries": summaries if isinstance(summaries, list | str) else None,
    }
    return record


def reach(row: Mapping[str, object], path: str | None) -> Json:
    """Return the value under a dotted path, or `None`."""
    if path is None:
        return None
    if path in row:
        return _plain(row[path])
    value: object = row
    for key in path.split("."):
        if not isinstance(value, Mapping) or key not in value:
            return None
        value = value[key]
    return _plain(value)


def _plain(value: object) -> Json:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return str(value)
