"""Fill the budget with the best sentences."""

from collections.abc import Sequence

from pipeline.errors import ConfigError

_FRAGMENT_WORDS = 3


def check_budget(sentences: int | None, words: int | None) -> None:
    """Refuse a budget that says nothing.

    Raises:
        ConfigError: if both are empty.
    """
    if sentences is None and words is None:
        raise ConfigError("extractive: set extractive.sentences or extractive.words")


def pick(
    order: Sequence[int], texts: Sequence[str], sentences: int | None, words: int | None
) -> tuple[int, ...]:
    """Return the picks in text order.

    Args:
        order: indices into `texts`, best first.
        texts: all candidates.
        sentences: at most so many; `None` for no limit.
        words: together at most so many words; the first pick is kept whatever its length.

    Repeated sentences are picked once, and fragments of less than three words only if there is
    nothing else.
    """
    whole = [index for index in order if len(texts[index].split()) >= _FRAGMENT_WORDS]
    picks: list[int] = []
    seen: set[str] = set()
    room = words
    for index in whole or order:
        if sentences is not None and len(picks) >= sentences:
            break
        text = texts[index]
        length = len(text.split())
        if text.casefold() in seen or (room is not None and picks and length > room):
            continue
        picks.append(index)
        seen.add(text.casefold())
        if room is not None:
            room -= length
    return tuple(sorted(picks))
