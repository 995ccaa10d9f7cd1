"""`wirebrief models`: a table of the models that options stand for, and which are here."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from configs.arguments import UsageError
from pipeline.catalogue.cards import Card, read_cards
from pipeline.catalogue.shelf import bytes_on_disk, find

HELP = """wirebrief models: the models that options stand for, and which are on this machine.

Usage: wirebrief models [--json]

  --json   one JSON record a line, for scripts

An option is chosen by group=option, as in: wirebrief translation=nllb_600m
What is not here is downloaded on first use; docs/models.md says how to bring it over offline."""

_COLUMNS = ("option", "model", "revision", "size", "licence", "languages", "here")
_STACKED = ("option", "model, revision, licence, languages", "size", "here")
_WHOLE = frozenset({"option", "revision", "size", "here"})
_ENOUGH = 140
"""Terminals of so many columns show all cells side by side."""
_PIPED = 1000
"""Columns of text where no terminal limits them."""
_COMMIT = 40
_SHORT = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """A model, and the bytes that it takes on this machine; `None` if it is not here."""

    card: Card
    on_disk: int | None


def show_models(arguments: Sequence[str]) -> int:
    """Print the table; return the exit status.

    Raises:
        UsageError: if an argument means nothing.
    """
    if {"--help", "-h"} & set(arguments):
        print(HELP)  # noqa: T201
        return 0
    for argument in arguments:
        if argument != "--json":
            raise UsageError(f"models takes no {argument!r}. wirebrief models --help shows usage.")
    entries = [_entry(card) for card in read_cards()]
    if arguments:
        for entry in entries:
            record = {**asdict(entry.card), "bytes_on_disk": entry.on_disk}
            print(json.dumps(record, ensure_ascii=False))  # noqa: T201
    else:
        _print_table(entries)
    return 0


def _entry(card: Card) -> Entry:
    folder = find(card)
    return Entry(card, None if folder is None else bytes_on_disk(folder))


def _print_table(entries: Sequence[Entry]) -> None:
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    width = None if sys.stdout.isatty() else _PIPED
    console = Console(width=width, highlight=False, markup=False)
    columns = _COLUMNS if console.width >= _ENOUGH else _STACKED
    table = Table(show_lines=columns is _STACKED)
    for column in columns:
        table.add_column(column, no_wrap=column in _WHOLE, overflow="fold")
    for entry in entries:
        cells = _cells(entry)
        table.add_row(*("\n".join(cells[name] for name in c.split(", ")) for c in columns))
    console.print(table)
    print("Choose one by its option, as in: wirebrief translation=nllb_600m")  # noqa: T201


def _cells(entry: Entry) -> dict[str, str]:
    card = entry.card
    return {
        "option": card.option,
        "model": card.model,
        "revision": _short(card),
        "size": card.size,
        "licence": card.licence,
        "languages": card.languages,
        "here": _here(entry),
    }


def _short(card: Card) -> str:
    if card.revision is None:
        return "comes along" if card.model == "starter" else "newest"
    return card.revision[:_SHORT] if len(card.revision) == _COMMIT else card.revision


def _here(entry: Entry) -> str:
    if entry.on_disk is None:
        return "no"
    gigabytes = entry.on_disk / 1e9
    return f"{gigabytes:.1f} GB" if gigabytes >= 1 else f"{entry.on_disk / 1e6:.0f} MB"
