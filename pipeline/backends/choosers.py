"""The chooser that takes what the model likes best."""

from collections.abc import Sequence


class Favourite:
    """Take the first candidate."""

    name = "favourite"

    def choose(self, source: str, candidates: Sequence[str]) -> str:
        """Return the first candidate."""
        del source
        return candidates[0]
