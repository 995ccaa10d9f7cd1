"""The key under which an output is remembered."""

import hashlib
from dataclasses import asdict

from pipeline.backend import Decoding
from pipeline.fingerprint import canonical_json


class Keys:
    """Keys for one model and one way of decoding.

    Args:
        fingerprint: what `Backend.fingerprint` says.
        decoding: settings that can change output.
    """

    def __init__(self, fingerprint: str, decoding: Decoding) -> None:
        self._start = hashlib.sha256(
            f"{fingerprint}\0{canonical_json(asdict(decoding))}\0".encode()
        )

    def of(self, text: str) -> bytes:
        """Return the 32-byte key of an input text."""
        found = self._start.copy()
        found.update(text.encode("utf-8", "surrogatepass"))
        return found.digest()
