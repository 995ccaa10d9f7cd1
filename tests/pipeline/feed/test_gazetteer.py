"""A dateline is written in English as far as its places are known, and once."""

import pytest

from pipeline.feed.gazetteer import _places, english_dateline


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("München (dpa)", "Munich (dpa)"),
        ("MÜNCHEN (dpa-AFX)", "MUNICH (dpa-AFX)"),
        ("Moskau/Berlin (dpa)", "Moscow/Berlin (dpa)"),
        ("Tel Aviv/Beirut (dpa)", "Tel Aviv/Beirut (dpa)"),
        ("Frankfurt/Main (dpa)", "Frankfurt (dpa)"),
        ("FRANKFURT/MAIN", "FRANKFURT"),
        ("Frankfurt (Oder) (dpa/bb)", "Frankfurt (Oder) (dpa/bb)"),
        ("NEW YORK/TOKIO (dpa-AFX Broker)", "NEW YORK/TOKYO (dpa-AFX Broker)"),
        ("Den Haag (dpa/lhe)", "The Hague (dpa/lhe)"),
        ("Genf, Mailand und Warschau (AFP)", "Geneva, Milan and Warsaw (AFP)"),
        ("Frankfurt, 10. Okt (Reuters)", "Frankfurt, Oct. 10 (Reuters)"),
        ("Wien, 3. März 2025 (APA)", "Vienna, March 3, 2025 (APA)"),
        ("STOCKHOLM, Aug 29, 2014 (AFP)", "STOCKHOLM, Aug 29, 2014 (AFP)"),
        ("(dpa) Zürich/Genf", "(dpa) Zurich/Geneva"),
        ("dpa KÖLN", "dpa COLOGNE"),
        ("KÖLN, AFP", "COLOGNE, AFP"),
        ("MÜNCHEN - BERLIN (dpa)", "MUNICH - BERLIN (dpa)"),
        ("Kleinstadt (dpa)", "Kleinstadt (dpa)"),
        ("Romanshorn (sda)", "Romanshorn (sda)"),
        ("Brüssel/Peking", "Brussels/Beijing"),
        ("", ""),
    ],
)
def test_places_and_days(german, english):
    assert english_dateline(german) == english


def test_the_table_is_sound():
    places = _places()
    assert len(places) > 450
    assert all(german and english and ";" not in english for german, english in places.items())
    pairs = places.items()
    again = {name for name, english in pairs if name == english.casefold() and "ss" not in name}
    assert not again, "names that both languages share need no entry"
