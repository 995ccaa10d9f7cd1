"""Settings that every stage with an instruct model has."""

from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from configs.ranges import allowed
from pipeline.backends.settings import Device


class LimitParameter(Enum):
    """What a server calls the limit of generated tokens."""

    max_tokens = "max_tokens"
    max_completion_tokens = "max_completion_tokens"


@dataclass
class ChatSettings:
    """Which model, what it is told, and what is done with its answers.

    Attributes:
        model: as the server names it; for a local model a name on the hub or a folder.
        revision: of a local model, commit or tag on the hub; at an endpoint, any word that tells
            this model from others that had its name. Part of the memo key.
        system: template of the system message; empty for models that know none.
        user: template of the user's message; the article's text stands for `{text}`.
        temperature: 0 takes the likeliest words; empty leaves it to the server.
        seed: of sampling; empty leaves it to the server.
        thinking_tokens: tokens on top of the answer's, for models that think before they answer.
        reasks: how often an answer that cannot be used is asked for again.
    """

    model: str = "???"
    revision: str | None = None
    system: str = ""
    user: str = "{text}"
    temperature: float | None = field(default=0.0, metadata=allowed(least=0, most=2))
    seed: int | None = field(default=1, metadata=allowed(least=0))
    thinking_tokens: int = field(default=0, metadata=allowed(least=0))
    reasks: int = field(default=2, metadata=allowed(least=0, most=10))


@dataclass
class EndpointSettings(ChatSettings):
    """A server that speaks OpenAI's chat completions.

    Attributes:
        endpoint: its address, up to and with `/v1`. No key in it: that is refused.
        key_variable: name of the environment variable that holds the key; empty sends none.
        concurrency: requests that are open at once.
        requests_per_minute: begin no more than these; empty for no such limit.
        timeout: seconds until a request counts as failed.
        retries: how often a request that failed is made again, with growing pauses.
        context_tokens: what prompt and answer may have together, as the server was started.
        limit_parameter: what the server calls the limit of generated tokens.
        extra_body: more for the body of each request, as this server knows it. Part of the memo
            key, and written into `run.json`.
    """

    endpoint: str = "http://localhost:8000/v1"
    key_variable: str | None = "OPENAI_API_KEY"
    concurrency: int = field(default=8, metadata=allowed(least=1, most=256))
    requests_per_minute: float | None = field(default=None, metadata=allowed(above=0))
    timeout: float = field(default=120.0, metadata=allowed(above=0))
    retries: int = field(default=5, metadata=allowed(least=0, most=20))
    context_tokens: int = field(default=8192, metadata=allowed(least=256))
    limit_parameter: LimitParameter = LimitParameter.max_tokens
    extra_body: dict[str, Any] = field(default_factory=dict)


@dataclass
class InstructSettings(ChatSettings):
    """A decoder-only model with a chat template, run by transformers in this process.

    Attributes:
        compute_type: numeric type of the weights: `float32`, `float16` or `bfloat16`.
        device: `cpu`, `cuda` or `auto`.
        threads: CPU threads; 0 means one per core.
        batch_tokens: padded prompt tokens in one batch.
        context_tokens: what prompt and answer may have together; empty means the model's limit.
        thinking: let models think that know how to.
    """

    compute_type: str = "float32"
    device: Device = Device.cpu
    threads: int = field(default=0, metadata=allowed(least=0, most=1024))
    batch_tokens: int = field(default=2048, metadata=allowed(least=1))
    context_tokens: int | None = field(default=None, metadata=allowed(least=256))
    thinking: bool = False
