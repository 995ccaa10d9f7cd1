"""Write a comparison as a single page that needs nothing from outside."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from evaluation.compare import marks
from evaluation.compare.layout import arrange, best_of
from evaluation.compare.packing import as_json, describe, pack_rows, pack_texts
from evaluation.compare.pictures import draw_attribution
from evaluation.compare.view import ArticleTexts, Comparison
from evaluation.page.environment import make_environment, read_assets
from evaluation.page.writing import write_whole

if TYPE_CHECKING:
    from jinja2 import Environment

_PACKAGE = "evaluation.compare"
_SCRIPTS = ("data.js", "diff.js", "article.js", "list.js", "page.js")
_MOST_PICTURES = 12


def write_page(
    comparison: Comparison, texts: Callable[[], Iterator[ArticleTexts]], target: Path
) -> None:
    """Write the page whole or not at all.

    Args:
        comparison: what is shown; it has at least one metric and one run.
        texts: gives the articles one at a time; they are written as they come.
        target: the page; its folder must exist.

    Raises:
        OSError: the page cannot be written.
    """
    write_whole(_render(comparison, texts), target)


def _render(comparison: Comparison, texts: Callable[[], Iterator[ArticleTexts]]) -> Iterator[str]:
    names = [metric.name for metric in comparison.metrics]
    first = names.index(comparison.ranked_by)
    others = (arrange(comparison, number) for number in range(len(names)) if number != first)
    attribution = [
        (each, draw_attribution(each, f"attribution-{number}") if number < _MOST_PICTURES else "")
        for number, each in enumerate(comparison.attribution)
    ]
    return (
        _environment()
        .get_template("page.html")
        .generate(
            assets=read_assets(_PACKAGE, _SCRIPTS),
            comparison=comparison,
            first=arrange(comparison, first),
            others=others,
            attribution=attribution,
            index=as_json(describe(comparison)),
            packed_rows=pack_rows(comparison),
            packed_texts=pack_texts(texts(), comparison.rows),
        )
    )


def _environment() -> "Environment":
    environment = make_environment(_PACKAGE)
    environment.globals |= {"best_of": best_of, "verdict": marks.verdict}
    environment.filters |= {
        "letter": marks.letter,
        "difference": marks.show_difference,
        "p": marks.show_p,
        "bytes": marks.show_bytes,
    }
    return environment
