"""Translation through the whole pipeline against bare CTranslate2, transformers, a plain loop.

The pipeline reads a feed, splits, translates, checks and writes its files; the others get the same
texts, each once. Every side loads its model and splits into pieces within its time, and starts
nothing else. Tokens are the pieces of the outputs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.bars import Bar, Effort, Fact, Finding, Line
from benchmarks.engines import (
    Model,
    Search,
    Setting,
    best_setting,
    by_ctranslate2,
    by_transformers,
)
from benchmarks.pipeline_run import first_articles, run_here
from benchmarks.sized_models import OPUS_MT, Size, opus_mt_sized
from benchmarks.turns import Turn, ratios, take_turns
from pipeline.backends.architecture import Task
from pipeline.backends.starter import starter_folder

TINY = Size(64, 2, 2, 9_000)
_SHARE, _LOOPED = 6, 24
"""transformers gets every 6th text, loops every 24th: they are slow, and speeds are compared."""

OPUS_LINES = (
    Line("opus.pipeline", "translation, whole pipeline : bare CTranslate2", "times", Bar(0.95)),
    Line("opus.memo", "the same with a memo that is empty", "times", Bar(0.95)),
    Line("opus.transformers", "whole pipeline : transformers, fp32", "times", Bar(3.0)),
    Line("opus.loop", "whole pipeline : CTranslate2, text after text", "times", Bar()),
    Line("opus.slow_loop", "whole pipeline : transformers, text after text", "times", Bar()),
)
STARTER_LINES = (
    Line("starter.pipeline", "the starter, whole pipeline : bare CTranslate2", "times", Bar(0.95)),
    Line("starter.memo", "the same with a memo that is empty", "times", Bar(0.95)),
)


@dataclass(frozen=True, slots=True)
class Race:
    """What all sides are given.

    Attributes:
        model: which.
        search: how it generates.
        overrides: of the pipeline, feed and model included.
        folder: for results.
    """

    model: Model
    search: Search
    overrides: Sequence[str]
    folder: Path

    def by_pipeline(self, *memo: str) -> Turn:
        """Run the pipeline; a memo begins empty."""
        for stale in self.folder.glob("memo.sqlite*"):
            stale.unlink()
        left = run_here(self.folder / "out", *self.overrides, *memo)
        return Turn(self.model.count(list(left.translations().values())), left.seconds)

    def with_memo(self) -> Turn:
        """Run it with a memo that has to be filled."""
        return self.by_pipeline("memo=sqlite", f"memo.path={self.folder / 'memo.sqlite'}")


def measure_opus(effort: Effort) -> dict[str, Finding]:
    """Measure with a model of opus-mt's size."""
    size = TINY if effort.quick else OPUS_MT
    name = "opus-mt-tiny" if effort.quick else "opus-mt-sized"
    folder = effort.models / name
    if not (folder / "model.safetensors").exists():
        opus_mt_sized(folder, size)
    feed = first_articles(effort.folder / "opus.jsonl", 2 if effort.quick else 14)
    search = Search(beams=4)
    overrides = (
        *feed,
        *("stages=[translate]", "report=none", f"translation.model={folder}"),
        *("translation=opus_mt", "translation.compute_type=int8", "translation.device=cpu"),
        "translation.retries=0",  # outputs of random weights are all defective
    )
    race = Race(
        Model(folder, Task.translation, ("de", "en"), "int8"), search, overrides, _at(effort)
    )
    texts, setting = _prepare(race)
    some, few = texts[::_SHARE], texts[::_LOOPED]
    alone = Setting(1, setting.batches * setting.threads, 0)
    turns = take_turns(
        {
            "pipeline": lambda: race.by_pipeline("memo=none"),
            "memo": race.with_memo,
            "bare": lambda: by_ctranslate2(race.model, texts, search, setting)[0],
            "transformers": lambda: by_transformers(race.model, some, search)[0],
            "loop": lambda: by_ctranslate2(race.model, few, search, alone, one_by_one=True)[0],
            "slow_loop": lambda: by_transformers(race.model, few, search, one_by_one=True)[0],
        },
        effort.repetitions,
    )
    facts = _facts(race, texts, setting, turns)
    found = {"pipeline": _finding(turns, "pipeline", "bare", facts)}
    found["memo"] = _finding(turns, "memo", "bare", facts)
    for other in ("transformers", "loop", "slow_loop"):
        found[other] = _finding(turns, "pipeline", other, facts)
    return {f"opus.{name}": finding for name, finding in found.items()}


def measure_starter(effort: Effort) -> dict[str, Finding]:
    """Measure with the model that ships, as its option sets it."""
    feed = first_articles(effort.folder / "starter.jsonl", 2 if effort.quick else 40)
    search = Search(beams=8, candidates=8, length_penalty=1.2, no_repeat_ngram=3)
    overrides = (
        *feed,
        *("stages=[translate]", "report=none", "translation=starter"),
        *(f"translation.beams={search.beams}", f"translation.candidates={search.candidates}"),
        f"translation.length_penalty={search.length_penalty}",
        f"translation.no_repeat_ngram={search.no_repeat_ngram}",
    )
    folder = starter_folder(Task.translation)
    model = Model(folder, Task.translation, ("de", "en"), "float32")
    race = Race(model, search, overrides, _at(effort))
    texts, setting = _prepare(race)
    turns = take_turns(
        {
            "pipeline": lambda: race.by_pipeline("memo=none"),
            "memo": race.with_memo,
            "bare": lambda: by_ctranslate2(race.model, texts, search, setting)[0],
        },
        effort.repetitions,
    )
    facts = _facts(race, texts, setting, turns)
    return {
        "starter.pipeline": _finding(turns, "pipeline", "bare", facts),
        "starter.memo": _finding(turns, "memo", "bare", facts),
    }


def _at(effort: Effort) -> Path:
    folder = effort.folder / "race"
    folder.mkdir(exist_ok=True)
    return folder


def _prepare(race: Race) -> tuple[list[str], Setting]:
    """Convert the model, find out which texts the pipeline translates, and how CTranslate2 is best.

    Titles and sentences are known from a run that generates greedily and not for long.
    """
    short = "translation.beams=1", "translation.candidates=1", "translation.max_tokens=1"
    left = run_here(
        race.folder / "texts", *race.overrides, *short, "translation.retries=0", "memo=none"
    )
    texts = list(left.translations())
    return texts, best_setting(race.model, texts, race.search)


def _facts(
    race: Race, texts: Sequence[str], setting: Setting, turns: Mapping[str, Sequence[Turn]]
) -> dict[str, Fact]:
    speeds = {
        f"{name}, tokens/s": round(sorted(turn.speed for turn in side)[len(side) // 2], 1)
        for name, side in turns.items()
    }
    return {
        "texts": len(texts),
        "source tokens": sum(len(race.model.pieces.encode(text)) for text in texts),
        "target tokens": round(turns["bare"][0].units),
        "beams": race.search.beams,
        "type": race.model.compute_type,
        "CTranslate2 at its best": str(setting),
        **speeds,
    }


def _finding(
    turns: Mapping[str, Sequence[Turn]], ours: str, theirs: str, facts: Mapping[str, Fact]
) -> Finding:
    return Finding(ratios(turns[ours], turns[theirs]), facts)
