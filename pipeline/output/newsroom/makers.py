"""Who made a brief: the models' names as they may leave the house, and what that makes of it."""

import json
import re
from dataclasses import dataclass, replace
from hashlib import sha256

from pipeline.output.briefs import label, makers
from pipeline.output.newsroom.texts import line
from pipeline.records import Draft, Maker

SOURCE_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
"""IPTC's vocabulary of where content came from."""

_PATH = re.compile(r"[/~\\.]|[A-Za-z]:[\\/]")
_PARTS = {"translation": "translation", "extractive": "extract", "abstractive": "summary"}
_REVISION = 12


@dataclass(frozen=True, slots=True)
class Model:
    """What made a part of a brief.

    Attributes:
        part: translation, extract or summary.
        name: of the model or algorithm; of a path, its last part.
        revision: digest of its files, or of all that tells it from other revisions.
    """

    part: str
    name: str
    revision: str | None

    def __str__(self) -> str:
        shown = f" (revision {self.revision[:_REVISION]})" if self.revision else ""
        return f"{self.part}: {self.name}{shown}"


def models_of(draft: Draft) -> tuple[Model, ...]:
    """Return what made the parts of a brief that no human made."""
    return tuple(
        Model(_PARTS[part], line(_public(maker).model) or "?", _digest(maker.revision))
        for part, maker in makers(draft).items()
        if maker.engine not in {"human", "copy"} and maker.model != "copy"
    )


def public_label(draft: Draft) -> str | None:
    """Return the notice that a machine made the brief, without paths of this machine."""
    return line(label(_without_paths(draft)))


def source_type(draft: Draft) -> str | None:
    """Return IPTC's digital source type: how much of the wording is a model's.

    All of it where a model translated; some where a model summarized what people wrote; none, and
    so no type, where sentences were only picked.
    """
    translated = draft.translation.maker if draft.translation else None
    written = draft.abstract.maker if draft.abstract else None
    if _generates(translated):
        return "trainedAlgorithmicMedia"
    return "compositeWithTrainedAlgorithmicMedia" if _generates(written) else None


def _digest(revision: str | None) -> str | None:
    """Return the digest of the files, or of a revision that tells more, such as an address."""
    if not revision:
        return None
    try:
        told = json.loads(revision)
    except ValueError:
        return line(revision)
    if not isinstance(told, dict):
        return line(revision)
    files = told.get("files")
    whole = sha256(revision.encode("utf-8", "replace")).hexdigest()
    return line(files) if isinstance(files, str) else whole


def _generates(maker: Maker | None) -> bool:
    return maker is not None and maker.engine not in {"human", "copy", "wirebrief"}


def _without_paths(draft: Draft) -> Draft:
    translation, extract, abstract = draft.translation, draft.extract, draft.abstract
    if translation and translation.maker:
        translation = replace(translation, maker=_public(translation.maker))
    if extract:
        extract = replace(extract, maker=_public(extract.maker))
    if abstract:
        abstract = replace(abstract, maker=_public(abstract.maker))
    return replace(draft, translation=translation, extract=extract, abstract=abstract)


def _public(maker: Maker) -> Maker:
    """Return a maker whose model, if it is a path, is called by the path's last part."""
    parts = re.split(r"[/\\]+", maker.model.strip("/\\"))
    is_path = _PATH.match(maker.model) is not None or len(parts) > 2
    return replace(maker, model=parts[-1]) if is_path else maker
