"""Settings of `wirebrief-train`."""

from dataclasses import dataclass, field
from enum import Enum

from configs.ranges import allowed


class Job(Enum):
    """What the model is to learn."""

    translation = "translation"
    summarization = "summarization"


class Recipe(Enum):
    """Where the pairs come from."""

    files = "files"
    translation_starter = "translation_starter"
    summarization_starter = "summarization_starter"


class Schedule(Enum):
    """How the learning rate goes on after the warm-up; the names are those of transformers."""

    linear = "linear"
    cosine = "cosine"
    constant = "constant_with_warmup"
    inverse_sqrt = "inverse_sqrt"
    stable_decay = "warmup_stable_decay"


class Optimizer(Enum):
    """What turns gradients into steps."""

    adamw = "adamw"
    muon = "muon"


class Weights(Enum):
    """Numeric type of the weights that are written."""

    float32 = "float32"
    float16 = "float16"
    bfloat16 = "bfloat16"


@dataclass
class Languages:
    """ISO 639-1 codes of sources and targets."""

    source: str = "de"
    target: str = "en"


@dataclass
class Data:
    """What the model learns from.

    Attributes:
        recipe: pairs from files of yours, or one of the recipes of the starters.
        pairs: TSV, JSONL or Parquet files; patterns such as `archive/*.tsv`; also gzip.
        weights: how often an epoch shows each entry of `pairs`; empty means once.
        source_field: key or column of the source; of TSV the first column, whatever it is called.
        target_field: key or column of the target; of TSV the second column.
        dev: pairs that pick the best checkpoint; empty takes `dev_pairs` out of `pairs`.
        dev_pairs: how many of them are used.
        test: pairs for the scores in the model card.
        max_source_tokens: longer sources are left out and counted; empty means the model's limit.
        max_target_tokens: longer targets are left out and counted.
        substitute_numbers: share of the pairs whose numbers change on both sides alike.
        substitute_names: share of the pairs whose names change on both sides alike.
        sample_pieces: share of the sources that are split into other pieces than the likeliest.
        corpus: folder of the starters' corpus, for their recipes.
        held_out: folder of JSONL feeds, no sentence of which the starters' recipes may show.
    """

    recipe: Recipe = Recipe.files
    pairs: list[str] = field(default_factory=list)
    weights: list[float] | None = None
    source_field: str = "source"
    target_field: str = "target"
    dev: str | None = None
    dev_pairs: int = field(default=200, metadata=allowed(least=1))
    test: str | None = None
    max_source_tokens: int | None = field(default=None, metadata=allowed(least=4))
    max_target_tokens: int = field(default=256, metadata=allowed(least=4))
    substitute_numbers: float = field(default=0.0, metadata=allowed(least=0, most=1))
    substitute_names: float = field(default=0.0, metadata=allowed(least=0, most=1))
    sample_pieces: float = field(default=0.0, metadata=allowed(least=0, most=1))
    corpus: str | None = None
    held_out: str = "data"


@dataclass
class Shape:
    """The model that is made if training starts from nothing (`model` empty).

    Attributes:
        vocabulary: joint pieces.
        width: of every layer; heads are 64 wide.
        encoder_layers: many, since they run once per text.
        decoder_layers: few, since they run once per token.
    """

    vocabulary: int = field(default=8000, metadata=allowed(least=300))
    width: int = field(default=256, metadata=allowed(least=64))
    encoder_layers: int = field(default=5, metadata=allowed(least=1))
    decoder_layers: int = field(default=2, metadata=allowed(least=1))


@dataclass
class Fit:
    """How the model learns.

    Attributes:
        steps: batches to train on.
        batch_tokens: padded tokens of the longer side in one batch.
        optimizer: `adamw`, or `muon` for matrices with AdamW for the rest (needs bfloat16).
        learning_rate: of AdamW, after the warm-up.
        matrix_rate: of Muon.
        warmup_steps: the rate rises linearly over so many steps.
        schedule: how the rate goes on.
        decay_share: of the steps, over which `stable_decay` lets the rate fall to zero.
        weight_decay: of AdamW.
        label_smoothing: share of the probability that is spread over the vocabulary.
        dropout: share of activations set to zero; empty keeps the checkpoint's own.
        evaluate_every: steps between two evaluations on dev; each writes a checkpoint.
        average: the last so many checkpoints are averaged at the end.
        patience: stop after so many evaluations without a better score; empty never stops early.
        dev_beams: beam size of the evaluations while training; 1 is quick.
        beams: beam size of the final scores.
    """

    steps: int = field(default=2000, metadata=allowed(least=1))
    batch_tokens: int = field(default=2500, metadata=allowed(least=16))
    optimizer: Optimizer = Optimizer.adamw
    learning_rate: float = field(default=2e-5, metadata=allowed(above=0, most=1))
    matrix_rate: float = field(default=0.02, metadata=allowed(above=0, most=1))
    warmup_steps: int = field(default=100, metadata=allowed(least=0))
    schedule: Schedule = Schedule.linear
    decay_share: float = field(default=0.5, metadata=allowed(above=0, most=1))
    weight_decay: float = field(default=0.0, metadata=allowed(least=0, most=1))
    label_smoothing: float = field(default=0.1, metadata=allowed(least=0, below=1))
    dropout: float | None = field(default=None, metadata=allowed(least=0, below=1))
    evaluate_every: int = field(default=200, metadata=allowed(least=1))
    average: int = field(default=4, metadata=allowed(least=1, most=100))
    patience: int | None = field(default=None, metadata=allowed(least=1))
    dev_beams: int = field(default=1, metadata=allowed(least=1, most=100))
    beams: int = field(default=4, metadata=allowed(least=1, most=100))


@dataclass
class TrainingSettings:
    """The whole configuration of `wirebrief-train`.

    Attributes:
        job: what the model is to learn.
        model: `starter`, a name on the hub or a folder to fine-tune; empty starts from nothing.
        revision: commit or tag on the hub.
        allow_pickle: take pickled weights where there are none in safetensors.
        languages: of sources and targets.
        prefix: text in front of every source; empty takes what the model's family wants.
        data: what the model learns from.
        shape: of a new model.
        fit: how it learns.
        weights: numeric type of the weights that are written.
        licence: goes into the model card; only you know what your data allows.
        device: `cpu`, `cuda` or `auto`.
        seed: of everything random.
        output_dir: where the finished model goes; checkpoints lie below it.
        offline: open no socket.
    """

    job: Job = Job.translation
    model: str | None = None
    revision: str | None = None
    allow_pickle: bool = False
    languages: Languages = field(default_factory=Languages)
    prefix: str | None = None
    data: Data = field(default_factory=Data)
    shape: Shape = field(default_factory=Shape)
    fit: Fit = field(default_factory=Fit)
    weights: Weights = Weights.float32
    licence: str | None = None
    device: str = "auto"
    seed: int = field(default=1, metadata=allowed(least=0))
    output_dir: str = "model"
    offline: bool = False
