"""Messages of serial wires: every fixture beside the articles expected from it, and every trap."""

import json
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import ArticleError
from pipeline.feed.articles import ArticleMaker
from pipeline.feed.document import Document
from pipeline.feed.formats.iptc7901 import Iptc7901Format
from pipeline.feed.item import Broken, Item
from pipeline.records import Article, Place
from pipeline.wire import Wire

FIXTURES = Path(__file__).parent / "iptc7901"
SHARED = Path(__file__).parents[5] / "shared" / "feeds"
FORMAT = Iptc7901Format()
LONG = "Rückzug der Ministerin kommt überraschend - viel Kritik am Verhalten"
NOT_PUBLIC = ("nicht zur Veröffentlichung", "not intended for publication", "@", "Notizblock")


def items(content):
    return list(FORMAT.read(Document("feed", content)))


def articles(content):
    maker = ArticleMaker("de")
    made = [maker.make(item, Place("feed")) for item in items(content) if isinstance(item, Item)]
    assert all(isinstance(article, Article) for article in made)
    return made


def only(content):
    (article,) = articles(content.encode() if isinstance(content, str) else content)
    return article


def told(outcome):
    """Return what a fixture's JSON says of an article, or the reason why there is none."""
    if isinstance(outcome, Broken):
        return {"reason": outcome.error.reason, "index": outcome.index}
    article = ArticleMaker("de").make(outcome, Place("feed"))
    wire = {
        name: json.loads(json.dumps(getattr(article.wire, name), default=str))
        for name in Wire.__slots__
        if getattr(article.wire, name) != getattr(Wire(), name) and name not in {"sha256", "format"}
    }
    wire["subjects"] = [subject.code for subject in article.wire.subjects]
    return {
        "id": article.id,
        "title": article.title,
        "status": article.status,
        "provider": article.provider,
        "published": article.published and article.published.isoformat(),
        "dateline": article.dateline,
        "signature": article.signature,
        "blocks": [[block.kind, block.text] for block in article.blocks],
        "wire": wire,
        "warnings": [caution.code for caution in article.warnings],
    }


def message(head="", text="", *, header="bdt0042 4 pl 110  dpa 0815", trailer="251037 Sep 24"):
    return (
        f"\x01{header}\n\nPartei/Bund/\n\x02{head} =\n\n{text}\n\n\x03{trailer}\n\x7f\n\x7f\x04\n"
    )


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.iptc")), ids=lambda path: path.stem)
def test_fixtures(path):
    content = path.read_bytes()
    assert FORMAT.recognises(Document(path.name, content))
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    assert [told(item) for item in items(content)] == expected


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.iptc")), ids=lambda path: path.stem)
def test_what_is_not_public_is_nowhere(path):
    for article in articles(path.read_bytes()):
        written = repr(article).replace("for publication were left out", "")
        assert not [words for words in NOT_PUBLIC if words in written]


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


@pytest.mark.parametrize(
    ("block", "title", "marks"),
    [
        ("Titel", "Titel", ()),
        ("(Eil \a\a\a\a\a)\nTitel", "Titel", ("Eil",)),
        ("(Achtung - Planungshinweis)\nTitel", "Titel", ("Achtung - Planungshinweis",)),
        ("(Achtung)\nImpressum", "Impressum", ("Achtung",)),
        ("REFILE\n1ST LEAD\nSwiss leave the pact\nBy dpa correspondents", "Swiss leave the pact",
         ("REFILE", "1ST LEAD")),
        ("Titel mit\nUmbruch (CDU)", "Titel mit Umbruch (CDU)", ()),
        ("(Bundes-)Regierung plant neu", "(Bundes-)Regierung plant neu", ()),
        ("Oberbürgermeister gewinnt die Wahl gegen den Herausforderer Maier\n(CDU)",
         "Oberbürgermeister gewinnt die Wahl gegen den Herausforderer Maier (CDU)", ()),
        ("(Zusammenfassung 1645 - nur Debatte (mit\nZitaten))\nTitel", "Titel",
         ("Zusammenfassung 1645 - nur Debatte (mit Zitaten)",)),
        ("Titel\n(Foto-aktuell, Grafik 26811)", "Titel", ()),
        ("Von wegen Ruhe", "Von wegen Ruhe", ()),
    ],
)  # fmt: skip
def test_headline_blocks(block, title, marks):
    article = only(message(block, "Ulm (dpa) - Text."))
    assert (article.title, article.wire.markers) == (title, marks)


