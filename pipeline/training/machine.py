"""Translate the training stories with the finished starter: the summarizer learns from them."""

import json
import logging
from pathlib import Path

import torch
from transformers import M2M100ForConditionalGeneration

from pipeline.training import corpus
from pipeline.training.greedy import generate
from pipeline.training.vocabulary import Vocabulary

LOG = logging.getLogger(__name__)
_ROWS = 64


def translate_stories(folder: Path, start: Path, target: Path) -> None:
    """Write `{"id", "sentences"}` lines to `target`, greedily decoded."""
    vocabulary = Vocabulary(start)
    model = M2M100ForConditionalGeneration.from_pretrained(start, dtype=torch.float32).eval()
    stories = list(corpus.read_stories(folder / "wire/train.jsonl"))
    texts = [pair.source for story in stories for pair in corpus.story_sentences(story)]
    order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
    outputs = [""] * len(texts)
    for begin in range(0, len(order), _ROWS):
        rows = order[begin : begin + _ROWS]
        found = generate(model, vocabulary, [texts[row] for row in rows], "de", max_tokens=90)
        for row, output in zip(rows, found, strict=True):
            outputs[row] = output
        if begin % (_ROWS * 20) == 0:
            LOG.info("%d of %d sentences", begin, len(texts))
    supply = iter(outputs)
    with target.open("w", encoding="utf-8") as stream:
        for story in stories:
            sentences = [next(supply) for _ in corpus.story_sentences(story)]
            stream.write(json.dumps({"id": story["id"], "sentences": sentences}) + "\n")
