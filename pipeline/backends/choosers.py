"""Choosers: the one that takes what the model likes best, and what all others have in common."""

from collections.abc import Callable, Sequence


class Favourite:
    """Take the first candidate."""

    name = "favourite"

    def choose(self, source: str, candidates: Sequence[str]) -> str:
        """Return the first candidate."""
        del source
        return candidates[0]


def first_with_fewest(candidates: Sequence[str], mismatches: Callable[[str], int]) -> str:
    """Return the first of the candidates with the fewest mismatches.

    Counting takes longer than much else, so one that stands alone is not looked at, nor any behind
    one without a mismatch.
    """
    different = list(dict.fromkeys(candidates))
    best, fewest = different[0], None
    for text in different if len(different) > 1 else ():
        found = mismatches(text)
        if fewest is None or found < fewest:
            best, fewest = text, found
        if found == 0:
            break
    return best
