"""Settings of `wirebrief-score`."""

from dataclasses import dataclass, field
from enum import Enum

from hydra.core.config_store import ConfigStore

from configs.ranges import allowed


class Kind(Enum):
    """What is scored."""

    summaries = "summaries"
    translations = "translations"


class Many(Enum):
    """How the scores against several references become one."""

    best = "best"
    mean = "mean"


class Tokenizer(Enum):
    """How ROUGE cuts words."""

    ascii = "ascii"
    unicode = "unicode"


@dataclass
class ScoreSettings:
    """The configuration of `wirebrief-score`.

    Attributes:
        predictions: JSONL or text file with what is scored.
        references: JSONL or text file with what it is compared to.
        kind: summaries get ROUGE; translations get BLEU, chrF and TER.
        prediction_field: key of the text in JSONL predictions; dots reach inwards; `None` is where
            a brief has it, `abstractive.text` or `translation.text`.
        reference_field: key of the text, or list of texts, in JSONL references; `None` is where a
            feed has it, `references.summaries` or `references.translation`.
        id_field: key by which JSONL records are matched.
        output: file for the scores as JSON; nothing is written if empty.
        stem: stem words before ROUGE matches them.
        tokenizer: words of a-z and digits as in rouge-score, or of the letters of any script.
        language: ISO 639-1 code of the summaries; `unicode` stems by it.
        many_references: take the best reference by F, or the mean.
        samples: bootstrap resamples.
        seed: of the resampling.
    """

    predictions: str = "???"
    references: str = "???"
    kind: Kind = Kind.summaries
    prediction_field: str | None = None
    reference_field: str | None = None
    id_field: str = "id"
    output: str | None = None
    stem: bool = True
    tokenizer: Tokenizer = Tokenizer.ascii
    language: str = "en"
    many_references: Many = Many.best
    samples: int = field(default=1000, metadata=allowed(least=40))
    seed: int = field(default=1, metadata=allowed(least=0))


def register_schema() -> None:
    """Make the schema known to Hydra."""
    ConfigStore.instance().store(name="score_schema", node=ScoreSettings)
