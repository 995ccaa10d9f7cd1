"""The formats by the names that `output.format` knows them by."""

from collections.abc import Iterable

from pipeline.output.newsroom.format import BriefFormat
from pipeline.output.newsroom.newsml_g2 import NewsmlG2Briefs
from pipeline.output.newsroom.ninjs import NinjsBriefs

_FORMATS: dict[str, type[NinjsBriefs] | type[NewsmlG2Briefs]] = {
    "ninjs": NinjsBriefs,
    "newsml_g2": NewsmlG2Briefs,
}


def brief_formats(names: Iterable[str], language: str) -> tuple[BriefFormat, ...]:
    """Return the formats that write a file for each brief; other names are passed over.

    Args:
        names: such as `ninjs`.
        language: ISO code of the translation.
    """
    wanted = set(names)
    return tuple(make(language) for name, make in _FORMATS.items() if name in wanted)
