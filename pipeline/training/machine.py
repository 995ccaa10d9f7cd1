"""Translate the training stories with the finished starter: the summarizer learns from them."""

import json
from pathlib import Path

from pipeline.backend import Decoding
from pipeline.backends.architecture import Task
from pipeline.backends.loading import make_backend
from pipeline.backends.settings import ModelSettings
from pipeline.training import corpus


def translate_stories(folder: Path, start: Path, target: Path) -> None:
    """Write `{"id", "sentences"}` lines to `target`, decoded as the pipeline does."""
    settings = ModelSettings(model=str(start), batch_tokens=4096)
    languages = ("de", "en")
    backend = make_backend(settings, Task.translation, languages, target.parent, offline=True)
    stories = list(corpus.read_stories(folder / "wire/train.jsonl"))
    texts = [pair.source for story in stories for pair in corpus.story_sentences(story)]
    outputs = backend.generate(texts, Decoding(beams=2, max_tokens=200, no_repeat_ngram=4))
    supply = iter(outputs)
    temporary = target.with_suffix(".making")
    with temporary.open("w", encoding="utf-8") as stream:
        for story in stories:
            sentences = [next(supply) for _ in corpus.story_sentences(story)]
            stream.write(json.dumps({"id": story["id"], "sentences": sentences}) + "\n")
    temporary.replace(target)
