import re

import pytest

from evaluation.compare.page import write_page
from tests.evaluation.compare.conftest import MAIN, OTHER, PLAIN
from tests.evaluation.parsed_page import Page


def parts(page: Page, name: str) -> list[str]:
    return [
        " ".join(e.text.split()) for e in page.elements if e.attributes.get("data-part") == name
    ]


def test_the_page_stands_on_its_own(write, case):
    page = Page(write(case))
    assert not re.search(r'\bsrc=|@import|url\((?!#)|href="(?!#)', page.source)
    assert not [e for e in page.elements if "style" in e.attributes]
    assert not [e for e in page.elements if any(name.startswith("on") for name in e.attributes)]
    ids = [e.attributes["id"] for e in page.elements if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    goals = {e.attributes["href"] for e in page.elements if "href" in e.attributes}
    assert {goal[1:] for goal in goals if "=" not in goal} <= set(ids)


def test_what_can_be_said_is_there_without_javascript(write, case):
    page = Page(write(case))
    assert page.all("h1")[0].text == "3 runs on 4 articles"
    assert "Four articles are few." in page.all("div", "caveats")[0].text
    ranking = parts(page, "ranking")[0]
    assert "1 C extractive=oracle" in ranking
    assert "0.140 0.120 – 0.160" in ranking
    assert "0.400 (0.300 – 0.500) over all its 9 articles" in ranking
    differences = parts(page, "differences")[0]
    assert f"extractive=lead and extractive=oracle differ in {MAIN}." in differences
    assert "▲ better: +0.020" in differences
    assert "▼ worse: −0.040" in differences
    assert "output_cut" not in page.text


def test_a_lower_score_wins_where_lower_is_better(write, case):
    page = Page(write(case))
    names = [e.attributes["data-metric"] for e in page.all("template")]
    assert names == [OTHER, PLAIN]
    differences = parts(page, "differences")[1]
    assert "▼ worse: +2.000" in differences
    assert "▲ better: −2.000" in differences


def test_a_measure_that_only_describes_has_no_ranks_and_no_tests(write, case):
    page = Page(write(case))
    assert "Rank " not in parts(page, "ranking")[2]
    assert "it only describes" in parts(page, "differences")[2]


def test_pictures_are_drawn_and_say_nothing_to_readers(write, case):
    page = Page(write(case))
    pictures = page.all("svg", "picture")
    assert len(pictures) == 2 * 4 + 1  # a ranking and three costs for two metrics; an attribution
    assert all(e.attributes["aria-hidden"] == "true" for e in pictures)
    assert not re.search(r"#[0-9a-f]{6}\b", "".join(re.findall(r"<svg.*?</svg>", page.source)))


def test_the_same_comparison_gives_the_same_page(write, case):
    assert write(case) == write(case)


def test_a_page_that_fails_half_way_leaves_the_old_one(tmp_path, write, case):
    before = write(case)

    def broken():
        yield case.texts[0]
        raise RuntimeError("the run's files are gone")

    with pytest.raises(RuntimeError, match="gone"):
        write_page(case.comparison, broken, tmp_path / "compare.html")
    assert (tmp_path / "compare.html").read_text("utf-8") == before
    assert [path.name for path in tmp_path.iterdir()] == ["compare.html"]


def test_every_table_has_a_caption_and_scopes(write, case):
    page = Page(write(case))
    assert len(page.all("caption")) == len(page.all("table"))
    assert all(e.attributes.get("scope") for e in page.all("th"))
