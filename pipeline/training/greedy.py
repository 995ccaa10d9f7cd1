"""Decode greedily while training: for dev scores, and for reading matter."""

import torch
from transformers import M2M100ForConditionalGeneration

from pipeline.training.precision import half_precision
from pipeline.training.vocabulary import Vocabulary


@torch.inference_mode()
def generate(
    model: M2M100ForConditionalGeneration,
    vocabulary: Vocabulary,
    texts: list[str],
    language: str,
    max_tokens: int,
) -> list[str]:
    """Return one English output per text, all decoded in one batch.

    Args:
        model: the model in training.
        vocabulary: its pieces.
        texts: sources.
        language: ISO code of the sources.
        max_tokens: upper limit of target pieces.
    """
    rows = [
        [vocabulary.language(language), *vocabulary.encode(text), vocabulary.end] for text in texts
    ]
    width = max(map(len, rows))
    ids = torch.tensor([row + [vocabulary.pad] * (width - len(row)) for row in rows])
    with half_precision():
        output = model.generate(
            input_ids=ids,
            attention_mask=(ids != vocabulary.pad).long(),
            num_beams=1,
            do_sample=False,
            forced_bos_token_id=vocabulary.language("en"),
            max_new_tokens=max_tokens,
        )
    return [vocabulary.decode(row) for row in output.tolist()]
