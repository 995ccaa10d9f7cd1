"""What the builders of tiny checkpoints have in common."""

import json
import warnings
from pathlib import Path

WIDTH = 32
LAYERS = 2


def shape() -> dict[str, int]:
    sides = ("encoder", "decoder")
    return {
        "d_model": WIDTH,
        **{f"{side}_layers": LAYERS for side in sides},
        **{f"{side}_attention_heads": 4 for side in sides},
        **{f"{side}_ffn_dim": 64 for side in sides},
    }


def train(lines, path: Path, size: int, **options):
    import sentencepiece

    with path.open("wb") as stream:
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(lines),
            model_writer=stream,
            vocab_size=size,
            hard_vocab_limit=False,
            minloglevel=2,
            num_threads=1,
            **options,
        )
    return sentencepiece.SentencePieceProcessor(model_file=str(path))


def seeded(kind, config):
    """Make random weights, wide enough apart that no two engines disagree by rounding."""
    import torch

    config.init_std = config.initializer_factor = config.initializer_range = 0.3
    with torch.random.fork_rng():
        torch.manual_seed(11)
        return kind(config).eval()


def save(model, folder: Path) -> Path:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.save_pretrained(folder)
    return folder


def write_vocabulary(folder: Path, tokens: list[str]) -> None:
    write_json(folder / "vocab.json", {token: index for index, token in enumerate(tokens)})


def write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")
