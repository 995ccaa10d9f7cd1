"""Find a Ray cluster, or start one on this machine."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from math import floor

from pipeline.errors import ConfigError
from pipeline.execution.settings import Needs


def check_installed() -> None:
    """Look whether Ray is here.

    Raises:
        ConfigError: if not; it says how to get it.
    """
    if find_spec("ray") is None:
        raise ConfigError(
            "executor=ray needs Ray, which is not installed. Run: pip install 'wirebrief[ray]'"
        )


@contextmanager
def cluster(address: str | None) -> Iterator[None]:
    """Within, Ray is connected; afterwards, what was started or connected here is not any more.

    Raises:
        ConfigError: if no cluster answers at the address.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")  # of this process, and what it starts
    import ray  # noqa: PLC0415

    if ray.is_initialized():
        yield
        return
    try:
        ray.init(
            address=address,
            include_dashboard=None if address or "RAY_ADDRESS" in os.environ else False,
            log_to_driver=False,
            logging_level=logging.ERROR,
        )
    except (ConnectionError, RuntimeError, ValueError) as error:
        raise ConfigError(
            f"executor.address={address}: no Ray cluster answers there ({str(error)[:300]}). Start "
            "one with `ray start --head`, or leave the setting out to use this machine alone."
        ) from error
    try:
        yield
    finally:
        ray.shutdown()


def room_for(needs: Needs) -> int:
    """Return how many actors with such needs the machines of the cluster have room for."""
    import ray  # noqa: PLC0415

    return sum(
        min(
            floor(node["Resources"].get("CPU", 0) / needs.cpus),
            floor(node["Resources"].get("GPU", 0) / needs.gpus) if needs.gpus else 1 << 20,
        )
        for node in ray.nodes()  # type: ignore[no-untyped-call]
        if node["Alive"]
    )
