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


def test_a_text_that_nothing_translated_stands_alone(render, run_files):
    brief = run_files["briefs"][0]
    for sentence in brief["translation"]["sentences"]:
        sentence["target"] = None
    brief["translation"] |= {"title": None, "text": None}
    page = render(run_files)
    assert "Ausblick auf morgen" in page.all("table", "pairs")[0].text
    assert "not translated" not in page.text


def test_a_sentence_without_translation_says_so(render, run_files):
    run_files["briefs"][0]["translation"]["sentences"][0]["target"] = None
    assert "not translated" in render(run_files).all("table", "pairs")[0].text


def test_a_sample_of_the_articles_is_shown_and_all_are_counted(render, run_files, brief):
    run_files["briefs"] = [brief | {"id": f"x-{n}", "scores": {"s.f": n / 10}} for n in range(7)]
    page = render(run_files, max_articles=3)
    ids = [story.attributes["id"] for story in page.all("details", "story")]
    assert ids == ["x-0", "x-3", "x-5"]
    assert [mark.text for mark in page.all("span", "position")] == ["1", "4", "6"]
    assert "Shown are 3 of 7 articles, spread evenly over the run" in page.text
    assert "mean 0.300 lowest 0.000, highest 0.600, 7 articles" in page.text
    assert sum(int(bar.text.split()[-1]) for bar in page.all("rect")) == 7
    assert "Shown are" not in render(run_files, max_articles=7).text
    assert len(render(run_files, max_articles=0).all("details", "story")) == 0
