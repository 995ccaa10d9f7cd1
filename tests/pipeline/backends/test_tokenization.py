"""The pieces are those of the tokenizer classes of transformers, id by id."""

import json
import shutil
import warnings

import pytest

from pipeline.backends.architecture import Architecture, Task, read_architecture
from pipeline.backends.conversion import converted
from pipeline.backends.instruction import Instruction, Request, instruct
from pipeline.backends.loading import make_backend
from pipeline.backends.settings import Engine, ModelSettings
from pipeline.backends.tokenization import load_pieces
from pipeline.errors import BackendError

HARD = (
    "Die Bundesbank bestätigte gegenüber dpa-AFX, es gebe 17 Verletzte.",
    "„Größtenteils“, sagte Ärztin Özlem Ünsal – ‚ja‘ …",
    "4,7 Mrd. Euro (+3,5 %) am 24.\u00a0Oktober\u00a02024",
    "Emoji 🙂👩‍🚀 und Zeichen ½ № ﬁ ™ x²",
    "  zwei   Leerzeichen\tTab\nZeile ",
    "weiches\u00adTrennen, \u200fRTL\u200f עברית 中文 éàç",
    "'einfach' \"doppelt\" `x` <b>&amp;</b> {a}_b",
    "A",
    "1.234.567,89",
)
KINDS = (
    *("marian", "opus_mul", "m2m100", "nllb", "nllb_legacy", "mbart50", "mbart"),
    *("t5", "flan", "madlad", "mt5", "bart", "bart_old", "pegasus"),
)


@pytest.fixture(params=KINDS)
def pair(request, tmp_path, conversions, converted_here):
    """Return our pieces and the tokenizer of transformers, and what stands before each text."""
    name = request.param
    folder = request.getfixturevalue(f"tiny_{name.removesuffix('_legacy').removesuffix('_old')}")
    if name == "nllb_legacy":
        folder = shutil.copytree(folder, tmp_path / name)
        settings = json.loads((folder / "tokenizer_config.json").read_text(encoding="utf-8"))
        settings["legacy_behaviour"] = True
        (folder / "tokenizer_config.json").write_text(json.dumps(settings), encoding="utf-8")
    if name == "bart_old":
        ignored = shutil.ignore_patterns("tokenizer.json", "tokenizer_config.json")
        folder = shutil.copytree(folder, tmp_path / name, ignore=ignored)
    task = Task.summarization if name[:4] in {"bart", "pega"} else Task.translation
    architecture = read_architecture(folder, task)
    instruction = instruct(folder, architecture, Request("x", task, ("de", "en")))
    made = converted(folder, "float32", conversions)
    settings = ModelSettings(str(folder), engine=Engine.transformers, compute_type="float32")
    backend = make_backend(settings, task, ("de", "en"), conversions, offline=True)
    reference = backend._engine._tokenizer
    return load_pieces(folder, architecture, made, instruction), reference, instruction.prefix


def test_same_ids_as_transformers(pair):
    pieces, expected, prefix = pair
    for text in HARD:
        ids = expected.convert_tokens_to_ids(pieces.encode(text))
        assert ids == expected(prefix + text)["input_ids"], text


def test_same_text_as_transformers(pair, parallel_lines):
    pieces, expected, _ = pair
    unwritten = int(type(expected).__name__ == "MBartTokenizer")
    for line in (*parallel_lines[1][:20], *HARD[:4]):
        ids = expected(text_target=line)["input_ids"]
        text = expected.decode(ids, skip_special_tokens=True).strip()
        assert pieces.decode(expected.convert_ids_to_tokens(ids)) == text
        assert pieces.count_target(line) == len(ids) - unwritten


def test_reference_is_the_class_of_transformers(pair):
    from transformers import AutoTokenizer

    _, found, prefix = pair
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        expected = AutoTokenizer.from_pretrained(found.name_or_path, local_files_only=True)
    assert type(found) is type(expected)
    if hasattr(expected, "src_lang"):
        expected.src_lang = found.src_lang
    for text in HARD[:1]:
        assert found(prefix + text)["input_ids"] == expected(prefix + text)["input_ids"]


def test_what_madlad_does_not_know_does_not_end_its_text(tiny_madlad, conversions):
    settings = ModelSettings(str(tiny_madlad), engine=Engine.transformers, compute_type="float32")
    backend = make_backend(settings, Task.translation, ("de", "en"), conversions, offline=True)
    ids = backend._engine.encode(["Zeichen 中 und mehr"])[0]
    assert 0 in ids  # unknown
    assert ids.index(2) == len(ids) - 1  # end


def m2m100(folder):
    architecture = Architecture("m2m_100", 128, tokenizer="M2M100Tokenizer")
    return load_pieces(folder, architecture, folder, Instruction("de", "en"))


def test_marian_joins_pieces_that_only_the_source_has(tiny_marian):
    pieces = load_pieces(tiny_marian, Architecture("marian", 128), tiny_marian, Instruction())
    german = pieces.encode("Die Bundesbank")[:-1]
    assert pieces.decode(german) == "Die Bundesbank"


def test_special_pieces_are_no_text(tiny_m2m100):
    pieces = m2m100(tiny_m2m100)
    assert pieces.target_prefix == ["__en__"]
    body = pieces.encode("17 Euro")[1:-1]
    assert pieces.decode(["__en__", *body, "<unk>", "__ja__", "<pad>", "</s>"]) == "17 Euro"


def test_special_tokens_in_a_text_stay_text(tiny_m2m100):
    pieces = m2m100(tiny_m2m100).encode("Ende </s> __en__ da")
    assert pieces.count("</s>") == 1
    assert pieces[-1] == "</s>"
    assert "__en__" not in pieces


@pytest.mark.parametrize("name", ["source.spm", "vocab.json"])
def test_missing_tokenizer_file(tiny_marian, tmp_path, name):
    folder = shutil.copytree(tiny_marian, tmp_path / "copy")
    (folder / name).unlink()
    with pytest.raises(BackendError, match=f"{name}.* missing. Download"):
        load_pieces(folder, Architecture("marian", 128), folder, Instruction())


def test_broken_tokenizer_file(tmp_path):
    (tmp_path / "tokenizer.json").write_text('{"model":', encoding="utf-8")
    with pytest.raises(BackendError, match=r"tokenizer.json: cannot be read .* Delete its folder"):
        load_pieces(tmp_path, Architecture("bart", 128), tmp_path, Instruction())


def test_a_quotation_is_no_language(tiny_marian, tiny_opus_mul, conversions):
    text = ">>Das Spiel war fair<<, sagte Trainerin Änne Groß."
    for folder in (tiny_marian, tiny_opus_mul):
        settings = ModelSettings(str(folder), engine=Engine.transformers, compute_type="float32")
        pair = ("de", "en")
        backend = make_backend(settings, Task.translation, pair, conversions, offline=True)
        ids = backend._engine.encode([text])[0]
        architecture = read_architecture(folder, Task.translation)
        instruction = instruct(folder, architecture, Request("x", Task.translation, pair))
        pieces = load_pieces(folder, architecture, folder, instruction).encode(text)
        assert backend._engine._tokenizer.convert_tokens_to_ids(pieces) == ids
        assert len(ids) > 20
