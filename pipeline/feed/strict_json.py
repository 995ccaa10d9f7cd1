"""Parse JSON as its standard defines it: no NaN, no number that is too large."""

import json
import math

from pipeline.records import Json


def parse_json(text: str) -> Json:
    """Return the value of a JSON text.

    Raises:
        ValueError: if it is none.
        RecursionError: if it is nested too deep.
    """
    value: Json = json.loads(text, parse_constant=_refuse, parse_float=_finite)
    return value


def _refuse(name: str) -> Json:
    raise ValueError(f"{name} is no JSON number")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(f"the number {digits[:40]} is too large")
    return number
