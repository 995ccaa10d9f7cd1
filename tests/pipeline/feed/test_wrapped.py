"""Text that was wrapped comes out as it was before."""

import textwrap
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.feed.wrapped import join_lines, wrapped_blocks

WORDS = st.sampled_from(
    ["der", "Landtag", "in", "Hessen-Thüringen", "TV-Kameras", "12", "400", "-", "CDU/CSU", "und",
     "Auftritts-", "sagte", "«Wir", "wollen»", "Verwaltungsgerichtshof", "deutsch-französische",
     "E-Mail-Adresse", "3,5", "Prozent", "Kommunalwahl", "oder", "Co-Vorsitzende", "Baden", "a"],
)  # fmt: skip
PARAGRAPH = st.lists(WORDS, min_size=3, max_size=60).map(
    lambda words: " ".join(["Gestern", *words, "gesagt."]).replace("Auftritts- -", "Auftritts -")
)


def hangs(text):
    """Tell whether a hyphen hangs in front of a word that no list goes on with."""
    words = text.split()
    pairs = pairwise(words)
    return any(a == "Auftritts-" and b not in {"und", "oder"} for a, b in pairs)


@given(st.lists(PARAGRAPH, min_size=1, max_size=4), st.sampled_from([60, 64, 69]))
def test_paragraphs_survive_wrapping(paragraphs, width):
    paragraphs = [paragraph for paragraph in paragraphs if not hangs(paragraph)]
    wrapped = "\n\n".join(textwrap.fill(paragraph, width) for paragraph in paragraphs)
    assert [block.text for block in wrapped_blocks(wrapped)] == paragraphs


@pytest.mark.parametrize(
    ("lines", "ragged", "joined"),
    [
        (["Hessen-", "Thüringen"], False, "Hessen-Thüringen"),
        (["Auftritts- ", "Redeverbot"], False, "Auftritts- Redeverbot"),
        (["Hessen- ", "Thüringen "], True, "Hessen-Thüringen"),
        (["Ein- ", "und Ausgang "], True, "Ein- und Ausgang"),
        (["Frankfurt/", "Main"], False, "Frankfurt/Main"),
        (["er -", "und sie"], False, "er - und sie"),
        (["", "a", " ", "b"], False, "a b"),
        ([], False, ""),
    ],
)
def test_joins(lines, ragged, joined):
    assert join_lines(lines, ragged=ragged) == joined


def test_entries_of_a_list_without_bullets_stay_apart():
    text = "Termine:\n12.11. Berlin, Tempodrom\n13.11. Hamburg, Sporthalle\n14.11. Köln, Palladium"
    blocks = [block.text for block in wrapped_blocks(f"Absatz eins ist lang genug.\n\n{text}")]
    assert blocks[1:] == text.split("\n")


def test_lines_of_a_text_that_was_not_wrapped_are_paragraphs():
    first, second = "Das ist ein langer Satz. " * 8, "Das ist noch einer. " * 8
    text = f"{first.strip()}\n{second.strip()}"
    assert [block.text for block in wrapped_blocks(text)] == text.split("\n")
