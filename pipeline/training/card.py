"""The model card: what the model learned from, how, and how good it is."""

import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from evaluation.score import Score
from pipeline.training.material import Material
from pipeline.training.settings import TrainingSettings

CARD = "MODEL_CARD.md"
_CELL = 300


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a training run came to.

    Attributes:
        history: the Trainer's log.
        chosen: which weights were taken.
        scores: by name of the set.
        examples: source, output and reference, as they came.
        seen: how many pairs were shown, and how many were too long.
    """

    history: Sequence[Mapping[str, Any]]
    chosen: str
    scores: Mapping[str, Sequence[Score]]
    examples: Sequence[tuple[str, str, str]]
    seen: Mapping[str, int]


def write_card(
    folder: Path, settings: TrainingSettings, material: Material, outcome: Outcome
) -> None:
    """Write `MODEL_CARD.md` into the model's folder."""
    sections = (
        _head(settings),
        _data(material, outcome),
        _recipe(settings, outcome),
        _curve(outcome),
        _scores(outcome),
        _use(outcome),
    )
    text = "\n".join(line for section in sections for line in (*section, ""))
    temporary = folder / f"{CARD}.making"
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(folder / CARD)


def _head(settings: TrainingSettings) -> Iterator[str]:
    pair = f"{settings.languages.source} → {settings.languages.target}"
    yield f"# {settings.job.value.capitalize()} model, {pair}"
    yield ""
    yield f"Trained with `wirebrief-train`, wirebrief {version('wirebrief')}{_commit()}."
    yield ""
    start = settings.model or "nothing (random weights)"
    yield f"- Started from: {start}" + (f" at {settings.revision}" if settings.revision else "")
    licence = settings.licence or (
        "not stated; what the base model and the data below allow decides"
    )
    yield f"- Licence: {licence}"


def _data(material: Material, outcome: Outcome) -> Iterator[str]:
    yield "## Data"
    yield ""
    yield "| source | pairs | times in an epoch | licence as stated |"
    yield "|---|---|---|---|"
    for source in material.sources:
        licence = source.licence or "not stated"
        yield f"| {_cell(source.name)} | {source.pairs:,} | {source.weight:g} | {licence} |"
    yield ""
    shown, long = outcome.seen.get("shown", 0), outcome.seen.get("too long", 0)
    yield f"{shown:,} pairs were shown, repeats included; {long:,} were left out as too long."


def _recipe(settings: TrainingSettings, outcome: Outcome) -> Iterator[str]:
    fit, data = settings.fit, settings.data
    yield "## Recipe"
    yield ""
    yield (
        f"{fit.steps:,} steps of {fit.batch_tokens:,} padded tokens; {fit.optimizer.value} at "
        f"{fit.learning_rate:g}, {fit.schedule.value} after {fit.warmup_steps} steps of warm-up; "
        f"label smoothing {fit.label_smoothing:g}; numbers substituted in "
        f"{data.substitute_numbers:.0%} of the pairs, names in {data.substitute_names:.0%}; "
        f"{data.sample_pieces:.0%} of the sources in sampled pieces; seed {settings.seed}. All "
        "settings are in `training.json`."
    )
    yield ""
    yield f"The weights are {outcome.chosen}."


def _curve(outcome: Outcome) -> Iterator[str]:
    yield "## Learning curve"
    yield ""
    rows = [entry for entry in outcome.history if any(k.startswith("eval_") for k in entry)]
    names = sorted({k for row in rows for k in row if k.startswith("eval_")})
    yield "| step | " + " | ".join(name.removeprefix("eval_") for name in names) + " |"
    yield "|---|" + "---|" * len(names)
    for row in rows:
        cells = (f"{row[name]:.1f}" if name in row else "" for name in names)
        yield f"| {row.get('step', 0):,} | " + " | ".join(cells) + " |"


def _scores(outcome: Outcome) -> Iterator[str]:
    yield "## Scores"
    yield ""
    yield "With 95 % bootstrap intervals over pairs. `dev` sets picked the checkpoint."
    yield ""
    yield "| set | score | value | interval | pairs |"
    yield "|---|---|---|---|---|"
    for name, scores in outcome.scores.items():
        for score in scores:
            between = "" if score.low is None else f"{score.low:.4g}–{score.high:.4g}"
            row = (name, score.name, f"{score.value:.4g}", between, str(score.count))
            yield "| " + " | ".join(row) + " |"
    yield ""
    for signature in dict.fromkeys(s.signature for found in outcome.scores.values() for s in found):
        yield f"- `{signature}`"


def _use(outcome: Outcome) -> Iterator[str]:
    yield "## Intended use, and limits"
    yield ""
    yield "For texts like those that it learned from. Read its output before you publish it. The"
    yield "first outputs of the first set above, good and bad as they came:"
    for source, output, reference in outcome.examples:
        yield ""
        yield f"- {_cell(source)}"
        yield f"  → {_cell(output) or '(nothing)'}"
        yield f"  reference: {_cell(reference)}"


def _cell(text: str) -> str:
    flat = " ".join(text.split()).replace("|", "\\|")
    return flat if len(flat) <= _CELL else flat[: _CELL - 1] + "…"


def _commit() -> str:
    """Return the commit of a checkout; nothing in an installed package."""
    folder = Path(__file__).parents[2]
    if not (folder / ".git").exists():
        return ""
    command = ["git", "-C", str(folder), "rev-parse", "--short", "HEAD"]
    found = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    return f", commit {found.stdout.strip()}" if found.returncode == 0 else ""
