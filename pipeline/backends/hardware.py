"""What a model runs on."""

from collections.abc import Callable, Sequence
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
        batch_tokens: padded source tokens in one batch; `None` if it is not said.
        devices: numbers of the CUDA devices; a copy of the model works on each.
    """

    device: str = "cpu"
    threads: int = 0
    batch_tokens: int | None = None
    devices: tuple[int, ...] = (0,)

    @property
    def places(self) -> list[str]:
        """Return the names of the devices, as torch has them."""
        cuda = self.device == "cuda"
        return [f"cuda:{number}" if cuda else self.device for number in self.devices]


@dataclass(frozen=True, slots=True)
class Abilities:
    """What an engine can do on this machine; each is asked only if need be.

    Attributes:
        cuda_devices: how many CUDA devices it can use.
        has_bfloat16: whether they compute in bfloat16.
        cpu_type: numeric type that suits it on a CPU.
    """

    cuda_devices: Callable[[], int]
    has_bfloat16: Callable[[], bool]
    cpu_type: str


def choose_device(model: str, device: str, abilities: Abilities) -> str:
    """Return the device that `auto` means here, or the one that was asked for.

    Raises:
        BackendError: if that one is not there.
    """
    if device == AUTO:
        return "cuda" if abilities.cuda_devices() else "cpu"
    if device == "cuda" and not abilities.cuda_devices():
        raise BackendError(
            f"{model}: device=cuda, but there is no CUDA device that the engine can use. Set "
            "device=cpu, or device=auto to take one only where there is one."
        )
    return device


def choose_devices(
    model: str, device: str, numbers: Sequence[int], abilities: Abilities
) -> tuple[int, ...]:
    """Return the numbers of the devices that are asked for; the first one if none is.

    Args:
        model: name as configured, for messages.
        device: as `choose_device` returned it.
        numbers: as configured.
        abilities: of the engine.

    Raises:
        BackendError: if there is no such device, or one is named twice.
    """
    if not numbers:
        return (0,)
    named = f"{model}: devices=[{','.join(map(str, numbers))}]"
    if device != "cuda":
        raise BackendError(
            f"{named} counts CUDA devices, but the model runs on device={device}. Set device=cuda, "
            "or devices=[]."
        )
    if len(set(numbers)) < len(numbers):
        raise BackendError(f"{named} names a device twice. Name each once.")
    there = abilities.cuda_devices()
    if missing := sorted(number for number in numbers if not 0 <= number < there):
        count = "is 1 CUDA device" if there == 1 else f"are {there} CUDA devices"
        raise BackendError(
            f"{named}, but there {count} here, counted from 0: no number "
            f"{', '.join(map(str, missing))}. Leave out what is not there; CUDA_VISIBLE_DEVICES "
            "may hide some."
        )
    return tuple(numbers)


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
