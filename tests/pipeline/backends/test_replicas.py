"""Copies of a model work at once, and what comes out does not tell which one it was."""

from dataclasses import replace
from threading import Barrier

import pytest

from pipeline.backend import Decoding
from pipeline.backends.architecture import Task
from pipeline.backends.choosers import Favourite
from pipeline.backends.hardware import Hardware
from pipeline.backends.loading import make_backend
from pipeline.backends.memory import is_out_of_memory
from pipeline.backends.replicas import Replicas
from pipeline.backends.seq2seq import Seq2SeqBackend
from pipeline.backends.settings import Engine, ModelSettings
from pipeline.backends.transformers import TransformersEngine


def test_copies_work_at_once_and_each_on_one_batch():
    meeting = Barrier(2, timeout=30)
    replicas = Replicas(["first", "second"])

    def meet(model):
        meeting.wait()
        return model

    waiting = [replicas.start(meet), replicas.start(meet)]
    assert {wait() for wait in waiting} == {"first", "second"}
    replicas.close()


def test_an_error_comes_back_without_the_memory_of_its_batch():
    class Tensor:
        """Stands for the memory of a batch."""

    def fail(_):
        tensor = Tensor()
        raise MemoryError(f"{type(tensor).__name__} does not fit")

    replicas = Replicas([0, 1])
    with pytest.raises(MemoryError, match="does not fit") as caught:
        replicas.start(fail)()
    assert is_out_of_memory(caught.value)
    frames = [entry.frame.f_locals for entry in caught.traceback]
    assert not any("tensor" in held for held in frames)
    assert replicas.start(lambda model: model)() in {0, 1}  # the copy is free again
    replicas.close()


def test_two_copies_of_a_model_write_what_one_writes(tiny_m2m100, conversions, parallel_lines):
    settings = ModelSettings(
        str(tiny_m2m100), engine=Engine.transformers, compute_type="float32", threads=1
    )
    one = make_backend(settings, Task.translation, ("de", "en"), conversions, offline=True)
    hardware = Hardware("cpu", threads=1, batch_tokens=200, devices=(0, 1))
    checkpoint = replace(one._checkpoint, hardware=hardware)
    engine = TransformersEngine(checkpoint)
    assert (engine.workers, hardware.places) == (2, ["cpu", "cpu"])
    two = Seq2SeqBackend(checkpoint, engine, Favourite())
    texts, decoding = parallel_lines[0][:40], Decoding(beams=2, max_tokens=12)
    assert two.generate(texts, decoding) == one.generate(texts, decoding)
    assert two.fingerprint() == one.fingerprint()
    two.close()
    assert two.generate(texts[:2], decoding) == one.generate(texts[:2], decoding)  # opens again


def test_the_names_of_cuda_devices():
    assert Hardware("cuda", devices=(1, 3)).places == ["cuda:1", "cuda:3"]
