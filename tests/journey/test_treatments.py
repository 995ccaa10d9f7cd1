"""What an item is decides what is made of it, through the whole journey."""

import pytest

from pipeline import run

TABLE = "| Platz | Verein | Punkte |\n| 1. | FC Muster | 14 |\n| 2. | SV Beispiel | 13 |"
DIGEST = "(Nachrichtenüberblick)\n\nDer Rat tagt heute. Der Zoo öffnet am Montag um 9 Uhr."


@pytest.fixture
def briefs(tiny, article, german):
    """Run a feed of one item of each kind, and return its briefs by id."""
    feed = [
        article("flash", "EILMELDUNG: Der Vorstand der Müller GmbH kündigte 1.250 Stellen"),
        article("table", f"6. Spieltag:\n\n{TABLE}", title="Ergebnisse und Tabelle"),
        article("digest", DIGEST, title="Nachrichten des Tages"),
        article("preview", f"(Vorschau)\n\n{german}", title="Termine am Dienstag"),
        article("opinion", german, title="«Musterstädter Rundschau» zu Stellenabbau"),
        article("mixed", f"{german}\n\n{german}\n\n{TABLE}\n\nDas war es.", title="Bilanz"),
    ]

    def make(*overrides):
        once = ("translation.retries=0", "abstractive.retries=0")
        result = run(tiny(*once, *overrides, feed=feed))
        assert (result.articles, result.faults) == (len(feed), 0)
        return {brief["id"]: brief for brief in result.briefs()}

    return make


def codes(brief):
    return [warning["code"] for warning in brief["warnings"]]


def test_each_kind_is_treated_as_it_should(briefs):
    found = briefs()
    flash = found["flash"]
    assert flash["title"] == "Der Vorstand der Müller GmbH kündigte 1.250 Stellen"
    assert flash["translation"]["title"] not in {None, "", flash["title"]}
    assert flash["translation"]["text"] == ""
    assert (flash["extractive"], flash["abstractive"]) == (None, None)
    assert codes(flash).count("not_summarized") == 1
    for name in ("table", "preview"):
        passed = found[name]
        sentences = passed["translation"]["sentences"]
        assert all(sentence["target"] == sentence["source"] for sentence in sentences)
        assert passed["translation"]["title"] == passed["title"]
        assert (passed["extractive"], passed["abstractive"]) == (None, None)
        assert (passed["treatment"], passed["label"], passed["scores"]) == ("pass", None, {})
        assert codes(passed) == ["not_summarized"]
    assert "1. | FC Muster | 14" in found["table"]["translation"]["text"]
    digest = found["digest"]
    assert digest["label"].startswith("Machine-made")
    assert (digest["extractive"], digest["abstractive"]) == (None, None)
    assert "not_summarized" in codes(digest)
    opinion = found["opinion"]
    assert opinion["opinion"] is True
    assert opinion["extractive"]["text"]
    assert opinion["label"].endswith("Opinion of «Musterstädter Rundschau», not of the agency.")
    mixed = found["mixed"]["translation"]["sentences"]
    (table,) = [sentence for sentence in mixed if sentence["kind"] == "table"]
    assert table["target"] == table["source"]
    assert all(s["target"] != s["source"] for s in mixed if s["kind"] == "text")
    assert found["mixed"]["opinion"] is False


def test_settings_decide_otherwise(briefs):
    found = briefs("treatment.preview=brief", "treatment.digest=brief", "treatment.story=pass")
    assert found["preview"]["extractive"]["text"]
    assert found["digest"]["extractive"]["text"]
    assert found["mixed"]["extractive"] is None


def test_the_other_order(briefs):
    found = briefs("order=extract_first")
    assert found["table"]["extractive"] is None
    assert found["flash"]["translation"]["title"]


def test_a_headline_that_is_no_flash_is_still_a_fault(tiny, article):
    result = run(tiny("faults.max_share=1", feed=[article("a", " ", title="Der Titel")]))
    assert result.faults == 1
