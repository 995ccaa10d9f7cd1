"""Fetch a feed from its address, again and again, only when it has changed."""

import http.client
import time
import urllib.error
import urllib.request
from urllib.parse import urlsplit

from pipeline.errors import ConfigError, FeedError

_CHUNK = 1 << 16
_ACCEPTED = (
    "application/rss+xml, application/atom+xml, application/rdf+xml, application/xml, */*;q=0.5"
)
_UNCHANGED = 304


class Subscription:
    """An address, and what its server said of the state that was fetched last.

    Args:
        address: `http://` or `https://`.
        timeout: seconds to wait for an answer, and for all of it.
        most: bytes; a longer answer is refused.

    Attributes:
        etag: of the last answer, if the server gave one.
        modified: time of the last answer, as the server wrote it.

    Raises:
        ConfigError: if it is no such address.
    """

    def __init__(self, address: str, timeout: float, most: int) -> None:
        parts = urlsplit(address)
        if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
            raise ConfigError(f"feed.path={address}: no address; write https://HOST/PATH")
        if parts.username or parts.password:
            raise ConfigError(f"feed.path: leave the password for {parts.hostname} out of it")
        self._address, self._timeout, self._most = address, timeout, most
        self.etag: str | None = None
        self.modified: str | None = None

    def fetch(self) -> bytes | None:
        """Return the answer, `None` if nothing has changed since the last one.

        Raises:
            FeedError: if there is none, or it is too long.
        """
        try:
            with _OPENER.open(self._request(), timeout=self._timeout) as answer:
                content = self._content(answer)
                self.etag = answer.headers.get("ETag")
                self.modified = answer.headers.get("Last-Modified")
                return content
        except urllib.error.HTTPError as error:
            with error:
                if error.code == _UNCHANGED:
                    return None
                raise self._problem(f"{error.code} {error.reason}") from None
        except urllib.error.URLError as error:
            raise self._problem(str(error.reason)) from None
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise self._problem(str(error) or type(error).__name__) from None

    def _request(self) -> urllib.request.Request:
        request = urllib.request.Request(self._address)  # noqa: S310 - checked to be http
        request.add_header("Accept", _ACCEPTED)
        request.add_header("User-Agent", "wirebrief")
        if self.etag:
            request.add_header("If-None-Match", self.etag)
        if self.modified:
            request.add_header("If-Modified-Since", self.modified)
        return request

    def _content(self, answer: http.client.HTTPResponse) -> bytes:
        parts, length, until = [], 0, time.monotonic() + self._timeout
        while chunk := answer.read1(_CHUNK):
            parts.append(chunk)
            length += len(chunk)
            if length > self._most:
                raise self._problem(f"the answer has more than {self._most / 1e6:,.0f} megabytes")
            if time.monotonic() > until:
                raise TimeoutError(f"no end after {self._timeout:g} seconds")
        if answer.length:
            raise self._problem(f"the answer broke off, {answer.length:,} bytes are missing")
        return b"".join(parts)

    def _problem(self, why: str) -> FeedError:
        return FeedError(
            f"{self._address}: cannot be fetched ({why[:200]}). Check the address and the "
            "connection; a saved file works as feed.path, too."
        )


def missing_offline(address: str) -> str:
    """Say how to read a feed without a connection."""
    return (
        f"feed.path={address}: an address, and offline=true. Save it where there is a connection "
        "and set feed.path to the file, or leave out offline=true."
    )


def _opener() -> urllib.request.OpenerDirector:
    """Return what follows redirections, but to no file and no other protocol."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler,
        urllib.request.HTTPHandler,
        urllib.request.HTTPSHandler,
        urllib.request.HTTPDefaultErrorHandler,
        urllib.request.HTTPRedirectHandler,
        urllib.request.HTTPErrorProcessor,
        urllib.request.UnknownHandler,
    ):
        opener.add_handler(handler())
    return opener


_OPENER = _opener()