@pytest.mark.parametrize(
    ("block", "title", "byline"),
    [
        ("Titel\nVon Petra Muster, dpa", "Titel", "Von Petra Muster, dpa"),
        ("Titel\nBy Tom Wick, The Fjordby Union-Tribune", "Titel",
         "By Tom Wick, The Fjordby Union-Tribune"),
        (f"{LONG}\nVon Notz verlangt Aufklärung", f"{LONG} Von Notz verlangt Aufklärung", None),
    ],
)  # fmt: skip
def test_bylines(block, title, byline):
    article = only(message(block, "Ulm (dpa) - Text."))
    assert (article.title, article.wire.byline) == (title, byline)


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("in Hessen-\nThüringen", "in Hessen-Thüringen"),
        ("vor TV-\nKameras", "vor TV-Kameras"),
        ("ein Auftritts- \nund Redeverbot", "ein Auftritts- und Redeverbot"),
        ("ein Auftritts-\nund Redeverbot", "ein Auftritts- und Redeverbot"),
        ("die deutsch-\nfranzösische Freundschaft", "die deutsch-französische Freundschaft"),
        ("von 12\n400 Zählern", "von 12.400 Zählern"),
        ("so der Chef -\nund er lachte", "so der Chef - und er lachte"),
        ("aus Frankfurt/\nMain", "aus Frankfurt/Main"),
        ("Die Deutsche Post\nerwägt einen Verkauf", "Die Deutsche Post erwägt einen Verkauf"),
    ],
)
def test_lines_are_joined(text, blocks):
    assert (
        only(message("Titel", f"Ulm (dpa) - Es geht {text}.")).blocks[0].text
        == f"Es geht {blocks}."
    )


def test_a_dash_that_wrapped_to_the_start_of_a_line_is_no_bullet():
    text = (
        "Ulm (dpa) - Das Geschäft betreibt er in einem kleinen Ort bei Neuulm\n"
        "- Deutschland ist dabei nur einer von mehreren Märkten, sagte er."
    )
    assert len(only(message("Titel", text)).blocks) == 1


def test_columns_keep_their_layout():
    table = "Dax      12 416,19    +0,4\nMDax     26 102,03    -1,1"
    article = only(message("Schlusskurse", f"Kurse:\n\n{table}\n\nQuelle: Börse."))
    assert ("pre", table) in [(block.kind, block.text) for block in article.blocks]


def test_text_around_a_table_is_kept():
    text = "Ulm (dpa) - Es war knapp.\n\nTabelle:\n| Ulm | 3 |\n| Aalen | 1 |\nStand: 18.00 Uhr."
    article = only(message("Titel", text))
    assert [block.kind for block in article.blocks] == ["text", "text", "table", "text"]
    assert article.blocks[2].rows == (("Ulm", "3"), ("Aalen", "1"))


def test_a_digest_keeps_its_parts():
    text = "Erster Titel.\n\nUlm (dpa) - Eins.\n\nZweiter Titel.\n\nKöln (dpa) - Zwei."
    article = only(message("Überblick", text))
    assert article.wire.teaser is None
    assert len(article.blocks) == 4


