"""Of several candidates the one is taken that states the fewest facts its article does not have."""

import json

import pytest

from pipeline import load_settings, run
from pipeline.abstractive.choice import FactChooser
from pipeline.backend import Decoding
from pipeline.backends.settings import Engine

ARTICLE = "Müller GmbH said in Berlin on Tuesday that sales rose 3.5 percent to 4.7bn euros."


@pytest.mark.parametrize(
    ("candidates", "chosen"),
    [
        (["Sales rose 5.3 percent.", "Sales rose 3.5 percent."], 1),
        (["Sales rose on Monday.", "Sales rose on Tuesday."], 1),
        (["It was Schmidt AG.", "It was Müller GmbH."], 1),
        (["It was 9 percent in June.", "It was 9 percent.", "It was 9 percent in Rome."], 1),
        (["Sales rose.", "Sales rose 3.5 percent."], 0),  # the favourite among equals
        (["Sales rose 3.5 percent.", "Sales rose."], 0),
        (["Sales rose 4 percent.", "", " "], 0),  # to say nothing is no summary
        (["", ""], 0),
    ],
)
def test_the_fewest_unfounded_facts_win(candidates, chosen):
    assert FactChooser().choose(ARTICLE, candidates) == candidates[chosen]


class Noting(FactChooser):
    """Notes what it chose from."""

    def __init__(self):
        self.choices = []

    def choose(self, source, candidates):
        chosen = super().choose(source, candidates)
        self.choices.append((source, list(candidates), chosen))
        return chosen


@pytest.mark.parametrize("engine", [Engine.ctranslate2, Engine.transformers])
def test_a_summary_is_chosen_from_what_the_model_wrote(
    tiny_bart, real, stage, draft, parallel_lines, summarize, engine
):
    chooser = Noting()
    backend = real(tiny_bart, engine=engine, chooser=chooser)
    opened = stage(backend, most=20, decoding=Decoding(beams=4, candidates=4))
    stories = [draft(parallel_lines[1][n : n + 2], name=str(n)) for n in range(0, 40, 4)]
    outcomes = summarize(opened, *stories)
    found = {source: (candidates, chosen) for source, candidates, chosen in chooser.choices}
    for story, outcome in zip(stories, outcomes, strict=True):
        candidates, chosen = found[" ".join(story.translation.targets)]
        assert len(set(candidates)) > 1
        assert chosen.startswith(outcome.abstract.text.replace("\n", " "))
    assert any(candidates[0] != chosen for candidates, chosen in found.values())


def test_a_run_guards_the_facts_of_its_summaries(tmp_path, tiny_bart, parallel_lines):
    feed = tmp_path / "feed.jsonl"
    feed.write_text(json.dumps({"id": "a", "text": " ".join(parallel_lines[1][:3])}), "utf-8")
    settings = load_settings(
        "feed=jsonl",
        f"feed.path={feed}",
        "translation=none",
        f"abstractive.model={tiny_bart}",
        "abstractive.beams=4",
        "abstractive.candidates=4",
        "scoring=none",
        "memo=none",
        "offline=true",
        f"output_dir={tmp_path / 'out'}",
    )
    (brief,) = run(settings).briefs()
    maker = brief["made_by"]["abstractive"]
    assert json.loads(maker["revision"])["chooser"] == FactChooser.name
    assert json.loads(maker["decoding"])["candidates"] == 4
