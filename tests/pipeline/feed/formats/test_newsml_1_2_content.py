"""NewsML 1.2: which of the components is the text, and what of it is no body."""

import time

import pytest

from tests.pipeline.feed.formats.newsml_1_2_items import (
    component,
    content_item,
    document,
    items,
    read,
)
from tests.pipeline.feed.formats.told import codes, texts


@pytest.mark.parametrize(
    "data",
    [
        "<p>Eins &amp; zwei.</p>",
        "<nitf><body><body.head><abstract>x</abstract></body.head><body.content>"  # noqa: ISC004
        "<p>Eins &amp; zwei.</p></body.content></body></nitf>",
        "<html><head><title>x</title></head><body><p>Eins &amp; zwei.</p></body></html>",
        "&lt;p&gt;Eins &amp;amp; zwei.&lt;/p&gt;",
        "<![CDATA[<p>Eins &amp; zwei.</p>]]>",
        "Eins<br/>&amp; zwei.",
    ],
)
def test_text_in_every_wrapping(data):
    assert texts(read(component(content_item(data)))) == ["Eins & zwei."]


def test_plain_text_keeps_its_paragraphs():
    item = read(component(content_item("Eins.\n\nZwei mit 3 &lt; 4.")))
    assert item.text == "Eins.\n\nZwei mit 3 < 4."


def test_the_main_component_is_read_whatever_stands_around_it():
    parts = (
        component(content_item("<p>Anriss.</p>"), "Teaser"),
        component(content_item("<p>Bildtext, der sehr viel länger ist als alles.</p>"), "Caption"),
        component(content_item("<p>Der Text.</p>"), "Main"),
        component(content_item("<p>Stil</p>"), "StyleSheet"),
        component(content_item("<p>x</p>", "Photo"), "Photo"),
        component(component(content_item("<p>Sprechertext</p>")), "Audio"),
        component("<ContentItem Href='ton.mp3'><MediaType FormalName='Audio'/></ContentItem>"),
    )
    for turn in range(len(parts)):
        item = read(component("".join(parts[turn:] + parts[:turn])))
        assert (texts(item), item.wire.teaser) == (["Der Text."], "Anriss.")
        assert codes(item) == []


def test_one_story_in_three_formats_is_read_once():
    formats = content_item("Als Text.\n\nZweiter.") + content_item(
        "<nitf><body><body.content><p>Als NITF.</p></body.content></body></nitf>"
    )
    html = content_item("<html><body><p>Als XHTML.</p></body></html>")
    assert texts(read(component(formats + html))) == ["Als XHTML."]
    assert texts(read(component(formats))) == ["Als NITF."]


def test_german_goes_first_and_its_lines_too():
    head = "<NewsLines><HeadLine>{}</HeadLine></NewsLines>"
    french = component(
        component(content_item("<p>Le texte.</p>"), "Body"),
        "Text", language="fr", head=head.format("Titre"),
    )  # fmt: skip
    german = component(
        component(content_item("<p>Der Text.</p>"), "Body"),
        "Text", language="de", head=head.format("Titel"),
    )  # fmt: skip
    item = read(component(french + german, head=head.format("Titre")))
    assert (texts(item), item.title, item.language) == (["Der Text."], "Titel", "de")
    assert [caution.message for caution in item.cautions] == ["the item also holds the story in fr"]
    english = component(content_item("<p>The text.</p>"), "Body", language="en")
    (item,) = items(document(french + english).replace("NewsItem xml:lang='de'", "NewsItem"))
    assert (texts(item), item.language) == (["Le texte."], "fr")


def test_a_lead_stands_in_front_of_its_body():
    lead = component(content_item("Der Vorspann."), "Lead")
    body = component(content_item("Der Rest."), "Body")
    assert read(component(body + lead)).text == "Der Vorspann.\n\nDer Rest."
    again = component(content_item("Der Vorspann. Der Rest."), "Body")
    assert read(component(lead + again)).text == "Der Vorspann. Der Rest."
    markup = component(content_item("<p>Der Rest.</p>"), "Body")
    assert texts(read(component(lead + markup))) == ["Der Vorspann.", "Der Rest."]
    assert codes(read(component(lead + body))) == []


def test_further_texts_are_left_out_and_told():
    box = component(content_item("<p>Ein Kasten mit anderem Inhalt.</p>"), "Sidebar")
    main = component(content_item("<p>Der Text.</p>"), "Main")
    item = read(component(box + main))
    assert (texts(item), codes(item)) == (["Der Text."], ["other_parts"])


def test_the_language_of_the_component_counts():
    about = "<DescriptiveMetadata><Language FormalName='FR'/></DescriptiveMetadata>"
    assert read(component(content_item(), head=about)).language == "FR"
    assert read(component(component(content_item()), language="nl-nl")).language == "nl-nl"
    assert read().language == "de"


@pytest.mark.parametrize(
    ("last", "signature"),
    [
        ("xx/yyy", "xx/yyy"),
        ("prm-sr/jah", "prm-sr/jah"),
        ("bfi/cp", "bfi/cp"),
        ("Das war alles.", None),
        ("Bonn/Berlin", None),
    ],
)
def test_desk_initials_are_a_paragraph_of_their_own(last, signature):
    item = read(component(content_item(f"<p>Der Text.</p><p>{last}</p><p/>")))
    assert item.signature == signature
    assert texts(item) == (["Der Text."] if signature else ["Der Text.", last])


def test_a_text_of_initials_alone_stays_a_text():
    assert texts(read(component(content_item("<p>xx/yyy</p>")))) == ["xx/yyy"]


def test_subheads_lose_their_dashes():
    data = "<p>Eins.</p><hl2>- «Wir warten» - </hl2><p>- Noch einer -</p><p>Ein - zwei - drei</p>"
    item = read(component(content_item(data)))
    assert [(block.kind, block.text) for block in item.blocks] == [
        ("text", "Eins."),
        ("subhead", "«Wir warten»"),
        ("subhead", "Noch einer"),
        ("text", "Ein - zwei - drei"),
    ]


def test_deep_components_take_no_time():
    start = time.process_time()
    deep = "<NewsComponent>" * 200 + content_item() + "</NewsComponent>" * 200
    assert texts(read(deep)) == ["Text."]
    assert len(read(component(content_item("<p>Anders.</p>") * 2000)).blocks) == 1
    assert time.process_time() - start < 2
