"""Build checkpoints of the true sizes of opus-mt and bart-large-cnn, with random weights.

Speed depends on shapes, numeric types and lengths, not on what a model has learned. Lengths are the
hard part, since random weights never end a text. So the translation model gets a few weights by
hand, and ends a text when it is about as long as its source: one head of the last decoder layer
averages the positions of the source, one unit compares that with the position of the decoder, and
the end token's embedding looks at the unit. All else is random. The summarization model writes as
long as the stage allows.
"""

import json
import math
import shutil
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

STARTERS = Path(__file__).parent.parent / "pipeline" / "backends" / "starters"
_RISE = 128
"""Over so many positions the watched sine rises from 0 to 0.84."""
_SLOPE = 150.0
_HALF = 1.6
"""Target positions less so many times the source's mean position: zero where lengths are equal."""


@dataclass(frozen=True, slots=True)
class Size:
    """Of a model: width, layers on each side, heads, pieces in the vocabulary."""

    width: int
    layers: int
    heads: int
    vocabulary: int

    def settings(self) -> dict[str, int]:
        """Return them as the configurations of transformers name them."""
        sides = ("encoder", "decoder")
        return {
            "d_model": self.width,
            "vocab_size": self.vocabulary,
            **{f"{side}_layers": self.layers for side in sides},
            **{f"{side}_attention_heads": self.heads for side in sides},
            **{f"{side}_ffn_dim": 4 * self.width for side in sides},
        }


OPUS_MT = Size(512, 6, 8, 58_101)
BART_LARGE = Size(1024, 12, 16, 50_264)


def opus_mt_sized(folder: Path, size: Size = OPUS_MT) -> Path:
    """Write a Marian model with the starter's splitter, its vocabulary filled up."""
    import torch  # noqa: PLC0415
    from transformers import MarianConfig, MarianMTModel  # noqa: PLC0415

    folder.mkdir(parents=True, exist_ok=True)
    for name in ("source.spm", "target.spm"):
        shutil.copy(STARTERS / "translation" / "sentencepiece.bpe.model", folder / name)
    last = size.vocabulary - 1
    _write(folder / "vocab.json", _filled(_pieces(), {"</s>": 0, "<unk>": 1, "<pad>": last}, last))
    named = {"tokenizer_class": "MarianTokenizer", "source_lang": "de", "target_lang": "en"}
    _write(folder / "tokenizer_config.json", named)
    config = MarianConfig(
        **size.settings(),
        max_position_embeddings=512,
        scale_embedding=True,
        static_position_embeddings=True,
        activation_function="swish",
        pad_token_id=last,
        eos_token_id=0,
        bos_token_id=0,
        decoder_start_token_id=last,
        forced_eos_token_id=0,
    )
    torch.manual_seed(1)
    model = MarianMTModel(config).eval()
    with torch.no_grad():
        _end_like_source(model, size)
    model.generation_config.bad_words_ids = [[last]]
    return _save(model, folder)


def bart_large_sized(folder: Path, size: Size = BART_LARGE) -> Path:
    """Write a BART model; its splitter is byte-level BPE, trained on the starter's pieces."""
    import torch  # noqa: PLC0415
    from tokenizers import ByteLevelBPETokenizer  # noqa: PLC0415
    from transformers import (  # noqa: PLC0415
        BartConfig,
        BartForConditionalGeneration,
        BartTokenizer,
    )

    folder.mkdir(parents=True, exist_ok=True)
    trainer = ByteLevelBPETokenizer()
    special = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    words = [" " + piece.strip("▁") for piece in _pieces()]
    few = min(8_000, size.vocabulary - 10)
    trainer.train_from_iterator(
        words, vocab_size=few, min_frequency=1, special_tokens=special, show_progress=False
    )
    trainer.save_model(str(folder))
    tokenizer = BartTokenizer.from_pretrained(folder)
    filled = [f"filler{number}" for number in range(size.vocabulary - len(tokenizer))]
    tokenizer.add_tokens(filled)
    tokenizer.save_pretrained(folder)
    config = BartConfig(
        **size.settings(),
        max_position_embeddings=1024,
        decoder_start_token_id=2,
        forced_eos_token_id=2,
    )
    torch.manual_seed(1)
    model = BartForConditionalGeneration(config).eval()
    model.generation_config.update(forced_bos_token_id=0, num_beams=4)
    return _save(model, folder)


def _end_like_source(model: Any, size: Size) -> None:
    """Have the end token win when the target is as long as its source."""
    half = size.width // 2
    watched = round(math.log(_RISE) / math.log(10_000) * half)
    sums, still = half - 1, half - 2  # of the slowest sines, which stay at zero
    kept = [watched, sums, still]
    model.model.shared.weight[:, kept] = 0
    for output in _outputs(model.model):
        output.weight[kept] = 0
    last = model.model.decoder.layers[-1]
    mean, compare = last.encoder_attn, last.fc1.weight
    mean.q_proj.weight[: size.width // size.heads] = 0  # so the first head averages
    mean.v_proj.weight[0] = 0
    mean.v_proj.weight[0, watched], mean.v_proj.weight[0, still] = 1, -1
    mean.out_proj.weight[:, 0] = 0
    mean.out_proj.weight[sums, 0] = 1
    compare[0] = 0
    compare[0, watched], compare[0, sums] = _SLOPE, -_HALF * _SLOPE
    compare[0, still] = (_HALF - 1) * _SLOPE
    last.fc2.weight[:, 0] = 0
    last.fc2.weight[sums, 0] = 1
    model.model.shared.weight[0] = 0
    model.model.shared.weight[0, sums] = 1


def _outputs(model: Any) -> Iterator[Any]:
    """Yield all layers that write into the stream."""
    for side in (model.encoder, model.decoder):
        for layer in side.layers:
            yield layer.self_attn.out_proj
            yield layer.fc2
    for layer in model.decoder.layers:
        yield layer.encoder_attn.out_proj


def _pieces() -> list[str]:
    """Return the pieces of the translation starter's splitter, without special ones."""
    import sentencepiece  # noqa: PLC0415

    path = STARTERS / "translation" / "sentencepiece.bpe.model"
    splitter = sentencepiece.SentencePieceProcessor(model_file=str(path))
    return [splitter.id_to_piece(number) for number in range(3, len(splitter))]


def _filled(pieces: list[str], special: Mapping[str, int], size: int) -> dict[str, int]:
    """Number pieces from 2 to `size`, made up where there are too few."""
    made_up = (f"▁word{number}" for number in range(size))
    names = iter([*pieces[: size - 2], *made_up])
    return {**special, **{next(names): number for number in range(2, size)}}


def _write(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


def _save(model: Any, folder: Path) -> Path:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.save_pretrained(folder)
    return folder
