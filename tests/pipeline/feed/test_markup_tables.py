"""Tables in markup: no word lost, doubled or glued."""

from pipeline.feed.markup import html_blocks


def rows(text):
    return [block.rows for block in html_blocks(text) if block.kind == "table"]


def test_a_figure_around_a_table_is_no_picture():
    text = (
        "<p>Vor</p><figure><table><tr><td>a</td></tr></table><figcaption>Text</figcaption></figure>"
    )
    assert [(block.kind, block.text) for block in html_blocks(text)] == [
        ("text", "Vor"),
        ("table", "a"),
    ]
    assert html_blocks("<figure><img src='x'><figcaption>Bild</figcaption></figure>") == ()


def test_paragraphs_and_breaks_within_a_cell_are_parted():
    text = "<table><tr><td><p>a</p><p>b</p></td><td>c<br>d</td><td>e<sup>2</sup></td></tr></table>"
    assert rows(text) == [(("a b", "c d", "e2"),)]


def test_a_table_in_a_table_is_read_once():
    text = (
        "<table><tr><td>a<table><tr><td>b</td><td>c</td></tr></table></td><td>d</td></tr></table>"
    )
    assert rows(text) == [(("a b | c", "d"),)]
