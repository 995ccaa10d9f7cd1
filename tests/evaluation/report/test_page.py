import base64
import hashlib
import re
import stat

import pytest

from evaluation.report import ReportError, write_report


def test_the_page_says_what_came_in_and_what_came_out(render, run_files):
    run_files["run"]["counts"]["unscored"] = 1
    page = render(run_files)
    totals = {
        dt.text: dd.text
        for dt, dd in zip(page.all("dt"), page.all("dd"), strict=True)
        if dt.text in {"Articles in", "Briefs", "Faults", "With warnings", "Unscored"}
    }
    assert totals == {
        "Articles in": "2",
        "Briefs": "1",
        "Faults": "1",
        "With warnings": "1",
        "Unscored": "1",
    }
    assert page.all("h1")[0].text == "1 brief from feed.jsonl"
    assert page.all(cls="models")[0].text.split() == ["translation", "starter"]


def test_scores_stand_with_interval_count_and_signature(render, run_files):
    rows = [row.text.split() for row in render(run_files).all("tr")]
    assert ["rouge1.f", "0.400", "0.310", "–", "0.520", "1", "rouge1|stem:yes"] in rows
    assert ["rouge1.p", "0.500", "–", "1", "rouge1|stem:no"] in rows


def test_german_and_english_stand_sentence_by_sentence(render, run_files):
    page = render(run_files)
    rows = [row for row in page.all("tr") if "sentence" in row.classes or "subhead" in row.classes]
    assert [row.classes for row in rows] == [["sentence"], ["subhead"], ["sentence", "picked"]]
    cells = [
        (cell.attributes["lang"], cell.text)
        for cell in page.all("td")
        if cell.attributes.get("lang")
    ]
    assert cells == [
        ("de", "Der Dax fiel um 0,8 Prozent."),
        ("en", "The Dax fell by 0.8 percent."),
        ("de", "Ausblick auf morgen"),
        ("en", "Outlook"),
        ("de", "picked: Die Zinsen bleiben."),
        ("en", "Rates stay."),
    ]


def test_summaries_references_warnings_and_label_are_all_there(render, run_files):
    page = render(run_files)
    story = page.all("details", "story")[0]
    for text in (
        "Stocks slipped.",
        "First summary.",
        "Second summary.",
        "Reference paragraph.",
        "Machine-made, unchecked.",
        "FRANKFURT (dpa-AFX)",
        "/so/DP/zb",
        "2024-10-25 06:12 UTC+02:00",
        "abstractive.rouge1.p",
        '{"beams":4}',
        "1 warning",
    ):
        assert text in story.text
    caution = page.all("ul", "cautions")[0]
    assert "output_cut in translate: 1,204 tokens, cut at 256" in caution.text
    assert [number.text for number in page.all("b")] == ["1,204", "256"]


def test_machine_and_human_texts_are_told_apart(render, run_files):
    tags = [tag.text for tag in render(run_files).all("span", "tag")]
    assert tags == [
        "reference",
        "copy",
        "machine",
        "reference",
        "reference",
        "machine",
        "reference",
    ]
    run_files["briefs"][0]["made_by"]["translation"]["model"] = "reference"
    tags = [tag.text for tag in render(run_files).all("span", "tag")]
    assert tags[5] == "reference"


def test_an_untranslated_feed_has_one_column(render, run_files):
    brief = run_files["briefs"][0]
    del brief["made_by"]["translation"]
    for sentence in brief["translation"]["sentences"]:
        sentence["source"] = sentence["target"]
    page = render(run_files)
    table = page.all("table", "pairs")[0]
    assert table.text.count("Outlook") == 1
    assert "Translation, en" not in table.text


def test_a_sentence_without_translation_says_so(render, run_files):
    run_files["briefs"][0]["translation"]["sentences"][0]["target"] = None
    assert "not translated" in render(run_files).all("table", "pairs")[0].text


def test_faults_stand_with_place_reason_and_remedy(render, run_files):
    text = render(run_files).all("table", "faults")[0].text
    for part in (
        "feed.jsonl:2",
        "x-2",
        "unreadable_record",
        "in feed",
        "the line is cut",
        "Write it whole.",
    ):
        assert part in text


def test_many_faults_are_counted_and_the_first_thousand_shown(render, run_files):
    run_files["faults"] *= 1002
    page = render(run_files)
    assert "Shown are the first 1,000 of 1,002 faults" in page.text
    assert len(page.all("td", "place")) == 1000
    assert "Articles in1,003" in "".join(page.all("dl", "totals")[0].text.split("\n"))


def test_the_run_stands_at_the_end(render, run_files):
    page = render(run_files)
    rows = [row.text for row in page.all("tr")]
    assert "translate12301.25 s" in rows
    assert "total––––2.50 s" in rows
    assert "2024-10-25T06:12:00+00:00" in page.text
    assert "301.5" in page.text
    assert page.all("pre")[0].text.splitlines() == [
        "feed:",
        '  path: "feed.jsonl"',
        "  limit: null",
        "languages:",
        '  source: "de"',
        '  target: "en"',
        'stages: ["translate", "score"]',
    ]
    assert "3.11.2" in page.text


def test_parts_of_skipped_stages_may_be_absent(render, run_files, bare_brief):
    run_files |= {"briefs": [bare_brief], "faults": [], "scores": []}
    run_files["run"] = {"configuration": {}}
    page = render(run_files)
    assert page.all("h1")[0].text == "1 brief"
    assert "Nothing was scored" in page.text
    assert page.all("table") == []
    assert page.all("details", "story")[0].attributes["id"] == "bare"


