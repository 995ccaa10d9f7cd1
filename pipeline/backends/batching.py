"""Cut texts into batches: by padded token budget, or of a fixed shape."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shape:
    """The fixed shape of batches. A text's own length decides it, and nothing else does.

    Attributes:
        rows: most rows; fewer for long texts, and always a power of two.
        step: rows are as long as the next multiple of it.
        tokens: padded tokens that a batch of fewer rows holds at most.
    """

    rows: int
    step: int = 1
    tokens: int = 1

    def length(self, tokens: int, limit: int) -> int:
        """Return how long the row of a text is, within the model's limit."""
        return max(tokens, min(-(-tokens // self.step) * self.step, limit))

    def height(self, length: int) -> int:
        """Return how many rows of this length there are."""
        fit = max(1, self.tokens // length)
        return min(self.rows, 1 << (fit.bit_length() - 1))


def plan_batches(lengths: Sequence[int], budget: int, workers: int = 1) -> list[list[int]]:
    """Return batches of indices, longest texts first.

    Args:
        lengths: tokens of each text.
        budget: rows times longest row of a batch stays within it; a text that alone is longer
            makes a batch of its own.
        workers: so many batches run at once, so there are as many if there are enough texts.
    """
    order = sorted(range(len(lengths)), key=lambda index: (-lengths[index], index))
    batches: list[list[int]] = []
    for index in order:
        if batches and (len(batches[-1]) + 1) * lengths[batches[-1][0]] <= budget:
            batches[-1].append(index)
        else:
            batches.append([index])
    while len(batches) < min(workers, len(lengths)):
        _, place = max(
            (len(batch) * lengths[batch[0]], place)
            for place, batch in enumerate(batches)
            if len(batch) > 1
        )
        half = (len(batches[place]) + 1) // 2
        batches[place : place + 1] = [batches[place][:half], batches[place][half:]]
    return batches


def plan_fixed(lengths: Sequence[int], shape: Shape, limit: int) -> list[list[int]]:
    """Return batches of indices that fit into the fixed shape of their length, longest first.

    Args:
        lengths: tokens of each text.
        shape: of all batches.
        limit: of the model, in tokens.
    """
    padded = [shape.length(length, limit) for length in lengths]
    order = sorted(range(len(lengths)), key=lambda index: (-padded[index], index))
    batches: list[list[int]] = []
    for index in order:
        length = padded[index]
        last = batches[-1] if batches else []
        if last and padded[last[0]] == length and len(last) < shape.height(length):
            last.append(index)
        else:
            batches.append([index])
    return batches
