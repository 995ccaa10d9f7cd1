"""A brief that says everything, of an invented story."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from pipeline.records import (
    Abstract,
    Article,
    Block,
    Caution,
    Draft,
    Extract,
    Maker,
    Place,
    Sentence,
    Translation,
)
from pipeline.wire import Note, Subject, Wire

BERLIN = timezone(timedelta(hours=2))
MODEL = Maker("starter", '{"chooser": "x", "files": "4c1f9a"}', "ctranslate2", '{"beams":4}')
RANKER = Maker("lexrank", None, "wirebrief", "{}")
ROWS = (("Werk", "Stellen"), ("Homburg", "800"))
TABLE = "Werk | Stellen\nHomburg | 800"

WIRE = Wire(
    created=datetime(2025, 10, 14, 9, 20, tzinfo=BERLIN),
    first_created=datetime(2025, 10, 14, 9, 17, tzinfo=BERLIN),
    signals=("correction", "repeat"),
    urgency=3,
    genre="Zusammenfassung",
    byline="Von Petra Muster, dpa-AFX",
    located=("Stuttgart",),
    slugline="Autos/Brehmer",
    keywords=("Stellenabbau",),
    subjects=(
        Subject("Wirtschaft", "medtop", "04000000", "de"),
        Subject("Baden-Württemberg", "dpaarea", "1", "de"),
        Subject("Börse"),
    ),
    correction="Zahl im 1. Absatz korrigiert",
    notes=(Note("picture", "Bilder folgen"),),
    identifiers=("ISIN DE000BRH7014", "WKN BRH701"),
    credit="dpa-AFX",
    copyright="Copyright 2025, dpa-AFX.\nAlle Rechte vorbehalten",
    usage_terms="Nutzung nur nach Vereinbarung",
)

TEXTS: tuple[tuple[str, str | None, int], ...] = (
    ("Brehmer streicht Stellen.", "Brehmer cuts jobs.", 0),
    ("Betroffen ist Homburg.", "Homburg is affected.", 0),
    ("Die Gewerkschaft ruft zum Protest auf.", "The union calls for protest.", 1),
    ("Gewerkschaft protestiert", "Union protests", 2),
    ("Mehr Lohn", "More pay", 3),
    ("Mehr Zeit", "More time", 4),
    ("„Wir kämpfen“, sagte Dönhoff.", "“We will fight,” said Dönhoff.", 5),
    (TABLE, "Plant | Jobs\nHomburg | 800", 6),
)
KINDS = ("text", "text", "subhead", "item", "item", "quote", "table")


@pytest.fixture
def article() -> Article:
    blocks = [
        Block(" ".join(text for text, _, place in TEXTS if place == number), kind)
        for number, kind in enumerate(KINDS)
    ]
    blocks[6] = replace(blocks[6], rows=ROWS)
    return Article(
        id="urn:newsml:example.com:20251014:brehmer-7",
        blocks=tuple(blocks),
        place=Place("feed.xml", item=1),
        title="Brehmer streicht 800 Stellen",
        version=12,
        language="de",
        embargo=datetime(2025, 10, 14, 7, 0, tzinfo=UTC),
        published=datetime(2025, 10, 14, 9, 15, tzinfo=BERLIN),
        provider="dpa-AFX",
        dateline="STUTTGART (dpa-AFX)",
        signature="/so/DP/zb",
        wire=WIRE,
        warnings=(Caution("control_characters", "feed", "control characters were removed"),),
    )


@pytest.fixture
def draft(article) -> Draft:
    return Draft(
        article=article,
        position=0,
        sentences=tuple(Sentence(text, place, KINDS[place]) for text, _, place in TEXTS),
        translation=Translation(
            "Brehmer cuts 800 jobs", tuple(target for _, target, _ in TEXTS), MODEL
        ),
        extract=Extract((0,), "Brehmer cuts jobs.", RANKER),
        abstract=Abstract("Brehmer will cut jobs.\nThe union protests.", MODEL),
        cautions=(Caution("number_mismatch", "score", "800 is not in the summary"),),
    )
