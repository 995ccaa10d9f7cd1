"""`wirebrief-score` says what sacrebleu and rouge-score say, by their public functions."""

import json
import random

import pytest
import sacrebleu
from rouge_score import rouge_scorer

from evaluation.finished_texts import score_files
from evaluation.settings import Kind, Many, ScoreSettings
from evaluation.translation_options import BleuOptions, ChrfOptions, TerOptions

WORDS = (  # noqa: SIM905
    "The the market rose fell 3.5 percent, 1,250 jobs “strike” U.S. (Dax) euros. shares' and & "
    "running runs größer Müller it's 你好世界 € ... ! well-known"
).split()


def texts(seed, count=12):
    chosen = random.Random(seed)
    found = [" ".join(chosen.choices(WORDS, k=chosen.randrange(14))) for _ in range(count)]
    return [*found, "", "one", "  outer  space  "]


@pytest.fixture
def folder(tmp_path):
    for number, name in enumerate(("a", "b", "r1", "r2", "r3")):
        (tmp_path / name).write_text("".join(f"{text}\n" for text in texts(number)), "utf-8")
    return tmp_path


def read(path):
    return [line.rstrip() for line in path.read_text("utf-8").split("\n")[:-1]]


def scored(folder, kind, references, **more):
    settings = ScoreSettings(
        predictions={"a": str(folder / "a"), "b": str(folder / "b")},
        references=[str(folder / name) for name in references],
        kind=kind,
        output=str(folder / "scores.json"),
        articles=str(folder / "articles.jsonl"),
        samples=40,
        **more,
    )
    score_files(settings)
    record = json.loads((folder / "scores.json").read_text("utf-8"))
    found = {s["name"]: {r["name"]: r for r in s["scores"]} for s in record["systems"]}
    lines = (folder / "articles.jsonl").read_text("utf-8").splitlines()
    return found, [json.loads(line) for line in lines]


@pytest.mark.parametrize("references", [["r1"], ["r1", "r2", "r3"]])
@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ({}, ({}, {}, {})),
        (
            {
                "bleu": BleuOptions(tokenize="intl", lowercase=True, smooth="floor"),
                "chrf": ChrfOptions(word_order=2, lowercase=True),
                "ter": TerOptions(case_sensitive=True, normalized=True),
            },
            (
                {"tokenize": "intl", "lowercase": True, "smooth_method": "floor"},
                {"word_order": 2, "lowercase": True},
                {"case_sensitive": True, "normalized": True},
            ),
        ),
        (
            {
                "bleu": BleuOptions(tokenize="zh", smooth="add-k", smooth_value=2.0),
                "chrf": ChrfOptions(char_order=4, beta=3, whitespace=True, eps_smoothing=True),
                "ter": TerOptions(no_punct=True, asian_support=True),
            },
            (
                {"tokenize": "zh", "smooth_method": "add-k", "smooth_value": 2.0},
                {"char_order": 4, "beta": 3, "whitespace": True, "eps_smoothing": True},
                {"no_punct": True, "asian_support": True},
            ),
        ),
        (
            {"bleu": BleuOptions(tokenize="char", smooth="none")},
            ({"tokenize": "char", "smooth_method": "none"}, {}, {}),
        ),
    ],
)
def test_translations_are_scored_exactly_as_by_sacrebleu(folder, references, ours, theirs):
    found, articles = scored(folder, Kind.translations, references, **ours)
    against = [read(folder / name) for name in references]
    for system in ("a", "b"):
        outputs = read(folder / system)
        for kind, options in zip(
            (sacrebleu.BLEU, sacrebleu.CHRF, sacrebleu.TER), theirs, strict=True
        ):
            metric = kind(**options)
            score = found[system][f"translation.{kind.__name__.lower()}"]
            assert score["value"] == metric.corpus_score(outputs, against).score
            assert score["signature"].startswith(str(metric.get_signature()))
            assert "|unit:line|" in score["signature"]
            assert score["count"] == len(outputs)
            each = {"effective_order": True} if kind is sacrebleu.BLEU else {}
            metric = kind(**options, **each)
            rows = [row for row in articles if row["system"] == system]
            assert [row[score["name"]] for row in rows] == [
                metric.sentence_score(output, list(some)).score
                for output, *some in zip(outputs, *against, strict=True)
            ]


def test_records_with_different_numbers_of_references(tmp_path):
    references = [["The cat sat."], ["It rained all day.", "Rain fell all day."]]
    outputs = ["The cat sat down.", "It rained today."]
    path = tmp_path / "both.jsonl"
    path.write_text(
        "".join(
            json.dumps({"id": n, "translation": {"text": t}, "refs": r}) + "\n"
            for n, (t, r) in enumerate(zip(outputs, references, strict=True))
        ),
        "utf-8",
    )
    score_files(
        ScoreSettings(
            predictions=str(path),
            references=str(path),
            reference_field="refs",
            kind=Kind.translations,
            output=str(tmp_path / "s.json"),
        )
    )
    (system,) = json.loads((tmp_path / "s.json").read_text("utf-8"))["systems"]
    columns = [[references[0][0], references[1][0]], [None, references[1][1]]]
    for score, kind in zip(
        system["scores"], (sacrebleu.BLEU, sacrebleu.CHRF, sacrebleu.TER), strict=True
    ):
        metric = kind()
        assert score["value"] == metric.corpus_score(outputs, columns).score
        assert score["signature"].startswith(str(metric.get_signature()))
        assert "nrefs:var" in score["signature"]


@pytest.mark.parametrize("stem", [True, False])
def test_summaries_are_scored_as_by_rouge_score(folder, stem):
    found, articles = scored(folder, Kind.summaries, ["r1"], stem=stem)
    names = ["rouge1", "rouge2", "rougeL", "rougeLsum"]
    scorer = rouge_scorer.RougeScorer(names, use_stemmer=stem)
    assert list(found["a"]) == [*(f"{n}.{part}" for n in names for part in "prf"), "length_ratio"]
    for system in ("a", "b"):
        pairs = zip(read(folder / "r1"), read(folder / system), strict=True)
        theirs = [scorer.score(target, prediction) for target, prediction in pairs]
        rows = [row for row in articles if row["system"] == system]
        for name in names:
            for short, long in (("p", "precision"), ("r", "recall"), ("f", "fmeasure")):
                values = [getattr(score[name], long) for score in theirs]
                mean = sum(values) / len(values)
                assert found[system][f"{name}.{short}"]["value"] == pytest.approx(mean, abs=1e-9)
                ours = [row[f"{name}.{short}"] for row in rows]
                assert ours == pytest.approx(values, abs=1e-9)


def test_several_references_are_the_best_or_the_mean(folder):
    scorer = rouge_scorer.RougeScorer(["rouge1"], use_stemmer=True)
    columns = [read(folder / name) for name in ("r1", "r2")]
    each = [
        [scorer.score(t, p)["rouge1"].fmeasure for t in some if t] or [0.0]
        for p, *some in zip(read(folder / "a"), *columns, strict=True)
    ]
    for many, combine in ((Many.best, max), (Many.mean, lambda some: sum(some) / len(some))):
        found, _ = scored(folder, Kind.summaries, ["r1", "r2"], many_references=many)
        expected = sum(map(combine, each)) / len(each)
        assert found["a"]["rouge1.f"]["value"] == pytest.approx(expected, abs=1e-9)
