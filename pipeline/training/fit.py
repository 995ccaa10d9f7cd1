"""Train with the Trainer of transformers: batches by tokens, dev scores by decoding."""

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from transformers import (
    EarlyStoppingCallback,
    PrinterCallback,
    Trainer,
    TrainerCallback,
    TrainerControl,
    TrainerState,
    TrainingArguments,
)

from pipeline.training.checkpoints import (
    CHECKPOINTS,
    STATE,
    load_weights,
    newest_checkpoint,
    step_of,
)
from pipeline.training.optimizers import make_optimizer
from pipeline.training.precision import has_bfloat16
from pipeline.training.scores import PICKS
from pipeline.training.settings import Schedule, TrainingSettings
from pipeline.training.stream import Stream

Scores = Mapping[str, float]


class ScoringTrainer(Trainer):  # type: ignore[misc]
    """Evaluates by decoding dev pairs, since the loss says little about the text.

    Args:
        score: gives the dev scores of a model by name.
        options: of the Trainer.
    """

    def __init__(self, score: Callable[[Any], Scores], **options: Any) -> None:
        super().__init__(**options)
        self._score = score

    control: TrainerControl

    def evaluate(
        self,
        eval_dataset: Any = None,  # noqa: ARG002 - the Trainer's signature
        ignore_keys: Any = None,  # noqa: ARG002
        metric_key_prefix: str = "eval",
    ) -> dict[str, float]:
        """Return the dev scores; the Trainer keeps the best checkpoint by one of them."""
        found = {f"{metric_key_prefix}_{k}": v for k, v in self._score(self.model).items()}
        self.log(found)
        self.control = self.callback_handler.on_evaluate(self.args, self.state, self.control, found)
        return found


class Progress(TrainerCallback):  # type: ignore[misc]
    """Tells how it goes in one line at a time."""

    def __init__(self, say: Callable[[str], None], steps: int) -> None:
        self._say, self._steps = say, steps
        self._started, self._from = time.monotonic(), 0

    def on_train_begin(self, *trainer: Any, **_: Any) -> None:
        """Remember where a resumed run goes on."""
        step = _state(trainer).global_step
        self._started, self._from = time.monotonic(), step
        if step:
            self._say(f"goes on at step {step} of {self._steps}")

    def on_log(self, *trainer: Any, logs: Scores, **_: Any) -> None:
        """Say the loss, or the dev scores."""
        step = _state(trainer).global_step
        scores = {k.removeprefix("eval_"): v for k, v in logs.items() if k.startswith("eval_")}
        if scores:
            said = ", ".join(f"{name} {value:.1f}" for name, value in scores.items())
            self._say(f"step {step}: dev {said}")
        elif "loss" in logs:
            left = (self._steps - step) * (time.monotonic() - self._started)
            minutes = left / max(1, step - self._from) / 60
            self._say(
                f"step {step} of {self._steps}: loss {float(logs['loss']):.3f}, "
                f"about {minutes:.0f} min left"
            )


def _state(trainer: tuple[Any, ...]) -> TrainerState:
    """Return the state among what the Trainer hands to callbacks: arguments, state, control."""
    _, state, _ = trainer
    return state


def train(
    model: Any,
    stream: Stream,
    settings: TrainingSettings,
    score: Callable[[Any], Scores],
    say: Callable[[str], None],
) -> TrainerState:
    """Train, going on from the last whole checkpoint; the best one is loaded at last.

    Args:
        model: changed in place.
        stream: endless batches.
        settings: how to learn, and where checkpoints lie.
        score: dev scores of a model; `PICKS` names the one that decides.
        say: tells the user a line.
    """
    fit, folder = settings.fit, Path(settings.output_dir) / CHECKPOINTS
    resumed = newest_checkpoint(folder)
    if resumed is not None and step_of(resumed) >= fit.steps:
        state: TrainerState = TrainerState.load_from_json(str(resumed / STATE))
        load_weights(model, [Path(state.best_model_checkpoint or resumed)])
        return state
    callbacks: list[TrainerCallback] = [Progress(say, fit.steps)]
    if fit.patience is not None:
        callbacks.append(EarlyStoppingCallback(fit.patience))
    trainer = ScoringTrainer(
        score,
        model=model,
        args=_arguments(settings, folder),
        train_dataset=stream,
        eval_dataset=[{}],  # the Trainer wants one; `evaluate` decodes pairs of its own
        data_collator=_only,
        optimizers=(make_optimizer(model, fit, settings.device), None),
        callbacks=callbacks,
    )
    trainer.remove_callback(PrinterCallback)
    trainer.train(resume_from_checkpoint=str(resumed) if resumed else None)
    return trainer.state


def _arguments(settings: TrainingSettings, folder: Path) -> TrainingArguments:
    fit, device = settings.fit, settings.device
    options: dict[str, Any] = {}
    if fit.schedule is Schedule.stable_decay:
        decay = max(1, int(fit.decay_share * fit.steps))
        options["lr_scheduler_kwargs"] = {"num_decay_steps": decay, "decay_type": "linear"}
    return TrainingArguments(
        output_dir=str(folder),
        max_steps=fit.steps,
        per_device_train_batch_size=1,  # the stream gives whole batches
        learning_rate=fit.learning_rate,
        warmup_steps=fit.warmup_steps,
        lr_scheduler_type=fit.schedule.value,
        label_smoothing_factor=fit.label_smoothing,
        max_grad_norm=1.0,
        eval_strategy="steps",
        save_strategy="steps",
        eval_steps=fit.evaluate_every,
        save_steps=fit.evaluate_every,
        save_total_limit=fit.average + 1,
        load_best_model_at_end=True,
        metric_for_best_model=f"eval_{PICKS[settings.job]}",
        greater_is_better=True,
        logging_steps=min(50, fit.evaluate_every),
        disable_tqdm=True,
        report_to="none",
        remove_unused_columns=False,
        dataloader_pin_memory=False,
        use_cpu=device == "cpu" or not torch.cuda.is_available(),
        bf16=has_bfloat16(device),
        seed=settings.seed,
        **options,
    )


def _only(batches: Sequence[dict[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    """Unwrap the batch that the stream made."""
    (batch,) = batches
    return batch
