"""The report of one run as a self-contained HTML page."""

from evaluation.report.fields import ReportError
from evaluation.report.page import ReportSources, write_report

__all__ = ["ReportError", "ReportSources", "write_report"]
