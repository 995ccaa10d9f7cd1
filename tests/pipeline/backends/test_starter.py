"""The starters refuse languages that they were not trained for, and are called by their name."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.backends.architecture import Task
from pipeline.backends.conversion import converted
from pipeline.backends.loading import make_backend
from pipeline.backends.settings import Engine, ModelSettings
from pipeline.backends.starter import starter_folder
from pipeline.errors import BackendError

SETTINGS = ModelSettings("starter", engine=Engine.ctranslate2, compute_type="float32")


@pytest.mark.parametrize(
    ("task", "languages", "message"),
    [
        (Task.translation, ("de", "ru"), "of de to en only, not of de to ru. Set languages.target"),
        (Task.translation, ("fr", "en"), "of de to en only, not of fr to en. Set languages.source"),
        (Task.translation, ("en", "de"), "Set languages.source=de languages.target=en, or name"),
        (Task.summarization, ("ru", "ru"), "of en only, not of ru. Set languages.target=en, or"),
    ],
)
def test_languages_that_it_was_not_trained_for(task, languages, message, tmp_path):
    with pytest.raises(BackendError) as caught:
        make_backend(SETTINGS, task, languages, tmp_path, offline=True)
    assert message in str(caught.value)
    assert str(caught.value).startswith("starter: ")
    assert "/" not in str(caught.value)


def test_languages_that_it_was_trained_for(tmp_path):
    make_backend(SETTINGS, Task.translation, ("de", "en"), tmp_path, offline=True)
    make_backend(SETTINGS, Task.summarization, ("en", "en"), tmp_path, offline=True)


@pytest.mark.parametrize(
    ("task", "compute_type"), [(Task.translation, "float32"), (Task.summarization, "int8")]
)
def test_it_is_converted_without_torch_to_the_same_bytes(task, compute_type, tmp_path):
    elsewhere = tmp_path / "not-a-starter-any-more"
    shutil.copytree(starter_folder(task), elsewhere)
    by_torch = converted(elsewhere, compute_type, tmp_path / "by-torch")
    assert len(list(by_torch.iterdir())) == 3
    code = (
        "import sys\nfrom pathlib import Path\n"
        "from pipeline.backends.starter_conversion import convert_starter\n"
        f"convert_starter(Path({str(starter_folder(task))!r}), Path('made'), {compute_type!r})\n"
        "assert sys.modules['torch'] is None and 'transformers' not in sys.modules\n"
    )
    environment = {"PYTHONPATH": str(Path(__file__).parents[3])}
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, check=True)
    for path in by_torch.iterdir():
        assert (tmp_path / "made" / path.name).read_bytes() == path.read_bytes(), path.name
