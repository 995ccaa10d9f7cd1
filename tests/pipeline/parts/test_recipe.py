"""What decides how a part is made is in its recipe, and nothing else is."""

import pytest

from pipeline import load_settings
from pipeline.parts.recipe import recipe_of


@pytest.mark.parametrize(
    "override",
    [
        "batching.strict=true",
        "translation.length_penalty=0.5",
        "scoring=none",
        "stages=[translate]",
    ],
)
def test_what_decides_is_in_the_recipe(override):
    assert recipe_of(load_settings(override), []) != recipe_of(load_settings(), [])


@pytest.mark.parametrize("override", ["output_dir=elsewhere", "memo=none", "report=none"])
def test_what_does_not_decide_is_not(override):
    assert recipe_of(load_settings(override), []) == recipe_of(load_settings(), [])
