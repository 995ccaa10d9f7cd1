"""A profile sets how models decode, whichever are chosen; what the user says wins."""

import pytest

from pipeline.errors import ConfigError
from pipeline.settings import load_settings


def decoding(*overrides):
    settings = load_settings(*overrides)
    return [
        (chosen.beams, chosen.candidates) for chosen in (settings.translation, settings.abstractive)
    ]


def test_the_default_changes_nothing():
    assert load_settings() == load_settings("profile=balanced")
    options = load_settings("translation=opus_mt", "abstractive=pegasus_cnn")
    assert (options.translation.beams, options.abstractive.beams) == (4, 8)


@pytest.mark.parametrize(
    "models", [(), ("translation=nllb_600m", "abstractive=led"), ("translation=opus_mt",)]
)
def test_a_profile_holds_for_any_model(models):
    assert decoding("profile=fast", *models) == [(2, 2), (2, 2)]
    assert decoding(*models, "profile=best") == [(8, 8), (8, 8)]


@pytest.mark.parametrize("last", [True, False])
def test_what_is_given_wins(last):
    given = ["translation.beams=4", "abstractive.candidates=1"]
    both = ["profile=fast", *given] if last else [*given, "profile=fast"]
    assert decoding(*both) == [(4, 2), (2, 1)]


def test_an_experiment_wins_over_a_profile():
    settings = load_settings("profile=fast", "experiment=extract_first", "translation.beams=6")
    assert (settings.translation.beams, settings.translation.candidates) == (6, 2)


def test_parts_without_beams_are_left_alone():
    nothing = "translation=reference", "abstractive=none"
    assert load_settings("profile=fast", *nothing) == load_settings(*nothing)


@pytest.mark.parametrize(
    ("override", "message"),
    [
        ("profile=quick", "profile has no option 'quick'. Choose from: balanced, best, fast."),
        ("profile=bst", "Did you mean profile=best?"),
        ("+profile=fast", "write profile=fast"),
    ],
)
def test_mistakes_are_explained(override, message):
    with pytest.raises(ConfigError) as caught:
        load_settings(override)
    assert message in str(caught.value)
