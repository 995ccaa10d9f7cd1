"""Ways to choose among candidates: the model's favourite, or the one with the fewest flaws."""

from collections.abc import Callable, Sequence


class Favourite:
    """Take the first candidate."""

    name = "favourite"

    def choose(self, source: str, candidates: Sequence[str]) -> str:
        """Return the first candidate."""
        del source
        return candidates[0]


def least_flawed(candidates: Sequence[str], flaws: Callable[[str], int]) -> str:
    """Return the candidate with the fewest flaws, the first of several.

    None after one without flaws is looked at, nor one that stands alone: counting takes longer than
    generating.

    Args:
        candidates: likeliest first; at least one.
        flaws: counts them in a text.
    """
    best, fewest = candidates[0], None
    different = list(dict.fromkeys(candidates))
    for text in different if len(different) > 1 else ():
        found = flaws(text)
        if fewest is None or found < fewest:
            best, fewest = text, found
        if not found:
            break
    return best
