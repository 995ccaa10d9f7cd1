"""Settings that every stage with a sequence-to-sequence model has."""

from dataclasses import dataclass, field
from enum import Enum

from configs.ranges import allowed


class Engine(Enum):
    """Which library runs the model."""

    auto = "auto"
    ctranslate2 = "ctranslate2"
    transformers = "transformers"


class Device(Enum):
    """What computes."""

    cpu = "cpu"
    cuda = "cuda"
    auto = "auto"


@dataclass
class Batching:
    """How texts are put into batches, for every model of this machine.

    Attributes:
        strict: the same text comes out the same whatever batch it stood in.
    """

    strict: bool = False


@dataclass
class ModelSettings:
    """Which model, and how it runs.

    Attributes:
        model: `starter`, a name on the hub, or a local folder in the transformers format.
        revision: commit or tag on the hub.
        allow_pickle: take pickled weights where there are none in safetensors.
        engine: `auto` (the fastest that can run the model), `ctranslate2` or `transformers`
            (everything).
        compute_type: numeric type of the weights at run time: `int8`, `float32`, `float16`, ...,
            or `auto` for what suits device and engine. Where `engine: auto` has to take
            transformers, which has no integers, they are float32.
        device: `cpu`, `cuda` or `auto`.
        devices: numbers of the CUDA devices, with a copy of the model on each; empty means the
            first one.
        threads: CPU threads for the model; 0 means one per core.
        batch_tokens: padded source tokens in one batch; empty means found by trial on a GPU, and
            2048 on a CPU. Cannot change the memo key.
        beams: beam size; 1 is greedy.
        length_penalty: above 1 favours longer outputs.
        no_repeat_ngram: forbid repeating n-grams of this size; 0 allows them.
        repetition_penalty: above 1 makes used tokens less likely.
        candidates: of so many beams take the one whose facts agree best with its source; 1 takes
            the model's favourite.
        retries: so often an output that loops, is empty, copies its source or is in another
            language is generated again, each time with other decoding; 0 only tells.
    """

    model: str = "???"
    revision: str | None = None
    allow_pickle: bool = False
    engine: Engine = Engine.auto
    compute_type: str = "int8"
    device: Device = Device.cpu
    devices: list[int] = field(default_factory=list)
    threads: int = field(default=0, metadata=allowed(least=0, most=1024))
    batch_tokens: int | None = field(default=None, metadata=allowed(least=1))
    beams: int = field(default=4, metadata=allowed(least=1, most=100))
    length_penalty: float = field(default=1.0, metadata=allowed(least=0))
    no_repeat_ngram: int = field(default=0, metadata=allowed(least=0))
    repetition_penalty: float = field(default=1.0, metadata=allowed(above=0))
    candidates: int = field(default=1, metadata=allowed(least=1, most="beams"))
    retries: int = field(default=2, metadata=allowed(least=0, most=3))
