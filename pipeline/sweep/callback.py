"""What Hydra calls before the first job of a multirun. Imported at every start: imports little."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from omegaconf import DictConfig


class SweepCallback:
    """Plans a sweep; Hydra makes one, and calls its methods by name."""

    def on_multirun_start(self, config: "DictConfig", **_: object) -> None:
        """Plan the sweep, in the process that launches it.

        Raises:
            SystemExit: if it cannot be; Hydra makes mere warnings of other errors.
        """
        from pipeline.sweep.beginning import begin  # noqa: PLC0415

        begin(config)

    def __getattr__(self, name: str) -> object:
        """Ignore everything else that Hydra tells."""
        if name.startswith("on_"):
            return lambda **_: None
        raise AttributeError(name)
