"""Settings of the `watch` group."""

from dataclasses import dataclass, field
from enum import Enum

from configs.ranges import allowed


class DoneFiles(Enum):
    """What becomes of a spool file once everything in it is in the desk's database."""

    keep = "keep"
    move = "move"
    delete = "delete"


@dataclass
class WatchSettings:
    """How `wirebrief watch` follows a spool.

    Attributes:
        poll_seconds: time between two looks at the spool.
        settle_seconds: a file is read when its size and time have not changed for so long.
        batch: articles that are briefed together at most; a flash waits for one batch.
        batch_seconds: fewer are briefed together where they would take longer.
        fetch_seconds: time between two questions to an address.
        done: what becomes of files that were read.
        until_idle: end when everything is read and briefed, instead of waiting for more.
        retries: tries of a batch after one that failed as a whole, as with a model server that is
            down; then the command ends.
        retry_seconds: wait before the first of them; twice as long before each next one.
        metrics_port: port on 127.0.0.1 for Prometheus metrics; `None` opens none.
        status_seconds: time between two writings of `status.json`.
        keep_days: texts of briefs older than that are dropped from the database.
    """

    poll_seconds: float = field(default=1.0, metadata=allowed(above=0))
    settle_seconds: float = field(default=1.0, metadata=allowed(least=0))
    batch: int = field(default=4, metadata=allowed(least=1))
    fetch_seconds: float = field(default=60.0, metadata=allowed(above=0))
    batch_seconds: float = field(default=3.0, metadata=allowed(above=0))
    done: DoneFiles = DoneFiles.keep
    until_idle: bool = False
    retries: int = field(default=3, metadata=allowed(least=0))
    retry_seconds: float = field(default=5.0, metadata=allowed(above=0))
    metrics_port: int | None = field(default=None, metadata=allowed(least=1, most=65535))
    status_seconds: float = field(default=5.0, metadata=allowed(above=0))
    keep_days: int = field(default=30, metadata=allowed(least=1))
