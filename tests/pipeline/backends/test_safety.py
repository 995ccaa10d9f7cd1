"""What a model folder brings along must not run: neither code in files nor code in pickles."""

import json
import pickle
import shutil
import zipfile
from pathlib import Path

import pytest

from pipeline.backend import Decoding
from pipeline.backends.architecture import Task
from pipeline.backends.conversion import converted
from pipeline.backends.loading import make_backend
from pipeline.backends.safety import check_safe
from pipeline.backends.settings import Engine, ModelSettings
from pipeline.errors import BackendError
from pipeline.extractive.embedding import EmbeddingRanker

TEXTS = ["Der Umsatz steigt um 3,5 Prozent.", "Die Bundesbank rechnet damit."]
GREEDY = Decoding(beams=1, max_tokens=12)


class Trap:
    """A pickle of it creates a file when it is loaded carelessly."""

    def __init__(self, sprung: Path) -> None:
        self.sprung = sprung

    def __reduce__(self):
        return Path.touch, (self.sprung,)


@pytest.fixture
def pickled(tiny_t5, tmp_path):
    """Return a checkpoint that has its weights as older ones have them."""
    import torch
    from safetensors.torch import load_file

    folder = shutil.copytree(tiny_t5, tmp_path / "pickled")
    torch.save(load_file(folder / "model.safetensors"), folder / "pytorch_model.bin")
    (folder / "model.safetensors").unlink()
    return folder


@pytest.fixture
def make(conversions):
    def build(folder, engine, **options):
        settings = ModelSettings(str(folder), engine=engine, compute_type="float32", **options)
        return make_backend(settings, Task.translation, ("de", "en"), conversions, offline=True)

    return build


@pytest.mark.parametrize("engine", list(Engine))
def test_pickled_weights_need_permission(make, pickled, engine):
    with pytest.raises(BackendError, match=r"can run the code.*translation\.allow_pickle=true"):
        make(pickled, engine)


@pytest.mark.parametrize("engine", list(Engine))
def test_pickled_weights_write_the_same_as_safe_ones(make, pickled, tiny_t5, engine):
    expected = make(tiny_t5, engine).generate(TEXTS, GREEDY)
    assert make(pickled, engine, allow_pickle=True).generate(TEXTS, GREEDY) == expected


@pytest.mark.parametrize(
    ("engine", "form"),
    [
        (Engine.transformers, "bare"),
        (Engine.transformers, "zipped"),
        (Engine.ctranslate2, "zipped"),
    ],
)
def test_a_trap_in_a_pickle_is_not_sprung(make, pickled, tmp_path, engine, form):
    sprung = tmp_path / "sprung"
    trap = pickle.dumps({"shared.weight": Trap(sprung)}, protocol=2)
    weights = pickled / "pytorch_model.bin"
    if form == "bare":
        weights.write_bytes(trap)
    else:
        with zipfile.ZipFile(weights, "w") as archive:  # the form of torch.save
            archive.writestr("archive/data.pkl", trap)
            archive.writestr("archive/version", "3\n")
    with pytest.raises(BackendError, match=r"cannot (load|convert).*Unpickling"):
        make(pickled, engine, allow_pickle=True).open()
    assert not sprung.exists()
    pickle.loads(trap)  # carelessly
    assert sprung.exists()


@pytest.mark.parametrize("engine", list(Engine))
def test_a_pickle_beside_safetensors_is_not_opened(make, tiny_t5, tmp_path, engine):
    folder = shutil.copytree(tiny_t5, tmp_path / "both")
    (folder / "pytorch_model.bin").write_bytes(pickle.dumps(Trap(tmp_path / "sprung")))
    assert make(folder, engine).generate(TEXTS, GREEDY)
    assert not (tmp_path / "sprung").exists()


@pytest.mark.parametrize("engine", list(Engine))
@pytest.mark.parametrize(
    ("name", "auto_map"),
    [
        ("config.json", {"AutoModelForSeq2SeqLM": "modeling_trap.Trap"}),
        ("config.json", {"AutoConfig": "someone/else--modeling_trap.Trap"}),
        ("tokenizer_config.json", {"AutoTokenizer": ["modeling_trap.Trap", None]}),
    ],
)
def test_code_of_the_model_s_own_is_refused_and_not_run(
    make, tiny_t5, tmp_path, engine, name, auto_map
):
    folder = with_code(tiny_t5, tmp_path, name, auto_map)
    with pytest.raises(BackendError, match=rf"{name} names code .* never runs. Set translation\."):
        make(folder, engine)
    assert not (tmp_path / "sprung").exists()


def test_the_conversion_runs_no_code_whoever_calls_it(tiny_t5, tmp_path):
    auto_map = {"AutoConfig": "modeling_trap.Trap", "AutoModelForSeq2SeqLM": "modeling_trap.Trap"}
    folder = with_code(tiny_t5, tmp_path, "config.json", auto_map)
    converted(folder, "float32", tmp_path)  # by the class that transformers has
    assert not (tmp_path / "sprung").exists()


def test_the_sentence_encoder_opens_no_pickle_and_runs_no_code(tiny_bert, tmp_path):
    auto_map = {"AutoConfig": "modeling_trap.Trap", "AutoModel": "modeling_trap.Trap"}
    folder = with_code(tiny_bert, tmp_path, "config.json", auto_map)
    ranker = EmbeddingRanker(str(folder), None, "cpu", 0.7, offline=True)
    ranker.open()  # by the class that transformers has
    (folder / "model.safetensors").unlink()
    (folder / "pytorch_model.bin").write_bytes(pickle.dumps(Trap(tmp_path / "sprung")))
    with pytest.raises(BackendError, match="cannot be loaded"):
        EmbeddingRanker(str(folder), None, "cpu", 0.7, offline=True).open()
    assert not (tmp_path / "sprung").exists()


def test_settings_that_cannot_be_read_are_left_to_their_readers(tmp_path):
    (tmp_path / "config.json").write_text("{")
    check_safe("x", tmp_path, Task.translation, allow_pickle=False)


def with_code(tiny, tmp_path, name, auto_map):
    folder = shutil.copytree(tiny, tmp_path / "trapped")
    code = f"from pathlib import Path\nPath({str(tmp_path / 'sprung')!r}).touch()\nTrap = None\n"
    (folder / "modeling_trap.py").write_text(code)
    content = json.loads((folder / name).read_text())
    (folder / name).write_text(json.dumps({**content, "auto_map": auto_map}))
    return folder
