"""Both engines run the same checkpoint and write the same text."""

import random
import subprocess
import sys

import pytest

from pipeline.backend import Decoding
from pipeline.backends.architecture import Task
from pipeline.backends.loading import make_backend
from pipeline.backends.settings import Device, Engine, ModelSettings
from pipeline.errors import BackendError
from pipeline.stage import Effort

KINDS = ("marian", "m2m100", "t5", "bart")
ENGINES = (Engine.ctranslate2, Engine.transformers)
GREEDY = Decoding(beams=1, max_tokens=24)
EXACT = (
    GREEDY,
    Decoding(beams=1, max_tokens=24, no_repeat_ngram=3, repetition_penalty=1.3, min_tokens=10),
    Decoding(beams=4, max_tokens=24),
    Decoding(beams=4, max_tokens=24, length_penalty=2.0),
)


class Last:
    name = "last"

    def choose(self, source, candidates):
        return candidates[-1]


@pytest.fixture(params=KINDS)
def kind(request):
    return request.param


@pytest.fixture
def texts(kind, parallel_lines):
    return parallel_lines[kind == "bart"][::9]


@pytest.fixture
def make(request, kind, conversions):
    folder = request.getfixturevalue(f"tiny_{kind}")
    task = Task.summarization if kind == "bart" else Task.translation

    def build(engine, languages=("de", "en"), prefix=None, **options):
        settings = ModelSettings(
            model=str(folder), engine=engine, **{"compute_type": "float32", **options}
        )
        return make_backend(settings, task, languages, conversions, offline=True, prefix=prefix)

    return build


@pytest.fixture(params=ENGINES, ids=lambda engine: engine.value)
def backend(request, make):
    return make(request.param)


def test_engines_agree(make, texts):
    fast, reference = make(Engine.ctranslate2), make(Engine.transformers)
    assert fast.count_tokens(texts) == reference.count_tokens(texts)
    assert fast.max_source_tokens == reference.max_source_tokens == 128
    for decoding in EXACT:
        outputs = fast.generate(texts, decoding)
        assert outputs == reference.generate(texts, decoding)
        assert len(set(outputs)) > 1
        assert fast.hit_limit(outputs, decoding) == reference.hit_limit(outputs, decoding)
    assert fast.effort.target_tokens == reference.effort.target_tokens > len(texts)


def test_what_a_call_took_is_counted(make, texts):
    for engine in ENGINES:
        backend = make(engine, batch_tokens=5000, threads=1)  # a batch for each worker
        lengths = backend.count_tokens(texts)
        assert backend.effort == Effort()
        outputs = backend.generate([*texts, ""], GREEDY)
        effort = backend.effort
        assert effort.source_tokens == sum(lengths)
        assert effort.padded_tokens == len(texts) * max(lengths) > sum(lengths)
        assert len(outputs) < effort.target_tokens <= len(texts) * GREEDY.max_tokens
        seconds = effort.seconds
        assert seconds > 0
        backend.generate([""], GREEDY)
        assert effort.seconds == seconds


def test_order_is_restored(backend, texts):
    expected = dict(zip(texts, backend.generate(texts, GREEDY), strict=True))
    shuffled = random.Random(5).sample(texts, len(texts))
    assert backend.generate(shuffled, GREEDY) == [expected[text] for text in shuffled]


@pytest.mark.parametrize("engine", ENGINES)
def test_batch_size_does_not_change_the_output(make, texts, engine):
    expected = make(engine, batch_tokens=1).generate(texts, GREEDY)
    for budget in (100, 5000):
        assert make(engine, batch_tokens=budget).generate(texts, GREEDY) == expected


def test_blank_texts_stay_blank_without_the_model(backend):
    heard = []
    assert backend.generate(["", "  \n"], GREEDY, heard.append) == ["", ""]
    assert sum(heard) == 2
    assert backend.generate([], GREEDY) == []
    assert backend.count_tokens([]) == backend.hit_limit([], GREEDY) == []


def test_every_finished_text_is_heard_of(make, texts):
    for engine in ENGINES:
        heard = []
        make(engine, batch_tokens=100).generate([*texts, ""], GREEDY, heard.append)
        assert sum(heard) == len(texts) + 1
        assert len(heard) > 2


