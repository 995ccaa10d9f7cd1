"""The size of batches is found by trial; no output depends on what was tried."""

import time

import pytest

from pipeline.backend import Decoding
from pipeline.backends.feeding import Feeder
from pipeline.backends.sizing import BatchSize


def try_out(size, seconds, batches=40):
    """Let full batches pass that take so long by their size."""
    tried = []
    for _ in range(batches):
        tried.append(size.tokens)
        size.passed(size.tokens, seconds(size.tokens))
    return tried


def test_it_grows_while_more_passes_in_a_second():
    size = BatchSize(100, by_trial=True)
    try_out(size, lambda tokens: max(1.0, tokens / 800))
    assert (size.tokens, size.is_trying) == (800, False)


def test_the_first_batch_of_a_size_only_warms_up():
    size = BatchSize(100, by_trial=True)
    slow = iter([9.0, 1.0, 9.0, 1.0, 9.0, 2.0])
    assert try_out(size, lambda _: next(slow), batches=6) == [100, 100, 200, 200, 400, 400]
    assert (size.tokens, size.is_trying) == (200, False)


def test_half_empty_batches_tell_nothing():
    size = BatchSize(100, by_trial=True)
    assert not any(size.passed(49, 0.001) for _ in range(9))
    assert (size.tokens, size.is_trying) == (100, True)


def test_memory_ends_the_trial():
    size = BatchSize(100, by_trial=True)
    try_out(size, lambda _: 1.0, batches=3)
    size.failed(60)
    assert try_out(size, lambda _: 1.0) == [60] * 40


def test_without_trial_it_stays():
    assert set(try_out(BatchSize(100), lambda _: 1.0)) == {100}


def test_it_has_an_end():
    size = BatchSize(1 << 18, by_trial=True)
    try_out(size, lambda _: 1.0)
    assert (size.tokens, size.is_trying) == (1 << 19, False)


class Engine:
    """Upper-cases texts in a time that does not depend on their number, if they fit."""

    workers = 1

    def __init__(self, fits, queue):
        self.fits, self.queue = fits, queue
        self.sizes, self.running, self.most_running = [], 0, 0

    def submit(self, rows, decoding):
        self.running += 1
        self.most_running = max(self.most_running, self.running)

        def result():
            self.running -= 1
            if len(rows) > self.fits:
                raise MemoryError
            self.sizes.append(len(rows))
            time.sleep(0.02)
            return [[row.upper()] for row in rows]

        return result


@pytest.mark.parametrize("queue", [0, 4])
@pytest.mark.parametrize("fits", [5, 16, 1000])
def test_the_feeder_tries_within_memory_and_loses_nothing(fits, queue):
    engine = Engine(fits, queue)
    feeder = Feeder("acme/model", engine, BatchSize(2, by_trial=True))
    texts = [letter for letter in "abcdefgh" for _ in range(32)]
    found = {}
    for places, candidates in feeder.run(texts, [1] * len(texts), Decoding()):
        assert not found.keys() & set(places)
        found.update(zip(places, candidates, strict=True))
    assert [found[place][0] for place in range(len(texts))] == [text.upper() for text in texts]
    assert engine.sizes[:3] == [2, 2, 4]
    assert max(engine.sizes) <= fits
    if queue and fits == 5:
        assert engine.most_running > 1  # after the trial
