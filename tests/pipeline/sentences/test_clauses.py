import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sentences.clauses import split_long

SENTENCE = (
    "Die Regierung will im kommenden Jahr rund 1,2 Milliarden Euro für den Ausbau der Netze "
    "ausgeben, weil die Nachfrage steigt, und zugleich die Gebühren senken - ein Schritt, den die "
    "Opposition seit dem 5. November fordert; die Verbände sprechen von einem "
    "Signal: Es gehe um Vertrauen."
)


class Limit:
    """Accept up to `words` words and `characters` characters; count calls and characters read."""

    def __init__(self, words=10_000, characters=10_000_000):
        self.words, self.characters = words, characters
        self.calls = self.read = 0

    def __call__(self, text):
        self.calls += 1
        self.read += len(text)
        return len(text.split()) <= self.words and len(text) <= self.characters


def gaps(text, pieces):
    """Return what stands between the pieces in the text."""
    found, position = [], 0
    for piece in pieces:
        place = text.index(piece, position)
        found.append(text[position:place])
        position = place + len(piece)
    return [*found, text[position:]]


def test_a_sentence_that_fits_stays_whole():
    assert split_long(SENTENCE, Limit()) == [SENTENCE]


@pytest.mark.parametrize("text", ["", " ", "\n\t"])
def test_white_space_makes_no_piece(text):
    assert split_long(text, Limit(0)) == []


@pytest.mark.parametrize(
    ("text", "words", "cut"),
    [
        ("Er kam am Abend spät heim; sie ging am Morgen fort, ehe er kam.", 8, "heim;"),
        ("Er sagte es am Abend: Sie gehe am Morgen fort.", 7, "Abend:"),
        ("Er kam am Abend spät heim - sie ging dann sofort.", 8, "heim -"),
        ("Er kam spät, müde, weil der Zug am Abend lange stand.", 8, "müde,"),
        ("Er kam am Abend mit Rad, spät und müde aus Bonn.", 7, "Rad,"),
        ("Er kaufte Brot und Butter mit viel Geld.", 5, "Brot"),
        ("Wie teuer wird das nun wirklich? fragte er sie am Abend.", 8, "wirklich?"),
    ],
)
def test_two_pieces_meet_at_the_best_mark(text, words, cut):
    first, second = split_long(text, Limit(words))
    assert first.endswith(cut)
    assert f"{first} {second}" == text


def test_numbers_stay_with_their_nouns_and_decimals_whole():
    for words in range(6, 30):
        pieces = split_long(SENTENCE, Limit(words))
        assert " ".join(pieces) == SENTENCE
        assert any("1,2 Milliarden" in piece for piece in pieces)
        assert any("5. November" in piece for piece in pieces)


def test_pieces_are_few_and_balanced():
    text = " ".join(f"wort{number % 10}" for number in range(1_000))
    sizes = [len(piece.split()) for piece in split_long(text, Limit(300))]
    assert len(sizes) == 4
    assert max(sizes) - min(sizes) <= 10


def test_a_word_without_spaces_is_cut_into_equal_parts():
    assert split_long("x" * 25, Limit(characters=10)) == ["x" * 9, "x" * 8, "x" * 8]
    assert split_long("kurz " + "x" * 20 + " gut", Limit(characters=10)) == [
        "kurz",
        "x" * 10,
        "x" * 10,
        "gut",
    ]


def test_hard_cuts_tear_no_accent_and_no_emoji_apart():
    for cluster in ("e\u0301\u0302", "👩\u200d🚒", "❤\ufe0f", "n\u0303"):
        for piece in split_long(cluster * 40, Limit(characters=7)):
            assert not unicodedata.category(piece[0]).startswith("M")
            assert "\u200d" not in (piece[0], piece[-1])


def test_a_character_that_does_not_fit_is_still_returned():
    assert split_long("ab c", Limit(characters=0)) == ["a", "b", "c"]


TEXT = st.lists(
    st.sampled_from(
        [*'ab5 ,;:-–.!?\n"“', " ", " und ", ", weil ", " - ", "Wort", "x" * 30, "e\u0301", "🎉"]
    ),
    max_size=80,
).map("".join)


@given(st.one_of(st.text(), TEXT), st.integers(1, 12), st.integers(1, 40))
def test_no_character_is_lost_and_every_piece_fits(text, words, characters):
    limit = Limit(words, characters)
    pieces = split_long(text, limit)
    assert all(limit(piece) and piece == piece.strip() != "" for piece in pieces)
    between = gaps(text, pieces)
    assert "".join(between).strip() == ""
    assert "".join(gap + piece for gap, piece in zip(between, [*pieces, ""], strict=True)) == text


@given(TEXT, st.integers(1, 12))
def test_pieces_are_at_most_twice_the_fewest_possible(text, words):
    fewest = -(-len(text.split()) // words)
    assert len(split_long(text, Limit(words))) <= max(1, 2 * fewest)


@pytest.mark.parametrize(
    "text",
    ["Wort " * 30_000, SENTENCE * 500, "x" * 150_000, "a" + " " * 150_000 + "b", ", " * 75_000],
)
@pytest.mark.parametrize("characters", [4, 1_000])
def test_what_is_read_grows_with_the_text(text, characters):
    limit = Limit(characters=characters)
    pieces = split_long(text, limit)
    assert all(len(piece) <= characters for piece in pieces)
    assert limit.read < 30 * len(text)
