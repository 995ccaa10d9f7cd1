"""What the page shows, as frozen records, as they are read from a run's finished files."""

from dataclasses import dataclass


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

    @property
    def translator(self) -> str | None:
        """Tell `machine`, `reference`, or `None` where nothing was translated."""
        engines = [maker.engine for maker in self.makers if maker.part == "translation"]
        if not engines:
            return None
        return "reference" if engines == ["human"] else "machine"

    @property
    def one_sided(self) -> bool:
        """Tell that source and target are the same text: the feed was in the target language."""
        return all(pair.source == pair.target for pair in self.pairs)


@dataclass(frozen=True, slots=True)
class Fault:
    """One input that could not become a brief."""

    place: str
    stage: str
    reason: str
    message: str
    remedy: str
    article_id: str | None


@dataclass(frozen=True, slots=True)
class Score:
    """One corpus score with its 95 % interval."""

    name: str
    value: float
    low: float | None
    high: float | None
    count: int
    signature: str | None
