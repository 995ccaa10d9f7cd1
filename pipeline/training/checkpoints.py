"""Models on disk: the one to start from, the ones on the way, and the one that is finished."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from transformers import (
    AutoModelForSeq2SeqLM,
    GenerationConfig,
    M2M100Config,
    M2M100ForConditionalGeneration,
)

from pipeline.backends.safety import has_safe_weights
from pipeline.training.settings import Shape

TOKENIZER_FILES = ("*.json", "*.txt", "*.model", "*.spm")
_NOT_TOKENIZER = ("config.json", "generation_config.json", "model.safetensors.index.json")
NEW_POSITIONS = 1024
"""How many tokens a new model reads and writes."""
CHECKPOINTS = "checkpoints"
"""Folder of them below that of the finished model."""
STATE = "trainer_state.json"


def load_model(folder: Path, dropout: float | None) -> Any:
    """Load a checkpoint in float32, to be trained.

    Args:
        folder: in the transformers format.
        dropout: instead of the checkpoint's own.
    """
    options = {} if dropout is None else {"dropout": dropout}
    kept = {k: v for k, v in options.items() if k in _config(folder)}
    return AutoModelForSeq2SeqLM.from_pretrained(
        folder,
        dtype=torch.float32,
        local_files_only=True,
        use_safetensors=has_safe_weights(folder),
        weights_only=True,
        trust_remote_code=False,
        **kept,
    )


def new_model(pieces: int, shape: Shape, dropout: float | None) -> Any:
    """Make a pre-norm encoder-decoder of the M2M100 shape with random weights."""
    config = M2M100Config(
        vocab_size=pieces,
        d_model=shape.width,
        encoder_layers=shape.encoder_layers,
        decoder_layers=shape.decoder_layers,
        encoder_attention_heads=shape.width // 64,
        decoder_attention_heads=shape.width // 64,
        encoder_ffn_dim=4 * shape.width,
        decoder_ffn_dim=4 * shape.width,
        dropout=0.1 if dropout is None else dropout,
        attention_dropout=0.0,
        activation_dropout=0.0,
        encoder_layerdrop=0.0,
        decoder_layerdrop=0.0,
        max_position_embeddings=NEW_POSITIONS,
        scale_embedding=True,
        pad_token_id=1,
        bos_token_id=0,
        eos_token_id=2,
        decoder_start_token_id=2,
    )
    return M2M100ForConditionalGeneration(config)


def newest_checkpoint(folder: Path) -> Path | None:
    """Return the last whole checkpoint below `folder`; halves that a kill left are removed.

    The trainer writes its state last, so a checkpoint that has a readable one is whole.
    """
    whole = []
    for path in folder.glob("checkpoint-*"):
        try:
            json.loads((path / STATE).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            shutil.rmtree(path)
        else:
            whole.append(path)
    return max(whole, key=step_of, default=None)


def step_of(checkpoint: Path) -> int:
    """Return the step at which a checkpoint was written."""
    return int(checkpoint.name.rpartition("-")[2])


def load_weights(model: Any, checkpoints: Sequence[Path]) -> None:
    """Give the model the mean weights of checkpoints."""
    from safetensors.torch import load_file  # noqa: PLC0415

    total: dict[str, torch.Tensor] = {}
    for path in checkpoints:
        for name, weight in load_file(path / "model.safetensors").items():
            share = weight.float() / len(checkpoints)
            total[name] = total[name] + share if name in total else share
    model.load_state_dict(total, strict=False)  # tied weights are stored once
    model.tie_weights()


def export(model: Any, tokenizer: Path, target: Path, weights: str, first: int | None) -> None:
    """Write weights, configuration and tokenizer, so that `translation.model=` takes the folder.

    Args:
        model: the finished model.
        tokenizer: folder whose tokenizer files belong to it.
        target: where they go.
        weights: numeric type on disk.
        first: id of the language that every output begins with.
    """
    target.mkdir(parents=True, exist_ok=True)
    model.config.use_cache = True  # training turns it off, and decoding without it is slow
    if first is not None:
        kept = model.generation_config.to_dict()
        ids = ("bos_token_id", "pad_token_id", "eos_token_id", "decoder_start_token_id")
        model.generation_config = GenerationConfig(
            **{name: kept[name] for name in ids}, forced_bos_token_id=first
        )
    model.to(getattr(torch, weights)).save_pretrained(target)
    copy_tokenizer(tokenizer, target)


def copy_tokenizer(source: Path, target: Path) -> None:
    """Copy the tokenizer files of one model folder into another."""
    if source.resolve() == target.resolve():
        return
    target.mkdir(parents=True, exist_ok=True)
    for path in {path for pattern in TOKENIZER_FILES for path in source.glob(pattern)}:
        if path.name not in _NOT_TOKENIZER:
            shutil.copyfile(path, target / path.name)


def _config(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    return found
