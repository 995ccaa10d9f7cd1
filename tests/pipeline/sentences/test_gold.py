"""The gold sets are sound, and the German splitter meets its bar on them."""

import importlib.util
from pathlib import Path

import pytest

from pipeline.sentences.german import GermanSplitter

HERE = Path(__file__).parent
BENCHMARK = HERE.parents[2] / "benchmarks" / "sentence_splitting.py"
SPLITTER = GermanSplitter()


@pytest.fixture(scope="module")
def benchmark():
    spec = importlib.util.spec_from_file_location("sentence_splitting", BENCHMARK)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("folder", "sentences", "paragraphs"), [("gold", 420, 120), ("held_out", 120, 25)]
)
def test_gold_sets_are_large_enough_and_well_formed(benchmark, folder, sentences, paragraphs):
    gold = benchmark.read_gold(HERE / folder)
    lines = [line for paragraph in gold for line in paragraph]
    assert len(gold) >= paragraphs
    assert len(lines) >= sentences
    assert all(line == " ".join(line.split()) != "" for line in lines)
    assert len(set(lines)) == len(lines)


def test_gold_and_held_out_share_no_sentence(benchmark):
    gold, held_out = (
        {line for paragraph in benchmark.read_gold(HERE / folder) for line in paragraph}
        for folder in ("gold", "held_out")
    )
    assert not gold & held_out


@pytest.mark.parametrize("folder", ["gold", "held_out"])
def test_f1_is_at_least_99_percent(benchmark, folder):
    result = benchmark.measure(SPLITTER.split, benchmark.read_gold(HERE / folder))
    assert result.gold > 90
    assert result.f1 >= 0.99


@pytest.mark.parametrize("folder", ["gold", "held_out"])
def test_a_gold_sentence_alone_stays_whole(benchmark, folder):
    lines = [line for paragraph in benchmark.read_gold(HERE / folder) for line in paragraph]
    assert [line for line in lines if SPLITTER.split(line) != [line]] == []


def test_measure_counts_inner_boundaries_only(benchmark):
    paragraphs = [["Er kam.", "Sie ging.", "Es blieb."], ["Ende."]]
    perfect = benchmark.measure(lambda text: text.replace(". ", ".|").split("|"), paragraphs)
    assert (perfect.right, perfect.found, perfect.gold, perfect.f1) == (2, 2, 2, 1.0)
    lazy = benchmark.measure(lambda text: [text], paragraphs)
    assert (lazy.right, lazy.found, lazy.gold, lazy.f1) == (0, 0, 2, 0.0)
    wrong = benchmark.measure(lambda text: ["Er", text.removeprefix("Er")], paragraphs[:1])
    assert (wrong.right, wrong.found, wrong.precision, wrong.recall) == (0, 1, 0.0, 0.0)


def test_a_library_that_is_not_installed_is_named(benchmark):
    line = benchmark.row("x", lambda: importlib.import_module("no_such_splitter"), [], 0.0)
    assert line == "| x | not installed |"


def test_rows_hold_both_sets_and_a_speed(benchmark):
    sets = [[["Er kam.", "Sie ging."]], [["Eins.", "Zwei."]]]
    cells = benchmark.row("wirebrief", benchmark.SPLITTERS["wirebrief"], sets, 0.01).split(" | ")
    assert cells[0] == "| wirebrief"
    assert cells[1:7] == ["1.0000"] * 6
    assert float(cells[7].rstrip(" |").replace(",", "")) > 0