def test_an_empty_run_makes_a_page(render, run_files):
    run_files |= {"briefs": [], "scores": []}
    page = render(run_files)
    assert page.all("h1")[0].text == "0 briefs from feed.jsonl"
    assert "No article became a brief." in page.text
    assert page.all("form") == []


def test_the_first_articles_are_shown_and_all_are_counted(render, run_files, brief):
    run_files["briefs"] = [brief | {"id": f"x-{n}", "scores": {"s.f": n / 10}} for n in range(7)]
    page = render(run_files, max_articles=3)
    ids = [story.attributes["id"] for story in page.all("details", "story")]
    assert ids == ["x-0", "x-1", "x-2"]
    assert "Shown are the first 3 of 7 articles" in page.text
    assert "mean 0.300 lowest 0.000, highest 0.600, 7 articles" in page.text
    assert sum(int(bar.text.split()[-1]) for bar in page.all("rect")) == 7
    assert "Shown are" not in render(run_files, max_articles=7).text


def test_nothing_is_fetched_from_anywhere(render, run_files):
    page = render(run_files)
    assert not re.search(r"https?:|@import|url\(|\bsrc=", page.source)
    assert not [e for e in page.elements if e.tag in {"link", "img", "iframe", "object", "base"}]
    assert all(a.attributes["href"].startswith("#") for a in page.all("a"))


def test_only_the_pages_own_script_and_style_may_run(render, run_files):
    page = render(run_files)
    (policy,) = (
        meta.attributes["content"] for meta in page.all("meta") if "http-equiv" in meta.attributes
    )
    for tag in ("script", "style"):
        (element,) = page.all(tag)
        digest = base64.b64encode(hashlib.sha256(element.text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert not [e for e in page.elements if any(n.startswith("on") for n in e.attributes)]
    assert not [e for e in page.elements if "style" in e.attributes]


def test_every_link_inside_the_page_has_its_goal_and_ids_are_unique(render, run_files):
    page = render(run_files)
    ids = [e.attributes["id"] for e in page.elements if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    assert {a.attributes["href"][1:] for a in page.all("a")} <= set(ids)


def test_the_same_run_gives_the_same_bytes(tmp_path, write_run, run_files):
    sources = write_run(run_files)
    write_report(sources, tmp_path / "a.html")
    write_report(sources, tmp_path / "b.html")
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()
    assert stat.S_IMODE((tmp_path / "a.html").stat().st_mode) == 0o644


def test_times_and_memo_hits_stand_in_the_section_of_the_run_alone(render, run_files):
    def around_the_run():
        before, _, rest = render(run_files).source.partition('<section id="section-run"')
        _, _, after = rest.partition("</section>")
        assert before
        assert after
        return before, after

    first = around_the_run()
    run_files["run"] |= {"seconds": {"translate": 0.1}, "started": "later", "peak_megabytes": 1.0}
    run_files["run"]["counts"]["stages"]["translate"] |= {"reused": 5, "made": 0}
    assert around_the_run() == first


def test_a_text_that_nothing_translated_stands_alone(render, run_files):
    brief = run_files["briefs"][0]
    for sentence in brief["translation"]["sentences"]:
        sentence["target"] = None
    brief["translation"] |= {"title": None, "text": None}
    page = render(run_files)
    assert "Ausblick auf morgen" in page.all("table", "pairs")[0].text
    assert "not translated" not in page.text


def test_the_headline_scores_stand_beside_the_title(render, run_files):
    marks = [mark.text for mark in render(run_files).all("span", "mark")]
    assert marks == ["abstractive.rouge1.f 0.400"]


def test_what_is_not_agreement_is_folded_away(render, run_files):
    page = render(run_files)
    figures = [figure.text for figure in page.all("figcaption")]
    assert figures == [
        "abstractive rouge1.f",
        "abstractive facts",
        "abstractive compression",
        "abstractive rouge1.p",
    ]
    folded = [d.text for d in page.all("details") if d.text.strip().startswith("Other measures")]
    assert len(folded) == 1
    assert "compression" in folded[0]
    assert "rouge1" not in folded[0]


def test_the_files_may_have_other_names(tmp_path, write_run, run_files):
    sources = write_run(run_files)
    moved = type(sources)(
        *(
            getattr(sources, name).rename(tmp_path / f".{name}.part")
            for name in ("briefs", "faults", "scores", "run")
        )
    )
    write_report(moved, tmp_path / "report.html")
    assert "Dax closes lower" in (tmp_path / "report.html").read_text(encoding="utf-8")


@pytest.fixture
def written_run(write_run, run_files):
    return write_run(run_files)


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        (
            "briefs.jsonl",
            '{"id": "a", "version": 1}\n{"id": "b", "ver',
            r"briefs\.jsonl:2: no JSON",
        ),
        ("briefs.jsonl", '{"version": 1}', r"briefs\.jsonl:1: no `id`"),
        ("faults.jsonl", '["a"]', r"faults\.jsonl:1: holds list, not a JSON object"),
        ("scores.json", '{"a": 1}', r"scores\.json: holds dict, not a list of scores"),
        ("run.json", "{}", r"run\.json: no `configuration`"),
    ],
)
def test_a_broken_file_leaves_the_old_page(written_run, tmp_path, file, content, message):
    target = tmp_path / "page" / "report.html"
    target.parent.mkdir()
    target.write_text("old")
    (tmp_path / file).write_text(content)
    with pytest.raises(ReportError, match=message):
        write_report(written_run, target)
    assert target.read_text() == "old"
    assert list(target.parent.iterdir()) == [target]


def test_a_missing_file_is_named(tmp_path, write_run, run_files):
    sources = write_run(run_files)
    sources.briefs.unlink()
    with pytest.raises(ReportError, match=r"cannot read .*briefs\.jsonl"):
        write_report(sources, tmp_path / "report.html")
