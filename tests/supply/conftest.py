"""The wheel and the source distribution, and an environment that holds nothing but the wheel."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.supply.locked import ROOT


@pytest.fixture(scope="session")
def distributions():
    """Return the folder with what `make build` has built; `make test-wheel` names it."""
    folder = os.environ.get("WIREBRIEF_DISTRIBUTIONS")
    if not folder:
        pytest.skip("make test-wheel builds the distributions, and tests them")
    return Path(folder).resolve()


@pytest.fixture(scope="session")
def wheel(distributions):
    (found,) = distributions.glob("*.whl")
    return found


@pytest.fixture(scope="session")
def source(distributions):
    (found,) = distributions.glob("*.tar.gz")
    return found


@pytest.fixture(scope="session")
def installed(wheel, tmp_path_factory):
    """Install the wheel with the locked versions of what it needs; return the new environment."""
    home = tmp_path_factory.mktemp("installed") / "venv"
    subprocess.run([sys.executable, "-m", "venv", home], check=True)
    command = [home / "bin" / "python", "-m", "pip", "install", "--constraint"]
    result = subprocess.run(
        [*command, ROOT / "requirements.lock", wheel], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr
    assert "yanked" not in result.stderr
    return home
