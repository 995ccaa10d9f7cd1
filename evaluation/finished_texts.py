"""Score the finished texts that files hold: what `wirebrief-score` does."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from evaluation.article_numbers import NumberCollector, SystemNumbers, scores
from evaluation.comparison import compare
from evaluation.item_scoring import ItemScorer, SummaryScorer, TranslationItemScorer
from evaluation.pairs import Item, Items, MatchedRecords, ParallelLines
from evaluation.rouge import Rouge
from evaluation.score_files import check_place, write_articles, write_scores
from evaluation.score_table import print_scores
from evaluation.settings import Kind, ScoreSettings
from evaluation.systems import named_systems
from evaluation.tally import Tally
from evaluation.text_files import STDIN, LineFile, RecordFile, TextError, holds_records
from evaluation.translation import TranslationMetrics

_FIELDS = {
    Kind.summaries: ("abstractive.text", "references.summaries"),
    Kind.translations: ("translation.text", "references.translation"),
}


def score_files(settings: ScoreSettings) -> None:
    """Score, print, and write what is wanted.

    Raises:
        TextError: if the files cannot be scored, or the scores not be written.
    """
    systems = named_systems(settings.predictions)
    references = _listed(settings.references)
    for place in (settings.output, settings.articles):
        if place:
            check_place(Path(place))
    items = _items(list(systems.values()), references, settings)
    is_line = isinstance(items, ParallelLines)
    tally = Tally(tuple(systems), "line" if is_line else "article")
    scorer = item_scorer(settings, is_line=is_line)
    if STDIN not in systems.values():
        for _ in items.read():  # all mistakes in the files are told before the work
            pass
    ids: list[str] = []
    numbers = collect(_counted(items, tally, ids), tuple(systems), scorer)
    tally.unused = items.remainder.unused
    _check(tally, settings)
    recipes = scorer.recipes(f"unit:{tally.unit}|bs:{settings.samples}|seed:{settings.seed}")
    found = {
        system.name: scores(system, recipes, settings.samples, settings.seed) for system in numbers
    }
    comparisons = compare(numbers, recipes, settings.seed)
    print_scores(found, comparisons, tally, wants_source=settings.source is not None)
    if settings.output:
        write_scores(Path(settings.output), settings.kind.value, tally, found, comparisons)
    if settings.articles:
        write_articles(Path(settings.articles), ids, numbers, recipes)


def item_scorer(settings: ScoreSettings, *, is_line: bool) -> ItemScorer:
    """Return what scores texts of the kind that is wanted.

    Args:
        settings: how to count.
        is_line: each text is a single line.
    """
    if settings.kind is Kind.summaries:
        rouge = Rouge(
            stem=settings.stem,
            many=settings.many_references.value,
            tokenizer=settings.tokenizer.value,
            language=settings.language,
        )
        return SummaryScorer(rouge)
    return TranslationItemScorer(TranslationMetrics(settings.translation()), is_line=is_line)


def collect(
    items: Iterable[Item], names: Sequence[str], scorer: ItemScorer
) -> tuple[SystemNumbers, ...]:
    """Score every system's text of each item that has references."""
    collectors = [NumberCollector(name) for name in names]
    for item in items:
        if item.references:
            for collector, prediction in zip(collectors, item.predictions, strict=True):
                collector.add(item.place, *scorer.score(item, prediction))
    return tuple(collector.finish() for collector in collectors)


def _listed(value: object) -> list[str]:
    return [str(name) for name in value] if isinstance(value, list | tuple) else [str(value)]


def _items(systems: Sequence[str], references: Sequence[str], settings: ScoreSettings) -> Items:
    files = [*systems, *references, *([settings.source] if settings.source else [])]
    if STDIN in files[len(systems) :] or systems.count(STDIN) > 1:
        raise TextError("only one file of predictions can be -, standard input")
    kinds = {name: holds_records(name) for name in files if name != STDIN}
    if len(set(kinds.values())) > 1:
        lines = [name for name, is_record in kinds.items() if not is_record]
        records = [name for name, is_record in kinds.items() if is_record]
        raise TextError(
            f"{lines[0]} is read line by line and {records[0]} as records: files must be of one "
            "kind; records are .jsonl, .ndjson or .parquet"
        )
    prediction, reference = _FIELDS[settings.kind]
    chosen = (
        (systems, settings.prediction_field or prediction, "prediction_field"),
        (references, settings.reference_field or reference, "reference_field"),
        ([settings.source] if settings.source else [], settings.source_field, "source_field"),
    )
    encoding, mark = settings.encoding, settings.sentence_mark
    if not any(kinds.values()):
        left, right, sources = (
            [LineFile(name, encoding, mark) for name in names] for names, _, _ in chosen
        )
        return ParallelLines(left, right, sources[0] if sources else None)
    ours, theirs, origins = (
        [RecordFile(n, field, settings.id_field, setting, encoding, mark) for n in names]
        for names, field, setting in chosen
    )
    return MatchedRecords(ours, theirs, origins[0] if origins else None)


def _counted(items: Items, tally: Tally, ids: list[str]) -> Iterable[Item]:
    """Yield the items, and keep the ids of those that are scored."""
    places: list[tuple[int, str]] = []
    for item in items.read():
        tally.count(item)
        if item.references:
            places.append((item.place, item.id))
        yield item
    ids += [name for _, name in sorted(places)]


def _check(tally: Tally, settings: ScoreSettings) -> None:
    prediction, reference = _FIELDS[settings.kind]
    if not tally.articles:
        raise TextError(f"{tally.names[0]}: holds no text")
    if not tally.scored:
        raise TextError(
            f"{', '.join(_listed(settings.references))}: no text under "
            f"{settings.reference_field or reference!r} belongs to a prediction; set "
            "reference_field"
        )
    for name, empty in zip(tally.names, tally.empty, strict=True):
        if empty == tally.articles:
            field = settings.prediction_field or prediction
            where = f" under {field!r}; set prediction_field" if tally.unit == "article" else ""
            raise TextError(f"{name}: no {tally.unit} has text{where}")
