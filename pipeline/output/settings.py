"""Settings of the `report` group, one class per option."""

from dataclasses import dataclass, field

from configs.ranges import allowed


@dataclass
class ReportSettings:
    """What every option of the group is."""


@dataclass
class HtmlReport(ReportSettings):
    """One self-contained `report.html`.

    Attributes:
        max_articles: articles shown side by side; the numbers cover all of them.
    """

    max_articles: int = field(default=500, metadata=allowed(least=0))


@dataclass
class NoReport(ReportSettings):
    """Write no report."""
