"""`output.format` is one format or a list; a wrong one fails before any work."""

import pytest

from pipeline import load_settings
from pipeline.errors import ConfigError


@pytest.mark.parametrize(
    ("override", "expected"),
    [
        ("output.format=ninjs", ["ninjs"]),
        ("output.format=[newsml_g2]", ["newsml_g2"]),
        ("output.format=[ninjs,parquet]", ["ninjs", "parquet"]),
        ("offline=true", ["jsonl", "parquet"]),
    ],
)
def test_one_or_a_list(override, expected):
    assert load_settings(override).output.formats() == expected


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("xml", "'xml' is no format; choose one or a list of jsonl, parquet, ninjs, newsml_g2"),
        ("[ninjs,html]", "'html' is no format"),
        ("[]", "empty"),
        ("null", "None is no format"),
        ("[ninjs,ninjs]", "name each format once"),
        ("[[ninjs]]", "is no format"),
    ],
)
def test_a_wrong_format_is_refused_with_the_choices(value, why):
    with pytest.raises(ConfigError) as caught:
        load_settings(f"output.format={value}")
    assert "output.format" in str(caught.value)
    assert why in str(caught.value)
