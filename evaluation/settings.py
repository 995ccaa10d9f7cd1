"""Settings of `wirebrief-score`."""

from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from hydra.core.config_store import ConfigStore

from configs.ranges import allowed
from evaluation.translation_options import TranslationOptions


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
class ScoreSettings(TranslationOptions):
    """The configuration of `wirebrief-score`.

    Attributes:
        predictions: file with what is scored; a list of files, or a mapping of names to files, for
            several systems, the first of which is the baseline; `-` is standard input.
        references: file with what it is compared to, or a list of files.
        source: file with what the predictions were made from: adds the agreement of facts to
            translations, extractive measures to summaries.
        kind: summaries get ROUGE; translations get BLEU, chrF and TER.
        prediction_field: key of the text in records; dots reach inwards; `None` is where
            a brief has it, `abstractive.text` or `translation.text`.
        reference_field: key of the text, or list of texts, in records of references; `None` is
            where a feed has it, `references.summaries` or `references.translation`.
        source_field: key of the text in records of sources.
        id_field: key by which records are matched.
        encoding: of text files and JSON lines.
        sentence_mark: what stands for the end of a sentence inside a line, for ROUGE-Lsum.
        output: file for the scores as JSON; nothing is written if empty.
        articles: file for the scores of each article, `.jsonl` or `.parquet`; ditto.
        stem: stem words before ROUGE matches them.
        tokenizer: words of a-z and digits as in rouge-score, or of the letters of any script.
        language: ISO 639-1 code of the summaries; `unicode` stems by it.
        many_references: take the best reference by F, or the mean.
        samples: bootstrap resamples.
        seed: of the resampling.
    """

    predictions: Any = "???"
    references: Any = "???"
    source: str | None = None
    kind: Kind = Kind.summaries
    prediction_field: str | None = None
    reference_field: str | None = None
    source_field: str = "text"
    id_field: str = "id"
    encoding: str = "utf-8"
    sentence_mark: str | None = None
    output: str | None = None
    articles: str | None = None
    stem: bool = True
    tokenizer: Tokenizer = Tokenizer.ascii
    language: str = "en"
    many_references: Many = Many.best
    samples: int = field(default=1000, metadata=allowed(least=40))
    seed: int = field(default=1, metadata=allowed(least=0))

    def translation(self) -> TranslationOptions:
        """Return how translations are scored."""
        return TranslationOptions(self.metrics, self.bleu, self.chrf, self.ter)


def register_schema() -> None:
    """Make the schema known to Hydra."""
    ConfigStore.instance().store(name="score_schema", node=ScoreSettings)
