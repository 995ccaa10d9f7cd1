"""What is kept of an answer, and which answers cannot be used."""

import pytest

from pipeline.backends.chat.answers import Answer, clean, is_lasting, read_answer
from pipeline.backends.chat.judge import Judge

SOURCE = "Der Umsatz stieg im vergangenen Jahr um 3,5 Prozent, sagte ein Sprecher am Montag."
RESULT = "Sales rose by 3.5 percent last year, a spokesman said on Monday."
RESULTS = "Borussia Dortmund - Bayern München 2:1 (1:0)"
TRANSLATION = Judge(("de", "en"), summaries=False)
SUMMARY = Judge(("en", "en"), summaries=True)


@pytest.mark.parametrize(
    "raw",
    [
        RESULT,
        f"  {RESULT}\n",
        f"<think>The user wants a translation.\nHmm.</think>\n\n{RESULT}",
        f"The template had opened it.</think>{RESULT}",
        f"Here is the translation:\n\n{RESULT}",
        f"Sure! Here's the English translation:\n{RESULT}",
        f"Here is the translation: {RESULT}",
        f"**Translation:** {RESULT}",
        f"English translation: {RESULT}",
        f'"{RESULT}"',
        f"“{RESULT}”",
        f"```\n{RESULT}\n```",
        f"```text\n{RESULT}\n```",
        f"<text-0123abcd>\n{RESULT}\n</text-0123abcd>",
        f"{RESULT}\n\nNote: the number was kept.",
        f"{RESULT}\n\n(Note that Umsatz may mean revenue.)",
        f"{RESULT}\n\nLet me know if you need more.",
        RESULT.replace("a spokesman", "a\nspokesman"),
    ],
)
def test_what_stands_around_a_result_goes(raw):
    assert clean(SOURCE, raw) == RESULT
    assert TRANSLATION.examine(SOURCE, raw).problem is None


@pytest.mark.parametrize(
    ("source", "raw"),
    [
        ("„Wir wachsen“, sagte er.", '"We are growing," he said.'),
        ("Fazit der Studie: Alles gut.", "The study's summary: all is well."),
        ("Übersetzung: ein Handwerk", "Translation: a craft"),
        ("Hier ist die Lage: ernst.", "Here is the situation: serious."),
        ("Er sagte „Ja“ und „Nein“", '"Yes" and "No" is what he said'),
    ],
)
def test_what_belongs_to_the_source_stays(source, raw):
    assert clean(source, raw) == raw


def test_a_list_becomes_running_text():
    assert clean(SOURCE, "- One rose.\n- Two fell.", bullets=True) == "One rose. Two fell."


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        ("", "empty"),
        ("<think>I am still thinking about", "empty"),
        ("...", "empty"),
        ("I'm sorry, but I can't assist with that.", "refuses"),
        ("I cannot translate this text.", "refuses"),
        ("As an AI language model, I have no opinion.", "refuses"),
        ("Es tut mir leid, aber ich kann das nicht übersetzen.", "refuses"),
        (SOURCE, "is the de source"),
        (f'"{SOURCE}"', "is the de source"),
        (SOURCE.replace("Montag", "Monday"), "is the de source"),
        (
            "Les ventes ont augmenté de 3,5 pour cent l'an dernier, a dit un porte-parole.",
            "is fr, not en",
        ),
        (
            "Die Umsätze sind im letzten Jahr um 3,5 Prozent gewachsen, so der Sprecher.",
            "is de, not en",
        ),
        ("the " * 300, "characters long"),
    ],
)
def test_answers_that_cannot_be_used(raw, problem):
    assert problem in TRANSLATION.examine(SOURCE, raw).problem


@pytest.mark.parametrize(
    ("source", "raw"),
    [
        (RESULTS, RESULTS),
        ("SAP", "SAP"),
        ("Tut mir leid, ich kann nicht kommen, sagte er.", "I'm sorry, I can't come, he said."),
        ("Ein großer Teil Berlins war ohne Strom.", "As a large part of Berlin was dark, he left."),
        ("***", "***"),
    ],
)
def test_answers_that_look_odd_and_are_not(source, raw):
    assert TRANSLATION.examine(source, raw).problem is None


def test_a_summary_may_quote_but_not_copy():
    story = f"{RESULT} The company expects more growth. Its shares gained two percent."
    assert SUMMARY.examine(story, RESULT).problem is None
    assert "copy" in SUMMARY.examine(story, story).problem


def test_records_of_answers_read_back():
    for answer in (
        Answer("Sales rose."),
        Answer("", problem="no", lasting=False),
        Answer("a", cut=True),
    ):
        assert read_answer(answer.record()) == answer
    assert not is_lasting(Answer("", problem="down", lasting=False).record())
