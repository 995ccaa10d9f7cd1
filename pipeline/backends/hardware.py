"""What a model runs on."""

from collections.abc import Callable
from dataclasses import dataclass

from pipeline.errors import BackendError

AUTO = "auto"

_OVERFLOWS = frozenset({"t5", "mt5", "pegasus"})
"""Kinds that were trained in bfloat16 or float32, whose activations float16 cannot hold."""


@dataclass(frozen=True, slots=True)
class Hardware:
    """What a model runs on; only the device can change output.

    Attributes:
        device: `cpu` or `cuda`.
        threads: CPU threads; 0 means one per core.
        batch_tokens: padded source tokens in one batch.
    """

    device: str = "cpu"
    threads: int = 0
    batch_tokens: int = 2048


@dataclass(frozen=True, slots=True)
class Abilities:
    """What an engine can do on this machine; each is asked only if need be.

    Attributes:
        has_cuda: whether it can use a CUDA device.
        has_bfloat16: whether that device computes in bfloat16.
        cpu_type: numeric type that suits it on a CPU.
    """

    has_cuda: Callable[[], bool]
    has_bfloat16: Callable[[], bool]
    cpu_type: str


def choose_device(model: str, device: str, abilities: Abilities) -> str:
    """Return the device that `auto` means here, or the one that was asked for.

    Raises:
        BackendError: if that one is not there.
    """
    if device == AUTO:
        return "cuda" if abilities.has_cuda() else "cpu"
    if device == "cuda" and not abilities.has_cuda():
        raise BackendError(
            f"{model}: device=cuda, but there is no CUDA device that the engine can use. Set "
            "device=cpu, or device=auto to take one only where there is one."
        )
    return device


def choose_type(compute_type: str, device: str, kind: str, abilities: Abilities) -> str:
    """Return the numeric type that `auto` means here, or the one that was asked for.

    Args:
        compute_type: as configured.
        device: as `choose_device` returned it.
        kind: `model_type` of transformers.
        abilities: of the engine.
    """
    if compute_type != AUTO:
        return compute_type
    if device == "cpu":
        return abilities.cpu_type
    if abilities.has_bfloat16():
        return "bfloat16"
    return "float32" if kind in _OVERFLOWS else "float16"
