"""Each item of a list is a block of its own; a dash at a line's start is not always a bullet."""

import pytest

from pipeline.feed.dress import undress


@pytest.mark.parametrize("mark", ["- ", "– ", "* ", "• ", "•"])
@pytest.mark.parametrize("before", ["", "Die Daten:\n", "Die Daten sind da.\n\n"])
def test_each_bullet_is_a_block(mark, before):
    items = ["Inflation bei 2,4 Prozent", "Arbeitslosigkeit bei 5,9 Prozent", "3,1 Prozent Plus"]
    text = before + "\n".join(f"{mark}{item}" for item in items)
    blocks = undress(f"{text}\n\nDas war es.").blocks
    expected = [f"{mark}{item}" for item in items]
    assert [block.text for block in blocks][-4:-1] == expected
    assert {block.kind for block in blocks} == {"text"}
    assert len(blocks) == (5 if before else 4)


def test_a_wrapped_item_stays_whole():
    (first, second) = undress("- Inflation bei\n  2,4 Prozent\n- Plus bei 3 Prozent").blocks
    assert (first.text, second.text) == ("- Inflation bei 2,4 Prozent", "- Plus bei 3 Prozent")


@pytest.mark.parametrize(
    "text",
    [
        "Er betreibt das Geschäft\n- und das ist der Grund - seit Jahren.",
        "Die Strecke führt von Köln\n- Berlin ist das Ziel - nach Osten.",
        "Es waren -\n5 Grad.",
    ],
)
def test_a_dash_that_wrapping_put_first_is_no_bullet(text):
    (block,) = undress(text).blocks
    assert block.text == text.replace("\n", " ")
