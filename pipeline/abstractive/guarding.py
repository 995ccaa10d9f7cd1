"""Hold summaries to the facts of their articles: another beam first, then the article's words."""

from collections.abc import Callable, Sequence

from pipeline.abstractive.faithful import Guard
from pipeline.abstractive.job import Job, readable
from pipeline.abstractive.length import LengthLimits
from pipeline.grounds import grounds_of
from pipeline.records import Draft, Maker

Preference = Callable[[Draft], list[int]]
"""Return indices into `Draft.sentences`, best first."""
WriteAgain = Callable[[Sequence[Job]], Sequence[list[str]]]
"""Return for each job another summary of what the model read, by other beams."""

_EXTRACT = Maker("compressed_extract", None, "wirebrief", "{}")


class FactGuarding:
    """Looks at finished summaries, and changes those that state what their article does not.

    Args:
        limits: words of a summary.
        german_feed: facts are looked up in the German text.
        preference: ranks the article's sentences.
        write_again: has the model write again.
    """

    def __init__(
        self,
        limits: LengthLimits,
        preference: Preference,
        write_again: WriteAgain,
        *,
        german_feed: bool,
    ) -> None:
        self._limits = limits
        self._german_feed = german_feed
        self._preference = preference
        self._write_again = write_again

    def apply(self, jobs: Sequence[Job]) -> None:
        """Change the jobs' results, and say so in their cautions."""
        guards = {index: self._guard(job) for index, job in enumerate(jobs)}
        failing = [i for i, job in enumerate(jobs) if guards[i].wrong("\n".join(job.result or ()))]
        read_whole = [i for i in failing if len(jobs[i].inputs) == 1]
        others = self._write_again([jobs[i] for i in read_whole])
        for index, other in zip(read_whole, others, strict=True):
            _take_if_better(jobs[index], other, guards[index])
        for index in failing:
            _replace_unfounded(jobs[index], guards[index])

    def _guard(self, job: Job) -> Guard:
        """Make a guard; it asks the ranker only when it needs a sentence."""
        least, most = self._limits.for_article(job.words)
        texts = dict(readable(job.draft))

        def article() -> list[str]:
            return [texts[number] for number in self._preference(job.draft) if number in texts]

        check = grounds_of(job.draft, german_feed=self._german_feed).check
        return Guard(check, article, least, most)


def _take_if_better(job: Job, other: list[str], guard: Guard) -> None:
    before, after = (guard.wrong("\n".join(text)) for text in (job.result or [], other))
    if other and len(after) < len(before):
        reason = ", ".join(map(repr, before))
        job.warn("facts_replaced", f"{reason} not in the article: another beam was taken")
        job.result = other


def _replace_unfounded(job: Job, guard: Guard) -> None:
    faithful = guard.apply(job.result or [])
    for change in faithful.changes:
        job.warn("facts_replaced", change)
    job.result = list(faithful.sentences)
    if not faithful.own:
        job.maker = _EXTRACT
    if wrong := guard.wrong("\n".join(job.result)):
        message = f"no sentence without unfounded facts was found: {', '.join(map(repr, wrong))}"
        job.warn("facts_unfounded", message)
