"""What `wirebrief-train` does, from the settings to the finished folder."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from transformers import TrainerState, set_seed
from transformers.utils import logging

from evaluation.score import Score
from pipeline.backends.architecture import Architecture, Task, read_architecture
from pipeline.backends.instruction import Instruction, Request, instruct
from pipeline.backends.location import locate
from pipeline.backends.starter import STARTER
from pipeline.errors import ConfigError, OutputError
from pipeline.fingerprint import canonical_json
from pipeline.training import fit, summarization_starter, translation_starter
from pipeline.training.batches import Form
from pipeline.training.card import CARD, Outcome, write_card
from pipeline.training.checkpoints import (
    CHECKPOINTS,
    NEW_POSITIONS,
    copy_tokenizer,
    export,
    load_model,
    load_weights,
    new_model,
    step_of,
)
from pipeline.training.encoder import PairEncoder
from pipeline.training.material import Material, read_material
from pipeline.training.scores import PICKS, Scorer
from pipeline.training.settings import Job, Recipe, TrainingSettings
from pipeline.training.stream import Limits, Stream
from pipeline.training.vocabulary import train_vocabulary

_PLAN = "training.json"
_VOCABULARY_PAIRS = 300_000
_SPECIAL = 2
"""Positions that the first tokens of an output take beside its text."""
_TASKS = {Job.translation: Task.translation, Job.summarization: Task.summarization}

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class _Base:
    """What training starts from.

    Attributes:
        folder: with the tokenizer, and the weights if there are some.
        architecture: of the model.
        instruction: what it is told about languages.
        is_new: there are no weights yet.
    """

    folder: Path
    architecture: Architecture
    instruction: Instruction
    is_new: bool = False


def train(settings: TrainingSettings, say: Say) -> Path:
    """Train and write the finished model; goes on where an earlier call with these settings ended.

    Returns:
        The folder, as `translation.model=` or `abstractive.model=` takes it.

    Raises:
        ConfigError: if settings and data do not fit together.
        BackendError: if the model to start from is not there.
        OutputError: if the results cannot be written.
    """
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    target = Path(settings.output_dir)
    try:
        _plan(settings, target)
        if (target / CARD).exists():
            say("finished before; delete the folder to train again")
            return target
        return _train(settings, target, say)
    except OSError as error:
        raise OutputError(
            f"{target}: cannot be written ({error}). Check space and permissions, and run again: "
            "training goes on from its last checkpoint."
        ) from error


def _train(settings: TrainingSettings, target: Path, say: Say) -> Path:
    set_seed(settings.seed)
    located = _locate(settings)
    material = read(settings, located)
    say(f"{sum(source.pairs for source in material.sources):,} pairs to learn from")
    base = _base(settings, located, material, target, say)
    sampling = settings.data.sample_pieces > 0
    encoder = PairEncoder(base.folder, base.architecture, base.instruction, samples=sampling)
    if base.is_new:
        model = new_model(encoder.size, settings.shape, settings.fit.dropout)
    else:
        model = load_model(base.folder, settings.fit.dropout)
    first_dev = next(iter(material.dev.values()))
    stream = _stream(settings, material, encoder, model, base.architecture)
    scorer = Scorer(encoder, settings.job, stream.limits.target)

    def score(candidate: Any) -> dict[str, float]:
        return scorer.quick(candidate, first_dev, settings.fit.dev_beams)

    state = fit.train(model, stream, settings, score, say)
    chosen = _choose(model, state, lambda: score(model)[PICKS[settings.job]], settings, say)
    scores, examples = _measure(model, scorer, material, settings, say)
    export(model, base.folder, target, settings.weights.value, encoder.first)
    outcome = Outcome(state.log_history, chosen, scores, examples, dict(stream.seen))
    write_card(target, settings, material, outcome)
    return target


def _plan(settings: TrainingSettings, target: Path) -> None:
    """Remember the settings beside the checkpoints; refuse to go on with others."""
    target.mkdir(parents=True, exist_ok=True)
    path = target / _PLAN
    ours = json.loads(canonical_json(asdict(settings)))
    if path.exists():
        theirs = json.loads(path.read_text(encoding="utf-8"))
        changed = sorted(_differences(theirs, ours, ""))
        if changed:
            raise ConfigError(
                f"{target}: holds a training run with other settings ({', '.join(changed)}). Name "
                "another output_dir, or delete this one."
            )
    path.write_text(json.dumps(ours, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _differences(theirs: Any, ours: Any, prefix: str) -> list[str]:
    if isinstance(theirs, dict) and isinstance(ours, dict):
        return [
            found
            for key in {*theirs, *ours}
            for found in _differences(theirs.get(key), ours.get(key), f"{prefix}.{key}")
        ]
    ignored = (".output_dir", ".device", ".offline")
    return [prefix.lstrip(".")] if theirs != ours and prefix not in ignored else []


def read(settings: TrainingSettings, start: Path | None) -> Material:
    """Read the pairs of the recipe."""
    match settings.data.recipe:
        case Recipe.files:
            return read_material(settings.data, settings.seed)
        case Recipe.translation_starter:
            return translation_starter.read_material(settings.data)
        case Recipe.summarization_starter:
            if start is None:
                raise ConfigError("model: the summarizer starts from a translation starter")
            machine = Path(settings.output_dir) / "machine.jsonl"
            return summarization_starter.read_material(settings.data, start, machine, settings.seed)


def _locate(settings: TrainingSettings) -> Path | None:
    if settings.model is None:
        return None
    task = _TASKS[settings.job]
    # Whatever the model is to learn, the starter to begin with is the translator.
    known = Task.translation if settings.model == STARTER else task
    return locate(
        settings.model,
        settings.revision,
        known,
        offline=settings.offline,
        allow_pickle=settings.allow_pickle,
    )


def _base(
    settings: TrainingSettings, located: Path | None, material: Material, target: Path, say: Say
) -> _Base:
    languages = (settings.languages.source, settings.languages.target)
    task = _TASKS[settings.job]
    if located is not None:
        architecture = read_architecture(located, task)
        if architecture.kind == "led":
            raise ConfigError(
                f"{settings.model}: LED needs global attention, which is not trained here. Take "
                "another family for summaries, such as BART."
            )
        request = Request(str(settings.model), task, languages, settings.prefix)
        instruction = instruct(located, architecture, request)
        copy_tokenizer(located, target)
        return _Base(located, architecture, instruction)
    if not (target / "vocab.json").exists():
        say(f"making a vocabulary of {settings.shape.vocabulary} pieces")
        train_vocabulary(
            material, target, settings.shape.vocabulary, _VOCABULARY_PAIRS, settings.seed
        )
    new = Architecture("m2m_100", NEW_POSITIONS, tokenizer="M2M100Tokenizer")
    request = Request("training=scratch", task, languages, settings.prefix)
    return _Base(target, new, instruct(target, new, request), is_new=True)


def _stream(
    settings: TrainingSettings,
    material: Material,
    encoder: PairEncoder,
    model: Any,
    architecture: Architecture,
) -> Stream:
    data = settings.data
    reads = architecture.max_source_tokens - _SPECIAL
    writes = (architecture.max_target_tokens or architecture.max_source_tokens) - _SPECIAL
    start = model.config.decoder_start_token_id if encoder.start is None else encoder.start
    return Stream(
        material=material,
        encoder=encoder,
        form=Form(settings.fit.batch_tokens, encoder.pad, start),
        limits=Limits(
            min(data.max_source_tokens or reads, reads), min(data.max_target_tokens, writes)
        ),
        sample_pieces=data.sample_pieces,
        seed=settings.seed,
    )


def _choose(
    model: Any,
    state: TrainerState,
    score: Callable[[], float],
    settings: TrainingSettings,
    say: Say,
) -> str:
    """Put the mean of the last checkpoints into `model`, if it beats the best one on dev."""
    folder = Path(settings.output_dir) / CHECKPOINTS
    found = sorted(folder.glob("checkpoint-*"), key=step_of)[-settings.fit.average :]
    best = Path(state.best_model_checkpoint or found[-1])
    alone = f"the checkpoint of step {step_of(best)}"
    if len(found) < 2:
        return alone
    single = {name: weight.clone() for name, weight in model.state_dict().items()}
    before = float(state.best_metric or 0.0)
    load_weights(model, found)
    after = score()
    say(f"mean of {len(found)} checkpoints: dev {after:.2f}; best single one: {before:.2f}")
    if after >= before:
        return f"the mean of the checkpoints of steps {', '.join(str(step_of(f)) for f in found)}"
    model.load_state_dict(single)
    return alone


def _measure(
    model: Any, scorer: Scorer, material: Material, settings: TrainingSettings, say: Say
) -> tuple[dict[str, list[Score]], list[tuple[str, str, str]]]:
    """Score every dev and test set with intervals; return some outputs to read, too."""
    scores: dict[str, list[Score]] = {}
    examples: list[tuple[str, str, str]] = []
    for name, pairs in {**material.dev, **material.test}.items():
        found, outputs = scorer.full(model, pairs, settings.fit.beams, settings.seed)
        scores[name] = found
        said = ", ".join(f"{score.name} {score.value:.3g}" for score in found)
        say(f"{name}: {said} over {len(pairs)} pairs")
        examples = examples or [
            (pair.source, output, pair.target)
            for pair, output in list(zip(pairs, outputs, strict=True))[:8]
        ]
    return scores, examples
