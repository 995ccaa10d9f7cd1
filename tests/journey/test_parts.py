"""Parts of the journey, in another order, or with human work in place of a model."""

from pathlib import Path

from pipeline import load_settings, run

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data" / "wire-sample.jsonl"


def test_extract_first_translates_only_the_picks(tiny):
    (brief,) = run(tiny("order=extract_first", "feed.limit=1")).briefs()
    sentences = brief["translation"]["sentences"]
    translated = [number for number, s in enumerate(sentences) if s["target"] is not None]
    assert translated == brief["extractive"]["sentences"]
    assert brief["extractive"]["text"] == "\n".join(sentences[n]["target"] for n in translated)


def test_reference_translation_and_oracle_bound_the_scores(tmp_path):
    common = (
        f"feed.path={SAMPLE}",
        f"output_dir={tmp_path}",
        "translation=reference",
        "abstractive=none",
        "memo=none",
    )
    oracle = run(load_settings("extractive=oracle", *common))
    lead = run(load_settings("extractive=lead", *common))

    def rouge(result):
        return next(s.value for s in result.scores if s.name == "extractive.rouge1.f")

    assert rouge(oracle) > rouge(lead) > 0.3
    assert not any(score.name == "translation.bleu" for score in oracle.scores)


def test_a_part_of_the_journey_runs_alone(tiny):
    result = run(tiny("stages=[extract]", "feed.limit=2"))
    for brief in result.briefs():
        assert brief["translation"]["text"] is None
        assert brief["extractive"]["text"]
        assert brief["abstractive"] is None
    assert {line.stage for line in result.lines} == {"feed", "sentences", "extract"}
