"""The model that random weights make up for opus-mt ends a text about where its source ends."""

from benchmarks.engines import Model, Search, Setting, by_ctranslate2
from benchmarks.pipeline_run import SAMPLE
from benchmarks.rouge import read_articles
from benchmarks.sized_models import Size, opus_mt_sized
from pipeline.backends.architecture import Task


def test_outputs_are_about_as_long_as_their_sources(tmp_path):
    folder = opus_mt_sized(tmp_path / "opus", Size(64, 2, 2, 9_000))
    model = Model(folder, Task.translation, ("de", "en"), "int8")
    sentences = [text for article in read_articles([SAMPLE])[:2] for text in article]
    search = Search(beams=2, most=200)
    lengths = [len(model.pieces.encode(text)) for text in sentences]
    turn, outputs = by_ctranslate2(model, sentences, search, Setting(1, 1, 1024))
    assert len(outputs) == len(sentences) > 10
    assert 0.5 < turn.units / sum(lengths) < 2
    longest, shortest = (find(range(len(lengths)), key=lengths.__getitem__) for find in (max, min))
    assert model.count([outputs[longest]]) > model.count([outputs[shortest]])
