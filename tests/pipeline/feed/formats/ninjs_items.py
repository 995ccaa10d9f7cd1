"""Items of ninjs as tests change them, and what is read from them."""

import json
from pathlib import Path

from pipeline.feed.formats.ninjs import NinjsFormat
from tests.pipeline.feed.formats.told import read

FOLDER = Path(__file__).parent / "ninjs"
FORMAT = NinjsFormat()
FLAT, ARRAYS, PACKAGE = (
    json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    for name in ("flat", "arrays", "package")
)


def flat(**changes):
    (outcome,) = read(FORMAT, json.dumps(FLAT | changes))
    return outcome


def arrays(*bodies, **changes):
    listed = {"bodies": list(bodies)} if bodies else {}
    (outcome,) = read(FORMAT, json.dumps(ARRAYS | listed | changes))
    return outcome


def text_of(item):
    return item.text if item.text is not None else " ".join(block.text for block in item.blocks)


def body(value, kind="text/html", **more):
    return {"contentType": kind, "value": value} | more
