"""A comparison as it is shown: in the terminal, in `compare.csv` and on the page.

Runs are named by their place in `Comparison.runs`, metrics by their name, such as
`abstractive.rouge2.f`. Numbers that cannot be told are `None`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Better = Literal["higher", "lower"]


@dataclass(frozen=True, slots=True)
class Metric:
    """A corpus score that runs are compared by.

    Attributes:
        name: such as `abstractive.rouge2.f`.
        label: such as `ROUGE-2 F, abstract`.
        better: which way is better; `None` for what only describes, such as length.
        scale: the number that a perfect score has, 1 or 100; `None` without one.
        signature: the recipe.
    """

    name: str
    label: str
    better: Better | None
    scale: float | None
    signature: str


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its 95 % interval, and the number of articles that it rests on."""

    value: float
    low: float | None
    high: float | None
    count: int


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run took.

    Attributes:
        seconds: of the whole run.
        by_stage: seconds.
        made: outputs that models made in this run.
        reused: outputs that came from the memo; if there are any, `seconds` says little.
        words: of all translations and summaries in the briefs.
        model_bytes: size of the models' files; `None` if the run does not say.
    """

    seconds: float | None
    by_stage: Mapping[str, float]
    made: int
    reused: int
    words: int
    model_bytes: int | None


@dataclass(frozen=True, slots=True)
class Contestant:
    """A run.

    Attributes:
        label: the shortest text that tells it from the others, such as `extractive=lead`.
        folder: as the user named it.
        scores: by metric, over the articles that all runs have scored.
        own: by metric, over all articles of this run, as in its `scores.json`.
        settings: the resolved configuration, by dotted key.
        briefs: articles that were briefed.
        faults: articles that failed.
    """

    label: str
    folder: str
    scores: Mapping[str, Estimate]
    own: Mapping[str, Estimate]
    cost: Cost
    settings: Mapping[str, str]
    briefs: int
    faults: int


@dataclass(frozen=True, slots=True)
class Difference:
    """Two runs by one metric, over the articles that both have.

    Attributes:
        metric: its name.
        left: place of a run.
        right: place of another; `delta` is the left one's score less this one's.
        delta: with its interval.
        p: two-sided, by approximate randomization; `None` for too few articles.
        p_holm: the same after Holm's correction over all pairs of runs.
        effect: Cohen's d of the paired differences; `None` where a metric is no mean.
        wins: articles where the left run is better by this metric (higher, if none is better).
        ties: articles where both are the same.
        losses: articles where the right run is better.
        needed: articles that would show such a difference, four times out of five.
        sentence: what may be claimed.
    """

    metric: str
    left: int
    right: int
    delta: Estimate
    p: float | None
    p_holm: float | None
    effect: float | None
    wins: int
    ties: int
    losses: int
    needed: int | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Slice:
    """Scores over some of the articles.

    Attributes:
        by: `desk`, `length` or `published`.
        name: such as `Wirtschaft`, `301-600 words` or `2026-11`.
        count: articles.
        scores: by metric, one for each run.
    """

    by: str
    name: str
    count: int
    scores: Mapping[str, Sequence[float | None]]


@dataclass(frozen=True, slots=True)
class Row:
    """An article.

    Attributes:
        key: id and version, unique in the comparison; stands in links.
        title: in the source language.
        title_target: as the first run translated it.
        published: ISO 8601.
        words: of the source text.
        scores: by metric, one for each run.
        spread: by metric, the largest difference between two runs.
    """

    key: str
    id: str
    version: int
    title: str | None
    title_target: str | None
    desk: str | None
    published: str | None
    words: int
    scores: Mapping[str, Sequence[float | None]]
    spread: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Step:
    """A step from the ceiling down to the finished summary: what it costs, in score."""

    name: str
    value: Estimate
    explanation: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """Where a metric's loss arises, for one run.

    Attributes:
        metric: without its part, such as `rouge2.f`.
        run: place of the run that is explained.
        ceiling: what the best extract of the reference translation scores, or the best there is.
        steps: what follows, each a difference; ceiling and steps add up to `reached`.
        reached: what the run scores.
        missing: what is not known, and the command that would tell.
    """

    metric: str
    run: int
    ceiling: Estimate
    steps: Sequence[Step]
    reached: Estimate
    missing: Sequence[str]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that is shown, the articles' texts apart.

    Attributes:
        metrics: in the order of the journey; the first is ranked by, unless told otherwise.
        ranked_by: name of the metric that the ranking follows.
        runs: in the order that the user named them.
        ranking: places of runs, best first.
        differences: for each metric with a better side, all pairs of runs.
        common: articles that all runs have.
        caveats: what keeps the comparison from being fair, in plain sentences.
        changed: settings that are not the same in all runs: key, and a value for each run.
    """

    metrics: Sequence[Metric]
    ranked_by: str
    runs: Sequence[Contestant]
    ranking: Sequence[int]
    differences: Sequence[Difference]
    slices: Sequence[Slice]
    rows: Sequence[Row]
    attribution: Sequence[Attribution]
    changed: Sequence[tuple[str, Sequence[str | None]]]
    caveats: Sequence[str]
    common: int


@dataclass(frozen=True, slots=True)
class SentenceText:
    """A source sentence.

    Attributes:
        targets: its translation in each run.
        picked: places of the runs whose extract has it.
    """

    paragraph: int
    kind: str
    source: str
    targets: Sequence[str | None]
    picked: Sequence[int]


@dataclass(frozen=True, slots=True)
class FactMark:
    """A fact that does not agree, as `facts` of a brief has it.

    Attributes:
        run: place of the run.
        part: `translation`, `extractive` or `abstractive`.
        kind: such as `number` or `name`.
        side: `missing` in what was made, or `added` there.
        text: the fact as written.
        sentence: index of the sentence that has it; `None` for the title or a summary.
        start: offset in that sentence, or in the summary.
        end: offset behind it.
        other_sentence: index of the sentence with its counterpart.
        other_start: offset there; `None` where nothing corresponds.
        other_end: offset behind it.
    """

    run: int
    part: str
    kind: str
    side: str
    text: str
    sentence: int | None
    start: int
    end: int
    other_sentence: int | None
    other_start: int | None
    other_end: int | None


@dataclass(frozen=True, slots=True)
class ArticleTexts:
    """An article side by side over all runs; what a run does not have is `None`."""

    key: str
    titles: Sequence[str | None]
    sentences: Sequence[SentenceText]
    extracts: Sequence[str | None]
    abstracts: Sequence[str | None]
    reference_translation: str | None
    reference_summaries: Sequence[str]
    facts: Sequence[FactMark]
    warnings: Sequence[Sequence[str]]
