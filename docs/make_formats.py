"""Write the tables of docs/feeds.md, what is taken from where: python docs/make_formats.py."""

import re
from pathlib import Path

from pipeline.feed.formats.registry import FORMATS

TARGET = Path(__file__).parent / "feeds.md"
BEGIN, END = "<!-- made by docs/make_formats.py -->\n", "<!-- until here -->\n"


def main() -> None:
    """Put the tables into the page."""
    TARGET.write_text(page(TARGET.read_text(encoding="utf-8")), encoding="utf-8")


def page(text: str) -> str:
    """Return the page's text with the tables renewed."""
    before, _, rest = text.partition(BEGIN)
    return before + BEGIN + tables() + END + rest.partition(END)[2]


def tables() -> str:
    """Return a table for each format: field, and where it is taken from."""
    parts = []
    for wire_format in FORMATS:
        rows = [f"| `{field}` | {_cell(where)} |" for field, where in wire_format.taken.items()]
        head = [
            f"### {wire_format.title}: `feed={wire_format.name}`\n",
            "| field | from |",
            "|---|---|",
        ]
        parts.append("\n".join([*head, *rows]) + "\n")
    return "\n" + "\n".join(parts) + "\n"


def _cell(text: str) -> str:
    return re.sub(r"\s+", " ", text).replace("|", "\\|")


if __name__ == "__main__":
    main()
