"""An instruct model behind the backend protocol, wherever it runs."""

import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Protocol

from pipeline.backend import Decoding, Keep
from pipeline.backends.chat.answers import Answer, read_answer
from pipeline.backends.chat.judge import Judge
from pipeline.backends.chat.prompt import Message, Prompt
from pipeline.errors import ConfigError
from pipeline.events import event
from pipeline.fingerprint import canonical_json
from pipeline.records import Json
from pipeline.stage import Effort

LOG = logging.getLogger(__name__)

_LEAST_ROOM = 64
_WARMER = 0.3
_HOTTEST = 1.0


@dataclass(frozen=True, slots=True)
class Sampling:
    """How an answer is generated; `None` leaves a value to the server."""

    temperature: float | None
    seed: int | None
    max_tokens: int


@dataclass(frozen=True, slots=True)
class Asking:
    """How answers are asked for.

    Attributes:
        temperature: of the first attempt; `None` leaves it to the server.
        seed: of the first attempt; `None` leaves it to the server.
        reasks: further attempts for an answer that cannot be used.
        thinking_tokens: what thinking may take on top of the answer.
        answer_tokens: limit of an answer.
    """

    temperature: float | None
    seed: int | None
    reasks: int
    thinking_tokens: int
    answer_tokens: int

    def sampling(self, attempt: int) -> Sampling:
        """Return how an attempt is sampled: later ones are warmer, and have another seed."""
        temperature, seed = self.temperature, self.seed
        if temperature is not None and attempt:
            temperature = max(temperature, min(_HOTTEST, temperature + _WARMER * attempt))
        if seed is not None:
            seed += attempt
        return Sampling(temperature, seed, self.answer_tokens + self.thinking_tokens)


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back for one request.

    Attributes:
        text: the raw answer.
        cut: it reached the limit of tokens.
        failure: why there is no answer, to follow on a colon.
        lasting: it would fail again.
        read: tokens of the request; this and the following `None` where that is not known.
        padded: the same, padded to the longest of its batch.
        written: tokens of the answer, those of thinking included.
    """

    text: str
    cut: bool = False
    failure: str | None = None
    lasting: bool = False
    read: int | None = None
    padded: int | None = None
    written: int | None = None


class Speaker(Protocol):
    """What answers messages: a server, or a model in this process.

    Attributes:
        engine: its name in the records.
    """

    engine: str

    @property
    def model_bytes(self) -> int | None:
        """Return the size of the model's files; `None` if they are elsewhere."""

    def identity(self) -> Mapping[str, Json]:
        """Return what decides about its answers; no address, no key. Loads no model."""

    def open(self) -> None:
        """Get ready; raise `BackendError` if that cannot be."""

    def marks(self) -> Sequence[str]:
        """Return the special tokens of its tokenizer, as far as they are known."""

    def context_tokens(self) -> int:
        """Return how many tokens prompt and answer may have together."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return how many tokens each text makes, or no fewer where that is not known."""

    def ask(
        self, requests: Sequence[tuple[Message, ...]], sampling: Sampling
    ) -> Iterator[tuple[int, Reply]]:
        """Yield each request's index and reply, in any order."""

    def close(self) -> None:
        """Release the model or the connection."""


