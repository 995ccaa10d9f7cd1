import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from evaluation.article_statistics import ArticleStatistics
from evaluation.score import Score
from pipeline.output.ledger import Counts, RunLedger, StageLine
from pipeline.output.writer import RunWriter
from pipeline.records import (
    Abstract,
    Article,
    Block,
    Caution,
    Draft,
    Extract,
    FactMismatch,
    FactPlace,
    Fault,
    Maker,
    Place,
    References,
    Sentence,
    Translation,
)

MODEL = Maker("starter", "4c1f", "ctranslate2", '{"beams":4}')
RANKER = Maker("lexrank", None, "wirebrief", "{}")
STATISTICS = ArticleStatistics((), (), {})
SCORES = [Score("abstractive.rouge1.f", 0.25, 0.2, 0.3, 2, "stem:yes")]


@pytest.fixture
def draft() -> Draft:
    article = Article(
        id="x-1",
        blocks=(Block("Der Dax fiel. Größe 1,2."), Block("Ausblick", "subhead"), Block("Ende.")),
        place=Place("feed.jsonl", 7),
        title="Dax im Minus",
        version=3,
        language="de",
        published=datetime(2024, 10, 25, 6, 12, tzinfo=UTC),
        provider="dpa-AFX",
        dateline="FRANKFURT (dpa-AFX)",
        signature="/so/DP/zb",
        prefix="date 2024-10",
        references=References("The Dax fell.\n\nOutlook", ("Stocks fell.", "Shares down.")),
        extra={"desk": {"name": "wirtschaft"}, "isin": ["DE0008469008"]},
        warnings=(Caution("control_characters", "feed", "removed"),),
    )
    return Draft(
        article=article,
        position=0,
        sentences=(
            Sentence("Der Dax fiel.", 0),
            Sentence("Größe 1,2.", 0),
            Sentence("Ausblick", 1, "subhead"),
            Sentence("Ende.", 2),
        ),
        translation=Translation(
            "Dax down", ("The Dax fell.", "Size 1.2.", "Outlook", "End."), MODEL
        ),
        extract=Extract((0, 3), "The Dax fell.\nEnd.", RANKER),
        abstract=Abstract("Shares dropped.", MODEL),
        scores={"b": 0.12345678, "a": 1.0},
        cautions=(Caution("number_mismatch", "score", "1,2"),),
        facts=(
            FactMismatch(
                *("translation", "number", "missing"),
                FactPlace("1,2", 6, 9, 1),
                FactPlace("1.2", 5, 8, 1),
            ),
        ),
    )


@pytest.fixture
def fault() -> Fault:
    return Fault(Place("feed.jsonl", 8), "feed", "unreadable_record", "cut", "Mend it.", None, 1)


@pytest.fixture
def ledger():
    """Return a maker of ledgers."""

    def make(articles: int, faults: int) -> RunLedger:
        return RunLedger(
            configuration={"feed": {"path": "feed.jsonl"}},
            counts=Counts(articles - faults, 0, faults),
            unscored=0,
            stages=[StageLine("translate", articles, 3, 5, faults, 0.5)],
            makers={"translation": MODEL},
            started=datetime(2024, 10, 25, 8, tzinfo=UTC),
            seconds=1.23456,
        )

    return make


@pytest.fixture
def commit(ledger):
    """Write a whole run into a folder."""

    def write(folder, outcomes, report=None):
        with RunWriter(folder) as writer:
            for outcome in outcomes:
                writer.write(outcome)
            faults = sum(isinstance(outcome, Fault) for outcome in outcomes)
            writer.commit(ledger(len(outcomes), faults), SCORES, STATISTICS, report)

    return write


@pytest.fixture
def lines():
    """Return the records of a file of JSON lines."""

    def read(path):
        return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n")[:-1]]

    return read


@pytest.fixture
def contents():
    """Return the bytes of each file of a folder."""
    return lambda folder: {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def numbered(draft):
    """Return so many drafts of different articles."""

    def make(count):
        return [
            replace(draft, article=replace(draft.article, id=f"x-{number}"), position=number)
            for number in range(count)
        ]

    return make
