"""Measure the readers of feeds: python -m benchmarks.feeds [--items 10000] [--format NAME ...].

Items of every format come from feed_items.py. Each reading is a process of its own, so that the
peak of its memory is its own: bytes to items (`items`, of wire formats), and bytes to articles
(`articles`), one document after the other as they would lie in a folder, and the same from one zip
archive through `feed=auto` (`archive`). A format that is not registered is only generated.
"""

import argparse
import io
import json
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.feed_items import MAKERS, documents
from pipeline.feed.contents import ContentReader
from pipeline.feed.document import Document
from pipeline.feed.formats.registry import FORMATS
from pipeline.feed.reader import open_feed
from pipeline.feed.settings import AutoFeed
from pipeline.records import Article

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Row:
    """A measurement.

    Attributes:
        form: name of the format.
        what: `items`, `articles` or `archive`.
        items: what came out.
        megabytes_in: bytes that were read.
        per_second: items a second; none if the format is not registered.
        peak_megabytes: resident memory at its peak, and before reading.
    """

    form: str
    what: str
    items: int
    megabytes_in: float
    per_second: float | None
    peak_megabytes: float
    base_megabytes: float


def measure(form: str, what: str, path: Path) -> Row:
    """Read an archive in this process."""
    base = _peak()
    with zipfile.ZipFile(path) as archive:
        length = sum(entry.file_size for entry in archive.infolist())
    started = time.perf_counter()
    spent, items = 0.0, 0
    if what == "archive":
        reader = open_feed(AutoFeed(path=str(path)), "de")
        items = sum(isinstance(outcome, Article) for outcome in reader.read())
        spent = time.perf_counter() - started
    else:
        for seconds, found in _documents(form, what, path):
            spent, items = spent + seconds, items + found
    rate = items / spent if items else None
    return Row(form, what, items, length / 1e6, rate, _peak(), base)


def _documents(form: str, what: str, path: Path) -> Iterator[tuple[float, int]]:
    """Yield seconds and items of each document; unpacking is not counted."""
    known = next((known for known in FORMATS if known.name == form), None)
    contents = ContentReader(AutoFeed(path="-"), "de")
    with zipfile.ZipFile(path) as archive:
        for entry in archive.infolist():
            content = archive.read(entry)
            started = time.perf_counter()
            if what == "items" and known is not None:
                found = sum(1 for _ in known.read(Document(entry.filename, content)))
            else:
                outcomes = (
                    contents.lines(io.BytesIO(content), entry.filename, content[:65_536])
                    if form == "jsonl"
                    else contents.document(
                        Document(entry.filename, content), entry.filename, MAKERS[form][0]
                    )
                )
                found = sum(isinstance(outcome, Article) for outcome in outcomes)
            yield time.perf_counter() - started, found


def _peak() -> float:
    """Return the peak of this program alone; `ru_maxrss` starts with that of its parent."""
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024 / 1e6
    import resource  # noqa: PLC0415 - not on every system

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def measured_apart(form: str, what: str, path: Path) -> Row:
    """Measure in a process of its own."""
    command = [sys.executable, __file__, "--measure", form, what, str(path)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return Row(**json.loads(result.stdout))


def main() -> None:
    """Measure all formats and print a table, and the same as JSON."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--format", choices=MAKERS, nargs="*", default=list(MAKERS))
    parser.add_argument("--json", type=Path, help="write the figures there, too")
    parser.add_argument("--measure", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        form, what, path = given.measure
        print(json.dumps(asdict(measure(form, what, Path(path)))))
        return
    known = {form.name for form in FORMATS} | {"jsonl", "plaintext"}
    rows = []
    print("| format | reading | items | MB in | items/s | MB/s | peak MB | of it before reading |")
    print("|---|---|---|---|---|---|---|---|", flush=True)
    for form in given.format:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"{form}.zip"
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                for name, content in documents(form, given.items):
                    archive.writestr(name, content)
            if form not in known:
                print(f"| {form} | not registered | | | | | | |", flush=True)
                continue
            whats = ["articles", "archive"]
            for what in whats if form in {"jsonl", "plaintext"} else ["items", *whats]:
                rows.append(measured_apart(form, what, path))
                print(_line(rows[-1]), flush=True)
    figures = json.dumps([asdict(row) for row in rows], indent=1)
    print(f"\n{figures}")
    if given.json:
        given.json.write_text(figures + "\n", encoding="utf-8")


def _line(row: Row) -> str:
    rate = row.per_second or 0.0
    volume = rate * row.megabytes_in / row.items if row.items else 0.0
    cells = (
        *(row.form, row.what, f"{row.items:,}", f"{row.megabytes_in:.1f}", f"{rate:,.0f}"),
        *(f"{volume:.1f}", f"{row.peak_megabytes:.0f}", f"{row.base_megabytes:.0f}"),
    )
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
