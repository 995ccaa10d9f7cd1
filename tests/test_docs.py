"""The docs say what the code does."""

import contextlib
import io
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("docs/**/*.md")])


def test_the_configuration_page_is_fresh():
    code = "import sys; sys.path.insert(0, 'docs'); import make_configuration as m; print(m.page())"
    made = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    written = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    assert made.rstrip("\n") == written.rstrip("\n"), "run python docs/make_configuration.py"


def test_the_figures_of_performance_are_those_that_were_measured():
    code = (
        "import sys; sys.path.insert(0, 'docs'); import make_performance as m; "
        "text = m.TARGET.read_text('utf-8'); sys.exit(m.page(text, m.records()) != text)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)
    assert not done.returncode, "run python docs/make_performance.py"


def test_the_tables_of_formats_are_fresh():
    code = (
        "import sys; sys.path.insert(0, 'docs'); import make_formats as m; "
        "sys.exit(m.page(m.TARGET.read_text('utf-8')) != m.TARGET.read_text('utf-8'))"
    )
    assert not subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode


def test_a_format_of_your_own_reads_as_the_page_says():
    from pipeline.feed.document import Document

    page = (ROOT / "docs" / "feeds.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", page, flags=re.DOTALL)
    names = {}
    exec(compile(code, "feeds.md", "exec"), names)
    text = "<p>Der <b>Umsatz</b> stieg.</p><h2>Ausblick</h2>"
    story = f'<story id="7" rev="2" lang="de"><head>Titel</head><body>{text}</body></story>'
    document = Document("7.xml", story.encode())
    form = names["HouseFormat"]()
    assert form.recognises(document)
    (item,) = form.read(document)
    assert (item.id, item.version, item.language, item.title) == ("7", 2, "de", "Titel")
    assert [(block.kind, block.text) for block in item.blocks] == [
        ("text", "Der Umsatz stieg."),
        ("subhead", "Ausblick"),
    ]


def test_the_readme_is_short():
    assert (ROOT / "README.md").read_text(encoding="utf-8").count("\n") < 150


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), f"{page.name}: {target}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_nothing_is_left_to_fill_in(page):
    assert "@@" not in page.read_text(encoding="utf-8")


def test_the_readme_s_python_runs_as_it_stands(tmp_path, monkeypatch):
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", text, flags=re.DOTALL)
    assert len(code.splitlines()) <= 8
    story = (ROOT / "data" / "wire-sample.jsonl").read_text(encoding="utf-8").splitlines()[0]
    (tmp_path / "feed.jsonl").write_text(story + "\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, "README.md", "exec"), {})
    assert printed.getvalue().startswith("co-001 ")
    assert "abstractive.rouge1.f" in printed.getvalue()
    assert (tmp_path / "out" / "report.html").exists()


def test_every_ranker_stands_in_its_page():
    page = (ROOT / "docs" / "extractive.md").read_text(encoding="utf-8")
    for leaf in (ROOT / "configs" / "extractive").glob("*.yaml"):
        assert leaf.stem == "none" or f"`{leaf.stem}`" in page


def test_every_fault_reason_stands_in_the_feeds_page():
    page = (ROOT / "docs" / "feeds.md").read_text(encoding="utf-8")
    found = set()
    calls = r'(?:fault\(|ArticleError\(|set_aside\(|Fault\()\s*(?:[\w.]+,\s*){0,2}"([a-z_]+)"'
    paths = (ROOT / "pipeline" / "feed").rglob("*.py")
    for path in [*paths, ROOT / "pipeline" / "sentences" / "stage.py"]:
        source = path.read_text(encoding="utf-8")
        found |= set(re.findall(rf'{calls}|reason="([a-z_]+)"', source))
    found = {reason for pair in found for reason in pair if reason}
    assert len(found) >= 20
    for reason in found:
        assert f"`{reason}`" in page, reason
