"""A brief as ninjs says what the brief says, in the terms of the standard."""

import json
from dataclasses import replace

from pipeline.output.newsroom.ninjs import NinjsBriefs
from pipeline.records import Draft
from tests.pipeline.output.newsroom.ninjs_schema import SCHEMA

GENERATED = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
LABEL = (
    "Machine-made, not reviewed by a human: translated by starter, extracted by lexrank, "
    "summarized by starter."
)
MADE = (
    "Made with translation: starter (revision 4c1f9a); extract: lexrank; "
    "summary: starter (revision 4c1f9a)."
)
BODY = """\
<p><span class="dateline" lang="de">STUTTGART (dpa-AFX) - </span>Brehmer cuts jobs. \
Homburg is affected.</p>
<p>The union calls for protest.</p>
<h2>Union protests</h2>
<ul><li>More pay</li><li>More time</li></ul>
<blockquote><p>“We will fight,” said Dönhoff.</p></blockquote>
<table><tr><td>Plant</td><td>Jobs</td></tr><tr><td>Homburg</td><td>800</td></tr></table>"""


def written(draft):
    return json.loads(NinjsBriefs().render(draft))


def test_it_is_valid(draft, article):
    import jsonschema

    validator = jsonschema.Draft202012Validator(SCHEMA)
    bare = Draft(replace(article, title=None, dateline=None), 0)
    for content in (
        NinjsBriefs().render(draft),
        NinjsBriefs().render(bare),
        NinjsBriefs().retract(article),
    ):
        assert [error.message for error in validator.iter_errors(json.loads(content))] == []


def test_identity_and_times(draft):
    item = written(draft)
    assert item["standard"]["version"] == "3.0"
    assert item["uri"] == "urn:wirebrief:en:dpa-afx:urn:newsml:example.com:20251014:brehmer-7"
    assert (item["version"], item["type"], item["pubStatus"]) == ("12", "text", "usable")
    assert item["firstCreated"] == "2025-10-14T09:17:00+02:00"
    assert item["versionCreated"] == "2025-10-14T09:20:00+02:00"
    assert item["embargoedUntil"] == "2025-10-14T07:00:00+00:00"
    assert (item["urgency"], item["language"]) == (3, "en")


def test_the_original_is_linked_and_speaks_its_own_language(draft):
    (original,) = written(draft)["associations"]
    assert original["rel"] == "translatedFrom"
    assert original["uri"] == "urn:newsml:example.com:20251014:brehmer-7"
    assert (original["version"], original["language"]) == ("12", "de")
    assert original["headlines"][0]["value"] == "Brehmer streicht 800 Stellen"
    said = [(subject["rel"], subject["name"]) for subject in original["subjects"]]
    assert said == [
        ("about", "Wirtschaft"),
        ("about", "Baden-Württemberg"),
        ("about", "Börse"),
        ("keyword", "Stellenabbau"),
    ]
    assert written(draft)["altIds"] == [{"role": "original", "value": draft.article.id}]


def test_what_readers_read(draft):
    item = written(draft)
    assert [line["value"] for line in item["headlines"]] == ["Brehmer cuts 800 jobs"]
    assert item["descriptions"] == [
        {
            "role": "summary",
            "contentType": "text/plain",
            "value": "Brehmer will cut jobs. The union protests.",
        },
        {"role": "creditline", "value": "dpa-AFX"},
    ]
    assert item["bodies"][0]["value"] == BODY
    assert item["bodies"][0]["contentType"] == "text/html"
    assert item["located"] == "Stuttgart"
    assert item["slugline"] == "Autos/Brehmer"


def test_subjects_and_genre_are_mapped_not_guessed(draft):
    item = written(draft)
    assert item["genres"][0] == {"name": "Summary", "literal": "Zusammenfassung"}
    assert item["subjects"] == [
        {
            "name": "economy, business and finance",
            "rel": "about",
            "uri": "http://cv.iptc.org/newscodes/mediatopic/04000000",
            "literal": "medtop:04000000",
        },
        {"rel": "about", "literal": "dpaarea:1"},
        {"name": "stock exchange", "rel": "about"},
        {
            "rel": "about",
            "uri": "http://cvx.iptc.org/isin/DE000BRH7014",
            "literal": "isin:DE000BRH7014",
        },
        {"rel": "about", "literal": "WKN BRH701"},
    ]


def test_rights_are_carried_over_as_they_are(draft):
    item = written(draft)
    assert item["copyrightNotice"] == draft.article.wire.copyright
    assert item["usageTerms"] == draft.article.wire.usage_terms
    assert {"name": "dpa-AFX", "role": "provider"} in item["infoSources"]


def test_machines_and_readers_see_that_a_machine_made_it(draft):
    item = written(draft)
    assert item["by"] == f"Von Petra Muster, dpa-AFX / {LABEL}"
    assert item["genres"][1]["uri"] == GENERATED
    assert {"name": "starter", "role": "translation", "literal": "4c1f9a"} in item["infoSources"]
    assert {"name": "starter", "role": "summary", "literal": "4c1f9a"} in item["infoSources"]
    assert {"name": "wirebrief", "role": "creator"} in item["infoSources"]
    assert LABEL not in item["bodies"][0]["value"]


def test_editors_see_what_to_check(draft):
    item = written(draft)
    assert item["edNote"].split("\n") == [
        LABEL,
        MADE,
        "Check (feed): control characters: control characters were removed",
        "Check (score): number mismatch: 800 is not in the summary",
        "[de] Zahl im 1. Absatz korrigiert",
        "[de] Bilder folgen",
        "Signal: correction, repeat.",
    ]
    assert "800 is not in the summary" not in item["bodies"][0]["value"]


def test_what_is_absent_is_left_out(article):
    bare = replace(article, title=None, wire=type(article.wire)(), provider=None, published=None)
    item = written(Draft(bare, 0))
    assert not {"headlines", "by", "bodies", "versionCreated", "urgency", "genres"} & set(item)
    assert None not in item.values()


def test_a_retraction_holds_nothing_of_the_story(article):
    killed = replace(article, status="canceled", version=13)
    item = json.loads(NinjsBriefs().retract(killed))
    assert (item["pubStatus"], item["version"]) == ("canceled", "13")
    assert item["uri"].endswith(":brehmer-7")
    assert item["edNote"].startswith("Withdrawn: the provider canceled the original")
    for told in ("Stellen", "Petra Muster", "Autos/Brehmer", "Wirtschaft"):
        assert told not in json.dumps(item, ensure_ascii=False)


def test_the_same_brief_is_the_same_bytes(draft):
    assert NinjsBriefs().render(draft) == NinjsBriefs().render(draft)
