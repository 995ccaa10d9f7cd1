import pytest

from tests.browser.screens import colours, overflow
from tests.evaluation.report.conftest import (  # noqa: F401
    bare_brief,
    brief,
    render,
    run_files,
    write_run,
)


@pytest.fixture
def opened(visit, render, run_files, brief, tmp_path):  # noqa: F811
    """Open the report of three articles."""

    def go(fragment: str = "", width: int = 1280, **wishes: object):
        other = brief | {"id": "x-2", "warnings": [], "scores": {"abstractive.rouge1.f": 0.1}}
        run_files["briefs"] = [brief, other, brief | {"id": "x-9"}]
        render(run_files)
        page = visit(tmp_path / "report.html", fragment, width, **wishes).page
        page.wait_for_selector("#controls:not([hidden])")
        return page

    return go


def shown(page) -> list[str]:
    stories = page.locator(".story:visible").all()
    return [story.get_attribute("id") for story in stories]


def test_articles_are_sorted_filtered_and_found(opened):
    page = opened()
    assert shown(page) == ["x-1", "x-2", "x-9"]
    page.select_option("#sort", "+abstractive.rouge1.f")
    assert shown(page) == ["x-2", "x-1", "x-9"]
    page.select_option("#show", "*")
    assert shown(page) == ["x-1", "x-9"]
    page.keyboard.press("Escape")
    page.locator("body").press("/")
    page.keyboard.type("x-9")
    assert shown(page) == ["x-9"]


def test_a_link_opens_its_article_and_keys_move_on(opened):
    page = opened("#x-2")
    assert page.locator("#x-2").get_attribute("open") is not None
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.parentElement.id") == "x-9"
    page.keyboard.press("Enter")
    assert page.locator("#x-9").get_attribute("open") is not None


@pytest.mark.parametrize("width", [1280, 360])
def test_it_fits_the_window_in_the_chosen_colours(opened, tmp_path, width):
    page = opened("", width, color_scheme="light")
    assert overflow(page) <= 0
    page.screenshot(path=tmp_path / "page.png", full_page=True)
    assert colours(tmp_path / "page.png") > 50
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click("#theme")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before
