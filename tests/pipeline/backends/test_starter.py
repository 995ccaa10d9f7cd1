"""The starters refuse languages that they were not trained for, and are called by their name."""

import pytest

from pipeline.backends.architecture import Task
from pipeline.backends.loading import make_backend
from pipeline.backends.settings import Engine, ModelSettings
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
