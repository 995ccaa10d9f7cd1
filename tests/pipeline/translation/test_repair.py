"""Garbled copies are put back; what the model meant is left alone."""

import pytest

from pipeline.translation.repair import english_number, repair


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("Seit Ende 2022 gilt das.", "It applies since 2020202.", "It applies since 2022."),
        ("Etwa 1.350 Menschen.", "About 1.350 people.", "About 1,350 people."),
        (
            "Der Dax fiel um 0,8 Prozent auf 18.412,33 Punkte.",
            "The Dax fell 8.0 percent to 18,000 points.",
            "The Dax fell 0.8 percent to 18,412.33 points.",
        ),
        ("Das sagte Tesla am Freitag.", "Telasla said on Friday.", "Tesla said on Friday."),
        ("Die Tesla-Aktie fiel.", "The Telasla share fell.", "The Tesla share fell."),
        ("Im Raum Velmar-Wiebel.", "In the Velmr-Wibel area.", "In the Velmar-Wiebel area."),
        ("Agnieszka Wrońska kam.", "Agnka Wrozroska came.", "Agnieszka Wrońska came."),
    ],
)
def test_what_was_garbled_is_put_back(source, target, expected):
    repaired = repair(source, target)
    assert repaired.text == expected
    assert repaired.changes
    for before, after in repaired.changes:
        assert before in target
        assert after in expected


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Der Umsatz stieg um 3,5 Prozent.", "Sales rose 3.5 percent."),
        ("Die Firma aus Belgien schweigt.", "The firm from Belgium is silent."),
        ("Zwei Männer kamen.", "Two men came."),
        ("Der Patient starb.", "The patients died in Berlin."),
        ("Merkel sprach mit Macron.", "Merkel spoke to Macron."),
        ("Ein US-Softwarekonzern kauft.", "A US-Software group buys."),
        ("Die Pharmafirma wächst.", "Pharmace is growing."),
        ("Die Velmar-Aktie brach ein.", "Velmar shares slumped."),
        ("Angriff auf Brehmers Werk.", "Attack on Brehmer plant, Brehme said."),
        ("München feiert.", "Munich celebrates."),
        ("", "Nothing here."),
        ("Nichts.", ""),
    ],
)
def test_right_or_unknowable_text_stays(source, target):
    repaired = repair(source, target)
    assert repaired.text == target
    assert repaired.changes == ()


def test_a_number_without_a_counterpart_stays_and_is_left_to_the_fact_guard():
    assert repair("Es kostet 5 Euro.", "It costs 5 euros, 987 cents.").text.endswith("987 cents.")


def test_numbers_are_written_the_english_way():
    assert english_number("18.412,33") == "18,412.33"
    assert english_number("1,2") == "1.2"
    assert english_number("2024") == "2024"


@pytest.mark.parametrize(
    ("source", "target", "repaired"),
    [
        ("Das Amt in Wiesbaden teilte mit.", "The office in Vienna said.", "Wiesbaden"),
        ("Der Karlsruher Datenspezialist wächst.", "The Cuban data firm grows.", "Karlsruhe"),
    ],
)
def test_a_place_in_the_place_of_another_is_put_right(source, target, repaired):
    (change,) = repair(source, target).changes
    assert change[1] == repaired
    assert repaired in repair(source, target).text
    assert change[0] not in repair(source, target).text


def test_a_place_that_the_source_has_too_stays():
    text = "He went from Vienna to Wiesbaden."
    assert repair("Er fuhr von Wien nach Wiesbaden.", text).text == text
