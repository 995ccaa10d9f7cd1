"""What the pipeline writes is what the report reads."""

from dataclasses import replace

from evaluation.report import ReportSources, write_report
from pipeline.records import Article, Block, Caution, Draft, Place, Sentence
from pipeline.wire import Wire


def test_a_run_as_the_pipeline_writes_it_becomes_a_page(tmp_path, draft, fault, commit):
    article = Article(id="x-2", blocks=(Block("Kurz."),), place=Place("feed.jsonl", 9))
    bare = [Draft(article, 2), Draft(article, 3, sentences=(Sentence("Kurz.", 0),))]
    commit(
        tmp_path,
        [draft, fault, *bare],
        lambda folder: write_report(ReportSources.of(folder), folder / "report.html"),
    )
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    for text in (
        "3 briefs from",
        "Dax down",
        "Size 1.2.",
        "Shares dropped.",
        "Stocks fell.",
        "number_mismatch",
        "unreadable_record",
        "feed.jsonl:8",
        "Kurz.",
        "Machine-made, not reviewed by a human: translated by starter",
    ):
        assert text in page, text


def test_the_page_says_what_was_passed_on_and_what_is_opinion(tmp_path, draft, commit):
    told = (Caution("opinion", "feed", "Opinion of «Stadtbote», not of the agency"),)
    opinion = replace(draft.article, wire=Wire(nature="press_review"), warnings=told)
    passed = replace(draft.article, treatment="pass")
    digest = replace(draft.article, treatment="translate")
    commit(
        tmp_path,
        [replace(draft, article=article) for article in (opinion, passed, digest)],
        lambda folder: write_report(ReportSources.of(folder), folder / "report.html"),
    )
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    for badge in ("opinion", "passed on as it came", "only translated"):
        assert page.count(f'<span class="badge">{badge}</span>') == 1
    assert "summarized by starter. Opinion of «Stadtbote», not of the agency." in page
