"""Ask an address for what is new there, without fetching again what is known."""

import http.client
import re
import urllib.error
import urllib.request
from pathlib import PurePosixPath

from pipeline.errors import FeedError

_ADDRESS = re.compile("https?://", re.IGNORECASE)
_TIMEOUT_SECONDS = 30.0
_MOST_BYTES = 64_000_000
_UNCHANGED = 304
_SUFFIX = re.compile(r"\.[a-z0-9]{1,10}")
_USUAL_SUFFIX = ".xml"


def is_address(path: str) -> bool:
    """Tell an address from a path."""
    return _ADDRESS.match(path) is not None


class WebFeed:
    """An RSS feed or the like behind an `http` address.

    Args:
        address: of the feed.

    Attributes:
        suffix: of the files that its states are kept in.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        self._tags: dict[str, str] = {}
        path = address.partition("?")[0].partition("#")[0]
        found = PurePosixPath(path.partition("//")[2].partition("/")[2]).suffix.lower()
        self.suffix = found if _SUFFIX.fullmatch(found) else _USUAL_SUFFIX

    def fetch(self) -> bytes | None:
        """Return what is there, or `None` if the server says that it is the same as last time.

        Raises:
            FeedError: if it cannot be had.
        """
        headers = {"User-Agent": "wirebrief", "Accept-Encoding": "identity", **self._tags}
        try:
            request = urllib.request.Request(self._address, headers=headers)  # noqa: S310 - http
            with urllib.request.urlopen(request, timeout=_TIMEOUT_SECONDS) as answer:  # noqa: S310
                content: bytes = answer.read(_MOST_BYTES + 1)
                tags = {
                    "If-None-Match": answer.headers.get("ETag"),
                    "If-Modified-Since": answer.headers.get("Last-Modified"),
                }
        except urllib.error.HTTPError as error:
            with error:
                if error.code == _UNCHANGED:
                    return None
                raise self._failed(f"the server says {error.code} {error.reason}") from None
        except (OSError, ValueError, http.client.HTTPException) as error:
            raise self._failed(str(getattr(error, "reason", None) or error)) from error
        if len(content) > _MOST_BYTES:
            raise self._failed(f"it is longer than {_MOST_BYTES:,} bytes")
        self._tags = {name: value for name, value in tags.items() if value}
        return content

    def _failed(self, why: str) -> FeedError:
        return FeedError(f"{self._address}: cannot be fetched: {why}. It is asked again later.")