class ChatBackend:
    """Asks a speaker, examines the answers, and asks again for what cannot be used.

    Its outputs are records of `Answer`, so that the memo remembers what was wrong, too.

    Args:
        model: name as configured.
        speaker: answers.
        prompt: makes the messages.
        judge: examines the answers.
        asking: how often and how they ask.

    Raises:
        ConfigError: if prompt and answer leave no room for a text.
    """

    def __init__(
        self,
        model: str,
        speaker: Speaker,
        prompt: Prompt,
        judge: Judge,
        asking: Asking,
    ) -> None:
        self.model, self.engine = model, speaker.engine
        self._speaker, self._prompt, self._judge = speaker, prompt, judge
        self._asking = asking
        self._room: int | None = None
        self.effort = Effort()

    @property
    def model_bytes(self) -> int | None:
        """Return the speaker's."""
        return self._speaker.model_bytes

    def fingerprint(self) -> str:
        """Return what decides about answers: model, messages, sampling, and how they are judged."""
        return canonical_json(
            {
                **self._speaker.identity(),
                "prompt": self._prompt.fingerprint(),
                "asking": asdict(self._asking),
                "judge": self._judge.name,
            }
        )

    def open(self) -> None:
        """Get the speaker ready."""
        self._speaker.open()

    @property
    def max_source_tokens(self) -> int:
        """Return how many tokens are left beside the prompt and the answer."""
        if self._room is None:
            empty = "\n".join(message.content for message in self._prompt.render(""))
            prompt = self._speaker.count_tokens([empty])[0]
            taken = prompt + self._asking.answer_tokens + self._asking.thinking_tokens
            self._room = self._speaker.context_tokens() - taken
            if self._room < _LEAST_ROOM:
                raise ConfigError(
                    f"{self.model}: context_tokens={self._speaker.context_tokens()}, but prompt "
                    f"and answer take {taken}, so no text fits. Raise context_tokens (and the "
                    "server's own limit), or shorten prompt and answer."
                )
        return self._room

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Count tokens of texts, without the prompt."""
        return self._speaker.count_tokens(texts)

    def generate(
        self,
        texts: Sequence[str],
        decoding: Decoding,
        advance: Callable[[int], None] | None = None,
        keep: Keep | None = None,
    ) -> list[str]:
        """Return a record of `Answer` for each text; blank texts stay blank without a request.

        Of the decoding nothing is used: how long answers may be is known already, and beams are
        not asked for.

        Raises:
            ValueError: if a text is longer than `max_source_tokens`: nothing is cut silently.
            BackendError: if the speaker cannot go on at all.
        """
        del decoding
        lengths = self.count_tokens(texts)
        if too_long := sum(length > self.max_source_tokens for length in lengths):
            raise ValueError(f"{too_long} text(s) exceed {self.max_source_tokens} tokens")
        answers = [Answer("") for _ in texts]
        waiting = [index for index, text in enumerate(texts) if text.strip()]
        if advance and len(waiting) < len(texts):
            advance(len(texts) - len(waiting))
        if waiting:
            self.open()

        def finished(index: int) -> None:
            if keep:
                keep({index: answers[index].record()})
            if advance:
                advance(1)

        for attempt in range(1 + self._asking.reasks):
            waiting = self._round(texts, answers, waiting, attempt, finished)
        if advance and waiting:
            advance(len(waiting))
        return [answer.record() for answer in answers]

    def hit_limit(self, outputs: Sequence[str], decoding: Decoding) -> list[bool]:
        """Tell which records are of answers that were cut."""
        del decoding
        return [read_answer(record).cut for record in outputs]

    def close(self) -> None:
        """Release the speaker."""
        self._speaker.close()

    def _round(
        self,
        texts: Sequence[str],
        answers: list[Answer],
        waiting: list[int],
        attempt: int,
        finished: Callable[[int], None],
    ) -> list[int]:
        """Ask once for each text that waits; fill in answers; return what has to wait on."""
        marks = self._speaker.marks() if waiting else ()
        requests = [self._prompt.render(texts[index], marks) for index in waiting]
        sampling = self._asking.sampling(attempt)
        if attempt and waiting:
            fields = event("retry", outputs=len(waiting))
            LOG.debug("%s is asked again for %d answers", self.model, len(waiting), extra=fields)
        again = []
        started = time.perf_counter()
        for place, reply in self._speaker.ask(requests, sampling):
            index = waiting[place]
            if reply.failure is None:
                self.effort.add(reply.read, reply.padded, reply.written)
            answer = self._answer(texts[index], reply)
            held = answers[index]
            if not (held.text and answer.problem):  # a cut answer is better than none
                answers[index] = answer
            if reply.failure is None and (answer.problem or answer.cut):
                again.append(index)
            else:
                finished(index)
        self.effort.seconds += time.perf_counter() - started
        return sorted(again)

    def _answer(self, source: str, reply: Reply) -> Answer:
        if reply.failure is not None:
            return Answer("", problem=reply.failure, lasting=reply.lasting)
        verdict = self._judge.examine(source, reply.text)
        if verdict.problem:
            ended = " (it reached its limit of tokens)" if reply.cut else ""
            return Answer("", problem=verdict.problem + ended)
        return Answer(verdict.text, cut=reply.cut)
