"""What a model runs on."""

from collections.abc import Callable
from dataclasses import dataclass

from pipeline.errors import BackendError


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


def check_device(model: str, device: str, has_cuda: Callable[[], bool]) -> None:
    """Refuse a device that is not there.

    Args:
        model: name as configured.
        device: `cpu`, `cuda` or `auto`.
        has_cuda: asks the engine's library; only called if need be.

    Raises:
        BackendError: if there is none.
    """
    if device == "cuda" and not has_cuda():
        raise BackendError(
            f"{model}: device=cuda, but there is no CUDA device that the engine can use. Set "
            "device=cpu, or device=auto to take one only where there is one."
        )
