"""Where memory runs out, batches are halved; order, outputs and other errors stay as they are."""

import logging
import subprocess
import sys

import pytest

from pipeline.backend import Decoding
from pipeline.backends.feeding import Feeder
from pipeline.backends.memory import is_out_of_memory
from pipeline.backends.sizing import BatchSize
from pipeline.errors import ArticleError

DECODING = Decoding()


class Engine:
    """Upper-cases texts, as long as a batch's padded letters fit."""

    def __init__(self, fits, queue=0, error=None):
        self.fits, self.queue, self.workers = fits, queue, 1
        self.error = error or RuntimeError("CUDA failed with error out of memory")
        self.tried = []
        self.taken = self.written = 0

    def submit(self, rows, decoding):
        size = len(rows) * max(map(len, rows))
        self.tried.append(len(rows))
        self.taken += size
        fits = self.taken <= self.fits
        if not self.queue:
            self.taken -= size
            if not fits:
                raise self.error

        def result():
            self.taken -= size if self.queue else 0
            if not fits:
                raise self.error
            self.written += sum(map(len, rows))
            return [[row.upper()] for row in rows]

        return result


def feed(engine, rows, budget=1000):
    feeder = Feeder("acme/model", engine, BatchSize(budget))
    return feeder, run(feeder, rows)


def run(feeder, rows):
    found = {}
    for places, candidates in feeder.run(rows, [len(row) for row in rows], DECODING):
        assert not found.keys() & set(places)
        found.update(zip(places, candidates, strict=True))
    return [found[place][0] for place in range(len(rows))]


ROWS = [letter * length for letter, length in zip("abcdefghij", range(10, 0, -1), strict=True)]


@pytest.mark.parametrize("queue", [0, 3, 32])
@pytest.mark.parametrize("fits", [10, 11, 25, 64, 1000])
def test_everything_comes_out_once_and_in_order(queue, fits):
    _, found = feed(Engine(fits, queue), ROWS * 5)
    assert found == [row.upper() for row in ROWS * 5]


@pytest.mark.parametrize(
    "error",
    [
        MemoryError("std::bad_alloc"),
        RuntimeError("CUDA failed with error out of memory"),
        RuntimeError("[enforce fail at alloc_cpu.cpp:124] DefaultCPUAllocator: can't allocate mem"),
        RuntimeError("cuBLAS failed with status CUBLAS_STATUS_ALLOC_FAILED"),
    ],
    ids=str,
)
def test_every_library_s_word_for_it_is_known(error):
    if "can't allocate" in str(error):
        error = RuntimeError(f"{error}ory: you tried to allocate 4096000 bytes.")
    assert feed(Engine(30, error=error), ROWS)[1] == [row.upper() for row in ROWS]


def test_torch_s_own_error_is_known():
    import torch

    assert is_out_of_memory(torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2 GiB"))


@pytest.mark.parametrize("error", [RuntimeError("shape mismatch"), ValueError("out of memory")])
def test_other_errors_stay_as_they_are(error):
    engine = Engine(0, error=error)
    with pytest.raises(type(error), match=str(error)):
        feed(engine, ROWS)
    assert len(engine.tried) == 1


def test_the_size_that_fits_is_remembered_and_told_once(caplog):
    engine = Engine(30)
    with caplog.at_level(logging.WARNING):
        feeder, _ = feed(engine, ROWS)
        assert engine.tried[:3] == [10, 5, 2]
        before = len(engine.tried)
        assert run(feeder, ROWS) == [row.upper() for row in ROWS]
    assert max(engine.tried[before:]) * 1 <= 30
    assert engine.tried[before] == 2  # no failed try again
    (record,) = caplog.records
    assert "acme/model: memory ran out" in record.getMessage()
    assert "batch_tokens=20" in record.getMessage()


@pytest.mark.parametrize("queue", [0, 3])
def test_a_text_that_does_not_fit_alone_is_told_with_a_remedy(queue):
    with pytest.raises(ArticleError, match="not hold even one text of 10 tokens") as caught:
        feed(Engine(9, queue), ROWS)
    assert caught.value.reason == "out_of_memory"
    assert "device=cpu" in caught.value.remedy


def test_a_text_that_fits_alone_is_not_given_up_beside_others():
    rows = ["a" * 10] * 8
    assert feed(Engine(10, queue=3), rows, budget=10)[1] == ["A" * 10] * 8


REAL = """
import logging, resource, sys
from pathlib import Path
import torch
from pipeline.backend import Decoding
from pipeline.backends.architecture import Task
from pipeline.backends.loading import make_backend
from pipeline.backends.settings import Engine, ModelSettings
settings = ModelSettings(
    sys.argv[1], engine=Engine(sys.argv[2]), compute_type="float32", threads=1, batch_tokens=10**6
)
backend = make_backend(
    settings, Task.translation, ("de", "en"), Path(sys.argv[3]), offline=True
)
texts = ["Der Umsatz steigt um 3,5 Prozent, die Bundesbank rechnet damit. " * 2] * 3000
decoding = Decoding(beams=1, max_tokens=2)
(expected,) = set(backend.generate(texts[:8], decoding))
size = int(next(l for l in open("/proc/self/status") if l.startswith("VmSize")).split()[1]) << 10
resource.setrlimit(resource.RLIMIT_AS, (size + (150 << 20),) * 2)
heard = []
assert set(backend.generate(texts, decoding, heard.append)) == {expected}
assert sum(heard) == len(texts) and len(heard) > 1, heard
"""


@pytest.mark.skipif(sys.platform != "linux", reason="limits memory by a Linux call")
@pytest.mark.parametrize("engine", ["transformers", "ctranslate2"])
def test_real_memory_runs_out(tiny_m2m100, conversions, engine):
    command = [sys.executable, "-c", REAL, str(tiny_m2m100), engine, str(conversions)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr[-3000:]
    assert "memory ran out, so batches are smaller" in result.stderr


@pytest.mark.parametrize("queue", [0, 3])
def test_only_batches_that_passed_are_counted(queue):
    feeder, _ = feed(Engine(25, queue), ROWS, budget=40)
    effort = feeder.effort
    assert effort.source_tokens == effort.target_tokens == sum(map(len, ROWS))
    assert effort.source_tokens <= effort.padded_tokens < 2 * effort.source_tokens
    assert effort.seconds > 0


def test_rows_of_a_batch_are_padded_to_its_longest():
    feeder, _ = feed(Engine(1000), ["aaaa", "bb", "c"], budget=12)
    assert (feeder.effort.source_tokens, feeder.effort.padded_tokens) == (7, 12)
