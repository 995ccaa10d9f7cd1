"""What a server's status means: trouble with one text, or with everything."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.backends.chat.backend import Reply
from pipeline.errors import BackendError

if TYPE_CHECKING:
    from openai import APIStatusError

_FILTER = ("content_filter", "content_policy", "content management policy", "moderation")
_LENGTH = ("context_length", "context length", "context size", "context window", "too long")
_TRY_LATER = (408, 409)
_SERVER = 500


class RequestFailed(Exception):  # noqa: N818 - it is caught where it is raised
    """A request that failed for this time and this text; says why."""


@dataclass(frozen=True, slots=True)
class Place:
    """Whom was asked, for messages."""

    address: str
    model: str
    key_variable: str | None
    retries: int


def said(error: "APIStatusError") -> str:
    """Return what a server says about an error, with its code."""
    body = error.body
    if isinstance(body, dict):
        parts = (body.get(name) for name in ("code", "message", "detail", "error"))
        return ": ".join(str(part) for part in parts if part)
    return str(body or error.message)


def refused(place: Place, status: int, message: str) -> Reply:
    """Return a reply that says what is wrong with the text.

    Args:
        place: whom was asked.
        status: of HTTP.
        message: of the server, without secrets.

    Raises:
        RequestFailed: if the server failed.
        BackendError: if every other request would be refused as well.
    """
    lowered = message.casefold()
    if any(word in lowered for word in _FILTER):
        return Reply("", failure=f"the endpoint's filter refuses the text ({status})", lasting=True)
    if status >= _SERVER or status in _TRY_LATER:
        raise RequestFailed(f"the server answers {status} ({message})")
    if any(word in lowered for word in _LENGTH):
        raise RequestFailed(f"it is too long for the server, so lower context_tokens ({message})")
    raise BackendError(f"{place.address}: {_advice(place, status, message)}")


def _advice(place: Place, status: int, message: str) -> str:
    again = "What was answered is in the memo; the same command goes on there."
    match status:
        case 401 | 403:
            source = place.key_variable or "no variable, since key_variable is null"
            return f"the server refuses the key ({status}). It was taken from {source}."
        case 404:
            return (
                f"the server knows no model {place.model!r}, or endpoint is not its address up to "
                f"and with /v1 (404: {message})."
            )
        case 429:
            return (
                f"too many requests, after {1 + place.retries} tries (429: {message}). Lower "
                f"concurrency, set requests_per_minute, or look at your quota. {again}"
            )
        case _:
            return (
                f"the server refuses the request ({status}: {message}). Check model, temperature, "
                "seed (null sends none), limit_parameter and extra_body."
            )
