"""Say in words which facts do not agree."""

from evaluation.facts import FactReport, Mismatch
from pipeline.records import Caution

_STAGE = "score"
_WHAT = {
    ("unit", "added"): "has another unit in",
    ("negation", "missing"): "is denied by",
}


def of_translation(report: FactReport, source: str, target: str) -> list[Caution]:
    """Return a caution for each mismatch, with both sentences."""
    return [
        _caution(mismatch, f"translation: {_what(mismatch)}: {source!r} -> {target!r}")
        for mismatch in report.mismatches
    ]


def of_summary(report: FactReport, part: str, summary: str) -> list[Caution]:
    """Return a caution for each mismatch, with the line of the summary that has it."""
    found = []
    for mismatch in report.mismatches:
        start = summary.rfind("\n", 0, mismatch.start) + 1
        line = summary[start:].split("\n", 1)[0]
        what = _WHAT.get((mismatch.kind, mismatch.side), "is not in")
        message = f"{part} summary: {mismatch.text!r} {what} the article: {line!r}"
        found.append(_caution(mismatch, message))
    return found


def _caution(mismatch: Mismatch, message: str) -> Caution:
    return Caution(f"{mismatch.kind}_mismatch", _STAGE, message)


def _what(mismatch: Mismatch) -> str:
    added = mismatch.side == "added"
    match mismatch.kind:
        case "negation":
            return f"the negation {mismatch.text!r} is {'added' if added else 'lost'}"
        case "unit":
            return f"{mismatch.text!r} has another unit"
        case _:
            return f"{mismatch.text!r} is {'not in the source' if added else 'missing'}"
