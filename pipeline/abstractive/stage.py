"""Write summaries with a model, batched over articles; articles of any length."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.abstractive.length import LengthLimits, is_torso, trim
from pipeline.abstractive.long_articles import choose, chunk
from pipeline.abstractive.settings import LongArticles
from pipeline.backend import (
    CountedBackend,
    Decoding,
    WhyEmpty,
    describe,
    not_known,
    within_positions,
)
from pipeline.records import Abstract, Caution, Draft, Fault, Maker
from pipeline.stage import Usage

Preference = Callable[[Draft], list[int]]
"""Return indices into `Draft.sentences`, best first."""
Split = Callable[[str], list[str]]
SplitLong = Callable[[str, Callable[[str], bool]], list[str]]

_MAX_ROUNDS = 6
_TOKEN_STEP = 16


@dataclass(frozen=True, slots=True)
class AbstractPlan:
    """What the abstract stage needs to know of its settings."""

    limits: LengthLimits
    long_articles: LongArticles
    max_source_tokens: int | None
    prefix: str


@dataclass(slots=True)
class _Job:
    """An article on its way through one or more rounds of summarizing."""

    draft: Draft
    sentences: list[str]
    cautions: list[Caution]
    inputs: list[str]
    result: list[str] | None = None
    cut: bool = False


class AbstractStage:
    """Fill `Draft.abstract`.

    Args:
        backend: the summarization model.
        decoding: how it generates; token limits are set for each article.
        plan: lengths, and what to do with long articles.
        preference: ranks sentences for extract-then-abstract.
        split: splits a summary into sentences.
        split_long: splits a sentence that the model cannot read whole.
        why_empty: tells why the backend gave no output for a text.
    """

    name = "abstract"

    def __init__(
        self,
        backend: CountedBackend,
        decoding: Decoding,
        plan: AbstractPlan,
        preference: Preference,
        split: Split,
        split_long: SplitLong,
        why_empty: WhyEmpty = not_known,
    ) -> None:
        self._backend = backend
        self._decoding = decoding
        self._plan = plan
        self._preference = preference
        self._split = split
        self._split_long = split_long
        self._why_empty = why_empty
        self._maker: Maker | None = None

    @property
    def usage(self) -> Usage:
        """Count summaries made and remembered, parts of long articles included."""
        return self._backend.usage

    def open(self) -> None:
        """Identify the model; its weights are loaded when the first article needs them."""
        self._maker = describe(self._backend, self._decoding)

    def process(
        self, drafts: Sequence[Draft], advance: Callable[[int], None]
    ) -> Sequence[Draft | Fault]:
        """Summarize all drafts together."""
        jobs = [self._start(draft) for draft in drafts]
        for _ in range(_MAX_ROUNDS):
            open_jobs = [job for job in jobs if job.result is None]
            if not open_jobs:
                break
            self._summarize(open_jobs)
        advance(len(drafts))
        return [self._finish(job) for job in jobs]

    def close(self) -> None:
        """Release the model."""
        self._backend.close()

    @property
    def _limit(self) -> int:
        limit = self._backend.max_source_tokens - self._backend.count_tokens([self._plan.prefix])[0]
        return (
            limit
            if self._plan.max_source_tokens is None
            else min(limit, self._plan.max_source_tokens)
        )

    def _start(self, draft: Draft) -> _Job:
        readable = _readable(draft)
        sentences = [text for _, text in readable]
        job = _Job(draft, sentences, [], [])
        words = _words(sentences)
        enough = self._plan.limits.most if len(sentences) <= 1 else self._plan.limits.least
        if words <= enough:
            message = f"{words} words in {len(sentences)} sentence(s): the text is its own summary"
            job.cautions.append(Caution("too_short_to_summarize", self.name, message))
            job.result = sentences
            return job
        size = sum(self._backend.count_tokens(sentences))
        if size <= self._limit:
            return job
        how = self._plan.long_articles
        message = f"{size} tokens, the model reads {self._limit}: {how.value}"
        job.cautions.append(Caution("long_article", self.name, message))
        if how is LongArticles.extract_then_abstract:
            job.sentences = self._best(draft, readable)
        return job

    def _best(self, draft: Draft, readable: list[tuple[int, str]]) -> list[str]:
        place = {number: index for index, (number, _) in enumerate(readable)}
        preference = [place[number] for number in self._preference(draft) if number in place]
        texts = [text for _, text in readable]
        chosen = choose(texts, preference, self._limit, self._backend.count_tokens)
        return [texts[index] for index in chosen] or self._pieces(texts[0])[:1]

    def _pieces(self, sentence: str) -> list[str]:
        return self._split_long(
            sentence, lambda text: self._backend.count_tokens([text])[0] <= self._limit
        )

    def _summarize(self, jobs: list[_Job]) -> None:
        for job in jobs:
            whole = [piece for text in job.sentences for piece in self._pieces(text)]
            chunks = chunk(whole, self._limit, self._backend.count_tokens)
            job.inputs = [self._plan.prefix + " ".join(part) for part in chunks]
        inputs = [text for job in jobs for text in job.inputs]
        results = iter(self._generate(inputs))
        for job in jobs:
            parts = [next(results) for _ in job.inputs]
            for reason in filter(None, (reason for _, _, reason in parts)):
                message = f"no usable summary: {reason}"
                job.cautions.append(Caution("answer_rejected", self.name, message))
            sentences = [sentence for output, _, _ in parts for sentence in self._split(output)]
            if len(parts) == 1 or _words(sentences) >= _words(job.sentences):
                job.result, job.cut = sentences, parts[-1][1]
            job.sentences = sentences

    def _generate(self, inputs: list[str]) -> Iterator[tuple[str, bool, str | None]]:
        """Yield each input's output, whether it may be cut, and why there is none, if known.

        Equal limits share a call.
        """
        groups: dict[Decoding, list[int]] = {}
        for index, decoding in enumerate(self._decodings(inputs)):
            groups.setdefault(decoding, []).append(index)
        found: dict[int, tuple[str, bool, str | None]] = {}
        for decoding, indices in groups.items():
            outputs = self._backend.generate([inputs[i] for i in indices], decoding)
            cuts = self._backend.hit_limit(outputs, decoding)
            reasons = [
                None if out else self._why_empty(inputs[i])
                for i, out in zip(indices, outputs, strict=True)
            ]
            found.update(zip(indices, zip(outputs, cuts, reasons, strict=True), strict=True))
        return (found[index] for index in range(len(inputs)))

    def _decodings(self, inputs: list[str]) -> Iterator[Decoding]:
        for text, tokens in zip(inputs, self._backend.count_tokens(inputs), strict=True):
            words = max(1, len(text.split()))
            least, most = self._plan.limits.for_article(words)
            ratio = tokens / words
            decoding = replace(
                self._decoding,
                min_tokens=int(least * ratio) // _TOKEN_STEP * _TOKEN_STEP,
                max_tokens=-(-int(most * ratio + 1) // _TOKEN_STEP) * _TOKEN_STEP,
            )
            yield within_positions(self._backend, decoding)

    def _finish(self, job: _Job) -> Draft:
        sentences = job.result if job.result is not None else job.sentences
        copied = any(caution.code == "too_short_to_summarize" for caution in job.cautions)
        if not copied:
            _, most = self._plan.limits.for_article(_words([t for _, t in _readable(job.draft)]))
            sentences, dropped = trim(sentences, most, cut=job.cut)
            if dropped:
                message = "the draft was longer than allowed: last sentence(s) dropped"
                job.cautions.append(Caution("summary_trimmed", self.name, message))
            if job.cut and sentences and is_torso(sentences[-1]):
                message = f"the model reached its limit of tokens: {sentences[-1]!r} may be cut"
                job.cautions.append(Caution("output_cut", self.name, message))
        if not sentences:
            job.cautions.append(Caution("empty_summary", self.name, "the model wrote nothing"))
        maker = Maker("copy", None, "wirebrief", "{}") if copied else self._maker
        abstract = Abstract("\n".join(sentences), maker) if sentences and maker else None
        return replace(job.draft, abstract=abstract, cautions=(*job.draft.cautions, *job.cautions))


def _readable(draft: Draft) -> list[tuple[int, str]]:
    """Return index and target text of each translated sentence that is running text."""
    targets = draft.translation.targets if draft.translation else ()
    return [
        (number, text)
        for number, (sentence, text) in enumerate(zip(draft.sentences, targets, strict=False))
        if sentence.kind == "text" and text
    ]


def _words(sentences: Sequence[str]) -> int:
    return sum(len(sentence.split()) for sentence in sentences)
