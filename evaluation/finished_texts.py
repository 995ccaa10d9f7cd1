"""Score the finished texts that two files hold: what `wirebrief-score` does."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from errno import EACCES, EISDIR
from pathlib import Path

from evaluation.bootstrap import mean_interval
from evaluation.pairs import Fields, Pair, PairError, read_pairs
from evaluation.rouge import Rouge
from evaluation.score import Score
from evaluation.settings import Kind, ScoreSettings
from evaluation.translation import TranslationScorer, align, paragraphs

_FIELDS = {
    Kind.summaries: ("abstractive.text", "references.summaries"),
    Kind.translations: ("translation.text", "references.translation"),
}


def score_files(settings: ScoreSettings) -> None:
    """Score, print, and write the scores if that is wanted.

    Raises:
        PairError: if the files cannot be scored, or the scores not be written.
    """
    prediction, reference = _FIELDS[settings.kind]
    fields = Fields(
        settings.prediction_field or prediction,
        settings.reference_field or reference,
        settings.id_field,
    )
    if settings.output:
        _make_room(Path(settings.output))
    pairs = read_pairs(Path(settings.predictions), Path(settings.references), fields)
    scored = [pair for pair in pairs if pair.references]
    if not scored:
        raise PairError(
            f"{settings.references}: no text under {fields.reference!r} belongs to a "
            "prediction; set reference_field"
        )
    if settings.kind is Kind.summaries:
        scores = summary_scores(scored, settings)
    else:
        scores = translation_scores(scored, settings)
    print(f"{len(scored)} of {len(pairs)} texts have a reference")  # noqa: T201
    _print(scores)
    if settings.output:
        record = json.dumps([asdict(score) for score in scores], ensure_ascii=False, indent=2)
        with _writing(Path(settings.output)) as path:
            path.write_text(record + "\n", encoding="utf-8")


def _make_room(path: Path) -> None:
    """Find out before the work whether the scores can be written."""
    with _writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            raise IsADirectoryError(EISDIR, os.strerror(EISDIR))
        if not os.access(path if path.exists() else path.parent, os.W_OK):
            raise PermissionError(EACCES, os.strerror(EACCES))


@contextmanager
def _writing(path: Path) -> Iterator[Path]:
    try:
        yield path
    except OSError as error:
        raise PairError(f"{path}: cannot be written ({error.strerror}); set output") from error


def summary_scores(pairs: list[Pair], settings: ScoreSettings) -> list[Score]:
    """Return ROUGE over the pairs, with intervals."""
    rouge = Rouge(
        stem=settings.stem,
        many=settings.many_references.value,
        tokenizer=settings.tokenizer.value,
        language=settings.language,
    )
    found: dict[str, list[float]] = {}
    for pair in pairs:
        for name, prf in rouge.score(pair.prediction, pair.references).items():
            found.setdefault(f"{name}.p", []).append(prf.precision)
            found.setdefault(f"{name}.r", []).append(prf.recall)
            found.setdefault(f"{name}.f", []).append(prf.f)
    signature = f"{rouge.signature()}|bs:{settings.samples}|seed:{settings.seed}"
    scores = []
    for name, values in found.items():
        low, high = mean_interval(values, settings.samples, settings.seed) or (None, None)
        scores.append(Score(name, sum(values) / len(values), low, high, len(values), signature))
    return scores


def translation_scores(pairs: list[Pair], settings: ScoreSettings) -> list[Score]:
    """Return BLEU, chrF and TER over the pairs, against each one's first reference."""
    scorer = TranslationScorer()
    for pair in pairs:
        scorer.add(align(paragraphs(pair.prediction) or [""], paragraphs(pair.references[0])))
    return scorer.scores("translation", settings.samples, settings.seed)


def _print(scores: list[Score]) -> None:
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table()
    for column in ("score", "value", "95 % interval", "count"):
        table.add_column(column, justify="left" if column == "score" else "right")
    for score in scores:
        between = "" if score.low is None else f"{score.low:.4f} – {score.high:.4f}"
        value = f"{score.value:.4f}"
        table.add_row(score.name, value, between, str(score.count))
    console = Console()
    console.print(table)
    for signature in dict.fromkeys(score.signature for score in scores):
        console.print(signature, highlight=False, soft_wrap=True)
