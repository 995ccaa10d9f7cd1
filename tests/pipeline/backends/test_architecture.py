import json
import shutil

import pytest

from pipeline.backends.architecture import Task, read_architecture
from pipeline.errors import BackendError

FIT = (
    ("marian", "marian", (Task.translation,)),
    ("m2m100", "m2m_100", tuple(Task)),
    ("nllb", "m2m_100", tuple(Task)),
    ("mbart50", "mbart", tuple(Task)),
    ("mbart", "mbart", tuple(Task)),
    ("t5", "t5", tuple(Task)),
    ("madlad", "t5", tuple(Task)),
    ("mt5", "mt5", tuple(Task)),
    ("bart", "bart", (Task.summarization,)),
    ("pegasus", "pegasus", (Task.summarization,)),
)


@pytest.mark.parametrize(("name", "kind", "tasks"), FIT, ids=[row[0] for row in FIT])
def test_fit_models(request, name, kind, tasks):
    folder = request.getfixturevalue(f"tiny_{name}")
    for task in tasks:
        found = read_architecture(folder, task)
        assert (found.kind, found.max_source_tokens, found.converts) == (kind, 128, True)
    for task in set(Task) - set(tasks):
        with pytest.raises(BackendError, match=f"model_type {kind}. is unfit for {task.value}"):
            read_architecture(folder, task)


def test_led_reads_far_more_than_it_writes_and_does_not_convert(tiny_led):
    found = read_architecture(tiny_led, Task.summarization)
    assert (found.kind, found.max_source_tokens, found.converts) == ("led", 512, False)
    assert found.max_target_tokens == 128


def test_marian_with_two_vocabularies_does_not_convert(tiny_marian, tmp_path):
    config = json.loads((tiny_marian / "config.json").read_text(encoding="utf-8"))
    config["share_encoder_decoder_embeddings"] = False
    (tmp_path / "config.json").write_text(json.dumps(config), encoding="utf-8")
    assert not read_architecture(tmp_path, Task.translation).converts


def test_where_the_language_stands(tiny_nllb, tiny_mbart50, tiny_mbart, tiny_m2m100, tmp_path):
    for folder, tokenizer, last, starts in (
        (tiny_nllb, "NllbTokenizer", False, False),
        (tiny_mbart50, "MBart50Tokenizer", False, False),
        (tiny_mbart, "MBartTokenizer", True, True),
        (tiny_m2m100, "M2M100Tokenizer", False, False),
    ):
        found = read_architecture(folder, Task.translation)
        assert (found.tokenizer, found.language_last) == (tokenizer, last)
        assert found.starts_with_language == starts
    settings = {"tokenizer_class": "NllbTokenizerFast", "legacy_behaviour": True}
    (tmp_path / "tokenizer_config.json").write_text(json.dumps(settings), encoding="utf-8")
    shutil.copy(tiny_nllb / "config.json", tmp_path)
    found = read_architecture(tmp_path, Task.translation)
    assert (found.tokenizer, found.language_last) == ("NllbTokenizer", True)


def test_tokenizer_that_only_the_model_kind_tells(tmp_path):
    (tmp_path / "config.json").write_text('{"model_type": "mbart"}', encoding="utf-8")
    assert read_architecture(tmp_path, Task.translation).tokenizer == "MBartTokenizer"


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
