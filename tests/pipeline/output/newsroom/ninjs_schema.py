"""The part of ninjs 3.0 that may be written, in JSON Schema; everything else is refused.

Written for these tests after the standard; names, types and what is closed are as it has them.
"""

from typing import Any

TEXT: dict[str, Any] = {"type": "string"}
URI: dict[str, Any] = {"type": "string", "pattern": r"^[A-Za-z][A-Za-z0-9+.-]*:[!-~]+$"}
TIME: dict[str, Any] = {
    "type": "string",
    "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$",
}
COUNT: dict[str, Any] = {"type": "integer", "minimum": 0}


def closed(required: str = "", **properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": required.split(),
        "additionalProperties": False,
    }


def some(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item}


MARKED = {"role": TEXT, "contentType": TEXT, "value": TEXT}
CONCEPT = {"name": TEXT, "uri": URI, "literal": TEXT}
NEWS: dict[str, dict[str, Any]] = {
    "uri": URI,
    "type": {"enum": ["text"]},
    "representationType": {"enum": ["full", "partial"]},
    "version": TEXT,
    "firstCreated": TIME,
    "versionCreated": TIME,
    "embargoedUntil": TIME,
    "pubStatus": {"enum": ["usable", "withheld", "canceled"]},
    "urgency": {"type": "integer", "minimum": 1, "maximum": 9},
    "copyrightNotice": TEXT,
    "usageTerms": TEXT,
    "edNote": TEXT,
    "language": TEXT,
    "descriptions": some(closed("value", **MARKED)),
    "bodies": some(closed("value", **MARKED, charCount=COUNT, wordCount=COUNT)),
    "headlines": some(closed("value", **MARKED)),
    "subjects": some(closed(**CONCEPT, rel=TEXT)),
    "infoSources": some(closed(**CONCEPT, role=TEXT)),
    "by": TEXT,
    "slugline": TEXT,
    "located": TEXT,
    "altIds": some(closed(role=TEXT, value=TEXT)),
    "standard": closed(name=TEXT, version=TEXT, schema=URI),
    "genres": some(closed(**CONCEPT)),
}
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    **closed("uri", **NEWS, associations=some(closed("name uri", **NEWS, name=TEXT, rel=TEXT))),
}
