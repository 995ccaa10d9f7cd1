"""The peak of a stage is what the process held while the stage was at work, and no other time."""

from pipeline.execution.memory import memory_watched, resident_bytes
from pipeline.execution.passing import StageCounts


def filled(size):
    block = bytearray(size)
    block[::4096] = b"x" * len(block[::4096])
    return block


def test_the_peak_is_noted():
    counts = StageCounts()
    with memory_watched(counts):
        block = filled(300_000_000)
    assert len(block) < counts.peak_bytes < resident_bytes() + 200_000_000


def test_what_is_held_at_other_times_does_not_count():
    block = filled(300_000_000)
    large = resident_bytes()
    del block
    counts = StageCounts()
    with memory_watched(counts):
        pass
    assert 1_000_000 < counts.peak_bytes < large - 200_000_000
    first = counts.peak_bytes
    with memory_watched(counts):
        pass
    assert counts.peak_bytes >= first
