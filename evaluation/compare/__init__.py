"""Compare finished runs: which is better, by how much, and whether that is luck."""

from collections.abc import Sequence
from pathlib import Path

from evaluation.compare.errors import CompareError

__all__ = ["CompareError", "compare_runs"]


def compare_runs(
    folders: Sequence[Path],
    output: Path,
    *,
    metric: str | None = None,
    baseline: Path | None = None,
    samples: int = 10_000,
    seed: int = 1,
    html: bool = True,
) -> None:
    """Print a comparison, and write `compare.csv` and `compare.html`.

    Args:
        folders: of finished runs, two or more.
        output: folder for the files; it is made.
        metric: to rank by, such as `abstractive.rouge2.f`; chosen if not given.
        baseline: one of the folders, which the others are seen against; the best if not given.
        samples: resamples of intervals and tests.
        seed: of the resampling.
        html: write the page, too.

    Raises:
        CompareError: if the folders cannot be compared; nothing is written then.
        OSError: if the file system refuses to write.
    """
    from evaluation.compare.comparison import compare  # noqa: PLC0415
    from evaluation.compare.pairing import pair  # noqa: PLC0415
    from evaluation.compare.runs import read_runs  # noqa: PLC0415
    from evaluation.compare.spreadsheet import write_csv  # noqa: PLC0415
    from evaluation.compare.table import print_comparison  # noqa: PLC0415

    place = _place(folders, baseline)
    runs = read_runs(folders)
    pairing = pair(runs)
    comparison, why = compare(runs, pairing, samples, seed, metric)
    print_comparison(comparison, why, place)
    output.mkdir(parents=True, exist_ok=True)
    written = [output / "compare.csv"]
    write_csv(comparison, runs, place, written[0])
    if html:
        from evaluation.compare.page import write_page  # noqa: PLC0415
        from evaluation.compare.texts import texts_of  # noqa: PLC0415

        written.append(output / "compare.html")
        write_page(comparison, texts_of(runs, pairing), written[-1])
    print("", *written, sep="\n")  # noqa: T201


def _place(folders: Sequence[Path], baseline: Path | None) -> int | None:
    if baseline is None:
        return None
    for place, folder in enumerate(folders):
        if folder.resolve() == baseline.resolve():
            return place
    listed = ", ".join(map(str, folders))
    raise CompareError(f"--baseline {baseline}: is none of the runs; name one of {listed}.")
