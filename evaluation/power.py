"""How many articles a difference needs, and how small a one a number of articles can show.

Normal approximation for a two-sided paired test (Cohen 1988; Card et al. 2020): with n articles
the difference has the standard error `spread / sqrt(n)`; it is found with the wanted power if it is
as large as `z(1 - alpha / 2) + z(power)` of these. The spread is that of the user's own articles.
"""

from math import ceil, isfinite, sqrt
from statistics import NormalDist


def needed_articles(
    difference: float, spread: float, alpha: float = 0.05, power: float = 0.8
) -> int | None:
    """Return the articles needed to find a difference; `None` if no number would do.

    It is never fewer than a paired test by randomization can reach `alpha` with: six for 0.05.

    Args:
        difference: between two corpus scores.
        spread: standard deviation of the paired differences of articles; for scores from sums,
            the standard error times the root of the number of articles.
        alpha: p that counts as a find; by the number of comparisons if there are several.
        power: how often it is to be found.

    Raises:
        ValueError: if `alpha` or `power` is not between 0 and 1.
    """
    reach = _reach(alpha, power)
    if not difference or not isfinite(difference) or not isfinite(spread):
        return None
    least = next(count for count in range(2, 1100) if 2 / 2**count <= alpha)
    return max(least, ceil((reach * spread / difference) ** 2))


def smallest_difference(
    count: int, spread: float, alpha: float = 0.05, power: float = 0.8
) -> float | None:
    """Return the smallest difference that a number of articles shows; `None` without articles.

    Args:
        count: articles.
        spread: as above.
        alpha: as above.
        power: as above.

    Raises:
        ValueError: if `alpha` or `power` is not between 0 and 1.
    """
    reach = _reach(alpha, power)
    return reach * spread / sqrt(count) if count > 0 and isfinite(spread) else None


def _reach(alpha: float, power: float) -> float:
    for name, value in (("alpha", alpha), ("power", power)):
        if not 0 < value < 1:
            raise ValueError(f"{name}={value}: give a number between 0 and 1")
    normal = NormalDist()
    return normal.inv_cdf(1 - alpha / 2) + normal.inv_cdf(power)
