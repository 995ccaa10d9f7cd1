"""Errors that end a run. What concerns one article is a `Fault`, never an exception."""


class WirebriefError(Exception):
    """A problem that the user can mend; the message says what, where and what to do."""

    status = 1


class ConfigError(WirebriefError):
    """A setting that cannot work: found before any work."""

    status = 2


class FeedError(WirebriefError):
    """A feed that cannot be opened, or that holds nothing readable."""


class BackendError(WirebriefError):
    """A model that is not there, or cannot do what the stage needs."""

    status = 2


class OutputError(WirebriefError):
    """Results that cannot be written: a full disk, a folder without permission."""


class MemoError(WirebriefError):
    """A memo store that cannot be used."""
