"""Data inside a page: escaped JSON, and compressed pieces that the page unpacks when it needs them.

Offsets of facts count UTF-16 units here, as JavaScript does.
"""

import base64
import json
import math
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from evaluation.compare.marks import letter
from evaluation.compare.view import ArticleTexts, Comparison, FactMark, Row
from evaluation.page.legible import legible, show_time

_PACK = 8
"""Articles in one piece: one click unpacks so many."""

_ESCAPES = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}

Json = None | bool | int | float | str | Sequence["Json"] | dict[str, "Json"]


def as_json(value: Json) -> str:
    """Return JSON that may stand inside a script element."""
    text = json.dumps(_clean(value), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.translate(_ESCAPES)


def pack(name: str, value: Json) -> str:
    """Return a script element with compressed data, which no browser runs."""
    data = base64.b64encode(zlib.compress(as_json(value).encode(), 9)).decode("ascii")
    return f'<script type="application/octet-stream;base64" id="{name}">{data}</script>\n'


def describe(comparison: Comparison) -> Json:
    """Return what the page's script needs to know at once."""
    return {
        "runs": [
            {
                "letter": letter(place),
                "label": run.label,
                "source": run.settings.get("languages.source"),
                "target": run.settings.get("languages.target"),
            }
            for place, run in enumerate(comparison.runs)
        ],
        "metrics": [
            {"name": metric.name, "label": metric.label, "better": metric.better}
            for metric in comparison.metrics
        ],
        "rankedBy": comparison.ranked_by,
        "ranking": list(comparison.ranking),
        "articles": len(comparison.rows),
    }


def pack_rows(comparison: Comparison) -> Iterator[str]:
    """Yield the articles' heads, and for each metric their scores, run by run."""
    yield pack("rows", [_head(row) for row in comparison.rows])
    for number, metric in enumerate(comparison.metrics):
        scores = [
            [_shortened(score) for score in row.scores.get(metric.name, ())]
            for row in comparison.rows
        ]
        yield pack(f"scores-{number}", scores)


def pack_texts(texts: Iterable[ArticleTexts], rows: Sequence[Row]) -> Iterator[str]:
    """Yield the articles' texts, some articles in each piece, and behind them where each stands."""
    titles = {row.key: row.title for row in rows}
    places: dict[str, Json] = {}
    articles = iter(texts)
    number = 0
    while some := list(islice(articles, _PACK)):
        for position, article in enumerate(some):
            places[legible(article.key)] = [number, position]
        yield pack(f"texts-{number}", [_article(each, titles.get(each.key)) for each in some])
        number += 1
    yield pack("places", places)


def _head(row: Row) -> Json:
    return [
        row.key, row.id, row.version, row.title, row.title_target, row.desk,
        show_time(row.published), row.words,
    ]  # fmt: skip


def _shortened(score: float | None) -> float | None:
    return None if score is None or not math.isfinite(score) else float(f"{score:.5g}")


class _Strings:
    """Each text of an article once: most runs share their translations."""

    def __init__(self) -> None:
        self.all: dict[str, int] = {}

    def place(self, text: str | None) -> int | None:
        return None if text is None else self.all.setdefault(text, len(self.all))

    def places(self, texts: Iterable[str | None]) -> list[Json]:
        return [self.place(text) for text in texts]


def _article(texts: ArticleTexts, title: str | None) -> Json:
    strings = _Strings()
    return {
        "titles": strings.places(texts.titles),
        "sentences": [
            [
                sentence.paragraph,
                sentence.kind,
                strings.place(sentence.source),
                strings.places(sentence.targets),
                list(sentence.picked),
            ]
            for sentence in texts.sentences
        ],
        "extracts": strings.places(texts.extracts),
        "abstracts": strings.places(texts.abstracts),
        "referenceTranslation": strings.place(texts.reference_translation),
        "referenceSummaries": strings.places(texts.reference_summaries),
        "facts": [_fact(mark, texts, title) for mark in texts.facts],
        "warnings": [list(warnings) for warnings in texts.warnings],
        "strings": list(strings.all),
    }


def _fact(mark: FactMark, texts: ArticleTexts, title: str | None) -> Json:
    made, source = _sides(mark)
    here, there = (source, made) if mark.side == "missing" else (made, source)
    first = _spot(here, mark.sentence, (mark.start, mark.end), texts, mark.run, title)
    second: Json = None
    if mark.other_start is not None and mark.other_end is not None:
        span = (mark.other_start, mark.other_end)
        second = _spot(there, mark.other_sentence, span, texts, mark.run, title)
    return {
        "run": mark.run,
        "part": mark.part,
        "kind": mark.kind,
        "side": mark.side,
        "text": mark.text,
        "spots": [first, second],
    }


def _sides(mark: FactMark) -> tuple[str, str]:
    return ("target" if mark.part == "translation" else mark.part), "source"


def _spot(
    where: str,
    sentence: int | None,
    span: tuple[int, int],
    texts: ArticleTexts,
    run: int,
    title: str | None,
) -> Json:
    """Return where a fact stands: the kind of text, its sentence, start and end."""
    text = _text_of(where, sentence, texts, run, title)
    if text is None or not 0 <= span[0] < span[1] <= len(text):
        return None
    start, end = (len(text[:at].encode("utf-16-le", "surrogatepass")) // 2 for at in span)
    return [where, sentence, start, end]


def _text_of(
    where: str, sentence: int | None, texts: ArticleTexts, run: int, title: str | None
) -> str | None:
    if where in {"extractive", "abstractive"}:
        return (texts.extracts if where == "extractive" else texts.abstracts)[run]
    if sentence is None:
        return title if where == "source" else texts.titles[run]
    if not 0 <= sentence < len(texts.sentences):
        return None
    found = texts.sentences[sentence]
    return found.source if where == "source" else found.targets[run]


def _clean(value: Json) -> Json:
    """Make texts legible; a number that JSON does not know is none."""
    if isinstance(value, str):
        return legible(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dict):
        return {legible(key): _clean(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(item) for item in value]
    return value
