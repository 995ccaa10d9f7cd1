"""Keep the Hugging Face libraries from the network while a run is offline."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_VARIABLES = ("HF_HUB_OFFLINE", "HF_DATASETS_OFFLINE")
_READ_AT_IMPORT = {
    "huggingface_hub.constants": ("HF_HUB_OFFLINE",),
    "datasets.config": ("HF_HUB_OFFLINE", "HF_DATASETS_OFFLINE"),
}
"""Where the libraries keep what they read from the environment when they were imported."""


@contextmanager
def network(*, offline: bool) -> Iterator[None]:
    """Within, the libraries open no connection if `offline`; afterwards all is as it was."""
    if not offline:
        yield
        return
    variables = {name: os.environ.get(name) for name in _VARIABLES}
    found = _switches()
    os.environ.update(dict.fromkeys(_VARIABLES, "1"))
    _switch(dict.fromkeys(found, True))
    try:
        yield
    finally:
        for name, value in variables.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        before = (variables["HF_HUB_OFFLINE"] or "").upper() in {"1", "ON", "YES", "TRUE"}
        _switch({place: found.get(place, before) for place in _switches()})


def _switches() -> dict[tuple[str, str], bool]:
    """Return the switches of the libraries that are imported by now."""
    return {
        (module, name): getattr(sys.modules[module], name)
        for module, names in _READ_AT_IMPORT.items()
        for name in names
        if hasattr(sys.modules.get(module), name)
    }


def _switch(values: dict[tuple[str, str], bool]) -> None:
    for (module, name), value in values.items():
        setattr(sys.modules[module], name, value)
