"""Every number has a range; a number out of it ends the command before any work, in one line."""

import os
import subprocess
import sys
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import get_args, get_origin, get_type_hints

import pytest

from configs.ranges import allowed, out_of_range, ranges
from evaluation.settings import ScoreSettings
from pipeline.errors import ConfigError
from pipeline.settings import SCHEMAS, Faults, load_settings

ROOT = Path(__file__).parents[2]
ALL = [Faults, ScoreSettings, *(schema for group in SCHEMAS.values() for schema in group.values())]
NUMBERS = {int, float}


@dataclass
class Sizes:
    least: int = field(default=1, metadata=allowed(least=1))
    small: int = field(default=1, metadata=allowed(least=1, most="big"))
    big: int = field(default=9, metadata=allowed(least=1, most=99))
    share: float | None = field(default=None, metadata=allowed(above=0, most=1))
    chance: float = field(default=0.5, metadata=allowed(least=0, below=1))


@dataclass
class Outer:
    inner: Sizes = field(default_factory=Sizes)


@pytest.mark.parametrize("schema", ALL, ids=lambda schema: schema.__name__)
def test_every_number_has_a_range_and_a_default_within(schema):
    hints = get_type_hints(schema)
    numbers = {
        name
        for name, hint in hints.items()
        if NUMBERS & {hint, *get_args(hint)} and hint is not bool and get_origin(hint) is not list
    }
    assert set(ranges(schema)) == numbers & {found.name for found in fields(schema)}
    assert list(out_of_range(schema())) == []


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"least": 0}, "least=0: must be 1 or more"),
        ({"small": 10}, "small=10: must be from 1 to 9, since big=9"),
        ({"share": 0.0}, "share=0.0: must be more than 0, and at most 1, or null"),
        ({"share": float("nan")}, "share=nan: must be more than 0, and at most 1, or null"),
        ({"chance": 1.0}, "chance=1.0: must be 0 or more, and less than 1"),
        ({"least": 10**30}, f"least={10**30}: must be 1 or more"),
        ({"chance": float("-inf")}, "chance=-inf: must be 0 or more, and less than 1"),
    ],
)
def test_the_message_names_value_and_range(values, expected):
    assert list(out_of_range(Sizes(**values))) == [expected]
    (nested,) = out_of_range(Outer(Sizes(**values)))
    assert nested == f"inner.{expected}".replace("since big", "since inner.big")


def test_a_bound_that_is_wrong_itself_is_told_alone():
    assert list(out_of_range(Sizes(big=0))) == ["big=0: must be from 1 to 99"]


def test_what_is_within_is_not_told():
    assert list(out_of_range(Outer(Sizes(1, 9, 9, 1.0, 0.0)))) == []


@pytest.mark.parametrize(
    "override",
    [
        "translation.beams=0",
        "translation.beams=-3",
        "translation.max_tokens=0",
        "translation.max_tokens=-5",
        "translation.candidates=0",
        "translation.candidates=99",
        "translation.repetition_penalty=0",
        "translation.no_repeat_ngram=-1",
        "translation.threads=-1",
        "translation.batch_tokens=0",
        "translation.max_source_tokens=0",
        "translation.max_source_tokens=3",
        "translation.length_penalty=nan",
        "translation.length_penalty=-1",
        "abstractive.max_words=0",
        "abstractive.max_share=0",
        "abstractive.max_share=5",
        "abstractive.min_words=81",
        "abstractive.beams=0",
        "executor.window=-1",
        "executor.window=0",
        "report.max_articles=-1",
        "scoring.seed=-1",
        "scoring.samples=1",
        "memo.max_megabytes=0",
        "memo.max_megabytes=-1",
        "faults.max_share=-1",
        "faults.max_share=2",
        "faults.max_share=nan",
        "feed.limit=0",
        "extractive.sentences=0",
        "extractive.words=-1",
        "extractive.damping=1.0",
        "extractive.threshold=nan",
        "stages=[translate,translate]",
        "stages=[]",
    ],
)
def test_a_senseless_value_is_refused_with_its_key(override):
    key, _, value = override.partition("=")
    with pytest.raises(ConfigError) as caught:
        load_settings("extractive=lexrank", override)
    message = str(caught.value)
    assert key in message
    assert value in message or key == "stages"
    assert "\n" not in message
    assert caught.value.status == 2


def test_everything_wrong_is_told_at_once():
    with pytest.raises(ConfigError, match=r"translation\.beams=0: .*; executor\.window=-1: "):
        load_settings("translation.beams=0", "executor.window=-1")


@pytest.mark.parametrize(
    ("module", "overrides"),
    [
        ("pipeline", ["translation.beams=0", "translation.candidates=1"]),
        ("evaluation", ["predictions=a", "references=b", "samples=-1"]),
    ],
)
def test_the_commands_end_before_any_work(tmp_path, module, overrides):
    result = subprocess.run(
        [sys.executable, "-m", module, *overrides],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 2
    assert "must be" in result.stderr
    assert result.stderr.count("\n") == 1
    assert not list(tmp_path.iterdir())
