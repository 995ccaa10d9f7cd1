"""What a model runs on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hardware:
    """What a model runs on; only the device can change output.

    Attributes:
        device: `cpu`, `cuda` or `auto`.
        threads: CPU threads; 0 means one per core.
        batch_tokens: padded source tokens in one batch.
    """

    device: str = "cpu"
    threads: int = 0
    batch_tokens: int = 2048
