"""ROUGE against both references, German sentences against a gold set, poisoned feeds."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

from benchmarks.bars import Absent, Bar, Effort, Fact, Finding, Line
from benchmarks.pipeline_run import ROOT, SAMPLE
from benchmarks.rouge import draw_pairs, race, read_articles, sentences_of
from benchmarks.sentence_splitting import GOLD, SPLITTERS, measure, read_gold
from evaluation.rouge import Rouge

PERL_LINE = Line("rouge.perl", "ROUGE : Perl ROUGE-1.5.5, greatest difference", "", Bar(most=1e-5))
ROUGE_LINES = (
    Line("rouge.stemmed", "ROUGE : rouge-score, stemming", "times", Bar(20.0)),
    Line("rouge.plain", "ROUGE : rouge-score, no stemming", "times", Bar(20.0)),
    Line("rouge.difference", "greatest difference to rouge-score", "", Bar(most=1e-9)),
)
SENTENCES_LINE = Line("sentences.f1", "sentence boundaries, F1 on the gold set", "", Bar(0.99))
POISON_LINE = Line(
    "poison.wrong", "10,000 articles, 1 % poisoned: wrong outcomes", "problems", Bar(most=0)
)
_PARTS = 10


def measure_perl(effort: Effort) -> dict[str, Finding]:
    """Compare with records of the Perl script's, which may not be passed on.

    Raises:
        Absent: if they are not here.
    """
    if effort.vectors is None or not effort.vectors.exists():
        raise Absent("name the records of the Perl script with --vectors")
    records = json.loads(effort.vectors.read_text("utf-8"))
    scorers = {stem: Rouge(stem=stem) for stem in (True, False)}
    names = {"rouge-1": "rouge1", "rouge-2": "rouge2", "rouge-l": "rougeLsum"}
    worst = max(
        abs(expected - found)
        for record in records
        for theirs, ours in names.items()
        for expected, found in zip(
            record["perl"][theirs], _prf(scorers[record["stem"]], record, ours), strict=True
        )
    )
    # Both are multiples of 1e-5 or nearly: what is left after nine places is binary.
    return {"rouge.perl": Finding((round(worst, 9),), {"records": len(records)})}


def _prf(scorer: Rouge, record: Mapping[str, Any], name: str) -> tuple[float, float, float]:
    found = scorer.score(record["prediction"], [record["reference"]])[name]
    return found.precision, found.recall, found.f


def measure_rouge(effort: Effort) -> dict[str, Finding]:
    """Score 10,000 pairs in ten parts; each part is a repetition, and begins without a stem."""
    articles = read_articles(effort.corpus) if effort.corpus else _sample_articles()
    pairs = draw_pairs(articles, 40 if effort.quick else 10_000)
    size = len(pairs) // _PARTS
    found: dict[str, Finding] = {}
    differences = []
    for name, stem in (("rouge.stemmed", True), ("rouge.plain", False)):
        raced = [race(pairs[start : start + size], stem) for start in range(0, len(pairs), size)]
        facts: dict[str, Fact] = {
            "pairs": len(pairs),
            "texts": ", ".join(path.name for path in effort.corpus) or SAMPLE.name,
            "rouge-score": version("rouge-score"),
            "rouge-score, pairs/s": round(len(pairs) / sum(theirs for theirs, _, _ in raced)),
            "wirebrief, pairs/s": round(len(pairs) / sum(ours for _, ours, _ in raced)),
        }
        found[name] = Finding(tuple(theirs / ours for theirs, ours, _ in raced), facts)
        differences += [worst for _, _, worst in raced]
    found["rouge.difference"] = Finding((max(differences),), {"pairs": 2 * len(pairs)})
    return found


def _sample_articles() -> list[list[str]]:
    stories = map(json.loads, SAMPLE.read_text("utf-8").splitlines())
    return sentences_of(story["references"]["translation"] for story in stories)


def measure_sentences(effort: Effort) -> dict[str, Finding]:
    """Compare splitters on the gold set and the held-out one."""
    del effort
    gold, held_out = read_gold(GOLD / "gold"), read_gold(GOLD / "held_out")
    facts: dict[str, Fact] = {"gold sentences": sum(map(len, gold))}
    for name in ("wirebrief", "nltk punkt (German)", "pysbd (de)"):
        try:
            split = SPLITTERS[name]()
        except ImportError:
            facts[name] = "not installed"
            continue
        facts[name] = round(measure(split, gold).f1, 4)
        facts[f"{name}, held out"] = round(measure(split, held_out).f1, 4)
    ours = measure(SPLITTERS["wirebrief"](), gold).f1
    return {"sentences.f1": Finding((ours,), facts)}


def measure_poison(effort: Effort) -> dict[str, Finding]:
    """Run a poisoned feed without models; the script fails where an outcome is wrong."""
    size = 200 if effort.quick else 10_000
    told, problems = many_articles(size, "--journey", "unscored")
    row = next(line for line in told if line.startswith(f"| {size:,} "))
    cells = [cell.strip() for cell in row.strip("| \n").split("|")]
    facts: dict[str, Fact] = {
        "articles": size,
        "briefs": cells[1],
        "faults": cells[2],
        "all right": cells[3],
    }
    return {"poison.wrong": Finding((float(len(problems)),), facts)}


def many_articles(*arguments: object) -> tuple[list[str], list[str]]:
    """Run many_articles.py; return what it printed, and what was wrong."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.many_articles", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    wrong = done.stderr.strip().splitlines() if done.returncode else []
    return done.stdout.splitlines(), wrong
