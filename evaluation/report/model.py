"""What the page shows, as frozen records, as they are read from a run's finished files."""

from dataclasses import dataclass

_ORIGINS = {"reference": "reference", "copy": "copy"}
"""Names that stand where a model's name would, when none wrote the text."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A source sentence or subhead beside its translation, if it has one."""

    paragraph: int
    subhead: bool
    source: str
    target: str | None
    picked: bool


@dataclass(frozen=True, slots=True)
class Caution:
    """Something an editor should know about a brief."""

    code: str
    stage: str
    message: str


@dataclass(frozen=True, slots=True)
class Maker:
    """What made a part of a brief."""

    part: str
    model: str | None
    revision: str | None
    engine: str | None
    decoding: str | None


@dataclass(frozen=True, slots=True)
class Brief:
    """One article of the run with everything that was made of it."""

    id: str
    version: int
    language: str | None
    title: str | None
    title_target: str | None
    prefix: str | None
    dateline: str | None
    signature: str | None
    provider: str | None
    published: str | None
    pairs: tuple[Pair, ...]
    extractive: str | None
    abstractive: str | None
    scores: tuple[tuple[str, float], ...]
    cautions: tuple[Caution, ...]
    makers: tuple[Maker, ...]
    reference_translation: str | None
    reference_summaries: tuple[str, ...]
    label: str | None
    treatment: str | None = None
    is_opinion: bool = False

    @property
    def origins(self) -> dict[str, str]:
        """Tell for each made part whether it is of a `machine`, a `reference` or a `copy`."""
        return {maker.part: _ORIGINS.get(maker.model or "", "machine") for maker in self.makers}

    @property
    def one_sided(self) -> bool:
        """Tell that no translation stands beside the source: none was made, or none was needed."""
        return all(pair.target in {None, pair.source} for pair in self.pairs)


@dataclass(frozen=True, slots=True)
class Fault:
    """One input that could not become a brief."""

    place: str
    stage: str
    reason: str
    message: str
    remedy: str
    article_id: str | None
