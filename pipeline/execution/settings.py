"""Settings of the `executor` group."""

from dataclasses import dataclass, field

from configs.ranges import allowed


@dataclass
class ExecutorSettings:
    """What every option of the group is."""


@dataclass
class LocalExecutor(ExecutorSettings):
    """Run in this process.

    Attributes:
        window: articles that travel together, at most; four windows are under way. More makes
            fuller batches and takes more memory.
    """

    window: int = field(default=256, metadata=allowed(least=1))


@dataclass
class Needs:
    """How many actors, and what each holds of its machine.

    Attributes:
        workers: actors; empty means as many as the cluster has room for when the run begins.
        cpus: of each; also the threads of its model, where `threads` is 0.
        gpus: of each; a part of one is allowed.
    """

    workers: int | None = field(default=None, metadata=allowed(least=1))
    cpus: float = field(default=1.0, metadata=allowed(above=0))
    gpus: float = field(default=0.0, metadata=allowed(least=0))


@dataclass
class RayExecutor(ExecutorSettings):
    """Run on a Ray cluster, part by part.

    Attributes:
        address: of the cluster, as `ray.init` takes it; empty means that of RAY_ADDRESS, else the
            cluster that runs on this machine, else one that is started for the run.
        parts: folder of finished parts, where all machines reach it: a path or an fsspec address;
            empty means `parts` in `output_dir`.
        rows: records in a part.
        fused: one kind of actor takes a part through all stages; else each stage that holds a
            model has actors of its own, and `others` do the rest.
        worker: actors for all stages.
        translate: actors for translation, unless fused.
        abstract: actors for abstractive summaries, unless fused.
        others: actors for reading and every other stage, unless fused.
    """

    address: str | None = None
    parts: str | None = None
    rows: int = field(default=256, metadata=allowed(least=1, most=100_000))
    fused: bool = True
    worker: Needs = field(default_factory=Needs)
    translate: Needs = field(default_factory=Needs)
    abstract: Needs = field(default_factory=Needs)
    others: Needs = field(default_factory=Needs)
