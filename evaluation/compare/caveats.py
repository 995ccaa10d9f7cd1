"""What keeps a comparison from being fair, in plain sentences."""

from collections.abc import Iterator, Mapping, Sequence

from evaluation.compare.pairing import Pairing, shares
from evaluation.compare.runs import Run

_FEW = 100


def caveats_of(runs: Sequence[Run], labels: Sequence[str], pairing: Pairing) -> Iterator[str]:
    """Yield a sentence for each reason to be careful."""
    common = int(pairing.common.sum())
    yield from _feeds(runs, pairing)
    yield from _articles(runs, labels, pairing, common)
    if common < _FEW:
        yield (f"{common:,} common articles are few: only large differences can be told from luck.")
    yield from _faults(runs, labels)
    if any(run.reused for run in runs):
        reused = {label: run.reused for run, label in zip(runs, labels, strict=True) if run.reused}
        yield (
            f"Seconds say little: outputs were taken from the memo, not made ({_listed(reused)}). "
            "Run with memo=none to compare times."
        )
    versions = dict.fromkeys(run.version or "not known" for run in runs)
    if len(versions) > 1:
        yield f"The runs were made with different versions of wirebrief: {', '.join(versions)}."


def _feeds(runs: Sequence[Run], pairing: Pairing) -> Iterator[str]:
    names = {
        run.settings.get("feed.path") or run.settings.get("feed.dataset") or "" for run in runs
    }
    if len(names) > 1:
        yield f"The runs read different feeds: {', '.join(sorted(names))}."
    unlike = 0
    for column in pairing.places.T:
        digests = {
            run.heads.sources[row] for run, row in zip(runs, column, strict=True) if row >= 0
        }
        unlike += len(digests) > 1
    if unlike:
        yield (
            f"{unlike:,} {'article has' if unlike == 1 else 'articles have'} the same id and "
            "version but not the same text or references in all runs."
        )


def _articles(
    runs: Sequence[Run], labels: Sequence[str], pairing: Pairing, common: int
) -> Iterator[str]:
    total = len(pairing.keys)
    if common < total:
        counts = {
            label: int((places >= 0).sum())
            for label, places in zip(labels, pairing.places, strict=True)
        }
        yield (
            f"{total - common:,} of {total:,} articles are not in all runs and do not count "
            f"({shares(counts)})."
        )
    for run, label in zip(runs, labels, strict=True):
        twice = len(run.heads.ids) - len(run.heads.places)
        if twice:
            yield (
                f"{label} has {twice:,} articles with an id and version that it had before; the "
                "first of each counts."
            )


def _faults(runs: Sequence[Run], labels: Sequence[str]) -> Iterator[str]:
    faults = {label: run.faults for run, label in zip(runs, labels, strict=True) if run.faults}
    if faults:
        yield (
            f"Some articles failed ({_listed(faults)}); a run that fails at hard articles is not "
            "better for it. faults.jsonl of each run says why."
        )


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name}: {count:,}" for name, count in counts.items())
