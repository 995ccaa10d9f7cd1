"""Settings of `output`, and of the `report` group, one class per option."""

from dataclasses import dataclass, field
from typing import Any

from configs.ranges import allowed

FORMATS = ("jsonl", "parquet", "ninjs", "newsml_g2")


@dataclass
class Output:
    """What briefs are written as.

    Attributes:
        format: one of `FORMATS`, or a list of them; the schema knows no such type.
    """

    format: Any = field(default_factory=lambda: ["jsonl", "parquet"])

    def formats(self) -> list[str]:
        """Return the formats as a list."""
        return list(self.format) if isinstance(self.format, list | tuple) else [self.format]


def wrong_formats(output: Output) -> list[str]:
    """Say what is wrong with `output.format`, if anything is."""
    found, choices = output.formats(), ", ".join(FORMATS)
    unknown = [name for name in found if name not in FORMATS]
    if unknown or not found:
        said = "empty" if not found else f"{', '.join(map(repr, unknown))} is no format"
        return [f"output.format={output.format}: {said}; choose one or a list of {choices}"]
    if len(found) > len(set(found)):
        return [f"output.format=[{','.join(found)}]: name each format once"]
    return []


@dataclass
class ReportSettings:
    """What every option of the group is."""


@dataclass
class HtmlReport(ReportSettings):
    """One self-contained `report.html`.

    Attributes:
        max_articles: articles shown side by side, spread evenly over a longer run; the numbers
            cover all of them.
    """

    max_articles: int = field(default=500, metadata=allowed(least=0))


@dataclass
class NoReport(ReportSettings):
    """Write no report."""
