"""The pieces are those of the tokenizer classes of transformers, id by id."""

import shutil
import warnings

import pytest

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
    pieces = load_pieces(folder, kind, "de", "en").encode(text)
    assert expected.convert_tokens_to_ids(pieces) == expected(text)["input_ids"]
