"""Stems are those of NLTK's Porter, which rouge-score takes."""

import json
import random
import re
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.stem.porter import PorterStemmer

from evaluation.porter import stem

SAMPLE = Path(__file__).parents[2] / "data" / "wire-sample.jsonl"
NLTK = PorterStemmer()
ENDINGS = """
    s es ies sses ed ied eed ing y ational tional enci anci izer bli abli alli entli eli
    ousli ization ation ator alism iveness fulness ousness aliti iviti biliti fulli logi
    icate ative alize iciti ical ful ness al ance ence er ic able ible ant ement ment ent
    ion sion tion ou ism ate iti ous ive ize e ll lle ly ally fully logy yed ying yy
"""


def test_words_of_the_sample():
    words = {word for text in _english() for word in re.findall("[a-z0-9]+", text.lower())}
    assert len(words) > 1000
    assert [word for word in sorted(words) if stem(word) != NLTK.stem(word)] == []


def test_irregular_words():
    words = sorted(NLTK.pool)
    assert [stem(word) for word in words] == [NLTK.stem(word) for word in words]


def test_drawn_words():
    draw = random.Random(1)
    for _ in range(20_000):
        start = "".join(draw.choices("aeiouyyysltdgbzéß01", k=draw.randint(0, 6)))
        word = start + "".join(draw.choices(ENDINGS.split(), k=draw.randint(0, 2)))
        assert stem(word) == NLTK.stem(word), word


@given(st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyz0123456789"), min_size=1))
@settings(max_examples=300, deadline=None)
def test_any_word(word):
    assert stem(word) == NLTK.stem(word)


def test_a_word_of_one_letter_without_end():
    assert stem("y" * 5000) == NLTK.stem("y" * 5000)


def _english():
    for line in SAMPLE.read_text("utf-8").splitlines():
        references = json.loads(line)["references"]
        yield references["translation"]
        yield from references["summaries"]
