def test_the_page_says_what_came_in_and_what_came_out(render, run_files):
    run_files["run"]["counts"]["unscored"] = 1
    page = render(run_files)
    totals = {
        dt.text: dd.text
        for dt, dd in zip(page.all("dt"), page.all("dd"), strict=True)
        if dt.text in {"Articles in", "Briefs", "Set aside", "Faults", "With warnings", "Unscored"}
    }
    assert totals == {
        "Articles in": "3",
        "Set aside": "1",
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
    run_files["set_aside"] = []
    page = render(run_files)
    assert "Shown are the first 1,000 of 1,002;" in page.text
    assert len(page.all("td", "place")) == 1000
    assert "Articles in1,003" in "".join(page.all("dl", "totals")[0].text.split("\n"))


def test_the_run_stands_at_the_end(render, run_files):
    page = render(run_files)
    rows = [row.text for row in page.all("tr")]
    assert "translate12301.25 s" in rows
    assert "total––––2.50 s" in rows
    assert "translate0.812,34510,0001.20 s8,3335.0 %40.0 %302" in rows
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
    run_files |= {"briefs": [bare_brief], "set_aside": [], "faults": [], "scores": []}
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
    run_files["run"]["performance"]["translate"] |= {"reused_share": 1.0, "source_tokens": 0}
    assert around_the_run() == first


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