@pytest.mark.parametrize(
    ("dateline", "text"),
    [
        ("Peine (dpa/lni)", "Peine (dpa/lni) - Ein Baum fiel um."),
        ("Fjordby (tca/dpa)", "Fjordby (tca/dpa) - Ein Baum fiel um."),
        ("Genève (ats afp)", "Genève (ats afp) Ein Baum fiel um."),
        ("Bonn (KNA)", "Bonn (KNA) Ein Baum fiel um."),
        ("BONN (dpa-AFX)", "BONN (dpa-AFX) - Ein Baum fiel um."),
        ("Hanau (dpa)", "Hanau (dpa) -\u00a0Ein Baum fiel um."),
        ("Moskau/Berlin (dpa)", "Moskau/Berlin (dpa) - Ein Baum fiel um."),
    ],
)
def test_datelines(dateline, text):
    article = only(message("Titel", text))
    assert (article.dateline, article.blocks[0].text) == (dateline, "Ein Baum fiel um.")


@pytest.mark.parametrize(
    "block",
    [
        "(Achtung) Bitte verwenden Sie diese Meldung nicht.\nTitel",
        "(Achtung - Meldung wird\nzurückgezogen)\nTitel",
        "KILL KILL KILL",
        "*** ELIMINAR - ELIMINAR ***\nATENCION REDACCIONES",
    ],
)
def test_kills(block):
    assert only(message(block, "Ulm (dpa) - Text.")).status == "canceled"


@pytest.mark.parametrize(
    ("head", "text"),
    [
        ("(Sperrfrist 4. Januar 19.00 Uhr)\nTitel", "Ulm (dpa) - Text."),
        ("(Bericht Sperrfrist 4. Januar\n19.00 Uhr - Rede)\nTitel", "Ulm (dpa) - Text."),
        ("EMBARGOED\nTitel", "Ulm (dpa) - Text."),
        ("Titel", "SPERRFRIST: 19.00 Uhr\n\nUlm (dpa) - Text."),
        ("Titel", "Ulm (dpa) - Text.\n\n# Notizblock\n\n## Hinweise\n- Sperrfrist bis 19.00 Uhr"),
    ],
)
def test_an_embargo_is_kept_as_text_and_no_date_is_made_of_it(head, text):
    article = only(message(head, text))
    assert article.wire.embargo_text
    assert article.embargo is None


def test_a_story_on_driving_bans_has_no_embargo():
    text = (
        "Ulm (dpa) - Das Gericht verhängte eine\nSperrfrist von einem Jahr. Die Sperrfrist läuft."
    )
    assert only(message("Sperrfrist für Raser", text)).wire.embargo_text is None


def test_an_embargo_in_notes_that_are_not_public_holds_the_story_and_says_no_more():
    notes = (
        "* * * *\nDie folgenden Informationen sind nicht zur Veröffentlichung bestimmt\n\n## X\n"
    )
    article = only(
        message("T", f"Ulm (dpa) - Text.\n\n{notes}- Sperrfrist laut Petra, 0171 5550123")
    )
    assert article.wire.embargo_text == "Sperrfrist"
    assert "5550123" not in repr(article)


def test_a_word_count_that_is_wrong_is_ignored():
    assert only(message("Titel", "Ulm (dpa) - Text.", header="bdt1 4 pl 99999  dpa 1")).blocks


def test_a_text_without_a_headline_keeps_its_first_paragraph():
    article = only(message("T", "").replace("T =", "Ulm (dpa) - Eins.\n\nZwei."))
    assert article.title is None
    assert [block.text for block in article.blocks] == ["Eins.", "Zwei."]


def test_messages_of_service_desks_are_advisories():
    article = only(message("(Achtung)\nImpressum", "dpa", header="eca0001 4 rs 46  dpa 0027"))
    assert article.wire.nature == "advisory"


def test_a_message_with_nothing_in_it_is_broken():
    assert isinstance(items(message("", "").encode())[0], Broken)


def test_a_file_without_a_message_cannot_be_read():
    with pytest.raises(ArticleError):
        items(b"\x01\x02\x03\x04")


