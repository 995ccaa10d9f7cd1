"""Summaries by a model of bart-large-cnn's size: the whole pipeline against transformers.

The pipeline takes articles that are English already (`translation=none`), and writes with int8;
transformers generates in fp32, batches sorted by length. Random weights write until they are
stopped: each side writes the same number of tokens for each article, as many as the pipeline's
limits for an article of that length allow.
"""

import json
from pathlib import Path

from benchmarks.bars import Bar, Effort, Fact, Finding, Line
from benchmarks.engines import Model, Search, by_transformers
from benchmarks.pipeline_run import SAMPLE, run_here
from benchmarks.sized_models import BART_LARGE, Size, bart_large_sized
from benchmarks.turns import Turn, ratios, take_turns
from pipeline.backends.architecture import Task

LINE = Line("bart.transformers", "summaries, whole pipeline : transformers, fp32", "times", Bar())
_WORDS = 200
_TOKENS = 64
_REPETITIONS = 2
"""At most: the model is large."""


def measure_bart(effort: Effort) -> dict[str, Finding]:
    """Measure with articles cut to one length, so that all limits are equal."""
    size = Size(64, 2, 2, 9_000) if effort.quick else BART_LARGE
    folder = effort.models / ("bart-tiny" if effort.quick else "bart-large-sized")
    if not (folder / "model.safetensors").exists():
        bart_large_sized(folder, size)
    texts = _articles(2 if effort.quick else 8)
    feed = effort.folder / "english.jsonl"
    with feed.open("w", encoding="utf-8") as lines:
        for number, text in enumerate(texts):
            lines.write(json.dumps({"id": f"{number}", "language": "en", "text": text}) + "\n")
    model = Model(folder, Task.summarization, ("en", "en"), "int8")
    search = Search(beams=4, length_penalty=2.0, no_repeat_ngram=3, least=_TOKENS, most=_TOKENS)
    turns = take_turns(
        {
            "pipeline": lambda: _by_pipeline(effort.folder / "bart", feed, model),
            "transformers": lambda: by_transformers(model, texts, search)[0],
        },
        min(_REPETITIONS, effort.repetitions),
    )
    speeds = {name: sum(t.speed for t in side) / len(side) for name, side in turns.items()}
    facts: dict[str, Fact] = {
        "articles": len(texts),
        "words of an article": _WORDS,
        **{f"{name}, tokens/s": round(speed, 1) for name, speed in speeds.items()},
        "beams": search.beams,
        "type": "int8 : float32",
    }
    found = ratios(turns["pipeline"], turns["transformers"])
    return {"bart.transformers": Finding(found, facts)}


def _by_pipeline(out: Path, feed: Path, model: Model) -> Turn:
    left = run_here(
        out,
        *("feed=jsonl", f"feed.path={feed}", "translation=none", "stages=[translate,abstract]"),
        *("abstractive=bart_cnn", f"abstractive.model={model.folder}", "abstractive.revision=null"),
        *("abstractive.compute_type=int8", "abstractive.device=cpu", "abstractive.retries=0"),
        *("abstractive.min_words=30", "abstractive.max_words=30", "memo=none", "report=none"),
    )
    texts = [brief["abstractive"]["text"] for brief in left.briefs() if brief["abstractive"]]
    return Turn(model.count(texts), left.seconds)


def _articles(count: int) -> list[str]:
    """Return starts of the sample's reference translations, each of as many words."""
    stories = map(json.loads, SAMPLE.read_text("utf-8").splitlines()[:count])
    words = (story["references"]["translation"].split()[:_WORDS] for story in stories)
    return [" ".join(kept) for kept in words]
