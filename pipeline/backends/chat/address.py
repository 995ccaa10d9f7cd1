"""Where a server is, and whether a key may go there."""

import re
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from pipeline.errors import BackendError, ConfigError

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_USUAL = "OPENAI_API_KEY"


class Address:
    """The address of a server, without any secret.

    Args:
        part: the group of settings, for messages.
        url: as configured.

    Raises:
        ConfigError: if it is no address, or has a key or a password in it. The message does not
            repeat what may be secret.
    """

    def __init__(self, part: str, url: str) -> None:
        self._part = part
        parts, host = _split(part, url.strip())
        if (
            parts.username is not None
            or parts.password is not None
            or parts.query
            or parts.fragment
        ):
            raise ConfigError(
                f"{part}.endpoint: an address with a name, a password or anything behind ? or # "
                "would be written into run.json. Leave that out; put a key into an environment "
                f"variable and name it in {part}.key_variable."
            )
        self.url = url.strip()
        self.is_loopback = _is_loopback(host)
        self._is_open = parts.scheme == "http" and not self.is_loopback

    def __str__(self) -> str:
        """Return the address."""
        return self.url

    def check_key(self, variable: str | None, key: str | None) -> None:
        """Look whether the key is there and may be sent; it is not kept.

        Raises:
            ConfigError: if the variable's name is none, or the key would go over the net in clear
                without anybody having asked for it.
            BackendError: if a server that is not on this machine needs a key that is not there.
        """
        part = self._part
        if variable is None:
            return
        if not _VARIABLE.fullmatch(variable):  # a key given by mistake must not be repeated
            raise ConfigError(
                f"{part}.key_variable: that is no name of an environment variable. Put the key "
                f"into a variable, such as {_USUAL}, and give its name, never the key itself."
            )
        if key is None and not self.is_loopback:
            raise BackendError(
                f"{self.url}: the environment variable {variable} is not set. Put the key there, "
                f"name another variable in {part}.key_variable, or set {part}.key_variable=null "
                "for a server that wants no key."
            )
        if key is not None and self._is_open and variable == _USUAL:
            raise ConfigError(
                f"{self.url}: the key in {variable} would cross the network unencrypted. Use "
                f"https; or set {part}.key_variable=null to send none, or to the name of a "
                "variable with a key for this server."
            )


def _split(part: str, url: str) -> tuple[SplitResult, str]:
    try:
        parts = urlsplit(url)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        parts, host = urlsplit(""), None
    if parts.scheme not in {"http", "https"} or not host:
        raise ConfigError(
            f"{part}.endpoint: that is no address of a server. Give one such as "
            "http://localhost:8000/v1 or https://example.org/v1."
        )
    return parts, host


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
