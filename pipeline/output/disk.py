"""What the disk is asked for, and what it refuses."""

import os
from pathlib import Path


def sync(path: Path) -> None:
    """Put a file, or the names in a folder, onto the disk.

    Raises:
        OSError: if the system refuses.
    """
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def refusal(error: OSError) -> str:
    """Return why the system refused, without the path that the message names anyway."""
    return os.strerror(error.errno) if error.errno else str(error)
