"""Each option with a model says at its head what no key says of the model."""

import re

import pytest
import yaml

from pipeline.catalogue.cards import CONFIGS, GROUPS, read_cards
from pipeline.settings import load_settings

CARDS = {card.option: card for card in read_cards()}
MODELS = [
    path
    for group in GROUPS
    for path in sorted((CONFIGS / group).glob("*.yaml"))
    if f"/schema/{group}/model@" in path.read_text(encoding="utf-8")
]


def option(path):
    return f"{path.parent.name}={path.stem}"


@pytest.mark.parametrize("path", MODELS, ids=option)
def test_every_option_with_a_model_has_a_card(path):
    card = CARDS[option(path)]
    assert card.title
    assert card.licence
    assert re.match(r"\d", card.size)
    assert card.languages


@pytest.mark.parametrize("path", MODELS, ids=option)
def test_the_head_says_whether_the_revision_is_pinned(path):
    text = path.read_text(encoding="utf-8")
    (note,) = re.findall(r"^# revision: (.+)$", text, flags=re.MULTILINE)
    revision = yaml.safe_load(text)["revision"]
    if revision is None:
        assert note.startswith(("not pinned", "comes with wirebrief"))
    else:
        assert note.startswith("pinned")
        assert re.fullmatch("[0-9a-f]{40}", revision)


@pytest.mark.parametrize("path", MODELS, ids=option)
def test_the_card_is_of_the_model_that_a_run_takes(path):
    chosen = getattr(load_settings(option(path)), path.parent.name)
    assert (chosen.model, chosen.revision) == (
        CARDS[option(path)].model,
        CARDS[option(path)].revision,
    )


@pytest.mark.parametrize("path", MODELS, ids=option)
def test_types_suit_the_machine_except_where_one_is_known_to_be_best(path):
    chosen = getattr(load_settings(option(path)), path.parent.name)
    expected = ("float32", "cpu") if chosen.model == "starter" else ("auto", "auto")
    assert (chosen.compute_type, chosen.device.value) == expected


def test_options_without_a_model_have_no_card():
    assert not {"translation=none", "translation=reference", "extractive=lead"} & set(CARDS)
