"""A dateline comes off whole, in every form that agencies write, and no other text does."""

import pytest

from pipeline.feed.dress import undress
from pipeline.records import Block


@pytest.mark.parametrize(
    ("dateline", "between", "text"),
    [
        ("Wien, 12. Nov. (APA)", " ", "Der Rat der Stadt tagt heute."),
        ("Düsseldorf, 3. März 2025 (epd)", ". ", "Die Kirche baut um."),
        ("Hamburg, 12.11.2024 (ots)", " - ", "Die Werft baut um."),
        ("STOCKHOLM, Aug 29, 2014 (AFP)", " -", "Die Stadt baut um."),
        ("München (epd)", ". ", "Die Kirche baut um."),
        ("(dpa) Zürich", " - ", "Die Bank zahlt."),
        ("(dpa) Zürich/Genf", " – ", "Die Bank zahlt."),
        ("(dpa)", " - ", "Die Bank zahlt."),
        ("(AP)", " ", "Die Bank zahlt."),
        ("dpa BERLIN", " - ", "Die Bank zahlt."),
        ("dpa Berlin", " - ", "Die Bank zahlt."),
        ("KÖLN dpa", " - ", "Die Bank zahlt."),
        ("KÖLN, AFP", " - ", "Die Bank zahlt."),
        ("Bad Homburg v. d. Höhe (dpa/lhe)", " - ", "Die Bank zahlt."),
        ("Frankfurt a.M. (dpa/lhe)", " - ", "Die Bank zahlt."),
        ("L'Aquila (dpa)", " - ", "Die Erde bebte."),
        ("Abidjan/Côte d'Ivoire (AFP)", " - ", "Die Stadt baut um."),
        ("Karlsruhe (AP)", "", "Der Hof verhandelt."),
        ("Bern (sda)", "\n", "Der Bundesrat tagt."),
        ("Halle (Saale)", " - ", "Im Zoo ist es warm."),
        ("FRANKFURT (ODER)", " - ", "Im Zoo ist es warm."),
        ("Berlin/Moskau (dpa)", " - ", "Der Rat tagt."),
        ("Berlin und Paris (dpa, AFP)", " — ", "Der Rat tagt."),
        ("MÜNCHEN - BERLIN (dpa)", " - ", "Der Zug fährt."),
        ("FRANKFURT (Dow Jones)", "--", "Der Euro steigt."),
        ("NEW YORK (dpa-AFX/Reuters)", " -- ", "Der Euro steigt."),
        ("FRANKFURT (dpa-AFX Broker)", " - ", "Der Euro steigt."),
        ("Austin, Texas (AP)", " - ", "Das Werk steht still."),
        ("WASHINGTON D.C. (dpa)", " - ", "Das Haus tagt."),
        ("Den Haag (dpa)", " - ", "Das Gericht tagt."),
        ("BERLIN/KIRKUK", " - ", "Der Rat tagt."),
        ("BAD KLEINSTADT", " - ", "Der Rat tagt."),
        ("NEU-ULM", " - ", "Der Rat tagt."),
        ("Madrid, 3 ene (EFE)", ".- ", "El Gobierno baja los precios."),
        ("Berlín, 12 de noviembre de 2024 (EFE)", ".- ", "¿Qué pasa hoy?"),
        ("Madrid (EFE)", ".- ", "El Gobierno baja los precios."),
    ],
)
def test_a_dateline_of_any_form(dateline, between, text):
    dress = undress(f"{dateline}{between}{text}")
    assert dress.dateline == dateline
    assert dress.blocks == (Block(text),)


@pytest.mark.parametrize(
    "text",
    [
        "Der Konzern (Halle) - ein Familienunternehmen - wächst.",
        "Der Konzern (Halle) - Ein Familienunternehmen wächst.",
        "Halle (Saale) - eine Stadt im Süden - wächst.",
        "Muster (Sachsen) - Der Mann, der alles wusste.",
        "Nach Angaben der Polizei (dpa berichtete) - Der Fahrer floh.",
        "Nach Angaben der Polizei (dpa) - Der Fahrer floh.",
        "Wie Berlin (dpa) - Die Stadt wächst.",
        "„Berlin (dpa) - Der Rat“ stand auf dem Zettel.",
        "Die dpa - Die Agentur der Zeitungen - zieht um.",
        "Nachrichtenagentur dpa - Die Redaktion zieht um.",
        "AP Muster - Muster & Co. meldet Zahlen.",
        "UNESCO - Das Welterbe ist bedroht.",
        "UNICEF - Das Kinderhilfswerk warnt.",
        "OECD - Die Zahlen sind da.",
        "SIEMENS - Der Konzern wächst.",
        "GREENPEACE - Die Umweltschützer warnen.",
        "ROUNDUP - Die Zahlen sind da.",
        "CDU/CSU - Die Union berät.",
        "Berlin ist groß (AFP). Der Rat tagt.",
    ],
)
def test_text_that_looks_like_a_dateline_stays(text):
    dress = undress(text)
    assert dress.dateline is None
    assert dress.blocks == (Block(text),)


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "text",
    [
        "UND " * 100,
        "AM " * 100 + "(dpa)",
        "L'A " * 100 + "(dpa) ",
        "A/" * 120,
        "A, " * 80 + "(dpa)",
    ],
)
def test_endless_places_take_no_long_time(text):
    assert undress(text).blocks
