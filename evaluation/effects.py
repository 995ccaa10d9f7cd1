"""How large a difference is by the articles' own spread, whatever their number."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Effect:
    """A difference between two systems, article by article.

    Attributes:
        d: Cohen's d of paired differences, d_z (Cohen 1988, Lakens 2013): their mean by their
            standard deviation, left less right. 0.2 is called small, 0.5 medium, 0.8 large. `None`
            below two articles, and where all differences are the same.
        better: articles where the left one is better.
        equal: articles where both are the same.
        worse: articles where the right one is better.
    """

    d: float | None
    better: int
    equal: int
    worse: int

    @property
    def superiority(self) -> float | None:
        """Return the chance that the left one is better on an article drawn at random.

        Ties count half (Vargha and Delaney's A, 2000, on pairs: Grissom and Kim 2012); 0.5 is no
        difference. `None` without articles.
        """
        count = self.better + self.equal + self.worse
        return (self.better + self.equal / 2) / count if count else None


def paired_effect(
    left: "NDArray[np.float64]", right: "NDArray[np.float64]", *, lower_is_better: bool = False
) -> Effect:
    """Measure a difference by articles' own scores.

    Args:
        left: `[articles]`; nan where there is none.
        right: the same articles.
        lower_is_better: as with TER; turns better and worse, not `d`.
    """
    import numpy as np  # noqa: PLC0415

    there = ~(np.isnan(left) | np.isnan(right))
    left, right = left[there], right[there]
    differences = left - right
    same = _ROUNDING * np.maximum(np.abs(left), np.abs(right))
    higher, lower = int((differences > same).sum()), int((differences < -same).sum())
    d = None
    if len(differences) > 1:
        spread = float(differences.std(ddof=1))
        if spread > _ROUNDING * float(np.abs(differences).max()):
            d = float(differences.mean()) / spread
    better, worse = (lower, higher) if lower_is_better else (higher, lower)
    return Effect(d, better, len(differences) - higher - lower, worse)
