"""Each family is told its languages in its own way; wrong ones are refused with the right ones."""

import json
import shutil

import pytest

from pipeline.backends.architecture import Task, read_architecture
from pipeline.backends.instruction import Instruction, Request, instruct
from pipeline.errors import BackendError


def told(folder, languages=("de", "en"), task=Task.translation, prefix=None):
    request = Request("acme/tiny", task, languages, prefix)
    return instruct(folder, read_architecture(folder, task), request)


@pytest.mark.parametrize(
    ("name", "languages", "expected"),
    [
        ("marian", ("de", "en"), Instruction()),
        ("opus_mul", ("de", "en"), Instruction(prefix=">>eng<< ")),
        ("opus_mul", ("nl", "zh"), Instruction(prefix=">>cmn_Hans<< ")),
        ("opus_mul", ("de", "pt"), Instruction(prefix=">>pt_br<< ")),
        ("m2m100", ("de", "en"), Instruction("de", "en")),
        ("nllb", ("de", "en"), Instruction("deu_Latn", "eng_Latn")),
        ("nllb", ("ar", "zho_Hant"), Instruction("arb_Arab", "zho_Hant")),
        ("mbart50", ("de", "pt"), Instruction("de_DE", "pt_XX")),
        ("mbart", ("de", "en"), Instruction("de_DE", "en_XX")),
        ("madlad", ("de", "he"), Instruction(prefix="<2iw> ")),
        ("madlad", ("de", "zh"), Instruction(prefix="<2zh> ")),
        ("t5", ("de", "fr"), Instruction(prefix="translate German to French: ")),
        ("mt5", ("de", "en"), Instruction()),
    ],
)
def test_translation(request, name, languages, expected):
    assert told(request.getfixturevalue(f"tiny_{name}"), languages) == expected


@pytest.mark.parametrize("name", ["t5", "mt5", "madlad", "bart", "pegasus", "led"])
def test_summaries_need_no_languages(request, name):
    folder = request.getfixturevalue(f"tiny_{name}")
    assert told(folder, ("xx", "xx"), Task.summarization) == Instruction()


def test_summaries_in_german(tiny_mbart, tiny_mbart50):
    for folder in (tiny_mbart, tiny_mbart50):
        assert told(folder, ("de", "de"), Task.summarization) == Instruction("de_DE", "de_DE")


def test_a_prefix_of_the_users_own(tiny_t5, tiny_madlad, tiny_opus_mul, tiny_nllb):
    for folder in (tiny_t5, tiny_madlad, tiny_opus_mul):
        assert told(folder, prefix="") == Instruction()
        assert told(folder, ("xx", "yy"), prefix="de>en: ") == Instruction(prefix="de>en: ")
    assert told(tiny_nllb, prefix="x: ") == Instruction("deu_Latn", "eng_Latn", "x: ")


@pytest.mark.parametrize(
    ("name", "languages", "message"),
    [
        ("m2m100", ("sv", "fr"), "does not know fr, sv; it knows cs, de, en, ha"),
        ("mbart", ("de", "pl"), "does not know pl; it knows ar, cs, de, en"),
        ("nllb", ("de", "tlh"), "does not know tlh; it knows "),
        ("nllb", ("deu_Latm", "en"), "does not know deu_Latm; it knows "),
        ("opus_mul", ("de", "it"), "does not translate into it; it translates into cmn_Hant, en, "),
        (
            "madlad",
            ("de", "es"),
            "into es; it translates into de, en, fr, he, tl, zh, zh_Latn. Set",
        ),
        ("marian", ("fr", "en"), "translates de to en, .* not fr to en. Set languages.source=de"),
        ("marian", ("de", "fr"), "translates de to en, .* not de to fr. Set languages.target=en"),
        ("t5", ("de", "tlh"), "tlh is no ISO 639-1 code. .*translation.prefix"),
    ],
)
def test_languages_that_the_model_does_not_know(request, name, languages, message):
    with pytest.raises(BackendError, match=rf"^acme/tiny: .*{message}"):
        told(request.getfixturevalue(f"tiny_{name}"), languages)


def test_of_two_hundred_languages_the_nearest_are_named(tiny_nllb):
    with pytest.raises(BackendError) as caught:
        told(tiny_nllb, ("de", "zho_Hanx"))
    message = str(caught.value)
    assert "it knows zho_Hant, " in message
    assert " and 142 more. Set languages.source and languages.target to two of" in message
    assert len(message) < 700


def test_languages_are_not_checked_where_none_are_listed(tiny_m2m100, tiny_marian, tmp_path):
    for source, name in ((tiny_m2m100, "m2m100"), (tiny_marian, "marian")):
        folder = shutil.copytree(source, tmp_path / name)
        (folder / "tokenizer_config.json").write_text("{}", encoding="utf-8")
        told(folder, ("sv", "fr"))


def test_marian_for_a_group_of_languages_is_not_checked(tiny_marian, tmp_path):
    folder = shutil.copytree(tiny_marian, tmp_path / "copy")
    settings = {"source_lang": "gmw", "target_lang": "eng"}
    (folder / "tokenizer_config.json").write_text(json.dumps(settings), encoding="utf-8")
    assert told(folder, ("nl", "en")) == Instruction()
    with pytest.raises(BackendError, match=r"Set languages\.target=eng"):
        told(folder, ("nl", "fr"))


def test_nllb_that_lists_no_languages(tiny_nllb, tmp_path):
    folder = shutil.copytree(tiny_nllb, tmp_path / "copy")
    settings = '{"tokenizer_class": "NllbTokenizer"}'
    (folder / "tokenizer_config.json").write_text(settings, encoding="utf-8")
    with pytest.raises(BackendError, match=r"list no languages\. Write its tokenizer"):
        told(folder)


def test_madlad_without_tokenizer_json(tiny_madlad, tmp_path):
    for name in ("config.json", "spiece.model"):
        shutil.copy(tiny_madlad / name, tmp_path)
    assert told(tmp_path) == Instruction(prefix="<2en> ")
