"""Codes keep their codes; names become English where a table has them, and only there."""

from dataclasses import replace

import pytest

from pipeline.output.newsroom.vocabulary import Topic, english_genre, topics_of
from pipeline.wire import Subject, Wire


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        (
            Subject("Sport", "medtop", "15000000", "de"),
            Topic("sport", "Sport", "de", "medtop", "15000000"),
        ),
        (
            Subject("Sport", "http://cv.iptc.org/newscodes/mediatopic/", "15000000", "de"),
            Topic("sport", "Sport", "de", "medtop", "15000000"),
        ),
        (
            Subject("", "IptcSubjectCode", "16000000"),
            Topic("unrest, conflicts and war", None, "de", "subj", "16000000"),
        ),
        (
            Subject("Kleintierzucht", "medtop", "20009999", "de"),
            Topic(None, "Kleintierzucht", "de", "medtop", "20009999"),
        ),
        (
            Subject("Wetter", "dpasubject", "12", "de-DE"),
            Topic("weather", "Wetter", "de-DE", None, "dpasubject:12"),
        ),
        (
            Subject("Wetter", "x", "12", "nl"),
            Topic(None, "Wetter", "nl", None, "x:12"),
        ),
        (Subject("Business", None, None, "en"), Topic("Business", "Business", "en")),
    ],
)
def test_subjects(article, subject, expected):
    assert topics_of(replace(article, wire=Wire(subjects=(subject, subject)))) == (expected,)


def test_all_top_level_topics_have_an_english_name(article):
    codes = [f"{number:02}000000" for number in range(1, 18)]
    for scheme in ("medtop", "subj"):
        wire = Wire(subjects=tuple(Subject("", scheme, code) for code in codes))
        assert all(topic.english for topic in topics_of(replace(article, wire=wire)))


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("Zusammenfassung", "Summary"),
        ("KORR-Bericht", "Correspondent's report"),
        ("fragen & antworten", "Questions and answers"),
        ("Wunschkonzert", None),
    ],
)
def test_genres(german, english):
    assert english_genre(german) == english
