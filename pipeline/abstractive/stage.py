"""Write summaries with a model, batched over articles; articles of any length."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from pipeline.abstractive.guarding import FactGuarding, Preference
from pipeline.abstractive.job import Job, count_words, readable
from pipeline.abstractive.length import is_torso, trim
from pipeline.abstractive.long_articles import choose
from pipeline.abstractive.settings import LongArticles
from pipeline.abstractive.writing import AbstractPlan, SplitLong, Writer
from pipeline.backend import CountedBackend, Decoding, describe
from pipeline.backends.vetting import Output, Vetting, cautions_of
from pipeline.records import Abstract, Caution, Draft, Fault, Maker
from pipeline.stage import Usage
from pipeline.treatments import without_summary

Split = Callable[[str], list[str]]

_MAX_ROUNDS = 6
_SHOWN = 60
_TRIMMED = "summary_trimmed", "the draft was longer than allowed: last sentence(s) dropped"
_COPY = Maker("copy", None, "wirebrief", "{}")


class AbstractStage:
    """Fill `Draft.abstract`.

    Args:
        backend: the summarization model.
        vetting: asks it, and again for defective outputs.
        decoding: how it generates; token limits are set for each article.
        plan: lengths, and what to do with long articles and unfounded facts.
        preference: ranks sentences for extract-then-abstract and for the guard of facts.
        split: splits a summary into sentences.
        split_long: splits a sentence that the model cannot read whole.
    """

    name = "abstract"

    def __init__(
        self,
        backend: CountedBackend,
        vetting: Vetting,
        decoding: Decoding,
        plan: AbstractPlan,
        preference: Preference,
        split: Split,
        split_long: SplitLong,
    ) -> None:
        self._backend = backend
        self._decoding = decoding
        self._plan = plan
        self._preference = preference
        self._split = split
        self._vetting = vetting
        self._split_long = split_long

    @property
    def usage(self) -> Usage:
        """Count summaries made and remembered, parts of long articles and retries included."""
        return self._backend.usage

    def open(self) -> None:
        """Identify the model; its weights are loaded when the first article needs them.

        Raises:
            ConfigError: if the prefix leaves no room for an article.
        """
        self._maker = describe(self._backend, self._decoding)
        self._writer = Writer(
            self._backend, self._vetting, self._decoding, self._plan, self._split_long
        )

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
        written = [job for job in jobs if job.maker is self._maker]
        for job in written:
            job.result = self._shorten(job, job.result or job.sentences)
        if self._plan.guards_facts:
            FactGuarding(
                self._plan.limits,
                self._preference,
                self._write_again,
                german_feed=self._plan.german_feed,
            ).apply(written)
        advance(len(drafts))
        return [self._finish(job) for job in jobs]

    def close(self) -> None:
        """Release the model."""
        self._backend.close()

    def _start(self, draft: Draft) -> Job:
        if (finished := without_summary(draft, self.name)) is not None:
            return Job(finished, [], _COPY, result=[])
        numbered = readable(draft)
        sentences = [text for _, text in numbered]
        if not sentences:
            message = "the article has no translated running text"
            caution = Caution("nothing_to_summarize", self.name, message)
            return Job(draft, [], _COPY, [caution], result=[])
        words = count_words(sentences)
        enough = self._plan.limits.most if len(sentences) <= 1 else self._plan.limits.least
        if words <= enough:
            message = f"{words} words in {len(sentences)} sentence(s): the text is its own summary"
            caution = Caution("too_short_to_summarize", self.name, message)
            return Job(draft, sentences, _COPY, [caution], result=sentences)
        job = Job(draft, sentences, self._maker)
        size = sum(self._writer.sizes(sentences))
        how = self._plan.long_articles
        if size > self._writer.reads:
            message = f"{size} tokens, the model reads {self._writer.room}: {how.value}"
            job.warn("long_article", message)
        if size > self._writer.room and how is LongArticles.extract_then_abstract:
            job.sentences = self._best(draft, numbered)
        return job

    def _best(self, draft: Draft, numbered: list[tuple[int, str]]) -> list[str]:
        """Return the best sentences that fit the model, in text order."""
        texts = [text for _, text in numbered]
        place = {number: index for index, (number, _) in enumerate(numbered)}
        preference = [place[number] for number in self._preference(draft) if number in place]
        chosen = choose(texts, preference, self._writer.room, self._writer.sizes)
        return [texts[index] for index in chosen] or self._writer.pieces(texts[0])[:1]

    def _summarize(self, jobs: list[Job]) -> None:
        """Have each job's sentences summarized, whole or in parts, and the parts' summaries next.

        A job is done when it was read whole, or its parts' summaries are no shorter than they.
        """
        for job in jobs:
            job.inputs = self._writer.inputs(job.sentences)
        outputs = self._writer.write([text for job in jobs for text in job.inputs])
        for job in jobs:
            before = count_words(job.sentences)
            parts = [self._read(job, text, next(outputs)) for text in job.inputs]
            job.sentences = [sentence for part in parts for sentence in part]
            if len(parts) == 1 or not job.sentences or count_words(job.sentences) >= before:
                job.result = job.sentences

    def _read(self, job: Job, text: str, output: Output) -> list[str]:
        """Return an output's sentences; a torso at its end is dropped, unless it stands alone."""
        if output.rejected is not None:
            job.warn("answer_rejected", f"no usable summary: {output.rejected}")
        elif output.text.strip() or len(job.inputs) > 1:  # an empty summary has its own warning
            job.cautions += cautions_of(output, repr(text[:_SHOWN]), self.name)
        sentences = self._split(output.text)
        kept = _without_torso(sentences, output)
        if len(kept) < len(sentences):
            job.warn(*_TRIMMED)
        elif output.cut and sentences and is_torso(sentences[-1]):
            job.torsos.add(sentences[-1])
        return kept

    def _shorten(self, job: Job, sentences: list[str]) -> list[str]:
        """Keep to the words allowed."""
        most = self._plan.limits.for_article(job.words)[1]
        kept = trim(sentences, most)
        if len(kept) < len(sentences):
            job.warn(*_TRIMMED)
        words = count_words(kept)
        if words > most:
            job.warn(
                "summary_too_long", f"the first sentence has {words} words, {most} are allowed"
            )
        return kept

    def _write_again(self, jobs: Sequence[Job]) -> list[list[str]]:
        """Return for each job another summary of its last input, by other beams; none if bad."""
        outputs = self._writer.write([job.inputs[0] for job in jobs], other_beams=True)
        found = []
        for job, output in zip(jobs, outputs, strict=True):
            sentences = [] if output.is_defective else self._split(output.text)
            most = self._plan.limits.for_article(job.words)[1]
            found.append(trim(_without_torso(sentences, output), most))
        return found

    def _finish(self, job: Job) -> Draft:
        sentences = job.result or []
        for torso in sentences:
            if torso in job.torsos:
                job.warn("output_cut", f"the model reached its limit: {torso!r} may be cut")
        if not sentences and job.maker is not _COPY:
            job.warn("empty_summary", "the model wrote nothing")
        abstract = Abstract("\n".join(sentences), job.maker) if sentences else None
        return replace(job.draft, abstract=abstract, cautions=(*job.draft.cautions, *job.cautions))


def _without_torso(sentences: list[str], output: Output) -> list[str]:
    is_cut = output.cut and len(sentences) > 1 and is_torso(sentences[-1])
    return sentences[:-1] if is_cut else sentences
