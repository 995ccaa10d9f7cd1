"""Stories come from outside: whatever they hold, it is text on the page and nothing else."""

import pytest

from evaluation.page.environment import read_assets

HOSTILE = [
    "<script>alert(1)</script>",
    "</textarea></script></style><script>alert(1)</script>",
    "</title><img src=x onerror=alert(1)>",
    "\" onmouseover=\"alert(1)\" ' onfocus='alert(1)'",
    "{{7*7}}{% include 'page.css' %}{#",
    "<!--<script>]]>--!><svg/onload=alert(1)>",
    "javascript:alert(1)//&lt;script&gt;&#60;",
]

KEPT = {"kind"}


def poison(value: object, text: str) -> object:
    """Put the text into every string and behind every free key of a record."""
    if isinstance(value, dict):
        return {key: item if key in KEPT else poison(item, text) for key, item in value.items()}
    if isinstance(value, list):
        return [poison(item, text) for item in value]
    return value + text if isinstance(value, str) else value


def poisoned_run(run_files: dict[str, object], text: str) -> dict[str, object]:
    run = poison(run_files, text)
    brief = run["briefs"][0]
    brief["scores"] = {name + text: value for name, value in brief["scores"].items()}
    brief["made_by"] = {part + text: maker for part, maker in brief["made_by"].items()}
    for key in ("configuration", "versions", "models", "seconds"):
        run["run"][key] |= {text: next(iter(run["run"][key].values()))}
    stages = run["run"]["counts"]["stages"]
    stages |= {text: {text: 1}}
    run["run"] |= {text: text, text + text: {text: text}}
    return run


def shape(page) -> set[tuple[str, frozenset[str]]]:
    return {(element.tag, frozenset(element.attributes)) for element in page.elements}


@pytest.mark.parametrize("text", HOSTILE)
def test_no_field_can_add_an_element_or_an_attribute(render, run_files, text):
    run_files["briefs"].append(run_files["briefs"][0] | {"version": 4})
    plain = shape(render(run_files))
    page = render(poisoned_run(run_files, text))
    assert shape(page) <= plain
    (script,) = page.all("script")
    assets = read_assets("evaluation.report")
    assert script.text == assets.script
    (style,) = page.all("style")
    assert style.text == assets.style
    assert all(a.attributes["href"].startswith("#") for a in page.all("a"))


@pytest.mark.parametrize("text", HOSTILE)
def test_every_field_is_shown_letter_by_letter(render, run_files, text):
    page = render(poisoned_run(run_files, text))
    for original in (
        "x-1",
        "Dax schließt im Minus",
        "Dax closes lower",
        "date 2024-10",
        "FRANKFURT (dpa-AFX)",
        "/so/DP/zb",
        "Der Dax fiel um 0,8 Prozent.",
        "The Dax fell by 0.8 percent.",
        "Ausblick auf morgen",
        "Rates stay.",
        "Stocks slipped.",
        "1,204 tokens, cut at 256",
        "output_cut",
        "Reference paragraph.",
        "Second summary.",
        "Machine-made, unchecked.",
        "feed.jsonl:2",
        "unreadable_record",
        "the line is cut",
        "Write it whole.",
        "rouge1|stem:yes",
        "abstractive.rouge1.p",
        "starter",
        "4c1f",
        '{"beams":4}',
        "3.11.2",
        "feed.jsonl",
    ):
        assert original + text in page.text, original


def test_characters_that_no_browser_shows_are_made_visible(render, run_files):
    run_files["briefs"][0]["title"] = "a\x00b\x1bc\ud800d\x85e\u202ef"
    page = render(run_files)
    assert "a␀b␛c\ufffdd\ufffde\u202ef" in page.text
    original = next(e for e in page.all("span", "original"))
    assert original.attributes["dir"] == "auto"


def test_a_language_that_is_no_code_is_undetermined(render, run_files):
    run_files["briefs"][0]["language"] = 'de" onclick="x'
    page = render(run_files)
    assert page.all("span", "original")[0].attributes["lang"] == "und"
