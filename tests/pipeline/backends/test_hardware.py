"""`auto` means what suits the machine, and what it means is what the fingerprint holds."""

import json

import pytest

from pipeline.backend import Decoding
from pipeline.backends.architecture import Task
from pipeline.backends.hardware import Abilities, choose_device, choose_devices, choose_type
from pipeline.backends.loading import make_backend
from pipeline.backends.settings import Device, Engine, ModelSettings
from pipeline.errors import BackendError


def abilities(*, cuda=0, bfloat16=False):
    return Abilities(lambda: cuda, lambda: bfloat16, cpu_type="int8")


def test_the_device_is_asked_for_only_if_need_be():
    def ask():
        raise AssertionError

    silent = Abilities(ask, ask, cpu_type="int8")
    assert choose_device("x", "cpu", silent) == "cpu"
    assert choose_type("auto", "cpu", "t5", silent) == "int8"
    assert choose_type("float16", "cuda", "t5", silent) == "float16"


def test_auto_takes_a_gpu_where_there_is_one():
    assert choose_device("x", "auto", abilities(cuda=1)) == "cuda"
    assert choose_device("x", "auto", abilities()) == "cpu"
    assert choose_device("x", "cuda", abilities(cuda=1)) == "cuda"
    with pytest.raises(BackendError, match=r"x: device=cuda, but there is no CUDA device"):
        choose_device("x", "cuda", abilities())


def test_the_devices_asked_for_are_there():
    two = abilities(cuda=2)
    assert choose_devices("x", "cuda", [1, 0], two) == (1, 0)
    assert choose_devices("x", "cuda", [], two) == choose_devices("x", "cpu", [], two) == (0,)


@pytest.mark.parametrize(
    ("device", "numbers", "said"),
    [
        ("cuda", [0, 2, 5], r"devices=\[0,2,5\], but there are 2 CUDA devices .*no number 2, 5"),
        ("cuda", [-1], "no number -1"),
        ("cuda", [1, 1], "twice"),
        ("cpu", [0], "runs on device=cpu. Set device=cuda"),
    ],
)
def test_wrong_devices_are_told_before_any_work(device, numbers, said):
    with pytest.raises(BackendError, match=said):
        choose_devices("x", device, numbers, abilities(cuda=2))


@pytest.mark.parametrize(
    ("kind", "bfloat16", "expected"),
    [
        ("marian", True, "bfloat16"),
        ("marian", False, "float16"),
        ("t5", True, "bfloat16"),
        ("t5", False, "float32"),
        ("pegasus", False, "float32"),
    ],
)
def test_auto_halves_the_weights_on_a_gpu_if_the_model_bears_it(kind, bfloat16, expected):
    able = abilities(cuda=1, bfloat16=bfloat16)
    assert choose_type("auto", "cuda", kind, able) == expected


@pytest.mark.parametrize(
    ("engine", "expected"), [(Engine.ctranslate2, "int8"), (Engine.transformers, "float32")]
)
def test_the_fingerprint_holds_what_auto_means(tiny_m2m100, conversions, engine, expected):
    import ctranslate2
    import torch

    if ctranslate2.get_cuda_device_count() or torch.cuda.is_available():
        pytest.skip("this machine has a GPU")

    def make(**options):
        settings = ModelSettings(str(tiny_m2m100), engine=engine, **options)
        return make_backend(settings, Task.translation, ("de", "en"), conversions, offline=True)

    automatic = make(compute_type="auto", device=Device.auto)
    found = json.loads(automatic.fingerprint())
    assert (found["compute_type"], found["device"]) == (expected, "cpu")
    assert automatic.fingerprint() == make(compute_type=expected).fingerprint()
    assert automatic.generate(["Der Umsatz steigt."], Decoding(beams=1, max_tokens=4))
