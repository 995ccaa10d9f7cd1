"""The tree keeps its shape: import contracts, small files, late imports of heavy libraries."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted(
    path for top in ("configs", "pipeline", "evaluation") for path in ROOT.glob(f"{top}/**/*.py")
)
HEAVY = {
    "torch", "transformers", "ctranslate2", "datasets", "pyarrow", "jinja2", "openai",
    "prometheus_client", "lxml", "feedparser", "matplotlib", "mlflow", "sqlalchemy",
    "ray", "fsspec",
}  # fmt: skip
TRAINING = ROOT / "pipeline" / "training"


def test_import_contracts_hold():
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    result = subprocess.run(
        [sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    "path",
    [*SOURCES, *sorted(ROOT.glob("benchmarks/*.py"))],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_files_and_functions_are_small(path):
    source = path.read_text(encoding="utf-8")
    assert source.count("\n") <= 300
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef) and node.end_lineno:
            length = node.end_lineno - node.lineno + 1
            documented = ast.get_docstring(node)
            length -= documented.count("\n") + 1 if documented else 0
            assert length <= 40, f"{path.name}:{node.lineno} {node.name} has {length} lines"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_heavy_libraries_are_imported_late(path):
    if TRAINING in path.parents:
        pytest.skip("training needs torch from its first line and is imported by nobody")
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        assert not {name.split(".")[0] for name in names} & HEAVY, f"{path}:{node.lineno}"


def test_no_drawers():
    names = {part for path in SOURCES for part in path.relative_to(ROOT).with_suffix("").parts}
    assert not names & {"utils", "util", "common", "helpers", "misc", "base", "core"}


def test_help_imports_no_model_library():
    code = (
        "import sys; sys.argv = ['wirebrief', '--help']\n"
        "from pipeline.__main__ import main\n"
        "try: main()\n"
        "except SystemExit as stop: assert stop.code in (0, None), stop.code\n"
        f"heavy = {HEAVY | {'hydra', 'numpy'}!r} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    assert "extractive" in result.stdout


def test_a_first_brief_imports_no_more_than_it_needs(tmp_path):
    feed = tmp_path / "feed.jsonl"
    feed.write_text('{"id": "a", "text": "Der Umsatz stieg um 3 Prozent."}\n')
    # sacrebleu imports lxml for itself
    slow = HEAVY - {"ctranslate2", "pyarrow", "jinja2", "lxml"} | {"pandas", "nltk", "scipy"}
    code = (
        "import sys\n"
        "from pipeline import load_settings, run\n"
        f"paths = 'feed.path={feed}', 'output_dir={tmp_path / 'out'}', 'memo=none'\n"
        "result = run(load_settings('feed=jsonl', 'offline=true', *paths))\n"
        "assert (result.articles, result.faults) == (1, 0)\n"
        f"assert not {slow!r} & set(sys.modules), {slow!r} & set(sys.modules)\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr


def test_a_run_that_the_memo_knows_loads_no_model(tmp_path):
    feed = tmp_path / "feed.jsonl"
    feed.write_text('{"id": "a", "text": "Der Umsatz stieg um 3 Prozent."}\n')
    code = (
        "import sys\n"
        "from pipeline import load_settings, run\n"
        f"paths = 'feed.path={feed}', 'memo.path={tmp_path / 'memo'}'\n"
        f"out = 'output_dir={tmp_path}/' + sys.argv[1]\n"
        "assert run(load_settings('feed=jsonl', 'offline=true', *paths, out)).articles == 1\n"
        "assert ('ctranslate2' in sys.modules) == (sys.argv[1] == 'first')\n"
    )
    for name in ("first", "again"):
        command = [sys.executable, "-c", code, name]
        result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert result.returncode == 0, result.stderr