def test_a_message_cut_off_in_its_notebook_leaks_nothing():
    whole = (FIXTURES / "story.iptc").read_bytes()
    for end in range(whole.index(b"# Notizblock") + 12, whole.index(b"\x03"), 7):
        article = only(whole[:end])
        assert "truncated_message" in [caution.code for caution in article.warnings]
        assert "@" not in repr(article.blocks)
        assert " 555" not in repr(article)


@pytest.mark.parametrize("lost", [" =", "\n\n", "\x02", "\x03", "(", ")"])
def test_a_message_that_lost_its_marks_leaks_nothing(lost):
    content = (FIXTURES / "story.iptc").read_bytes().decode().replace("\r", "")
    article = only(content.replace(lost, "\n" if lost == "\n\n" else ""))
    assert "@" not in repr(article)
    assert " 555" not in repr(article)


def test_a_long_dump_takes_time_in_proportion():
    one = (FIXTURES / "story.iptc").read_bytes() + (FIXTURES / "dump.iptc").read_bytes()
    items(one)
    started = time.perf_counter()
    items(one * 20)
    few = time.perf_counter() - started
    started = time.perf_counter()
    assert len(items(one * 200)) == 200 * 7
    assert time.perf_counter() - started < 30 * few + 0.5


@pytest.mark.parametrize(
    "filler", ["\r", "\n", "(", "A ", "a-", "| x ", "\x01", "\x04", " =", "- "]
)
def test_a_message_of_one_character_over_and_over_ends(filler):
    started = time.perf_counter()
    items(message("Titel", filler * 50_000).encode())
    items(message("(" + filler * 20_000, "Text.").encode())
    assert time.perf_counter() - started < 10


@settings(max_examples=150, deadline=2000)
@given(
    st.sampled_from(sorted(path.name for path in FIXTURES.glob("*.iptc"))),
    st.lists(st.tuples(st.integers(0, 3000), st.binary(max_size=12)), max_size=6),
    st.integers(0, 4000),
)
def test_disturbed_lines_give_items_or_broken_ones(name, noise, end):
    content = (FIXTURES / name).read_bytes()[:end]
    for place, spliced in noise:
        content = content[:place] + spliced + content[place + len(spliced) // 2 :]
    FORMAT.recognises(Document("feed", content))
    try:
        outcomes = items(content)
    except ArticleError:
        return
    for outcome in outcomes:
        assert isinstance(outcome, Item | Broken)
        if isinstance(outcome, Item):
            ArticleMaker("de").make(outcome, Place("feed"))


def shared(folder, pattern):
    paths = sorted((SHARED / folder).glob(pattern))
    if not paths:
        return [pytest.param(None, marks=pytest.mark.skip(reason=f"no shared/feeds/{folder}"))]
    return [pytest.param(path, id=path.stem) for path in paths]


@pytest.mark.parametrize("path", shared("iptc7901/dpa-de", "*.iptc"))
def test_real_messages_lose_nothing_and_leak_nothing(path):
    content = path.read_bytes()
    assert FORMAT.recognises(Document(path.name, content))
    article = only(content)
    assert article.title
    assert article.provider == "dpa"
    text = content.decode().split("=", 1)[1].split("# Notizblock")[0]
    words = [word for word in text.replace("|", " ").split() if any(map(str.isalpha, word))]
    written = "".join("".join(block.text.split()) for block in article.blocks)
    written = "".join((article.wire.teaser or "").split()) + (article.dateline or "") + written
    lost = [word for word in words if word not in written and word.strip("()-") not in written]
    allowed = {"Ansprechpartner:", "Redaktion", "E-Mail:", "politik-deutschland@dpa.com", "Tel.:"}
    assert set(lost) <= allowed
    assert "@dpa.com" not in repr(article)


@pytest.mark.parametrize("path", shared("synthetic-derived", "*.iptc"))
def test_derived_messages(path):
    titles = {
        "Grünen-Spitze tritt nach Wahlniederlagen ab",
        "Baum auf Bahnstrecke bei Peine - Verspätungen",
    }
    assert {article.title for article in articles(path.read_bytes())} <= titles
