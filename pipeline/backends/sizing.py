"""How large a batch is: as the settings say, or found by trial; smaller where memory runs out."""

START_TOKENS = 2048
"""Padded source tokens in one batch where the settings name none."""

_MOST_TOKENS = 1 << 19
_BATCHES = 2
"""So many of each size are timed, and the faster one counts: the first one of a size warms up."""
_GAIN = 1.1
"""What is not a tenth faster is not worth twice the memory."""


class BatchSize:
    """Padded source tokens in one batch.

    A trial doubles the size while batches fit into memory and more tokens pass in a second. It
    takes batches that are at least half full, since others tell nothing, from as many calls as it
    needs.

    Args:
        tokens: to begin with.
        by_trial: look for a larger size that is faster.
    """

    def __init__(self, tokens: int, *, by_trial: bool = False) -> None:
        self.tokens = tokens
        self.is_trying = by_trial
        self._rates: list[float] = []
        self._best = (0.0, tokens)

    def passed(self, padded: int, seconds: float) -> bool:
        """Hear of a batch that fitted; tell whether the size is another one now.

        Args:
            padded: rows times longest row.
            seconds: from its start to its end, while no other one ran.
        """
        if not self.is_trying or 2 * padded < self.tokens:
            return False
        self._rates.append(padded / max(seconds, 1e-9))
        if len(self._rates) < _BATCHES:
            return False
        fastest, tried = max(self._rates), self.tokens
        self._rates = []
        if fastest < _GAIN * self._best[0]:
            self.is_trying = False
            self.tokens = self._best[1]
            return True
        self._best = (fastest, tried)
        self.tokens = min(2 * tried, _MOST_TOKENS)
        self.is_trying = self.tokens > tried
        return self.is_trying

    def failed(self, tokens: int) -> None:
        """Hear that memory ran out: the size is this one from here on, and no trial goes on."""
        self.tokens = tokens
        self.is_trying = False
