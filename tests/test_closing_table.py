"""The table at the end of a run, as a terminal of 80 columns shows it."""

from rich.console import Console

from pipeline.output.ledger import StageLine
from pipeline.output.performance import performance
from pipeline.stage import Effort, Usage
from pipeline.terminal import closing_table

LINES = [
    StageLine("feed", 1234567, 1200000, 0, 34567, 900.0, 0, performance(1234567, 900.0, Usage())),
    StageLine(
        "translate",
        1200000,
        19000000,
        1000000,
        0,
        86400.0,
        performance=performance(
            1200000,
            86400.0,
            Usage(19000000, 1000000, Effort(480000000, 500000000, 490000000, 86000.0)),
            24_300_000_000,
        ),
    ),
    StageLine("extract", 1200000, 1200000, 0, 0, 300.0),
]


def shown():
    console = Console(record=True, width=80)
    closing_table(LINES, (), console)
    return console.export_text()


def test_it_fits_into_80_columns():
    text = shown()
    assert max(map(len, text.splitlines())) <= 80
    assert "…" not in text


def test_what_a_stage_took_stands_in_one_row():
    rows = [[cell.strip() for cell in line.split("│")[1:-1]] for line in shown().splitlines()]
    assert ["translate", "14", "490.0 M", "5,698", "4.0 %", "5.0 %", "24,300"] in rows
    assert ["feed", "1,372", "–", "–", "–", "–", "–"] in rows
    assert ["translate", "1,200,000", "19.0 M", "1,000,000", "0", "0", "86,400.0"] in rows
    assert [row[0] for row in rows if row].count("extract") == 1  # nothing was measured
