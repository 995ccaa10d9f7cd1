"""Precision and recall of the fact guard on hand-made pairs, half of them held out."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from evaluation.facts import check_summary, compare_translation

GOLD = Path(__file__).parent / "fact_gold.tsv"


@dataclass(frozen=True, slots=True)
class Pair:
    half: str
    use: str
    verdict: str
    kind: str
    text: str
    source: str
    target: str
    translation: str

    @property
    def mismatches(self):
        if self.use == "summary":
            sources = [(self.source, "de")]
            return check_summary(self.target, sources, self.translation).mismatches
        return compare_translation(self.source, self.target).mismatches

    @property
    def is_located(self):
        """The mismatch is of the kind that was to be found, and about that text."""
        return any(
            mismatch.kind == self.kind and text and (text in self.text or self.text in text)
            for mismatch in self.mismatches
            for text in (mismatch.text, mismatch.other.text if mismatch.other else "")
        )


def read_pairs():
    lines = GOLD.read_text("utf-8").splitlines()
    _, *rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return [Pair(*row) for row in rows]


PAIRS = read_pairs()


def test_the_gold_set_is_large_and_covers_every_kind():
    assert len(PAIRS) >= 300
    assert sum(pair.half == "held" for pair in PAIRS) >= 150
    assert len({(pair.source, pair.target) for pair in PAIRS}) > 0.98 * len(PAIRS)
    for half in ("dev", "held"):
        kinds = {pair.kind for pair in PAIRS if pair.half == half}
        assert kinds >= {
            *("number", "unit", "decade", "time", "month", "weekday", "negation", "name")
        }


@pytest.mark.parametrize("half", ["dev", "held"])
def test_precision_and_recall_on_each_half(half, capsys):
    pairs = [pair for pair in PAIRS if pair.half == half]
    right = [pair for pair in pairs if pair.verdict == "right"]
    wrong = [pair for pair in pairs if pair.verdict == "wrong"]
    false = [pair for pair in right if pair.mismatches]
    found = [pair for pair in wrong if pair.mismatches]
    located = [pair for pair in wrong if pair.is_located]
    precision, recall = len(found) / (len(found) + len(false)), len(found) / len(wrong)
    with capsys.disabled():
        print(  # noqa: T201
            f"\n{half}: {len(right)} right, {len(wrong)} wrong; precision {precision:.3f}, "
            f"recall {recall:.3f}, found with kind and place {len(located)}"
        )
    assert precision >= 0.95, false
    assert recall >= 0.9
    assert len(located) >= 0.9 * len(wrong)


@pytest.mark.parametrize(
    "pair", [pair for pair in PAIRS if pair.verdict == "wrong"], ids=lambda pair: pair.target[:40]
)
def test_offsets_are_those_of_the_texts(pair):
    for mismatch in pair.mismatches:
        has_it, other = pair.target, pair.source
        if pair.use == "translation" and mismatch.side == "missing":
            has_it, other = other, has_it
        assert has_it[mismatch.start : mismatch.end] == mismatch.text
        if pair.use == "translation":
            there = mismatch.other
            assert there is not None
            assert other[there.start : there.end] == there.text
