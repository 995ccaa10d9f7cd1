"""Does `briefs.parquet` say the same as `briefs.jsonl`?"""

from collections.abc import Iterator
from itertools import zip_longest

from pipeline.output.parquet import plain_row, table_row
from pipeline.verification.findings import Check
from pipeline.verification.run_folder import Record, RunFolder

_NAME = "briefs.parquet"


def check_table(run: RunFolder) -> Check:
    """Compare row by row; what a table cannot hold is compared as it is written there."""
    check = Check(_NAME)
    if not (run.path / _NAME).exists():
        check.leave("the run wrote none (output.format)")
        return check
    rows = 0
    unread = Check("")
    lines = (record for _, record in run.lines("briefs.jsonl", unread))
    for number, (record, row) in enumerate(zip_longest(lines, _rows(run, check)), start=1):
        if record is None or row is None:
            if check.is_ok:
                check.differs(f"row {number}: {'no line' if record is None else 'no row'} for it")
            break
        rows += 1
        try:
            expected = table_row(record)
        except KeyError as error:
            check.differs(f"row {number}: briefs.jsonl has no {error} there")
            continue
        for name in sorted({*expected, *row}):
            if expected.get(name) != row.get(name):
                where = f"article {record.get('id')!r} (row {number})"
                check.differs(f"{where}: {name} is not that of briefs.jsonl")
    check.looked_at = f"{rows} rows, against the lines of briefs.jsonl"
    return check


def _rows(run: RunFolder, check: Check) -> Iterator[Record]:
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        with pq.ParquetFile(run.path / _NAME) as table:
            for batch in table.iter_batches(batch_size=200):
                for row in batch.to_pylist():
                    yield plain_row(row)
    except (pa.ArrowException, OSError, ValueError) as error:
        check.differs(f"cannot be read ({str(error).splitlines()[0]})")
