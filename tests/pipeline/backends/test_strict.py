"""With `batching.strict` nothing depends on the batch a text stood in, in either engine."""

import json
import random

import pytest

from pipeline.backend import Decoding
from pipeline.backends.architecture import Task
from pipeline.backends.feeding import Feeder, Fixed
from pipeline.backends.loading import make_backend
from pipeline.backends.settings import Engine, ModelSettings
from pipeline.backends.sizing import BatchSize
from pipeline.backends.transformers import TransformersEngine
from pipeline.errors import ArticleError
from pipeline.settings import load_settings

ENGINES = [Engine.ctranslate2, Engine.transformers]


@pytest.fixture
def make(conversions):
    def make(model, engine=Engine.ctranslate2, strict=True, task=Task.translation, **options):
        settings = ModelSettings(
            str(model), engine=engine, **{"compute_type": "float32", "threads": 1, **options}
        )
        languages = ("de", "en") if task is Task.translation else ("en", "en")
        return make_backend(settings, task, languages, conversions, offline=True, strict=strict)

    return make


def outputs_by_text(backend, texts, decoding, sizes):
    """Return what came of each text in shuffled batches of each size."""
    found = {text: set() for text in texts}
    for size in sizes:
        shuffled = random.Random(size).sample(texts, len(texts))
        for start in range(0, len(texts), size):
            batch = shuffled[start : start + size]
            for text, output in zip(batch, backend.generate(batch, decoding), strict=True):
                found[text].add(output)
    return found


@pytest.mark.timeout(600)
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("compute_type", ["float32", "int8"])
def test_batches_of_1_to_64_in_shuffled_order(
    make, tiny_marian, parallel_lines, engine, compute_type
):
    if engine is Engine.transformers and compute_type == "int8":
        pytest.skip("transformers has no int8")
    backend = make(tiny_marian, engine, compute_type=compute_type, batch_tokens=10**6)
    texts = parallel_lines[0][:64]
    decoding = Decoding(beams=2, max_tokens=8 if engine is Engine.ctranslate2 else 4)
    found = outputs_by_text(backend, texts, decoding, range(1, 65))
    assert {text: len(outputs) for text, outputs in found.items()} == dict.fromkeys(texts, 1)
    assert len({output for outputs in found.values() for output in outputs}) > 2


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("task", list(Task))
def test_the_starters(make, parallel_lines, engine, task):
    german, english = parallel_lines
    texts = (german if task is Task.translation else english)[:: len(german) // 6]
    backend = make("starter", engine, task=task)
    decoding = Decoding(beams=2, max_tokens=8)
    found = outputs_by_text(backend, texts, decoding, (1, 3, 64))
    assert {text: len(outputs) for text, outputs in found.items()} == dict.fromkeys(texts, 1)


@pytest.mark.parametrize("engine", ENGINES)
def test_strict_outputs_are_remembered_apart_and_others_as_ever(make, tiny_m2m100, engine):
    default = json.loads(make(tiny_m2m100, engine, strict=False).fingerprint())
    strict = json.loads(make(tiny_m2m100, engine).fingerprint())
    known = {"files", "instruction", "engine", "compute_type", "device", "chooser"}
    assert default.keys() == known
    assert strict.keys() - known == {"shape"}
    assert {name: strict[name] for name in known} == default


def test_strict_batches_are_as_wide_as_they_may_be(make, tiny_m2m100, parallel_lines):
    backend = make(tiny_m2m100, Engine.transformers)
    heard = []
    texts = ["Der Umsatz steigt."] * 40
    made = backend.generate(texts, Decoding(beams=1, max_tokens=4), heard.append)
    assert heard == [16, 16, 8]
    assert len(set(made)) == 1


class Full:
    """Fits no batch at all."""

    def __init__(self, queue):
        self.queue, self.workers, self.tried = queue, 1, []
        self.written = 0

    def submit(self, rows, decoding):
        self.tried.append(len(rows))
        raise MemoryError


@pytest.mark.parametrize("queue", [0, 3])
def test_a_strict_batch_is_never_halved(queue):
    engine = Full(queue)
    feeder = Feeder("acme/model", engine, BatchSize(100), Fixed(TransformersEngine.shape, 100))
    with pytest.raises(ArticleError, match="fixed shape for texts of 9 tokens") as caught:
        list(feeder.run(["a" * 9] * 16, [9] * 16, Decoding()))
    assert "batching.strict=false" in caught.value.remedy
    assert set(engine.tried) == {16}


def test_it_is_one_switch_for_the_whole_run():
    assert load_settings().batching.strict is False
    assert load_settings("batching.strict=true").batching.strict is True
