"""Records as JSON and back, for databases and files: what comes out equals what went in."""

import json
import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

Record = TypeVar("Record")


def encode(record: object, *, sort_keys: bool = True) -> str:
    """Return a record as JSON, without the fields that have their default.

    Args:
        record: an instance of a dataclass.
        sort_keys: equal records give equal texts; else mappings keep their order.
    """
    return json.dumps(_plain(record), separators=(",", ":"), sort_keys=sort_keys)


def decode(kind: type[Record], text: str) -> Record:
    """Return the record that was encoded.

    Raises:
        ValueError: if the text is no such record.
    """
    try:
        made = _read(kind, json.loads(text))
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"no {kind.__name__}: {error}") from error
    return typing.cast("Record", made)


def _plain(value: object) -> Any:
    if is_dataclass(value):
        return {
            field.name: _plain(getattr(value, field.name))
            for field in fields(value)
            if getattr(value, field.name) != _default(field)
        }
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return value


def _default(field: Any) -> object:
    return field.default_factory() if field.default_factory is not MISSING else field.default


def _read(hint: Any, value: Any) -> Any:
    """Return a JSON value as what its type hint says."""
    kinds = [kind for kind in typing.get_args(hint) if kind is not type(None)]
    if typing.get_origin(hint) in {typing.Union, types.UnionType} and len(kinds) == 1:
        hint, kinds = kinds[0], list(typing.get_args(kinds[0]))
    if value is None:
        return None
    if typing.get_origin(hint) is tuple:
        if kinds[-1] is Ellipsis:
            return tuple(_read(kinds[0], item) for item in value)
        return tuple(_read(kind, item) for kind, item in zip(kinds, value, strict=True))
    if hint is datetime:
        return datetime.fromisoformat(value)
    if isinstance(hint, type) and is_dataclass(hint):
        known = _hints(hint)
        return hint(**{name: _read(known[name], item) for name, item in value.items()})
    return value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)
