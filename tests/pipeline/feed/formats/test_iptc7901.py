"""Messages of serial wires: headers, trailers, identifiers and charsets."""

from datetime import UTC, datetime

import pytest

from pipeline.errors import ArticleError
from pipeline.feed.document import Document
from pipeline.feed.item import Broken
from tests.pipeline.feed.formats.iptc7901_messages import FORMAT, items, message, only


@pytest.mark.parametrize(
    "header",
    [
        "bdt0000 2 pl 41  dpa 0000",
        "nsb0000 4 vm 71  lni 0000",
        "eca062 4 rs 46  dpa 0027",
        "eca00075 3 i 510    dpa 1003",
        "ecp0007 4 s 850  dpa-tns 0908",
        "spe0000 3 sp 331  dpa-spe 0000",
        "bsf037 4 su 174 gef 1388",
        "kna0007 4 ki 90  KNA 0012",
        "afd0007 2 pl 90  afp 0012",
        "APA0123 5 II 0234 apa 0011",
        "ccccb bdt0001 4 pl 40  etf 0004",
    ],
)
@pytest.mark.parametrize("framed", [True, False])
def test_headers(header, framed):
    text = message("Regierung tritt ab", "Berlin (dpa) - Die Regierung tritt ab.", header=header)
    if not framed:
        text = text.translate(dict.fromkeys([1, 2, 3, 4, 127]))
    assert FORMAT.recognises(Document("feed", text.encode()))
    article = only(text)
    assert article.title == "Regierung tritt ab"
    assert [block.text for block in article.blocks] == ["Die Regierung tritt ab."]
    assert article.wire.created is not None
    assert not article.warnings


@pytest.mark.parametrize(
    "content",
    [
        b"<nitf/>",
        b'{"id": "a"}',
        b"Berlin (dpa) - Die Regierung tritt ab.",
        b"\x16\x16\x01a0042 r i bc-Headline 10-11 0110\r\n\x02\x1fText\r\n\x03",
        b"",
    ],
)
def test_other_formats_are_not_taken(content):
    assert not FORMAT.recognises(Document("feed", content))


def test_the_routing_block_may_have_a_line_of_its_own():
    text = message("Titel", "Ulm (dpa) - Text.").replace("\x01", "\x01ccccb\n")
    assert only(text).id == "iptc7901:bdt:0042:2024-09-25"


def test_the_same_message_has_the_same_id_in_every_charset_and_with_all_line_ends():
    text = message(
        "Größerer Ärger", "Köln (dpa) - Öl läuft aus.", header="bdt0000 4 pl 9  dpa 0000"
    )
    ids = {
        only(content).id
        for content in (
            text.encode(),
            text.encode("cp1252"),
            text.replace("\n", "\r\n").encode(),
            text.replace("\n", "\r\r\n").encode("latin-1"),
        )
    }
    assert len(ids) == 1
    assert ids != {only(text.replace("Öl", "Gas")).id}


@pytest.mark.parametrize(
    ("charset", "read_as"), [("utf-8", "utf-8"), ("cp1252", "cp1252"), ("latin-1", "cp1252")]
)
def test_charsets(charset, read_as):
    article = only(message("Grüne über Straßenbau", "Köln (dpa) - Für «alle».").encode(charset))
    assert (article.title, article.wire.charset) == ("Grüne über Straßenbau", read_as)


@pytest.mark.parametrize(
    ("trailer", "header", "time"),
    [
        ("251037 Sep 24", "bdt0001 4 pl 9  dpa 0001", datetime(2024, 9, 25, 8, 37, tzinfo=UTC)),
        ("251037 Jan 24", "bdt0001 4 pl 9  dpa 0001", datetime(2024, 1, 25, 9, 37, tzinfo=UTC)),
        (
            "101137 GMT Dez 18",
            "bdt0001 4 pl 9  dpa 0001",
            datetime(2018, 12, 10, 11, 37, tzinfo=UTC),
        ),
        (
            "211259 Nov 18",
            "ecp0001 4 s 9  dpa-tns 0001",
            datetime(2018, 11, 21, 12, 59, tzinfo=UTC),
        ),
        ("011000 Mär 25", "bdt0001 4 pl 9  dpa 0001", datetime(2025, 3, 1, 9, 0, tzinfo=UTC)),
        ("011000 mai 2025", "bdt0001 4 pl 9  dpa 0001", datetime(2025, 5, 1, 8, 0, tzinfo=UTC)),
        ("011000 MESZ Jul 25", "bdt0001 4 pl 9  dpa 0001", datetime(2025, 7, 1, 8, 0, tzinfo=UTC)),
        ("012400 Okt 25", "bdt0001 4 pl 9  dpa 0001", datetime(2025, 10, 1, 22, 0, tzinfo=UTC)),
        ("311000 Feb 25", "bdt0001 4 pl 9  dpa 0001", None),
        ("011000 Xyz 25", "bdt0001 4 pl 9  dpa 0001", None),
        ("", "bdt0001 4 pl 9  dpa 0001", None),
    ],
)
def test_trailers(trailer, header, time):
    article = only(message("Titel", "Ulm (dpa) - Text.", header=header, trailer=trailer))
    assert article.wire.created == time
    assert article.published == time


def test_a_word_count_that_is_wrong_is_ignored():
    assert only(message("Titel", "Ulm (dpa) - Text.", header="bdt1 4 pl 99999  dpa 1")).blocks


def test_messages_of_service_desks_are_advisories():
    article = only(message("(Achtung)\nImpressum", "dpa", header="eca0001 4 rs 46  dpa 0027"))
    assert article.wire.nature == "advisory"


def test_a_message_with_nothing_in_it_is_broken():
    assert isinstance(items(message("", "").encode())[0], Broken)


def test_a_file_without_a_message_cannot_be_read():
    with pytest.raises(ArticleError):
        items(b"\x01\x02\x03\x04")
