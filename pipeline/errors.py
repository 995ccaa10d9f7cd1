"""Errors that end a run, and the one that ends an article."""


class ArticleError(Exception):
    """A text that cannot be worked on, while others can: its article becomes a fault.

    Attributes:
        reason: code of the fault.
        remedy: what the user can do.
    """

    def __init__(self, reason: str, message: str, remedy: str) -> None:
        super().__init__(message)
        self.reason, self.remedy = reason, remedy


class WirebriefError(Exception):
    """A problem that the user can mend; the message says what, where and what to do."""

    status = 1
    """Exit status: 2 if the user mends the command or the configuration, 1 if the run failed."""


class ConfigError(WirebriefError):
    """A setting that cannot work: found before any work."""

    status = 2


class FeedError(WirebriefError):
    """A feed that is not there, or is not what the settings say it is."""

    status = 2


class BackendError(WirebriefError):
    """A model or dataset that is not there, or cannot do what is needed of it."""

    status = 2


class ModelError(BackendError):
    """A model that cannot be made ready, or changes under the run: a full disk, no memory."""

    status = 1


class FailedRunError(WirebriefError):
    """A run that came to its end and wrote its results, but is not good enough."""


class OutputError(WirebriefError):
    """A file that cannot be written: a full disk, another run in the folder."""


class MemoError(WirebriefError):
    """A memo store that cannot be used."""
