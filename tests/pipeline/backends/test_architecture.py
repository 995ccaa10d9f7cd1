import json
import shutil

import pytest

from pipeline.backends.architecture import Task, check_languages, read_architecture
from pipeline.errors import BackendError


def test_fit_models(tiny_marian, tiny_m2m100, tiny_t5, tiny_bart):
    for folder, kind, task in (
        (tiny_marian, "marian", Task.translation),
        (tiny_m2m100, "m2m_100", Task.translation),
        (tiny_m2m100, "m2m_100", Task.summarization),
        (tiny_t5, "t5", Task.translation),
        (tiny_t5, "t5", Task.summarization),
        (tiny_bart, "bart", Task.summarization),
    ):
        found = read_architecture(folder, task)
        assert (found.kind, found.max_source_tokens) == (kind, 128)


def test_first_token_that_bart_forces(tiny_bart, tiny_marian):
    assert read_architecture(tiny_bart, Task.summarization).forced_first == 0
    assert read_architecture(tiny_marian, Task.translation).forced_first is None


def test_first_token_in_an_older_configuration(tmp_path):
    config = {"model_type": "bart", "forced_bos_token_id": 0, "max_position_embeddings": 1024}
    (tmp_path / "config.json").write_text(json.dumps(config), encoding="utf-8")
    found = read_architecture(tmp_path, Task.summarization)
    assert (found.forced_first, found.max_source_tokens) == (0, 1024)


def test_summarizer_cannot_translate(tiny_bart):
    message = (
        r"BartForConditionalGeneration.*unfit for translation; fit are marian.*translation\.mo"
    )
    with pytest.raises(BackendError, match=message):
        read_architecture(tiny_bart, Task.translation)


def test_translator_cannot_summarize(tiny_marian):
    message = r"MarianMTModel.*unfit for summarization; fit are bart.*abstractive\.model"
    with pytest.raises(BackendError, match=message):
        read_architecture(tiny_marian, Task.summarization)


@pytest.mark.parametrize("task", list(Task))
def test_encoder_cannot_generate(tiny_bert, task):
    with pytest.raises(BackendError, match=r"BertModel.*unfit"):
        read_architecture(tiny_bert, task)


def test_decoder_only_model(tmp_path):
    config = {"model_type": "gpt2", "architectures": ["GPT2LMHeadModel"]}
    (tmp_path / "config.json").write_text(json.dumps(config), encoding="utf-8")
    with pytest.raises(BackendError, match="GPT2LMHeadModel"):
        read_architecture(tmp_path, Task.translation)


def test_folder_without_a_model(tmp_path):
    with pytest.raises(BackendError, match=r"no config\.json.*Give translation\.model"):
        read_architecture(tmp_path, Task.translation)


@pytest.mark.parametrize("content", ["{", "[1]"])
def test_broken_configuration(tmp_path, content):
    (tmp_path / "config.json").write_text(content, encoding="utf-8")
    with pytest.raises(BackendError, match=r"config\.json: not .*Download the model again"):
        read_architecture(tmp_path, Task.translation)


def test_languages_that_the_model_knows(tiny_m2m100):
    architecture = read_architecture(tiny_m2m100, Task.translation)
    check_languages("acme/tiny", tiny_m2m100, architecture, ("de", "en"))
    with pytest.raises(
        BackendError, match=r"^acme/tiny: .* does not know fr, sv; it knows cs, de, en"
    ):
        check_languages("acme/tiny", tiny_m2m100, architecture, ("sv", "fr"))


def test_languages_are_not_checked_where_none_are_listed(tiny_m2m100, tmp_path):
    folder = shutil.copytree(tiny_m2m100, tmp_path / "copy")
    architecture = read_architecture(folder, Task.translation)
    (folder / "tokenizer_config.json").write_text("{}", encoding="utf-8")
    check_languages("acme/tiny", folder, architecture, ("sv", "fr"))
