"""Read the records of a run. Keys that every run writes must be there; parts may be absent."""

from math import isfinite

from evaluation.report.fields import Fields
from evaluation.report.model import Brief, Caution, Fault, Maker, Pair
from evaluation.report.scores import in_order
from evaluation.score import Score


def parse_brief(fields: Fields) -> Brief:
    """Read one line of `briefs.jsonl`; parts of skipped stages may be absent or null."""
    translation = fields.child_or_none("translation")
    extractive = fields.child_or_none("extractive")
    abstractive = fields.child_or_none("abstractive")
    references = fields.child_or_none("references")
    scores = dict(parse_article_scores(fields))
    picks = frozenset(extractive.wholes("sentences") if extractive else ())
    return Brief(
        id=fields.text("id"),
        version=fields.whole("version"),
        language=fields.text_or_none("language"),
        title=fields.text_or_none("title"),
        title_target=translation.text_or_none("title") if translation else None,
        prefix=fields.text_or_none("prefix"),
        dateline=fields.text_or_none("dateline"),
        signature=fields.text_or_none("signature"),
        provider=fields.text_or_none("provider"),
        published=fields.text_or_none("published"),
        pairs=_pairs(translation, picks) if translation else (),
        extractive=extractive.text("text") if extractive else None,
        abstractive=abstractive.text("text") if abstractive else None,
        scores=tuple((name, scores[name]) for name in in_order(scores)),
        cautions=parse_cautions(fields),
        makers=_makers(fields),
        reference_translation=references.text_or_none("translation") if references else None,
        reference_summaries=references.texts("summaries") if references else (),
        label=fields.text_or_none("label"),
        treatment=fields.text_or_none("treatment"),
        is_opinion=fields.values.get("opinion") is True,
    )


def parse_article_scores(fields: Fields) -> tuple[tuple[str, float], ...]:
    """Read a brief's scores only; those that are null or not finite are left out."""
    scores = fields.child_or_none("scores")
    found = {name: scores.number_or_none(name) for name in scores.values} if scores else {}
    return tuple(
        (name, value) for name, value in found.items() if value is not None and isfinite(value)
    )


def parse_cautions(fields: Fields) -> tuple[Caution, ...]:
    """Read a brief's warnings only."""
    return tuple(
        Caution(item.text("code"), item.text("stage"), item.text("message"))
        for item in fields.children("warnings")
    )


def parse_fault(fields: Fields) -> Fault:
    """Read one line of `faults.jsonl`."""
    return Fault(
        place=fields.text("place"),
        stage=fields.text("stage"),
        reason=fields.text("reason"),
        message=fields.text("message"),
        remedy=fields.text("remedy"),
        article_id=fields.text_or_none("article_id"),
    )


def parse_score(fields: Fields) -> Score:
    """Read one entry of `scores.json`."""
    return Score(
        name=fields.text("name"),
        value=fields.number("value"),
        low=fields.number_or_none("low"),
        high=fields.number_or_none("high"),
        count=fields.whole("count"),
        signature=fields.text("signature"),
    )


def _pairs(translation: Fields, picks: frozenset[int]) -> tuple[Pair, ...]:
    return tuple(
        Pair(
            paragraph=item.whole("paragraph"),
            subhead=item.text("kind") == "subhead",
            source=item.text("source"),
            target=item.text_or_none("target"),
            picked=number in picks,
        )
        for number, item in enumerate(translation.children("sentences"))
    )


def _makers(fields: Fields) -> tuple[Maker, ...]:
    made_by = fields.child_or_none("made_by")
    if made_by is None:
        return ()
    parts = [(part, made_by.child_or_none(part)) for part in made_by.values]
    return tuple(
        Maker(
            part=part,
            model=maker.text_or_none("model"),
            revision=maker.text_or_none("revision"),
            engine=maker.text_or_none("engine"),
            decoding=maker.text_or_none("decoding"),
        )
        for part, maker in parts
        if maker is not None
    )
