import pytest

from evaluation.page import legible


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.12345, "0.123"), (9.9999, "10.000"), (31.25, "31.2"), (-0.5, "-0.500"), (None, "–")],
)
def test_scores(value, text):
    assert legible.show_score(value) == text
    assert legible.show_score(float("nan")) == "–"


@pytest.mark.parametrize(
    ("value", "text"), [(1234567, "1,234,567"), (0, "0"), (2.5, "2.50"), (None, "–")]
)
def test_counts(value, text):
    assert legible.show_count(value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(0.041, "0.04 s"), (119.0, "119.00 s"), (3725, "62 min 05 s"), (None, "–")]
)
def test_seconds(value, text):
    assert legible.show_seconds(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("2024-10-25T06:12:00+02:00", "2024-10-25 06:12 UTC+02:00"),
        ("2024-10-25T06:12:00", "2024-10-25 06:12"),
        ("yesterday", "yesterday"),
        (None, None),
    ],
)
def test_times(value, text):
    assert legible.show_time(value) == text


@pytest.mark.parametrize(
    ("code", "tag"), [("de", "de"), ("de-AT", "de-AT"), ("", "und"), (None, "und"), ("d e", "und")]
)
def test_language_tags(code, tag):
    assert legible.language_tag(code) == tag


def test_numbers_are_parted_from_words_and_nothing_is_lost():
    pieces = legible.part_numbers("1,2 Mrd. Euro statt 92 % am 5.11.")
    assert [text for text, number in pieces if number] == ["1,2", "92 %", "5.11"]
    assert "".join(text for text, _ in pieces) == "1,2 Mrd. Euro statt 92 % am 5.11."
