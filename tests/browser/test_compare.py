import pytest

from tests.browser.screens import colours, overflow, until
from tests.evaluation.compare.conftest import MAIN, OTHER, case, write  # noqa: F401
from tests.evaluation.compare.test_hostile_text import HOSTILE, poisoned

READY = "html[data-ready]"


@pytest.fixture
def opened(visit, write, case, tmp_path):  # noqa: F811
    """Open the comparison and wait until it can be used."""

    def go(fragment: str = "", width: int = 1280, **wishes: object):
        write(case)
        page = visit(tmp_path / "compare.html", fragment, width, **wishes).page
        page.wait_for_selector(READY)
        return page

    return go


def titles(page) -> list[str]:
    return page.locator("#list tbody a").all_inner_texts()


def test_the_widest_gap_comes_first_and_heads_sort(opened):
    page = opened()
    # C less B: +0.1, 0, -0.1, none
    assert titles(page) == ["Story 0", "Story 2", "Story 1", "Story 3"]
    page.click('[data-column="title"]')
    page.wait_for_selector('th[aria-sort="ascending"]')
    assert titles(page) == [f"Story {n}" for n in range(4)]
    page.click('[data-column="title"]')
    page.wait_for_selector('th[aria-sort="descending"]')
    assert titles(page) == [f"Story {n}" for n in (3, 2, 1, 0)]
    assert "sort=title" in page.url


def test_search_desk_and_runs_filter(opened):
    page = opened()
    page.keyboard.press("/")
    page.keyboard.type("meldung 3")
    until(page, "document.getElementById('shown').value.startsWith('1 of 4')")
    assert titles(page) == ["Story 3"]
    page.keyboard.press("Escape")
    until(page, "document.getElementById('shown').value === '4 articles'")
    page.select_option("#desk", "politik")
    until(page, "document.getElementById('shown').value.startsWith('2 of 4')")
    page.select_option("#desk", "")
    page.select_option("#only", "left")
    until(page, "document.getElementById('shown').value.startsWith('1 of 4')")
    assert titles(page) == ["Story 0"]


def test_another_measure_brings_its_own_ranking(opened):
    page = opened()
    page.select_option("#metric", OTHER)
    until(page, "document.querySelector('.ranking').innerText.includes('58.0')")
    assert "differ in translation.ter" in page.locator("#section-differences").inner_text()
    page.select_option("#metric", MAIN)
    until(page, "document.querySelector('.ranking').innerText.includes('0.140')")
    assert page.locator("#section-ranking svg").count() == 1


def test_a_difference_of_the_matrix_leads_to_its_articles(opened):
    page = opened()
    page.click('.matrix a[href*="left=0&right=1"]')
    until(page, "document.getElementById('left').value === '0'")
    assert page.locator("#right").input_value() == "1"
    assert page.locator("#list thead").inner_text().find("A less B") > 0


def test_a_link_opens_an_article_with_its_state(opened):
    page = opened(f"#metric={OTHER}&article=x-2~1&base=0")
    page.wait_for_selector("#article h3")
    assert page.locator("#heading-article").inner_text() == "Story 2"
    assert page.locator("#metric").input_value() == OTHER
    assert page.locator("#article ins").all_inner_texts()[:2] == ["Tale", "bought"]
    assert page.locator("#article del").all_inner_texts()[:2] == ["Story", "sold"]
    picked = page.locator(".texts tr.picked .source").all_inner_texts()
    assert picked == ["Der 𝔸-Konzern verkaufte 121 Werke."]  # with the number of the fact
    marks = page.locator("#article mark").all_inner_texts()
    assert marks == ["121", "21"]
    page.select_option("#base", "1")
    until(page, "location.hash.includes('base=1')")
    assert page.locator(".texts tr.picked .source").all_inner_texts() == ["Mehr folgt."]
    assert "group2" in page.locator("#article mark").all_inner_texts()


def test_all_can_be_done_by_keyboard(opened):
    page = opened()
    page.keyboard.press("j")
    until(page, "document.activeElement.innerText === 'Story 0'")
    page.keyboard.press("ArrowDown")
    until(page, "document.activeElement.innerText === 'Story 2'")
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    assert page.evaluate(outline) == "solid"
    page.keyboard.press("Enter")
    until(page, "document.activeElement.id === 'heading-article'")
    page.keyboard.press("j")
    until(page, "document.activeElement.innerText === 'Tale 1'")
    page.keyboard.press("Escape")
    until(page, "document.activeElement.innerText === 'Story 1'")
    assert page.locator("#section-article").is_hidden()
    page.go_back()
    page.wait_for_selector(READY)


def test_tab_is_never_caught(opened):
    page = opened()
    page.locator("#search").focus()
    seen = []
    for _ in range(40):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.outerHTML.slice(0, 60)"))
    assert len(set(seen)) > 15
    assert any("tabindex" in each for each in seen[20:])


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_the_window_and_is_not_blank(opened, tmp_path, width, scheme):
    page = opened("#article=x-1~1", width, color_scheme=scheme, reduced_motion="reduce")
    page.wait_for_selector("#article h3")
    assert overflow(page) <= 0
    page.screenshot(path=tmp_path / "page.png", full_page=True)
    assert colours(tmp_path / "page.png") > 50
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (paper == "rgb(23, 24, 26)") == (scheme == "dark")
    page.click("#theme")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(23, 24, 26)"


def test_print_shows_what_is_folded_away_on_white(opened):
    page = opened("", color_scheme="dark")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(visit, write, case, tmp_path, text):  # noqa: F811
    write(poisoned(case, text))
    page = visit(tmp_path / "compare.html").page
    page.wait_for_selector(READY)
    page.locator("#list tbody a").first.click()
    page.wait_for_selector("#article h3")
    assert page.locator("main img, main script, main [onload], main [onfocus]").count() == 0
    assert overflow(page) <= 0


def test_without_javascript_the_numbers_are_there(visit, write, case, tmp_path):  # noqa: F811
    write(case)
    page = visit(tmp_path / "compare.html", java_script_enabled=False).page
    assert page.locator(".ranking tbody tr").count() == 3
    assert page.locator("noscript").is_visible()
    assert page.locator("#controls").is_hidden()
