"""What tests ask of a page as it is laid out."""

import struct
import time
import zlib
from pathlib import Path


def colours(picture: Path) -> int:
    """Count the different pixel bytes of a PNG: a blank page has hardly any."""
    data = picture.read_bytes()
    packed, at = b"", 8
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        if data[at + 4 : at + 8] == b"IDAT":
            packed += data[at + 8 : at + 8 + length]
        at += length + 12
    return len(set(zlib.decompress(packed)))


def overflow(page: object) -> int:
    """Return by how many pixels the page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")


def until(page: object, expression: str, seconds: float = 20) -> None:
    """Wait until an expression is true; the page's policy forbids the driver's own way."""
    end = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < end, f"never came true: {expression}"
        page.wait_for_timeout(20)
