"""What was counted while a part was made."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pipeline.execution.passing import StageCounts
from pipeline.records import Fault, Json
from pipeline.stage import Effort, Usage


@dataclass(slots=True)
class StageTally:
    """What a stage did to a part.

    Attributes:
        counts: drafts, time and memory.
        usage: model outputs.
    """

    counts: StageCounts = field(default_factory=StageCounts)
    usage: Usage = field(default_factory=Usage)


@dataclass(slots=True)
class Tally:
    """What was counted of one part.

    Attributes:
        entered: records in it.
        set_aside: those that are rightly not briefed.
        faults: the others that became no article.
        seconds: time spent reading.
        stages: by name.
    """

    entered: int = 0
    set_aside: int = 0
    faults: int = 0
    seconds: float = 0.0
    stages: dict[str, StageTally] = field(default_factory=dict)

    def count_input(self, faults: list[Fault], entered: int) -> None:
        """Count what was read."""
        self.entered += entered
        self.set_aside += sum(fault.is_set_aside for fault in faults)
        self.faults += sum(not fault.is_set_aside for fault in faults)

    def lasting(self) -> dict[str, Json]:
        """Return what is the same whoever makes the part, and when."""
        return {
            "entered": self.entered,
            "set_aside": self.set_aside,
            "faults": self.faults,
            "stages": {
                name: {
                    "entered": stage.counts.entered,
                    "faults": stage.counts.faults,
                    "outputs": stage.usage.made + stage.usage.reused,
                }
                for name, stage in self.stages.items()
            },
        }


def tally_of(lasting: Mapping[str, Json]) -> Tally:
    """Return the tally of a part that was there already: all its outputs are reused."""
    stages = lasting["stages"]
    if not isinstance(stages, dict):
        raise TypeError("stages is no mapping")
    return Tally(
        _count(lasting, "entered"),
        _count(lasting, "set_aside"),
        _count(lasting, "faults"),
        0.0,
        {
            name: StageTally(
                StageCounts(_count(found, "entered"), _count(found, "faults")),
                Usage(reused=_count(found, "outputs")),
            )
            for name, found in stages.items()
            if isinstance(found, dict)
        },
    )


def add_counts(total: StageCounts, more: StageCounts) -> None:
    """Add what one worker counted; of memory, the largest counts."""
    total.entered += more.entered
    total.faults += more.faults
    total.seconds += more.seconds
    if more.peak_bytes is not None:
        total.peak_bytes = max(total.peak_bytes or 0, more.peak_bytes)


def add_usage(total: Usage, more: Usage) -> None:
    """Add what one worker used."""
    total.made += more.made
    total.reused += more.reused
    if total.effort is not None and more.effort is not None:
        effort = more.effort
        total.effort.add(effort.source_tokens, effort.padded_tokens, effort.target_tokens)
        total.effort.seconds += effort.seconds


def copy_of(usage: Usage) -> Usage:
    """Return the counts as they are now."""
    return replace(usage, effort=replace(usage.effort) if usage.effort else None)


def since(before: Usage, now: Usage) -> Usage:
    """Return what was used between two moments."""
    effort = None
    if before.effort is not None and now.effort is not None:
        effort = Effort(
            _less(now.effort.source_tokens, before.effort.source_tokens),
            _less(now.effort.padded_tokens, before.effort.padded_tokens),
            _less(now.effort.target_tokens, before.effort.target_tokens),
            now.effort.seconds - before.effort.seconds,
        )
    return Usage(now.made - before.made, now.reused - before.reused, effort)


def _less(now: int | None, before: int | None) -> int | None:
    return None if now is None or before is None else now - before


def _count(values: Mapping[str, Json], name: str) -> int:
    value = values[name]
    if not isinstance(value, int):
        raise TypeError(f"{name} is no count")
    return value
