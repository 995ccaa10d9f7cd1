"""What may be claimed of each two runs."""

from collections.abc import Iterator, Sequence

from evaluation.bootstrap import Resampling
from evaluation.claims import claim
from evaluation.compare.fields import Field
from evaluation.compare.view import Difference, Estimate, Metric
from evaluation.effects import paired_effect
from evaluation.significance import holm, paired_tests


def differences_of(
    metric: Metric, field: Field, labels: Sequence[str], resampling: Resampling
) -> Iterator[Difference]:
    """Test all pairs of runs by a metric that has a better side."""
    tables = [part[:, 0] if field.scorer is None else part for part in field.parts]
    tests = paired_tests(tables, field.scorer, resampling)
    for test, p in zip(tests, holm([test.p for test in tests]), strict=True):
        left, right = field.runs[test.left], field.runs[test.right]
        names = labels[left], labels[right]
        told = claim(names, metric, test, p, len(tests))
        effect = paired_effect(
            field.own[test.left], field.own[test.right], lower_is_better=metric.better == "lower"
        )
        yield Difference(
            metric=metric.name,
            left=left,
            right=right,
            delta=Estimate(test.delta or 0.0, test.low, test.high, test.count),
            p=test.p,
            p_holm=p,
            effect=effect.d if field.scorer is None else None,
            wins=effect.better,
            ties=effect.equal,
            losses=effect.worse,
            needed=told.needed,
            sentence=told.sentence,
        )


def show_p(p: float) -> str:
    """Return a p-value as it is printed: short, never as zero."""
    return f"{p:.1e}" if p < 0.001 else f"{p:.3f}"
