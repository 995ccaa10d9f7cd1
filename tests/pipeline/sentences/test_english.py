"""Every line is one paragraph; ` | ` marks where it must be split, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sentences.english import EnglishSplitter

SPLITTER = EnglishSplitter()

LINES = [
    "Mr. Smith and Mrs. Jones met Dr. Brown in St. Louis. | They talked.",
    "The U.S. President spoke. | He left the U.S. | The trip was short.",
    "Apple Inc. is based in the U.S. and Acme Corp. in Washington, D.C. | It sells phones.",
    "He is No. 1 in the world. | Is that a No. | Yes.",
    "It rose 1.2 percent to 18,412.33 points. | The dollar was at $1.0827. | Traders shrugged.",
    "J. K. Rowling and George W. Bush met at 5 p.m. on Friday. | He left at 6 p.m. | She stayed.",
    "Sales hit 5. | Analysts had expected 4. | Profit fell in 2024. | Volkswagen said so.",
    "“We are done,” he said. | “Really?” she asked. | “Yes!” he said. | Then he left.",
    '"We are done," he said. | "Really?" she asked. | "Yes." | Then he left.',
    "She was born on Nov. 5, 1990, e.g. in Bonn, i.e. not here. | That is all.",
    "The case, Roe v. Wade, was heard (see Sec. 3. It is long.) and closed. | Fine.",
    "He waited ... and left. | Then… | Nothing happened... | The end.",
    "Visit Booking.com or mail a.b@c.com. | iPhone sales rose. | 2023 was better.",
    "Murat K. was held in Group B. | Police gave no reason.",
    "Officials met at the U.N. Security Council. | Food, water, etc. | People need help.",
]


@pytest.mark.parametrize("line", LINES)
def test_traps(line):
    assert SPLITTER.split(line.replace(" | ", " ")) == line.split(" | ")


def test_missing_space():
    assert SPLITTER.split("He left.The group stayed.") == ["He left.", "The group stayed."]


def test_house_abbreviations_end_no_sentence():
    text = "The Bdesk. Team won."
    assert SPLITTER.split(text) == ["The Bdesk.", "Team won."]
    assert EnglishSplitter(["Bdesk."]).split(text) == [text]


@given(st.text())
def test_no_character_is_lost(text):
    assert "".join("".join(SPLITTER.split(text)).split()) == "".join(text.split())
