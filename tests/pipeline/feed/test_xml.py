"""XML from outside: one error each for what is broken or hostile, at once; the rest is read."""

import time

import pytest

from pipeline.errors import ArticleError
from pipeline.feed.xml import local_name, parse_xml, root_name

ENTITY = '<!ENTITY {} "{}">'
BOMB = (
    "<!DOCTYPE a ["
    + ENTITY.format("a0", "ha" * 20)
    + "".join(ENTITY.format(f"a{n}", f"&a{n - 1};" * 10) for n in range(1, 12))
    + "]><a>&a11;</a>"
)
SECRET = '<!DOCTYPE a [<!ENTITY x SYSTEM "{}">]><a>&x;</a>'


def refusal(content, **settings):
    start = time.process_time()
    with pytest.raises(ArticleError) as caught:
        parse_xml(content, **settings)
    assert time.process_time() - start < 1
    assert len(str(caught.value)) < 400
    assert caught.value.remedy
    return caught.value.reason


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_entities_are_refused_in_every_encoding(charset, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("top secret")
    declaration = f'<?xml version="1.0" encoding="{charset}"?>'
    attribute = '<!DOCTYPE a [<!ENTITY x "y">]><a b="&x;"/>'
    expected = {"unsafe_xml"}
    if charset == "utf-32":  # found only by parsing, which stops at a bomb by itself
        expected.add("unreadable_file")
    for document in (BOMB, SECRET.format(secret.as_uri()), attribute):
        content = (declaration + document).encode(charset)
        assert refusal(content) in expected
        assert refusal(content, repair=True) in expected


def test_external_dtds_are_accepted_and_never_opened(tmp_path):
    dtd = tmp_path / "news.dtd"
    dtd.write_text('<!ELEMENT a ANY><!ATTLIST a added CDATA "by the dtd">')
    for subset in ("", '[<!ATTLIST a b CDATA "1">]', "[ <!ELEMENT a ANY> ]"):
        for address in (dtd.as_uri(), str(dtd), "http://dtd.invalid/news.dtd", "missing.dtd"):
            root = parse_xml(f'<!DOCTYPE a SYSTEM "{address}" {subset}><a>Text</a>'.encode())
            assert (root.text, root.get("added")) == ("Text", None)


def test_a_text_may_speak_of_entities():
    assert parse_xml(b"<a><![CDATA[<!ENTITY x]]></a>").text == "<!ENTITY x"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \n ",
        b"no xml at all",
        b"<a>",
        b"<a></b>",
        b"<a>Meier & S\xc3\xb6hne</a>",
        b"<a>&uuml;</a>",
        b"<a>null \0 byte</a>",
        b"<a>\x08</a>",
        b"<a/>\0\0\0",
        b"<a/><b/>",
        b"\0" * 100,
        b'<?xml version="1.0" encoding="utf-8"?><a>M\xfcller</a>',
        b'<?xml version="1.0" encoding="utf-16"?><a>x</a>',
        b'<?xml version="1.0" encoding="klingon"?><a>x</a>',
        "<a>Müller</a>".encode("utf-16")[:-6],
        b"<a " + b"b='" + b"x" * 20_000_000 + b"'/>",
        b"<a>" + b"x" * 20_000_000 + b"</a>",
        b"<a>" * 100_000 + b"</a>" * 100_000,
        b"<a>" + b"<b>" * 300 + b"</b>" * 300 + b"</a>",
    ],
    ids=lambda content: content[:40].decode("latin-1").replace("\0", "."),
)
def test_what_is_broken_is_one_error_at_once(content):
    assert refusal(content) == "unreadable_file"


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "iso-8859-15"])
def test_declared_and_marked_encodings(charset):
    named = charset.removesuffix("-sig")
    content = f'<?xml version="1.0" encoding="{named}"?><a>Müller zahlt 5 €</a>'
    assert parse_xml(content.encode(charset)).text == "Müller zahlt 5 €"


def test_comments_and_instructions_are_dropped_and_part_no_text():
    root = parse_xml(b"<?x y?><!-- <b/> --><a>one <!-- no -->two <?no?>three<b/></a>")
    assert (root.text, [local_name(child) for child in root]) == ("one two three", ["b"])


def test_repair_reads_what_it_can():
    assert "".join(parse_xml(b"<a>Meier & Co <b>fett</a>", repair=True).itertext()).endswith("fett")


def test_one_broken_document_spoils_no_other():
    for _ in range(3):
        refusal(b"<a>")
        assert parse_xml(b"<a>gut</a>").text == "gut"


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("<newsItem guid='1'>", "newsItem"),
        ("\ufeff \n<?xml version='1.0'?><!-- <nitf> --><n:NewsML a='<x>'>", "NewsML"),
        ("<!DOCTYPE nitf SYSTEM 'x' [<!ELEMENT p ANY>]><nitf>", "nitf"),
        ("<!DOCTYPE html><html>", "html"),
        ("<rss>cut & broken", "rss"),
        ("<!-- a comment that does not end <nitf> ", None),
        ("<newsItem", None),
        ("text <newsItem>", None),
        ("", None),
    ],
)
def test_the_root_is_known_before_anything_is_parsed(head, name):
    assert root_name(head) == name


def test_an_entity_reference_has_no_name():
    root = parse_xml(b'<!DOCTYPE a SYSTEM "x.dtd"><x:a xmlns:x="y">&uuml;<x:b/></x:a>')
    assert [local_name(element) for element in (root, *root)] == ["a", "", "b"]
