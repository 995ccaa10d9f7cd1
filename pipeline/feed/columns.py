"""Turn table rows into records, by a mapping of columns."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal

from pipeline.errors import FeedError
from pipeline.feed.settings import Columns
from pipeline.records import Json

FIELDS = ("id", "text", "title", "language", "version", "published")
_CARRIED = (str, int, float, date, Decimal, list, dict)


def check_columns(source: str, present: Collection[str], columns: Columns) -> None:
    """Check that the mapped columns are there; only a title may be missing.

    Args:
        source: for the message.
        present: dotted paths of all columns, nested ones too.
        columns: where to find what.

    Raises:
        FeedError: naming the columns that are there and the setting.
    """
    for field in ("text", *vars(columns)):
        path = getattr(columns, field)
        if path is None or field == "title" or path in present:
            continue
        raise FeedError(
            f"{source}: no column {path!r}; there are {', '.join(present)}. "
            f"Set feed.columns.{field}=..."
            + (" (or null, to number the rows)." if field == "id" else ".")
        )


def to_record(row: Mapping[str, object], columns: Columns, name: str) -> dict[str, Json]:
    """Return a record with the names of DESIGN's JSONL.

    Args:
        row: a table row.
        columns: where to find what.
        name: the id if no column has one.
    """
    record: dict[str, Json] = {"id": name}
    paths = [path for path in vars(columns).values() if path is not None]
    mapped = {name for path in paths for name in (path, path.split(".")[0])}
    record |= {
        name: _plain(value)
        for name, value in row.items()
        if name not in mapped and name not in FIELDS and isinstance(value, _CARRIED)
    }
    for field in FIELDS:
        value = reach(row, getattr(columns, field))
        if value is not None:
            record[field] = value
    summaries = reach(row, columns.summary)
    if columns.translation or columns.summary:
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
