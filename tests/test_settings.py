"""Every option composes; every mistake is told in one message with a remedy."""

import itertools
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from pipeline.errors import ConfigError
from pipeline.settings import SCHEMAS, VOCABULARY, Order, Settings, load_settings

ROOT = Path(__file__).parent.parent
GROUPS = sorted(
    path.name
    for path in (ROOT / "configs").iterdir()
    if path.is_dir() and path.name != "training"  # of another command
)
OPTIONS = [
    (group, leaf.stem)
    for group in GROUPS
    for leaf in sorted((ROOT / "configs" / group).glob("*.yaml"))
]
MANDATORY = ["feed.path=x"]


def overrides(group, option):
    chosen = [f"{group}={option}"]
    text = (ROOT / "configs" / group / f"{option}.yaml").read_text(encoding="utf-8")
    if group == "feed" and "\npath: ???" in text:
        chosen.append("feed.path=x")
    if (group, option) == ("feed", "hub"):
        chosen.append("feed.dataset=x")
    if option == "chat":
        chosen.append(f"{group}.model=x")
    return chosen


@pytest.mark.parametrize(("group", "option"), OPTIONS)
def test_every_option_composes_to_its_schema(group, option):
    settings = load_settings(*overrides(group, option))
    assert isinstance(settings, Settings)
    if group in SCHEMAS:
        assert type(getattr(settings, group)) in SCHEMAS[group].values()


@pytest.mark.parametrize(("group", "option"), OPTIONS)
def test_every_key_has_a_comment_above(group, option):
    text = (ROOT / "configs" / group / f"{option}.yaml").read_text(encoding="utf-8")
    lines = re.sub(r"(?<=>-)\n(?:  .*\n|\n)+", "\n", text).splitlines()  # without folded values
    assert lines[0].startswith("# ")
    for above, line in itertools.pairwise(lines):
        key = line.strip().partition(":")[0]
        if line.strip().startswith(("#", "-")) or not line.strip() or key in {"defaults", "order"}:
            continue
        assert above.strip().startswith("#"), f"{group}/{option}: {key} has no comment"


@pytest.mark.parametrize(("group", "option"), [o for o in OPTIONS if o[0] in SCHEMAS])
def test_every_field_stands_in_the_yaml(group, option):
    text = (ROOT / "configs" / group / f"{option}.yaml").read_text(encoding="utf-8")
    settings = getattr(load_settings(*overrides(group, option)), group)
    assert set(vars(settings)) == set(yaml.safe_load(text)) - {"defaults"}


def test_the_default_run_is_the_sample_with_the_starters():
    settings = load_settings()
    assert settings.feed.path == "data/wire-sample.jsonl"
    assert settings.translation.model == settings.abstractive.model == "starter"


def test_a_preset_overrides_what_the_root_says():
    assert load_settings("experiment=extract_first").order is Order.extract_first
    assert load_settings("experiment=quick").feed.limit == 10


def test_opus_mt_takes_its_model_from_the_language_pair():
    settings = load_settings("translation=opus_mt", "languages.source=fr")
    assert settings.translation.model == "Helsinki-NLP/opus-mt-fr-en"


def test_an_added_key_is_refused():
    with pytest.raises(ConfigError, match=r"translation\.beems"):
        load_settings("+translation.beems=3")


@pytest.mark.parametrize(
    ("override", "expected"),
    [
        ("translatin=opus_mt", "there is no setting 'translatin'. Did you mean translation"),
        ("translation.beems=3", "Did you mean translation.beams"),
        ("translation=opusmt", "Did you mean translation=opus_mt?"),
        ("translation=xyz", "translation has no option 'xyz'. Choose from: "),
        ("translation.beams=many", "translation.beams=many: Value 'many'"),
        ("stages=[extract,foo]", "expected one of [translate, extract, abstract, score]"),
        ("feed=jsonl", "feed.path is not set"),
        ("experiment=nope", "experiment has no option 'nope'"),
        ("hydra/job_logging=nope", "hydra/job_logging has no option 'nope'"),
        ("foo", "'foo': a setting is written key=value"),
        ("multirun", "Did you mean --multirun?"),
        ("=3", "a setting is written key=value"),
        ("--foo", "there is no option --foo"),
        ("a=b=c", "cannot be read. Put quotes around it"),
        ("+experiment=extract_first", "write experiment=extract_first"),
        (
            "extractive=lead,lexrank",
            "extractive=lead,lexrank: a comma separates values. Add --mult",
        ),
        ("translation.beams=range(1,3)", "need --multirun"),
        ("translation.model=${nope}", "translation.model: Interpolation key 'nope' not found"),
        ("~foo", "there is no setting 'foo'"),
        ("~translation", "translation is not set"),
        ("translation=null", "must be a string"),
    ],
)
def test_mistakes_are_explained(override, expected):
    with pytest.raises(ConfigError) as caught:
        load_settings(override)
    assert expected in str(caught.value)
    assert "\n" not in str(caught.value)


def test_known_keys_reach_into_every_schema():
    assert {"languages.source", "feed.columns.text", "extractive.damping"} <= set(VOCABULARY.keys())


@pytest.mark.parametrize("override", ["translation.beems=3", "feed=jsonl", "+x=1", "--foo"])
def test_the_command_exits_with_2_and_no_traceback(override, tmp_path):
    result = subprocess.run(
        [sys.executable, "-m", "pipeline", override],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 2
    assert result.stderr.startswith("wirebrief: ")
    assert result.stderr.count("\n") == 1
    assert not list(tmp_path.iterdir())
