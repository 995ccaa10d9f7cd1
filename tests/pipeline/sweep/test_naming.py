"""No two jobs share a folder, whatever their overrides look like."""

import itertools
import re
import shlex

import pytest
from hydra.core.override_parser.overrides_parser import OverridesParser

from pipeline.sweep.naming import alone, folder_name, label

UNNAMED = ("feed", "feed.path", "memo")
UGLY = [
    ["translation.model=a/b"],
    ["translation.model=a_b"],
    ["translation.model=/a/b"],
    ["translation.model=A_b"],
    ["translation.model='a b'"],
    ['translation.model="a b"'],
    ["translation.model=a\\,b"],
    ["translation.model=ä"],
    ["translation.model=ö"],
    ["translation.model=../../etc"],
    ["translation.model=" + "x" * 300],
    ["translation.model=" + "x" * 301],
    ["stages=[translate,extract]"],
    ["stages=[translate]", "extractive=lead"],
    ["+feed.columns={a:b}"],
    ["~feed.limit"],
    ["translation.model=a\nb"],
    [],
]


def test_a_plain_name_is_its_overrides_in_order():
    name = folder_name(["order=extract_first", "extractive=mmr", "feed=jsonl"], (), UNNAMED)
    assert name == "extractive=mmr,order=extract_first"


def test_truth_is_no_capital():
    assert folder_name(["sweep.compare=True"], ()) == "sweep.compare=true"


def test_what_is_swept_is_in_the_name_even_if_it_is_not_otherwise():
    one, two = (
        folder_name([f"feed.path={path}", "memo=none"], ["feed.path"], UNNAMED) for path in "ab"
    )
    assert (one, two) == ("feed.path=a", "feed.path=b")


def test_ugly_overrides_make_names_that_any_file_system_takes():
    for overrides in UGLY:
        name = folder_name(overrides, (), UNNAMED)
        assert re.fullmatch(r"[a-z0-9_=,.+@\[\]{}~-]{1,220}", name), name
        assert name not in {".", ".."}


def test_no_two_of_them_share_a_folder():
    names = [folder_name(overrides, (), UNNAMED) for overrides in UGLY]
    for one, other in itertools.combinations(names, 2):
        assert one.casefold() != other.casefold()


def test_the_label_tells_what_differs():
    overrides = ["feed=jsonl", "extractive=mmr"]
    assert label(overrides, ["extractive"]) == "extractive=mmr"
    assert label(overrides, []) == "feed=jsonl extractive=mmr"


@pytest.mark.parametrize(
    "folder", ["out/a=1,b=2", "out/it's", 'out/"x"', "out/a b", "out/[x]{y}", "out"]
)
def test_the_command_for_a_job_alone_survives_shell_and_hydra(folder):
    words = shlex.split(alone(["a=1", "output_dir=elsewhere"], folder, ["hydra.mode=RUN"]))
    assert words[:3] == ["wirebrief", "a=1", "hydra.mode=RUN"]
    (parsed,) = OverridesParser.create().parse_overrides(words[3:])
    assert not parsed.is_sweep_override()
    assert parsed.key_or_group == "output_dir"
    value = parsed.value()
    assert getattr(value, "text", value).replace('\\"', '"') == folder
