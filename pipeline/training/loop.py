"""The training loop: Muon on hidden matrices, AdamW on the rest, averaged weights, checkpoints."""

import copy
import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import torch
from transformers import M2M100Config, M2M100ForConditionalGeneration

from pipeline.training.batches import Batch
from pipeline.training.precision import half_precision

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long and how fast to train.

    Attributes:
        target_tokens: stop after so many target tokens.
        warmup_steps: linear warm-up.
        decay_from: share of `target_tokens` after which the rate falls linearly to zero.
        matrix_rate: learning rate of Muon; `None` leaves the matrices to AdamW as well.
        other_rate: learning rate of AdamW for embeddings, norms and biases.
        checkpoint_seconds: time between checkpoints.
    """

    target_tokens: int
    warmup_steps: int = 150
    decay_from: float = 0.35
    matrix_rate: float | None = 0.02
    other_rate: float = 3e-3
    label_smoothing: float = 0.1
    checkpoint_seconds: float = 600.0

    def factor(self, step: int, tokens: int) -> float:
        """Return the share of the full learning rate at this point."""
        warm = min(1.0, (step + 1) / self.warmup_steps)
        done = tokens / self.target_tokens
        return warm * min(1.0, max(0.0, (1.0 - done) / (1.0 - self.decay_from)))


def new_model(
    vocabulary_size: int, width: int, encoder: int, decoder: int
) -> M2M100ForConditionalGeneration:
    """Make a pre-norm encoder-decoder of the M2M100 shape with random weights."""
    config = M2M100Config(
        vocab_size=vocabulary_size,
        d_model=width,
        encoder_layers=encoder,
        decoder_layers=decoder,
        encoder_attention_heads=width // 64,
        decoder_attention_heads=width // 64,
        encoder_ffn_dim=4 * width,
        decoder_ffn_dim=4 * width,
        dropout=0.1,
        attention_dropout=0.0,
        activation_dropout=0.0,
        encoder_layerdrop=0.0,
        decoder_layerdrop=0.0,
        max_position_embeddings=1024,
        scale_embedding=True,
        pad_token_id=1,
        bos_token_id=0,
        eos_token_id=2,
        decoder_start_token_id=2,
        tie_word_embeddings=True,
    )
    model = M2M100ForConditionalGeneration(config)
    model.set_attn_implementation("eager")
    return model


def load_model(folder: Path) -> M2M100ForConditionalGeneration:
    """Load a finished model for further training."""
    return M2M100ForConditionalGeneration.from_pretrained(
        folder, attn_implementation="eager", dtype=torch.float32
    )


def _optimizers(
    model: M2M100ForConditionalGeneration, schedule: Schedule
) -> list[torch.optim.Optimizer]:
    hidden: list[torch.nn.Parameter] = []
    other: list[torch.nn.Parameter] = []
    for name, weight in model.named_parameters():
        matrix = weight.ndim == 2 and "shared" not in name and schedule.matrix_rate is not None
        (hidden if matrix else other).append(weight)
    adam = torch.optim.AdamW(other, lr=schedule.other_rate, betas=(0.9, 0.98), weight_decay=0.0)
    if schedule.matrix_rate is None:
        return [adam]
    return [torch.optim.Muon(hidden, lr=schedule.matrix_rate, weight_decay=0.01), adam]


class Run:
    """A model in training, with everything that a checkpoint holds."""

    def __init__(
        self, model: M2M100ForConditionalGeneration, schedule: Schedule, folder: Path
    ) -> None:
        self.model, self.schedule, self._folder = model, schedule, folder
        self.averaged = copy.deepcopy(model).eval()
        self._optimizers = _optimizers(model, schedule)
        self.step = self.tokens = 0
        self._resume()

    def train(self, batches: Iterable[Batch], evaluate: Callable[["Run"], None]) -> None:
        """Train until the schedule ends or `batches` do; `evaluate` runs at each checkpoint."""
        self.model.train()
        saved = started = time.monotonic()
        seen, losses = self.tokens, []
        for batch in batches:
            losses.append(self._update(batch))
            if self.step % 100 == 0:
                rate = (self.tokens - seen) / (time.monotonic() - started)
                LOG.info(
                    "step %d tokens %d loss %.3f rate %.0f tok/s",
                    self.step,
                    self.tokens,
                    sum(losses) / len(losses),
                    rate,
                )
                losses = []
            if time.monotonic() - saved > self.schedule.checkpoint_seconds:
                self._save()
                evaluate(self)
                self.model.train()
                saved = time.monotonic()
            if self.tokens >= self.schedule.target_tokens or (self._folder / "stop").exists():
                break
        self._save()
        evaluate(self)

    def _update(self, batch: Batch) -> float:
        factor = self.schedule.factor(self.step, self.tokens)
        for optimizer in self._optimizers:
            for group in optimizer.param_groups:
                group["lr"] = optimizer.defaults["lr"] * factor
            optimizer.zero_grad(set_to_none=True)
        with half_precision():
            logits = self.model(
                input_ids=batch.source, attention_mask=batch.mask, decoder_input_ids=batch.decoder
            ).logits
        loss = torch.nn.functional.cross_entropy(
            logits.float().flatten(0, 1),
            batch.labels.flatten(),
            ignore_index=-100,
            label_smoothing=self.schedule.label_smoothing,
        )
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        for optimizer in self._optimizers:
            optimizer.step()
        self.step += 1
        self.tokens += batch.target_tokens
        self._average()
        return loss.item()

    @torch.no_grad()
    def _average(self) -> None:
        keep = min(0.999, self.step / (self.step + 10))
        for mean, weight in zip(self.averaged.parameters(), self.model.parameters(), strict=True):
            mean.lerp_(weight, 1.0 - keep)

    def _save(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        state = {
            "model": self.model.state_dict(),
            "averaged": self.averaged.state_dict(),
            "optimizers": [optimizer.state_dict() for optimizer in self._optimizers],
            "step": self.step,
            "tokens": self.tokens,
        }
        temporary = self._folder / "checkpoint.tmp"
        torch.save(state, temporary)
        temporary.replace(self._folder / "checkpoint.pt")

    def _resume(self) -> None:
        path = self._folder / "checkpoint.pt"
        if not path.exists():
            return
        state = torch.load(path, weights_only=True)
        self.model.load_state_dict(state["model"])
        self.averaged.load_state_dict(state["averaged"])
        for optimizer, saved in zip(self._optimizers, state["optimizers"], strict=True):
            optimizer.load_state_dict(saved)
        self.step, self.tokens = state["step"], state["tokens"]
        LOG.info("resumed at step %d, %d tokens", self.step, self.tokens)
