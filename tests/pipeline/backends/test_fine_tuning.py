"""Every family can be adapted by wirebrief-train, and loads again afterwards."""

import pytest
import torch

from pipeline.backend import Decoding
from pipeline.backends.architecture import Task
from pipeline.backends.loading import make_backend
from pipeline.backends.settings import Engine, ModelSettings
from pipeline.errors import ConfigError
from pipeline.training.settings import Data, Fit, Job, Languages, TrainingSettings
from pipeline.training.train import train

TRANSLATORS = ("opus_mul", "nllb", "mbart50", "mbart", "madlad", "t5")
SUMMARIZERS = ("pegasus", "mt5", "flan")

pytestmark = [pytest.mark.timeout(300), pytest.mark.filterwarnings("ignore")]


@pytest.fixture
def tune(tmp_path, parallel_lines):
    """Train a tiny checkpoint for two steps; return the folder."""

    def run(model, job):
        rows = zip(*parallel_lines, strict=True)
        pairs = tmp_path / "pairs.tsv"
        lines = (f"{a}\t{b}\n" if job is Job.translation else f"{b}\t{b}\n" for a, b in rows)
        pairs.write_text("".join(lines), encoding="utf-8")
        settings = TrainingSettings(
            job=job,
            model=str(model),
            languages=Languages("de" if job is Job.translation else "en", "en"),
            data=Data(pairs=[str(pairs)], dev_pairs=2, max_target_tokens=60),
            fit=Fit(
                steps=2, evaluate_every=1, batch_tokens=200, average=2, beams=1, learning_rate=1e-3
            ),
            output_dir=str(tmp_path / "tuned"),
            device="cpu",
            offline=True,
        )
        return train(settings, lambda _: None)

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield run
    torch.set_num_threads(before)


@pytest.mark.parametrize(
    ("name", "job"),
    [
        *((name, Job.translation) for name in TRANSLATORS),
        *((name, Job.summarization) for name in SUMMARIZERS),
    ],
)
def test_a_family_is_adapted_and_loads(name, job, request, tune, own_caches, parallel_lines):
    tuned = tune(request.getfixturevalue(f"tiny_{name}"), job)
    translates = job is Job.translation
    backend = make_backend(
        ModelSettings(model=str(tuned), engine=Engine.transformers, compute_type="float32"),
        Task.translation if translates else Task.summarization,
        ("de" if translates else "en", "en"),
        own_caches,
        offline=True,
    )
    text = parallel_lines[0 if translates else 1][0]
    (output,) = backend.generate([text], Decoding(beams=1, max_tokens=20, min_tokens=3))
    assert isinstance(output, str)
    weights = (tuned / "model.safetensors").read_bytes()
    first = request.getfixturevalue(f"tiny_{name}") / "model.safetensors"
    assert weights != first.read_bytes()


def test_led_is_refused(request, tune):
    with pytest.raises(ConfigError, match="LED needs global attention"):
        tune(request.getfixturevalue("tiny_led"), Job.summarization)
