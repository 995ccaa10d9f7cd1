"""What the pipeline writes is what the report reads."""

from datetime import UTC, datetime

from evaluation.report import ReportSources, write_report
from evaluation.score import Score
from pipeline.output.ledger import RunLedger, StageLine
from pipeline.output.writer import RunWriter
from pipeline.records import (
    Abstract,
    Article,
    Block,
    Caution,
    Draft,
    Extract,
    Fault,
    Maker,
    Place,
    References,
    Sentence,
    Translation,
)

MAKER = Maker("starter", "4c1f", "ctranslate2", "{}")
PLACE = Place("feed.jsonl", 1)


def full_draft() -> Draft:
    article = Article(
        id="x-1",
        blocks=(Block("Der Dax fiel."), Block("Ausblick", "subhead")),
        place=PLACE,
        title="Dax im Minus",
        published=datetime(2024, 10, 25, 6, 12, tzinfo=UTC),
        references=References("The Dax fell.", ("Stocks fell.",)),
        extra={"desk": {"name": "wirtschaft"}},
    )
    return Draft(
        article=article,
        position=0,
        sentences=(Sentence("Der Dax fiel.", 0), Sentence("Ausblick", 1, "subhead")),
        translation=Translation("Dax down", ("The Dax dropped.", "Outlook"), MAKER),
        extract=Extract((0,), "The Dax dropped.", Maker("lexrank", None, "lexrank", "{}")),
        abstract=Abstract("Shares dropped.", MAKER),
        scores={"abstractive.rouge1.f": 0.25},
        cautions=(Caution("number_mismatch", "score", "translation: '1,1' is missing"),),
    )


def ledger() -> RunLedger:
    return RunLedger(
        configuration={"feed": {"path": "feed.jsonl"}, "languages": {"source": "de"}},
        articles=4,
        faults=1,
        unscored=2,
        stages=[StageLine("translate", 4, 3, 5, 1, 0.5)],
        makers={"translation": MAKER},
        started=datetime(2024, 10, 25, tzinfo=UTC),
        seconds=1.5,
    )


def test_a_run_as_the_pipeline_writes_it_becomes_a_page(tmp_path):
    article = Article(id="x-2", blocks=(Block("Kurz."),), place=PLACE)
    with RunWriter(tmp_path) as writer:
        writer.write(full_draft())
        writer.write(Fault(PLACE, "feed", "unreadable_record", "it is cut", "Mend it.", None, 1))
        writer.write(Draft(article, 2))
        writer.write(Draft(article, 3, sentences=(Sentence("Kurz.", 0),)))
        writer.commit(
            ledger(),
            [Score("abstractive.rouge1.f", 0.25, None, None, 1, "stem:yes")],
            lambda folder: write_report(ReportSources.of(folder), folder / "report.html"),
        )
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    for text in (
        "3 briefs from",
        "Dax down",
        "The Dax dropped.",
        "Shares dropped.",
        "Stocks fell.",
        "number_mismatch",
        "unreadable_record",
        "feed.jsonl:1",
        "Kurz.",
        "Machine-made, not reviewed by a human: translated by starter",
    ):
        assert text in page, text
