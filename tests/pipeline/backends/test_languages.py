"""Codes of languages, and how one family's lead to another's."""

import pytest

from pipeline.backends.languages import (
    english_name,
    family_code,
    name_choices,
    same_language,
)

COMMON = """
de en fr es it nl pl cs da sv fi hu ro bg hr sr sl sk et lv lt el tr ru uk ar fa he hi bn ur ta te
th vi id ms ja ko zh sw am yo zu af sq az ka hy kk uz mn ne si km lo my is ga cy mt eu ca gl lb no
nn yi ps ku so ha ig
"""
NLLB = ["ace_Arab", "ace_Latn", "arb_Arab", "deu_Latn", "eng_Latn", "lvs_Latn", "nob_Latn"]
NLLB += ["pes_Arab", "prs_Arab", "srp_Cyrl", "zho_Hans", "zho_Hant", "zsm_Latn"]


@pytest.mark.parametrize(
    ("language", "known", "code"),
    [
        ("de", NLLB, "deu_Latn"),
        ("ar", NLLB, "arb_Arab"),
        ("fa", NLLB, "pes_Arab"),
        ("lv", NLLB, "lvs_Latn"),
        ("ms", NLLB, "zsm_Latn"),
        ("no", NLLB, "nob_Latn"),
        ("zh", NLLB, "zho_Hans"),
        ("zho_Hant", NLLB, "zho_Hant"),
        ("ace_Latn", NLLB, "ace_Latn"),
        ("fr", NLLB, None),
        ("deutsch", NLLB, None),
        ("", NLLB, None),
        ("de", ["cs_CZ", "de_DE"], "de_DE"),
        ("en", ["en_XX"], "en_XX"),
        ("he", ["iw", "il"], "iw"),
        ("deu", ["de"], "de"),
        ("ger", ["de"], "de"),
        ("pt", ["pt_br", "pt"], "pt"),
        ("pt", ["pt_br"], "pt_br"),
        ("zh", ["cmn_Hans", "cmn_Hant"], "cmn_Hans"),
        ("no", ["nb", "no"], "no"),
        ("nb", ["no"], "no"),
    ],
)
def test_code_of_a_family(language, known, code):
    assert family_code(language, known) == code


def test_nllb_knows_the_common_languages():
    from transformers.models.nllb.tokenization_nllb import FAIRSEQ_LANGUAGE_CODES as CODES

    for language in COMMON.split():
        found = family_code(language, CODES)
        assert found in CODES, language


def test_one_language_under_two_codes():
    assert same_language("de", "deu")
    assert same_language("zh", "zho")
    assert same_language("de", "en") is False
    assert same_language("de", "gmw") is None  # West Germanic is a group


def test_english_names():
    names = [english_name(code) for code in ("de", "deu", "ro", "zh")]
    assert names == ["German", "German", "Romanian", "Chinese"]
    assert english_name("xx") is None


def test_few_choices_are_named_as_the_setting_takes_them():
    assert name_choices(["fr"], ["deu_Latn", "eng_Latn", "ace_Latn"]) == "ace_Latn, de, en"
    assert name_choices(["fr"], ["zho_Hans", "zho_Hant"]) == "zh, zho_Hant"


def test_of_many_choices_those_come_first_that_look_alike():
    known = [f"{a}{b}x_Latn" for a in "qxy" for b in "abcdefghijklmnopqrstuvwxyz"]
    named = name_choices(["qcx_Ltn"], known)
    assert named.startswith("qcx_Latn, ")
    assert named.endswith(" and 18 more")
    assert named.count("_Latn") == 60
