"""What keeps runs from being compared."""


class CompareError(Exception):
    """Folders or settings that make no comparison; the message says what, where, what to do."""
