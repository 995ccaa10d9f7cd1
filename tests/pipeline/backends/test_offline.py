"""Offline holds while a run lasts, whenever the libraries were imported, and no longer."""

import os
import subprocess
import sys
from contextlib import suppress

import pytest

from pipeline.backends.offline import network

VARIABLES = ("HF_HUB_OFFLINE", "HF_DATASETS_OFFLINE")


@pytest.mark.parametrize("before", [None, "0", "1"])
def test_the_environment_is_as_it_was(monkeypatch, before):
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
        if before is not None:
            monkeypatch.setenv(name, before)
    with suppress(KeyError), network(offline=True):
        assert [os.environ[name] for name in VARIABLES] == ["1", "1"]
        raise KeyError
    assert [os.environ.get(name) for name in VARIABLES] == [before, before]


def test_online_leaves_everything_alone(monkeypatch):
    monkeypatch.delenv(VARIABLES[0], raising=False)
    with network(offline=False):
        assert VARIABLES[0] not in os.environ


@pytest.mark.parametrize("imported", ["before", "within"])
def test_the_libraries_are_switched_too(imported):
    code = f"""
import os
os.environ.pop("HF_HUB_OFFLINE", None)
from pipeline.backends.offline import network
if {imported == "before"}:
    import huggingface_hub.constants as hub
with network(offline=True):
    import huggingface_hub.constants as hub
    assert hub.is_offline_mode()
assert not hub.is_offline_mode()
"""
    subprocess.run([sys.executable, "-c", code], check=True)
