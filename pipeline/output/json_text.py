"""Values as JSON text, in every output the same way."""

import json
import math

from pipeline.records import Json


def json_text(value: Json, *, indent: int | None = None, sort_keys: bool = False) -> str:
    """Return valid JSON; a number that is not finite, for which JSON has no word, becomes null."""
    try:
        return json.dumps(
            value, ensure_ascii=False, allow_nan=False, indent=indent, sort_keys=sort_keys
        )
    except ValueError:
        finite = _finite(value)
        return json.dumps(finite, ensure_ascii=False, indent=indent, sort_keys=sort_keys)


def _finite(value: Json) -> Json:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, list):
        return [_finite(item) for item in value]
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    return value
