"""How fast a stage was, and what it took: derived from what was counted."""

from dataclasses import asdict, dataclass

from pipeline.records import Json
from pipeline.stage import Usage


@dataclass(frozen=True, slots=True)
class Performance:
    """A stage in numbers; `None` is not known, or means nothing for this stage.

    Attributes:
        articles_per_second: articles that came in, by the seconds in which the stage was at work.
        model_seconds: in which its model was generating.
        source_tokens: what the model read.
        padded_tokens: the same with the padding of its batches.
        target_tokens: what the model wrote.
        source_tokens_per_second: read in a second of generating.
        target_tokens_per_second: written in a second of generating.
        padding_share: of the padded tokens, those that are padding.
        reused_share: of the outputs, those that were not made but remembered.
        peak_megabytes: largest resident memory of the process while the stage was at work.
    """

    articles_per_second: float | None
    model_seconds: float | None
    source_tokens: int | None
    padded_tokens: int | None
    target_tokens: int | None
    source_tokens_per_second: float | None
    target_tokens_per_second: float | None
    padding_share: float | None
    reused_share: float | None
    peak_megabytes: float | None

    def record(self) -> dict[str, Json]:
        """Return it as JSON values."""
        return {
            name: round(value, 4) if isinstance(value, float) else value
            for name, value in asdict(self).items()
        }


def performance(
    entered: int, seconds: float, usage: Usage, peak_bytes: int | None = None
) -> Performance:
    """Derive the numbers of a stage.

    Args:
        entered: articles that came in.
        seconds: in which the stage was at work.
        usage: what its outputs took.
        peak_bytes: largest resident memory meanwhile, if that was looked at.
    """
    effort = usage.effort
    read = effort.source_tokens if effort else None
    padded = effort.padded_tokens if effort else None
    written = effort.target_tokens if effort else None
    generating = effort.seconds if effort else None
    filled = _share(read, padded)
    return Performance(
        articles_per_second=_share(entered, seconds),
        model_seconds=generating,
        source_tokens=read,
        padded_tokens=padded,
        target_tokens=written,
        source_tokens_per_second=_share(read, generating),
        target_tokens_per_second=_share(written, generating),
        padding_share=None if filled is None else 1 - filled,
        reused_share=_share(usage.reused, usage.made + usage.reused) if effort else None,
        peak_megabytes=None if peak_bytes is None else peak_bytes / 1_000_000,
    )


def _share(part: float | None, whole: float | None) -> float | None:
    return part / whole if part is not None and whole else None
