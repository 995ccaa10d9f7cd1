import json
from collections.abc import Callable

import pytest


@pytest.fixture
def told(capfd) -> Callable[[], list[dict[str, object]]]:
    """Return what standard error has got, as JSON lines, and nothing but these."""
    return lambda: [json.loads(line) for line in capfd.readouterr().err.splitlines()]
