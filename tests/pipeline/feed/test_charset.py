"""Bytes of no declared encoding are read as what they are, and never as `GrÃ¼ne`."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.feed.charset import decode

TEXT = "Grüne «Spitze» für 3 € – Straße"


@pytest.mark.parametrize("charset", ["utf-8", "cp1252"])
def test_the_charset_is_found(charset):
    assert decode(TEXT.encode(charset)) == (TEXT, charset)


def test_latin_1_is_read_as_cp1252_which_holds_its_letters():
    text = "Größe\u00a0«Spitze»"
    assert decode(text.encode("latin-1")) == (text, "cp1252")


def test_plain_letters_are_utf_8():
    assert decode(b"Berlin (dpa) - ") == ("Berlin (dpa) - ", "utf-8")


@pytest.mark.parametrize("byte", [0x81, 0x8D, 0x8F, 0x90, 0x9D])
def test_bytes_that_cp1252_does_not_know_make_it_latin_1(byte):
    text, charset = decode("Grün".encode("latin-1") + bytes([byte]))
    assert (text, charset) == (f"Grün{chr(byte)}", "latin-1")


@pytest.mark.parametrize(
    ("mark", "charset"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ],
)
def test_a_byte_order_mark_decides(mark, charset):
    text, found = decode(mark + TEXT.encode(charset), preferred="cp1252")
    assert text == TEXT
    assert charset.startswith(found)


def test_a_preferred_charset_comes_before_utf_8():
    assert decode("Žižka".encode("iso8859-2"), "iso8859-2") == ("Žižka", "iso8859-2")


def test_a_preferred_charset_that_does_not_fit_is_passed_over():
    assert decode(TEXT.encode("cp1252"), "utf-8") == (TEXT, "cp1252")


def test_text_that_was_cut_off_within_a_letter_stays_utf_8():
    content = TEXT.encode()[: TEXT.encode().index("ß".encode()) + 1]
    assert decode(content) == (TEXT[: TEXT.index("ß")], "utf-8")


def test_a_last_letter_in_cp1252_is_no_piece_of_another():
    assert decode("Ja, natürlich à".replace("ü", "ue").encode("cp1252")) == (
        "Ja, natuerlich à",
        "cp1252",
    )


@given(st.binary(max_size=200))
def test_everything_can_be_read(content):
    text, charset = decode(content)
    assert isinstance(text, str)
    assert codecs.lookup(charset)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=100))
def test_utf_8_is_read_as_such(text):
    content = text.encode()
    if not content.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        assert decode(content) == (text, "utf-8")
