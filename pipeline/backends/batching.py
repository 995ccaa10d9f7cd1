"""Cut texts into batches by padded token budget, sorted by length."""

from collections.abc import Sequence


def plan_batches(lengths: Sequence[int], budget: int) -> list[list[int]]:
    """Return batches of indices, longest texts first.

    Args:
        lengths: tokens of each text.
        budget: rows times longest row of a batch stays within it; a text that alone is longer
            makes a batch of its own.
    """
    order = sorted(range(len(lengths)), key=lambda index: (-lengths[index], index))
    batches: list[list[int]] = []
    for index in order:
        if batches and (len(batches[-1]) + 1) * lengths[batches[-1][0]] <= budget:
            batches[-1].append(index)
        else:
            batches.append([index])
    return batches
