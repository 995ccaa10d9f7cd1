"""Whatever a feed or a model says, what is written is well-formed and says nothing else."""

import json
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline.output.newsroom.newsml_g2 import NewsmlG2Briefs
from pipeline.output.newsroom.ninjs import NinjsBriefs
from pipeline.output.newsroom.texts import legal
from pipeline.wire import Note, Subject, Wire

NASTY = "<b>&amp; ]]> --> <?php ?> <!DOCTYPE x \x00\x0b\x1b\x85\ufffe\ud83d\U0010ffff \u2028"
TEXT = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=40),
    st.sampled_from([NASTY, "", " \t\n", "]]>", "a\rb", "{http://x}y", "&#0;"]),
)


def filled(draft, text):
    """Put a text wherever a feed or a model can put one."""
    wire = Wire(
        signals=(text,),
        genre=text,
        byline=text,
        located=(text,),
        slugline=text,
        keywords=(text,),
        subjects=(Subject(text, text, text, text), Subject(text, "medtop", text)),
        correction=text,
        embargo_text=text,
        notes=(Note("x", text),),
        identifiers=(text, f"ISIN {text}"),
        credit=text,
        copyright=text,
        usage_terms=text,
    )
    article = replace(
        draft.article, id=text, title=text, provider=text, language=text, dateline=text, wire=wire
    )
    maker = replace(draft.abstract.maker, model=text, revision=text)
    targets = [text] * len(draft.sentences)
    targets[1] = None
    caution = replace(draft.cautions[0], code=text, message=text)
    return replace(
        draft,
        article=article,
        sentences=tuple(replace(sentence, text=text) for sentence in draft.sentences),
        translation=replace(draft.translation, title=text, targets=tuple(targets), maker=maker),
        abstract=replace(draft.abstract, text=text, maker=maker),
        cautions=(caution,),
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=TEXT)
def test_every_file_is_well_formed(draft, text):
    hostile = filled(draft, text)
    plain = " ".join(legal(text).split())
    for content in (
        NewsmlG2Briefs().render(hostile),
        NewsmlG2Briefs().retract(hostile.article),
    ):
        root = etree.fromstring(content)
        assert etree.QName(root).localname == "newsItem"
    item = json.loads(NinjsBriefs().render(hostile))
    assert [line["value"] for line in item.get("headlines", [])] == [plain] * bool(plain)
    json.loads(NinjsBriefs().retract(hostile.article).decode("utf-8"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=TEXT)
def test_text_comes_back_as_it_was_and_never_as_markup(draft, text):
    plain = " ".join(legal(text).split())
    hostile = filled(draft, text)
    page = etree.fromstring(NewsmlG2Briefs().render(hostile)).find(".//{*}body")
    allowed = {"body", "p", "h2", "ul", "li", "blockquote", "table", "tr", "td", "span"}
    if page is not None:
        assert {etree.QName(element).localname for element in page.iter()} <= allowed
        headings = ["".join(found.itertext()) for found in page.iter("{*}h2")]
        assert headings == [plain] * len(headings)
    bodies = json.loads(NinjsBriefs().render(hostile)).get("bodies", [])
    for body in bodies:
        root = etree.HTML(f"<meta charset=utf-8><main>{body['value']}</main>")
        assert {element.tag for element in root.find(".//main").iter()} <= {*allowed, "main"}
