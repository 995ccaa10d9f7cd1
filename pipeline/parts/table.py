"""A part as a Parquet file: the columns of `briefs.parquet`, and each record whole."""

import json
from collections.abc import Sequence
from typing import Any

from pipeline.codec import decode, encode
from pipeline.output.briefs import brief_record
from pipeline.output.parquet import brief_table
from pipeline.parts.tally import Tally, tally_of
from pipeline.records import Draft, Fault

_KEY = b"wirebrief"


def write_part(outcomes: Sequence[Draft | Fault], tally: Tally) -> bytes:
    """Return a part's bytes: the same whenever the same came out."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    records = [None if isinstance(item, Fault) else brief_record(item) for item in outcomes]
    table: Any = brief_table(records)
    table = table.append_column("outcome", pa.array(map(_kind, outcomes), pa.string()))
    texts = (encode(item, sort_keys=False) for item in outcomes)
    table = table.append_column("record", pa.array(texts, pa.string()))
    counts = json.dumps(tally.lasting(), sort_keys=True)
    table = table.replace_schema_metadata({_KEY: counts.encode()})
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    return bytes(sink.getvalue())


def read_part(content: bytes) -> list[Draft | Fault]:
    """Return what was written."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    table = pq.read_table(pa.BufferReader(content), columns=["outcome", "record"])
    outcomes, records = (column.to_pylist() for column in table.columns)
    return [
        decode(Draft, text) if kind == "brief" else decode(Fault, text)
        for kind, text in zip(outcomes, records, strict=True)
    ]


def read_tally(content: bytes) -> Tally:
    """Return what was counted when the part was made."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    metadata = pq.read_schema(pa.BufferReader(content)).metadata
    return tally_of(json.loads(metadata[_KEY]))


def _kind(outcome: Draft | Fault) -> str:
    if isinstance(outcome, Fault):
        return "set_aside" if outcome.is_set_aside else "fault"
    return "brief"
