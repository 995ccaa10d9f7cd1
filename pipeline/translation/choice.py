"""Choose the translation whose facts agree with its source."""

from collections.abc import Sequence

from evaluation.facts import compare_translation
from pipeline.backends.choosers import least_flawed


class FactChooser:
    """Takes the candidate with the fewest facts missing or added, the likeliest of several.

    The model's own favourite wins unless another one keeps more numbers, weekdays, months and
    negations.
    """

    name = "translation-facts-3"

    def choose(self, source: str, candidates: Sequence[str]) -> str:
        """Return the best candidate."""
        return least_flawed(
            candidates, lambda text: len(compare_translation(source, text).mismatches)
        )
