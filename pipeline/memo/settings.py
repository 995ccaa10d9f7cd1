"""Settings of the `memo` group, one class per option."""

from dataclasses import dataclass, field

from configs.ranges import allowed


@dataclass
class MemoSettings:
    """What every option of the group is."""


@dataclass
class SqliteMemo(MemoSettings):
    """Remember model outputs in an SQLite file.

    Attributes:
        path: the file; empty means one in the user's cache folder.
        max_megabytes: above this the outputs used longest ago are dropped.
        patience_seconds: how long to wait for outputs that another process is making, after the
            last one was finished, before they are made here, too; empty means 600 for a run and 2
            for `wirebrief watch`.
    """

    path: str | None = None
    max_megabytes: int = field(default=2048, metadata=allowed(least=1))
    patience_seconds: float | None = field(default=None, metadata=allowed(least=0))


@dataclass
class NoMemo(MemoSettings):
    """Remember nothing: every output is made again."""
