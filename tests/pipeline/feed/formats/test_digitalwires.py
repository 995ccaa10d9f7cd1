"""dpa digitalwires: every fixture beside what is expected from it, and every trap of the format."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings

from pipeline.errors import ArticleError
from pipeline.feed.articles import ArticleMaker
from pipeline.feed.document import Document
from pipeline.feed.formats.digitalwires import DigitalwiresFormat
from pipeline.feed.item import Broken, Item
from pipeline.feed.markup import text_in
from pipeline.records import Article, Place
from tests.pipeline.feed.formats.leaks import assert_keeps, strings_in
from tests.pipeline.feed.formats.mutations import mutated
from tests.pipeline.feed.formats.told import expected, fixtures, read, told

FIXTURES = fixtures(Path(__file__).parent / "digitalwires")
SHARED = Path(__file__).parents[5] / "shared" / "feeds"
REAL = sorted(
    [*SHARED.glob("dpa-digitalwires-json/*.json"), *SHARED.glob("synthetic-derived/*.json")]
)
FORMAT = DigitalwiresFormat()
STORY = json.loads((Path(__file__).parent / "digitalwires" / "story.json").read_text("utf-8"))


def one(**changes):
    (outcome,) = read(FORMAT, json.dumps(STORY | changes))
    return outcome


def article(**changes):
    made = ArticleMaker("de").make(one(**changes), Place("feed"))
    assert isinstance(made, Article)
    return made


def html(body, **changes):
    return [(block.kind, block.text) for block in one(article_html=body, **changes).blocks]


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_fixtures(path):
    document = Document(str(path), path.read_bytes())
    assert FORMAT.recognises(document)
    assert [told(outcome) for outcome in FORMAT.read(document)] == expected(path)


def test_what_is_not_for_publication_is_in_no_field():
    secrets = [
        "Geheimrat", "0000001", "nicht zur Veröffentlichung", "Vertraulich", "0000002",
        "Sonnenblume", "kennung", "Mohnblume", "x_internal", "Update me", "Bildtext Hellmer",
        "Beschreibung eines Bildes", "Bildunterschrift", "Kräne vor der Halle", "mailto",
    ]  # fmt: skip
    assert_keeps(one(), secrets)
    assert_keeps(article(), secrets)
    assert one().extra == {}


@pytest.mark.parametrize("value", ["true", 1, "yes", None, False, [True], {}])
def test_only_true_makes_a_note_public(value):
    note = {"role": "dpaednoterole:editorialnote", "ednote": "Gartenzaun", "is_publishable": value}
    assert_keeps(one(ednotes=[note]), ["Gartenzaun"])


def test_notes_within_the_body_are_left_out():
    body = (
        '<section class="main"><p>Text.</p><section class="np-nonpublic"><p>Kontakt Gartenzaun'
        '</p></section></section><section class="infobox"><p>Kasten</p></section>'
    )
    assert html(body) == [("text", "Text.")]


@pytest.mark.parametrize(
    ("field", "inside"),
    [
        ("Celle (dpa) - ", "Celle (dpa) - "),
        ("Celle (dpa) -", '<span class="dateline">Celle <span>(dpa)</span> - </span>'),
        (None, '<span class="dateline">Celle <span class="credit">(dpa)</span>\u00a0– </span>'),
        ("Celle (dpa) - ", ""),
        (None, "Celle (dpa) - "),
    ],
)
def test_a_dateline_is_split_off_once(field, inside):
    body = f'<section class="main"><p>{inside}In Celle wird gebaut.</p></section>'
    made = article(dateline=field, article_html=body)
    assert (made.dateline, made.blocks[0].text) == ("Celle (dpa)", "In Celle wird gebaut.")


def test_a_dateline_may_be_missing():
    made = article(dateline=None, article_html="<p>In Celle wird gebaut.</p>")
    assert (made.dateline, made.blocks[0].text) == (None, "In Celle wird gebaut.")


def test_blocks():
    body = (
        "<section class='main'><p></p><p>\u00a0</p><p>Der Dax steht bei 12\u00a0416,19 Punkten."
        "</p><h2>Zwischentitel</h2><ol><li>eins</li><li>zwei<ul><li>drei</li></ul></li></ol>"
        "<div class='sport'><p>Halbfinale<br/>Samstag</p>loser Text</div>"
        "<p>A<br><br>B</p><dnl-wgchart src='x'></dnl-wgchart>"
        "<p>Ende <DE0007100000> hier</p></section>"
    )
    assert html(body) == [
        ("text", "Der Dax steht bei 12 416,19 Punkten."),
        ("subhead", "Zwischentitel"),
        ("item", "eins"),
        ("item", "zwei"),
        ("item", "drei"),
        ("text", "Halbfinale Samstag"),
        ("text", "loser Text"),
        ("text", "A"),
        ("text", "B"),
        ("text", "Ende <DE0007100000> hier"),
    ]


def test_short_bold_paragraphs_are_subheads():
    body = "<p><b>Auftakt</b></p><p>Text.</p><p><strong>Die Lage</strong></p><p>Text.</p>"
    body += "<p><strong>Das ist ein Satz.</strong></p><p>Ende.</p>"
    kinds = [kind for kind, _ in html(body)]
    assert kinds == ["text", "text", "subhead", "text", "text", "text"]


def test_without_text_an_item_is_broken_and_says_what_it_is():
    picture = one(article_html=None)
    assert isinstance(picture, Broken)
    assert (picture.error.reason, picture.id) == ("no_text", STORY["urn"])
    assert "only a picture" in str(picture.error)
    assert "audio" in str(one(article_html=None, associations=[{"type": "audio"}]).error)
    assert one(article_html="<section><p> </p></section>").error.reason == "no_text"
    assert one(article_html=["<p>Text</p>"]).error.reason == "no_text"


def test_a_flash_is_its_headline():
    flash = one(article_html=None, associations=[], urgency=1)
    assert (flash.title, flash.blocks) == (STORY["headline"], ())
    assert isinstance(one(article_html=None, associations=[], urgency=4), Broken)


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("usable", "usable"),
        (None, "usable"),
        ("", "usable"),
        ("stat:usable", "usable"),
        ("canceled", "canceled"),
        ("Cancelled", "canceled"),
        ("withheld", "withheld"),
        ("unheard-of", "withheld"),
        (7, "withheld"),
        ([], "withheld"),
    ],
)
def test_status(written, status):
    assert one(pubstatus=written, categories=None).status == status


def test_the_stricter_status_counts():
    canceled = [{"type": "dnltype:pubstatus", "name": "canceled", "qcode": "stat:canceled"}]
    assert one(pubstatus=None, categories=canceled).status == "canceled"
    assert one(pubstatus="usable", categories=canceled).status == "canceled"


def test_a_withdrawal_without_text_or_categories_meets_its_story():
    kill = one(article_html=None, pubstatus="canceled", categories=None, version=4)
    assert isinstance(kill, Item)
    assert (kill.id, kill.provider, kill.blocks) == (STORY["urn"], one().provider, ())


@pytest.mark.parametrize("written", ["bis heute Abend", "2026-03-04", True, False, 0, [], {}])
def test_an_embargo_that_is_no_time_holds_back(written):
    held = one(embargoed=written)
    assert (held.status, held.embargo) == ("withheld", None)
    assert "unknown_embargo" in {caution.code for caution in held.cautions}


def test_embargo():
    free = one(embargoed="2026-03-04T12:00:00+01:00")
    assert (free.status, free.embargo) == ("usable", datetime(2026, 3, 4, 11, tzinfo=UTC))
    notepad = {"public_html": '<ul><li class="embargoed">Sperrfrist 12.00 Uhr</li></ul>'}
    assert one(notepad=notepad).wire.embargo_text == "Sperrfrist 12.00 Uhr"


@pytest.mark.parametrize(
    ("written", "version", "label"),
    [(3, 3, None), (None, None, None), ("52", 52, None), (2.0, 2, None), ("2b", None, "2b")],
)
def test_versions(written, version, label):
    item = one(version=written)
    assert (item.version, item.wire.version_label) == (version, label)


@pytest.mark.parametrize("written", [True, -1, 2.5, [2], 10**30, {}])
def test_a_version_of_a_wrong_type_is_noted(written):
    item = one(version=written)
    assert item.version is None
    assert "ignored_value" in {caution.code for caution in item.cautions}


def test_corrections_by_what_is_publishable():
    def note(role, text, allowed="yes"):
        public = allowed == "yes"
        return {"role": f"dpaednoterole:{role}", "ednote": text, "is_publishable": public}

    short, ready = note("correctionshort", "B"), note("correction_consumerready", "C")
    assert one(ednotes=[ready, short]).wire.correction == "B"
    assert one(ednotes=[note("correction", "A", "no"), ready]).wire.correction == "C"
    found = one(ednotes=[note("correction", "A"), short, ready]).wire
    assert found.correction == "A"
    assert [(note.role, note.text) for note in found.notes] == [
        ("correctionshort", "B"),
        ("correction_consumerready", "C"),
    ]


def test_cautions_name_keys_and_show_no_values():
    item = one(headline={"x": "Gartenzaun"}, notepad="Gartenzaun", ednotes=["Gartenzaun"] * 50)
    assert_keeps(item, ["Gartenzaun"])
    assert [caution.message for caution in item.cautions if caution.code == "ignored_value"] == [
        "ednotes[] is a text, not an object",
        "notepad is a text, not an array",
        "headline is an object, not a text",
    ]


def test_answers_arrays_and_lines():
    item = json.dumps(STORY, ensure_ascii=False)
    assert [found.index for found in read(FORMAT, f"[{item},{item}]")] == [1, 2]
    assert read(FORMAT, '{"entries": []}') == []
    lines = read(FORMAT, f"{item}\r\n\r\n[]\n{item[:90]}\n{item}\n")
    assert [getattr(found, "line", "broken") for found in lines] == [1, "broken", 5]
    assert (lines[0].index, lines[0].wire.sha256) == (None, lines[2].wire.sha256)
    answers = read(FORMAT, "\n".join([f'{{"entries": [{item}]}}'] * 2))
    assert [(found.line, found.index) for found in answers] == [(1, 1), (2, 1)]


@pytest.mark.parametrize(
    "content",
    [
        '{"id": "a", "text": "Ein Text."}',
        '{"id": "a", "text": "b"}\n{"id": "b", "text": "c"}',
        "{}",
        "[]",
        '{"entries": [{"title": "RSS as JSON"}]}',
        '{"urn": "urn:x"}',
        "<xml/>",
        "",
        "Berlin (dpa) - Ein Text.",
        "\x00\x01",
    ],
)
def test_other_documents_are_not_recognised(content):
    assert not FORMAT.recognises(Document("feed", content.encode()))


def test_documents_that_are_cut_off_are_recognised_and_refused():
    for content in (json.dumps(STORY)[:3000], json.dumps(STORY, indent=1)[:3000]):
        document = Document("feed", content.encode())
        assert FORMAT.recognises(document)
        with pytest.raises(ArticleError) as refused:
            list(FORMAT.read(document))
        assert refused.value.reason == "unreadable_file"
        assert_keeps(refused.value, ["Hellmer", "Geheimrat"])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings(encoding):
    story = json.dumps(STORY, ensure_ascii=False).encode(encoding)
    (item,) = read(FORMAT, story)
    assert item.wire.teaser == STORY["teaser"]


@given(changed=mutated(STORY))
@settings(max_examples=150, deadline=None)
def test_no_type_anywhere_is_a_crash(changed):
    for outcome in read(FORMAT, json.dumps(changed)):
        assert isinstance(outcome, Item | Broken)
        if isinstance(outcome, Item):
            ArticleMaker("de").make(outcome, Place("feed"))
            "".join(strings_in(outcome)).encode()


@given(changed=mutated({"entries": [STORY, STORY]}))
@settings(max_examples=40, deadline=None)
def test_nor_in_an_answer(changed):
    assert all(isinstance(found, Item | Broken) for found in read(FORMAT, json.dumps(changed)))


needs_samples = pytest.mark.skipif(not REAL, reason="the real samples are not beside this checkout")


@needs_samples
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_no_word_of_real_items_is_lost_doubled_or_leaked(path):
    document = Document(str(path), path.read_bytes())
    assert FORMAT.recognises(document)
    value = json.loads(path.read_text("utf-8"))
    entries = value.get("entries", [value])
    outcomes = list(FORMAT.read(document))
    assert len(outcomes) == len(entries)
    for entry, outcome in zip(entries, outcomes, strict=True):
        if isinstance(outcome, Broken):
            assert (outcome.error.reason, entry["article_html"]) == ("no_text", None)
            continue
        assert _words(" ".join(block.text for block in outcome.blocks)) == _body_words(entry)
        assert_keeps(outcome, _secrets(entry))
        made = ArticleMaker("de").make(outcome, Place("feed"))
        assert isinstance(made, Article)
        assert_keeps(made, _secrets(entry))
        for role in ("headline", "teaser", "kicker"):
            assert not entry[role] or entry[role].split()[0] in " ".join(strings_in(made))


def _body_words(entry):
    from lxml import html as parser

    if not entry["article_html"]:
        return []
    root = parser.fromstring(entry["article_html"])
    for span in root.xpath("//span[@class='dateline'] | //figcaption"):
        span.drop_tree()
    for element in root.iter("br", "p", "td", "th", "li", "h2"):
        element.tail = f" {element.tail or ''}"
    return _words(text_in(root))


def _words(text):
    return re.findall(r"\w+", text)


def _secrets(entry):
    notepad = (entry.get("notepad") or {}).get("nonpublic_html") or ""
    hidden = [note["ednote"] for note in entry.get("ednotes") or [] if not note["is_publishable"]]
    reach = re.findall(r"[\w.-]+@[\w.-]+|\+?\d[\d /-]{7,}\d", f"{notepad} {' '.join(hidden)}")
    body = entry["article_html"] or ""
    public = json.dumps([note for note in entry.get("ednotes") or [] if note["is_publishable"]])
    return [secret for secret in [*reach, *hidden] if secret not in f"{body}{public}"]
