"""The pieces are those of the tokenizer classes of transformers, id by id."""

import shutil
import warnings

import pytest

from pipeline.backends.architecture import Architecture
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
KINDS = ("marian", "m2m_100", "t5", "bart")


@pytest.fixture
def folder(request, tiny_marian, tiny_m2m100, tiny_t5, tiny_bart):
    models = (tiny_marian, tiny_m2m100, tiny_t5, tiny_bart)
    return dict(zip(KINDS, models, strict=True))[request.param]


def reference(folder):
    from transformers import AutoTokenizer

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return AutoTokenizer.from_pretrained(folder, local_files_only=True)


@pytest.mark.parametrize(("folder", "kind"), [(k, k) for k in KINDS], indirect=["folder"])
@pytest.mark.parametrize("text", HARD)
def test_same_ids_as_transformers(folder, kind, text):
    expected = reference(folder)
    pieces = load_pieces(folder, Architecture(kind, 128)).encode(text)
    assert expected.convert_tokens_to_ids(pieces) == expected(text)["input_ids"]


@pytest.mark.parametrize(("folder", "kind"), [(k, k) for k in KINDS], indirect=["folder"])
def test_same_text_as_transformers(folder, kind, parallel_lines):
    expected = reference(folder)
    pieces = load_pieces(folder, Architecture(kind, 128))
    for line in (*parallel_lines[1][:20], *HARD[:4]):
        ids = expected(text_target=line)["input_ids"]
        text = expected.decode(ids, skip_special_tokens=True).strip()
        assert pieces.decode(expected.convert_ids_to_tokens(ids)) == text
        assert pieces.count_target(line) == len(ids)


def test_marian_joins_pieces_that_only_the_source_has(tiny_marian):
    pieces = load_pieces(tiny_marian, Architecture("marian", 128))
    german = pieces.encode("Die Bundesbank")[:-1]
    assert pieces.decode(german) == "Die Bundesbank"


def test_special_pieces_are_no_text(tiny_m2m100):
    pieces = load_pieces(tiny_m2m100, Architecture("m2m_100", 128), ("de", "en"))
    assert pieces.target_prefix == ["__en__"]
    body = pieces.encode("17 Euro")[1:-1]
    assert pieces.decode(["__en__", *body, "<unk>", "__ja__", "<pad>", "</s>"]) == "17 Euro"


def test_special_tokens_in_a_text_stay_text(tiny_m2m100):
    pieces = load_pieces(tiny_m2m100, Architecture("m2m_100", 128)).encode("Ende </s> __en__ da")
    assert pieces.count("</s>") == 1
    assert pieces[-1] == "</s>"
    assert "__en__" not in pieces


def test_t5_without_tokenizer_file_uses_its_sentencepiece_model(tiny_t5, tmp_path, parallel_lines):
    shutil.copy(tiny_t5 / "spiece.model", tmp_path)
    bare = load_pieces(tmp_path, Architecture("t5", 128))
    full = load_pieces(tiny_t5, Architecture("t5", 128))
    for line in parallel_lines[0][:20]:
        assert bare.encode(line) == full.encode(line)


@pytest.mark.parametrize("name", ["source.spm", "vocab.json"])
def test_missing_tokenizer_file(tiny_marian, tmp_path, name):
    folder = shutil.copytree(tiny_marian, tmp_path / "copy")
    (folder / name).unlink()
    with pytest.raises(BackendError, match=f"{name}.* missing. Download"):
        load_pieces(folder, Architecture("marian", 128))


def test_broken_tokenizer_file(tmp_path):
    (tmp_path / "tokenizer.json").write_text('{"model":', encoding="utf-8")
    with pytest.raises(BackendError, match=r"tokenizer.json: cannot be read"):
        load_pieces(tmp_path, Architecture("bart", 128))


def test_bart_from_the_files_of_older_checkpoints(tiny_bart, tmp_path, parallel_lines):
    for name in ("vocab.json", "merges.txt"):
        shutil.copy(tiny_bart / name, tmp_path)
    old = load_pieces(tmp_path, Architecture("bart", 128, forced_first=0))
    new = load_pieces(tiny_bart, Architecture("bart", 128, forced_first=0))
    assert old.target_prefix == new.target_prefix == ["<s>"]
    for line in (*parallel_lines[1][:20], *HARD):
        assert old.encode(line) == new.encode(line)
        assert old.decode(new.encode(line)) == line.strip()


def test_bart_without_tokenizer_files(tmp_path):
    with pytest.raises(BackendError, match=r"no tokenizer\.json and no merges\.txt"):
        load_pieces(tmp_path, Architecture("bart", 128))
