"""The one place that turns a draft into the record of `briefs.jsonl`."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from itertools import groupby

from pipeline.records import Draft, FactPlace, Fault, Json, Maker
from pipeline.wire import Wire

Record = dict[str, Json]


def brief_record(draft: Draft) -> Record:
    """Return a brief as JSON values; absent parts are `None`."""
    article = draft.article
    return {
        "id": article.id,
        "version": article.version,
        "language": article.language,
        "title": article.title,
        "dateline": article.dateline,
        "dateline_target": article.dateline_target,
        "signature": article.signature,
        "prefix": article.prefix,
        "treatment": article.treatment,
        "opinion": article.wire.nature == "press_review",
        "provider": article.provider,
        "published": article.published.isoformat() if article.published else None,
        "translation": _translation(draft),
        "extractive": _extractive(draft),
        "abstractive": {"text": draft.abstract.text} if draft.abstract else None,
        "scores": _scores(draft.scores),
        "warnings": [
            {"code": caution.code, "stage": caution.stage, "message": caution.message}
            for caution in (*article.warnings, *draft.cautions)
        ],
        "facts": _facts(draft),
        "made_by": {part: _maker(maker) for part, maker in makers(draft).items()},
        "label": label(draft),
        "references": {
            "translation": article.references.translation,
            "summaries": list(article.references.summaries),
        },
        "wire": wire_record(article.wire),
        "place": str(article.place),
        "extra": dict(article.extra),
    }


def fault_record(fault: Fault) -> Record:
    """Return a fault as JSON values."""
    return {
        "position": fault.position,
        "article_id": fault.article_id,
        "place": str(fault.place),
        "stage": fault.stage,
        "reason": fault.reason,
        "message": fault.message,
        "remedy": fault.remedy,
    }


def wire_record(wire: Wire) -> Record:
    """Return what an item says about itself, without what it does not say."""
    values = {name: _wire_value(getattr(wire, name)) for name in _names(wire)}
    return {name: value for name, value in values.items() if value not in (None, [], {})}


def makers(draft: Draft) -> dict[str, Maker]:
    """Return what made each part of a brief, by part."""
    found = {
        "translation": draft.translation.maker if draft.translation else None,
        "extractive": draft.extract.maker if draft.extract else None,
        "abstractive": draft.abstract.maker if draft.abstract else None,
    }
    return {part: maker for part, maker in found.items() if maker is not None}


def label(draft: Draft) -> str | None:
    """Return the notice that a machine made this brief, what made it, or whose opinion it is.

    What was passed on as it came was made by nobody.
    """
    verbs = {"translation": "translated", "extractive": "extracted", "abstractive": "summarized"}
    parts = [
        f"{verbs[part]} by {maker.model}"
        for part, maker in makers(draft).items()
        if maker.engine not in {"human", "copy"} and maker.model != "copy"
    ]
    made = [f"Machine-made, not reviewed by a human: {', '.join(parts)}."] if parts else []
    opinions = [f"{told.message}." for told in draft.article.warnings if told.code == "opinion"]
    return " ".join((*made, *opinions)) or None


def _translation(draft: Draft) -> Json:
    translation = draft.translation
    sentences: list[Json] = [
        {
            "paragraph": sentence.block,
            "kind": sentence.kind,
            "source": sentence.text,
            "target": translation.targets[number] if translation else None,
        }
        for number, sentence in enumerate(draft.sentences)
    ]
    if translation is None:
        return {"title": None, "text": None, "sentences": sentences} if sentences else None
    texts = zip(draft.sentences, translation.targets, strict=True)
    blocks = [
        " ".join(target for _, target in group if target)
        for _, group in groupby(texts, key=lambda pair: pair[0].block)
    ]
    text = "\n\n".join(block for block in blocks if block)
    return {"title": translation.title, "text": text, "sentences": sentences}


def _extractive(draft: Draft) -> Json:
    if draft.extract is None:
        return None
    return {"text": draft.extract.text, "sentences": list(draft.extract.picks)}


def _facts(draft: Draft) -> Json:
    return [
        {
            "part": fact.part,
            "kind": fact.kind,
            "side": fact.side,
            **_fact_place(fact.place),
            "other": _fact_place(fact.other) if fact.other else None,
        }
        for fact in draft.facts
    ]


def _fact_place(place: FactPlace) -> Record:
    return {
        "text": place.text,
        "start": place.start,
        "end": place.end,
        "sentence": place.sentence,
    }


def _scores(scores: Mapping[str, float] | None) -> Json:
    if scores is None:
        return None
    return {name: round(value, 6) for name, value in sorted(scores.items())}


def _maker(maker: Maker) -> Json:
    return {
        "model": maker.model,
        "revision": maker.revision,
        "engine": maker.engine,
        "decoding": maker.decoding,
    }


def _wire_value(value: object) -> Json:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_wire_value(item) for item in value]
    if is_dataclass(value):
        return {name: _wire_value(getattr(value, name)) for name in _names(value)}
    return value if isinstance(value, str | int) else None


def _names(record: object) -> list[str]:
    return [field.name for field in fields(record)]  # type: ignore[arg-type]
