import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

WITHOUT_RIGHTS = """
import ctypes
header = (ctypes.c_uint32 * 2)(0x20080522, 0)
assert ctypes.CDLL(None).capset(header, (ctypes.c_uint32 * 6)()) == 0  # root may do anything
"""


@pytest.fixture
def file_size_limit() -> Callable[[int], AbstractContextManager[None]]:
    """Return a context in which files take so many bytes and no more, as on a full disk."""

    @contextmanager
    def limit(size: int) -> Iterator[None]:
        allowed = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, allowed[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, allowed)

    return limit


@pytest.fixture
def without_rights() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run code in a process that permissions hold for, even if root runs the tests."""
    if sys.platform != "linux":
        pytest.skip("drops the rights of root by a Linux call")

    def run(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", WITHOUT_RIGHTS + code, *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    return run