def test_too_long_input_is_refused(backend, texts):
    with pytest.raises(ValueError, match="exceed 128 tokens"):
        backend.generate([texts[0], "Müller und Söhne, " * 100], GREEDY)


def test_hit_limit_counts_the_end_token(backend, kind):
    sample = "the board of Müller"
    limits = [backend.hit_limit([sample], Decoding(max_tokens=n))[0] for n in range(1, 41)]
    length = limits.count(True)
    assert limits == [True] * length + [False] * (40 - length)
    assert 4 < length < 40
    if kind in {"m2m100", "bart"}:  # others split sources and targets differently
        assert backend.count_tokens([sample]) == [length]


def test_candidates_go_to_the_chooser(make, texts):
    several = Decoding(beams=4, candidates=4, max_tokens=24)
    for engine in ENGINES:
        plain = make(engine)
        favourite = plain.generate(texts, several)
        assert favourite == plain.generate(texts, Decoding(beams=4, max_tokens=24))
        plain._chooser = Last()
        assert plain.generate(texts, several) != favourite


def test_closed_backend_opens_again(backend, texts):
    first = backend.generate(texts[:2], GREEDY)
    backend.close()
    assert backend.generate(texts[:2], GREEDY) == first


def test_fingerprint_tells_apart_what_changes_output(make):
    plain = make(Engine.ctranslate2).fingerprint()
    same = make(Engine.ctranslate2, batch_tokens=7, threads=1, beams=2).fingerprint()
    assert plain == same
    others = {
        make(Engine.transformers).fingerprint(),
        make(Engine.ctranslate2, compute_type="int8").fingerprint(),
        make(Engine.ctranslate2, prefix="x: ").fingerprint(),
    }
    assert len(others | {plain}) == 4


def test_fingerprint_tells_languages_apart(tiny_m2m100, conversions):
    settings = ModelSettings(model=str(tiny_m2m100))
    pairs = (("de", "en"), ("en", "de"), ("de", "de"))
    made = [
        make_backend(settings, Task.translation, pair, conversions, offline=True) for pair in pairs
    ]
    assert len({backend.fingerprint() for backend in made}) == 3


def test_int8_generates(tiny_m2m100, conversions, parallel_lines):
    settings = ModelSettings(model=str(tiny_m2m100))  # int8 is the default
    backend = make_backend(settings, Task.translation, ("de", "en"), conversions, offline=True)
    outputs = backend.generate(parallel_lines[0][::9], GREEDY)
    assert len(set(outputs)) > 1
    assert all(outputs)


def test_transformers_has_no_int8(make):
    with pytest.raises(BackendError, match=r"Set compute_type=float32, or .*engine=ctranslate2"):
        make(Engine.transformers, compute_type="int8")


def test_unknown_compute_type(make):
    with pytest.raises(BackendError, match=r"int4.*choose from"):
        make(Engine.ctranslate2, compute_type="int4")


def test_device_that_is_not_there(make):
    import ctranslate2

    if ctranslate2.get_cuda_device_count():
        pytest.skip("this machine has a GPU")
    for engine, compute_type in ((Engine.ctranslate2, "int8"), (Engine.transformers, "float32")):
        with pytest.raises(BackendError, match=r"no CUDA device.*Set device=cpu"):
            make(engine, device=Device.cuda, compute_type=compute_type)


def test_ctranslate2_imports_neither_torch_nor_transformers(request, kind, conversions, make):
    make(Engine.ctranslate2).open()  # has converted the model
    folder = request.getfixturevalue(f"tiny_{kind}")
    task = "summarization" if kind == "bart" else "translation"
    code = f"""
import sys
from pathlib import Path
from pipeline.backend import Decoding
from pipeline.backends.architecture import Task
from pipeline.backends.loading import make_backend
from pipeline.backends.settings import ModelSettings
settings = ModelSettings(model={str(folder)!r}, compute_type="float32")
backend = make_backend(
    settings, Task.{task}, ("de", "en"), Path({str(conversions)!r}), offline=True
)
backend.fingerprint()
assert "ctranslate2" not in sys.modules
print(backend.generate(["Der Umsatz steigt."], Decoding(max_tokens=8)))
assert "ctranslate2" in sys.modules
assert not {{"torch", "transformers", "huggingface_hub"}} & set(sys.modules)
"""
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
