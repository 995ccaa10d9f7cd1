"""Ask a server that speaks OpenAI's chat completions; several requests at once."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from threading import Lock
from typing import TYPE_CHECKING, Any

from pipeline.backends.chat.address import Address
from pipeline.backends.chat.backend import Reply, Sampling
from pipeline.backends.chat.crew import Pace, each
from pipeline.backends.chat.prompt import Message
from pipeline.backends.chat.refusals import Place, RequestFailed, refused, said
from pipeline.backends.chat.settings import EndpointSettings
from pipeline.errors import BackendError
from pipeline.records import Json

if TYPE_CHECKING:
    from openai import OpenAI
    from openai.types import CompletionUsage
    from openai.types.chat.chat_completion import Choice

_BYTES_PER_TOKEN = 3
_NO_KEY = "none"
_IN_A_ROW = 5
_SHOWN = 300


@dataclass(slots=True)
class _Session:
    """What is there while requests are made."""

    client: "OpenAI"
    pace: Pace
    lock: Lock = field(default_factory=Lock)
    failed_in_a_row: int = 0

    def succeeded(self) -> None:
        """Note a request that got its answer."""
        with self.lock:
            self.failed_in_a_row = 0

    def failed(self) -> int:
        """Note a request that failed; return how many did in a row."""
        with self.lock:
            self.failed_in_a_row += 1
            return self.failed_in_a_row


class Endpoint:
    """A server on the other end of a connection.

    What fails for one text only becomes a reply that says so. What would fail for all, or does so
    `_IN_A_ROW` times in a row, ends the run: answers given so far are in the memo.

    Args:
        settings: where it is, and how it is asked.
        address: where it is, looked at.

    Raises:
        BackendError: if the library for it is not installed, or a key is missing.
    """

    engine = "endpoint"
    model_bytes = None

    def __init__(self, settings: EndpointSettings, address: Address) -> None:
        if find_spec("openai") is None:
            raise BackendError(
                f"{settings.model}: the library that asks endpoints is not installed. Run "
                "`pip install 'wirebrief[chat]'`, or ask a model on this machine: "
                "translation=instruct, abstractive=instruct."
            )
        address.check_key(settings.key_variable, _key(settings))
        self._settings, self._address = settings, address
        self._session: _Session | None = None

    def identity(self) -> Mapping[str, Json]:
        """Return the model's name and what else is sent with each request."""
        chosen = self._settings
        return {
            "engine": self.engine,
            "model": chosen.model,
            "revision": chosen.revision,
            "extra_body": dict(chosen.extra_body),
        }

    def open(self) -> None:
        """Make the client; nothing is sent."""
        self._opened()

    def marks(self) -> Sequence[str]:
        """Know none: the tokenizer is the server's."""
        return ()

    def context_tokens(self) -> int:
        """Return what the settings say."""
        return self._settings.context_tokens

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return a high estimate: a token for each three bytes."""
        return [-(-len(text.encode()) // _BYTES_PER_TOKEN) for text in texts]

    def ask(
        self, requests: Sequence[tuple[Message, ...]], sampling: Sampling
    ) -> Iterator[tuple[int, Reply]]:
        """Yield replies as they come in.

        Raises:
            BackendError: if there is no use in asking on.
        """
        session = self._opened()
        yield from each(
            requests,
            lambda messages: self._reply(session, messages, sampling),
            self._settings.concurrency,
        )

    def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            self._session.client.close()
            self._session = None

    def _opened(self) -> _Session:
        if self._session is not None:
            return self._session
        import openai  # noqa: PLC0415

        chosen = self._settings
        client = openai.OpenAI(
            base_url=self._address.url,
            api_key=_key(chosen) or _NO_KEY,
            timeout=chosen.timeout,
            max_retries=chosen.retries,
            # a proxy that the environment names cannot reach this machine's own servers
            http_client=openai.DefaultHttpxClient(trust_env=not self._address.is_loopback),
        )
        self._session = _Session(client, Pace(chosen.requests_per_minute))
        return self._session

    def _reply(self, session: _Session, messages: tuple[Message, ...], sampling: Sampling) -> Reply:
        try:
            reply = self._send(session, messages, sampling)
        except RequestFailed as failure:
            if session.failed() >= _IN_A_ROW:
                raise BackendError(
                    f"{self._address}: {_IN_A_ROW} requests in a row failed, the last one since "
                    f"{failure}. Look at the server, or raise timeout and retries. What was "
                    "answered is in the memo; the same command goes on there."
                ) from None
            return Reply("", failure=str(failure))
        session.succeeded()
        return reply

    def _send(self, session: _Session, messages: tuple[Message, ...], sampling: Sampling) -> Reply:
        import openai  # noqa: PLC0415

        session.pace.wait()
        try:
            found = session.client.chat.completions.create(**self._body(messages, sampling))
        except openai.APITimeoutError:
            raise RequestFailed(f"no answer came within {self._settings.timeout:g} s") from None
        except openai.APIStatusError as error:
            return refused(self._place(), error.status_code, self._masked(said(error)))
        except openai.OpenAIError as error:
            cause = self._masked(str(error.__cause__ or error))
            raise BackendError(
                f"{self._address}: cannot be reached ({cause}), tried "
                f"{1 + self._settings.retries} times. Start the server, or set endpoint. What was "
                "answered is in the memo; the same command goes on there."
            ) from None
        choices = getattr(found, "choices", None)
        if not choices:
            raise BackendError(
                f"{self._address}: something answers, but not as OpenAI's chat completions do. "
                "Check that endpoint is a server's address up to and with /v1."
            )
        return _reply_of(choices[0], getattr(found, "usage", None))

    def _body(self, messages: tuple[Message, ...], sampling: Sampling) -> dict[str, Any]:
        body: dict[str, Any] = {
            "model": self._settings.model,
            "messages": [{"role": said.role, "content": said.content} for said in messages],
            self._settings.limit_parameter.value: sampling.max_tokens,
        }
        if sampling.temperature is not None:
            body["temperature"] = sampling.temperature
        if sampling.seed is not None:
            body["seed"] = sampling.seed
        return {**body, "extra_body": dict(self._settings.extra_body) or None}

    def _place(self) -> Place:
        chosen = self._settings
        return Place(str(self._address), chosen.model, chosen.key_variable, chosen.retries)

    def _masked(self, message: str) -> str:
        """Return a message of the other side on one line, without the key."""
        key = _key(self._settings)
        shown = message.replace(key, "***") if key else message
        return " ".join(shown.split())[:_SHOWN]


def _key(settings: EndpointSettings) -> str | None:
    """Read the key where it is needed; nothing keeps it but the client."""
    return (os.environ.get(settings.key_variable) or None) if settings.key_variable else None


def _reply_of(choice: "Choice", usage: "CompletionUsage | None") -> Reply:
    if choice.finish_reason == "content_filter":
        return Reply("", failure="the endpoint's filter withheld the answer", lasting=True)
    text = choice.message.content or getattr(choice.message, "refusal", None) or ""
    return Reply(
        text,
        cut=choice.finish_reason == "length",
        read=_whole(usage, "prompt_tokens"),
        written=_whole(usage, "completion_tokens"),
    )


def _whole(usage: "CompletionUsage | None", name: str) -> int | None:
    """Return a count of the server's, which is not bound to send any."""
    count = getattr(usage, name, None)
    return count if isinstance(count, int) else None
