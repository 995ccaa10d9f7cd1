"""Settings of the `executor` group."""

from dataclasses import dataclass


@dataclass
class ExecutorSettings:
    """What every option of the group is."""


@dataclass
class LocalExecutor(ExecutorSettings):
    """Run in this process.

    Attributes:
        window: articles that travel together; more makes fuller batches and takes more memory.
    """

    window: int = 256
