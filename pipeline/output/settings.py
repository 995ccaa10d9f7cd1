"""Settings of the `report` group, one class per option."""

from dataclasses import dataclass


@dataclass
class ReportSettings:
    """What every option of the group is."""


@dataclass
class HtmlReport(ReportSettings):
    """One self-contained `report.html`.

    Attributes:
        max_articles: articles shown side by side; the numbers cover all of them.
    """

    max_articles: int = 500


@dataclass
class NoReport(ReportSettings):
    """Write no report."""
