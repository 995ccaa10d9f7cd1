"""Text in another script is found at any length; doubt about short text is told, never silent."""

import pytest

from pipeline.feed.language import LanguageCheck
from pipeline.feed.language_codes import short_code, written_code
from pipeline.records import Article, Block, Fault, Place


def examine(text, expected="de", language="de"):
    item = Article(id="a", blocks=(Block(text),), place=Place("feed", 1), language=language)
    return LanguageCheck().examine(item, expected)


@pytest.mark.parametrize(
    "text",
    ["هذه جملة قصيرة عن الطقس في المدينة", "Привет, город", "今日は晴れです。", "Η πόλη", "Да"],
)
def test_another_script_is_a_fault_at_any_length(text):
    fault = examine(text)
    assert isinstance(fault, Fault)
    assert (fault.reason, "script" in fault.message) == ("other_language", True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Der Laden heißt „Привет“ und liegt in Kleinstadt.", "de"),
        ("Привет, город", "ru"),
        ("Š, ł, ø und ß sind Buchstaben.", "de"),
        ("α", "de"),
    ],
)
def test_some_foreign_letters_are_no_fault(text, expected):
    assert isinstance(examine(text, expected, expected), Article)


@pytest.mark.parametrize(
    "text", ["It rained. Then it stopped.", "The company said profit rose. Shares fell."]
)
def test_short_english_is_a_warning(text):
    (caution,) = examine(text).warnings
    assert (caution.code, "en" in caution.message) == ("doubtful_language", True)


@pytest.mark.parametrize(
    "text",
    ["Ja.", "Der Kurs stieg.", "Es regnete. Dann hörte es auf.", "New York Times", "3,5 % / 17"],
)
def test_short_german_and_names_are_no_warning(text):
    assert examine(text).warnings == ()


@pytest.mark.parametrize(
    "declared", ["de", "DE", "deu", "ger", "German", "deutsch", "de-DE", "de_AT", " de "]
)
@pytest.mark.parametrize("expected", ["de", "deu", "de-CH"])
def test_german_by_any_name(declared, expected):
    assert isinstance(examine("Der Kurs stieg.", expected, declared), Article)


@pytest.mark.parametrize(
    ("declared", "code"),
    [("eng", "en"), ("fre", "fr"), ("fra", "fr"), ("xx", "xx"), ("nds", "nds")],
)
def test_codes(declared, code):
    assert short_code(declared) == code


@pytest.mark.parametrize(
    ("declared", "written"),
    [
        ("de", "de"),
        ("de-AT", "de-AT"),
        ("de_DE", "de_DE"),
        ("DE", "DE"),
        ("deu", "de"),
        ("ger", "de"),
        ("German", "de"),
        ("nds", "nds"),
        (None, "de"),
        (" ", "de"),
        ("und", "de"),
        ("mul", "de"),
    ],
)
def test_a_language_is_written_as_a_code(declared, written):
    assert written_code(declared, "de") == written


def test_another_language_names_the_short_code():
    fault = examine("Le cours montait.", language="fra")
    assert "languages.source=fr" in fault.remedy
