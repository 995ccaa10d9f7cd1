"""Make an article fit the model: by choosing sentences, or by reading it in parts."""

from collections.abc import Callable, Sequence

Count = Callable[[Sequence[str]], list[int]]


def choose(
    sentences: Sequence[str], preference: Sequence[int], limit: int, count: Count
) -> list[int]:
    """Return indices of the most preferred sentences that fit `limit` tokens, in text order.

    Token counts are summed by sentence, which is never less than the count of the joined text.
    """
    sizes = count(sentences)
    chosen: list[int] = []
    room = limit
    for index in preference:
        if sizes[index] <= room:
            chosen.append(index)
            room -= sizes[index]
    return sorted(chosen)


def chunk(sentences: Sequence[str], limit: int, count: Count) -> list[list[str]]:
    """Cut sentences into runs of at most `limit` tokens, about equally long.

    A sentence that alone is longer than `limit` makes a run of its own.
    """
    sizes = count(sentences)
    runs = max(1, -(-sum(sizes) // limit))
    target = min(limit, sum(sizes) / runs * 1.1)
    chunks: list[list[str]] = [[]]
    filled = 0
    for sentence, size in zip(sentences, sizes, strict=True):
        if chunks[-1] and (filled + size > limit or filled >= target):
            chunks.append([])
            filled = 0
        chunks[-1].append(sentence)
        filled += size
    return chunks
