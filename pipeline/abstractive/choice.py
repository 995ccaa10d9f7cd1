"""Choose the summary that states no fact its article does not have."""

from collections.abc import Sequence

from evaluation.facts import check_summary
from pipeline.backends.choosers import least_flawed


class FactChooser:
    """Takes the candidate with the fewest unfounded numbers, dates and names."""

    name = "summary-facts-4"

    def choose(self, source: str, candidates: Sequence[str]) -> str:
        """Return the best candidate that says anything; the model's own favourite among equals."""
        spoken = [text for text in candidates if text.strip()] or candidates
        return least_flawed(
            spoken, lambda text: len(check_summary(text, [(source, "en")]).mismatches)
        )
