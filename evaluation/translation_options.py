"""How BLEU, chrF and TER count: sacrebleu's options, with its defaults."""

from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from configs.ranges import allowed

METRICS = ("bleu", "chrf", "ter")
TOKENIZERS = ("13a", "intl", "zh", "char", "none", "flores101", "flores200")
SMOOTHINGS = ("exp", "floor", "add-k", "none")


@dataclass
class BleuOptions:
    """BLEU.

    Attributes:
        tokenize: one of `TOKENIZERS`.
        lowercase: ignore case.
        smooth: one of `SMOOTHINGS`.
        smooth_value: of `floor` (0.1 if `None`) and `add-k` (1 if `None`).
    """

    tokenize: str = "13a"
    lowercase: bool = False
    smooth: str = "exp"
    smooth_value: float | None = field(default=None, metadata=allowed(above=0))


@dataclass
class ChrfOptions:
    """ChrF.

    Attributes:
        char_order: longest n-gram of characters.
        word_order: longest n-gram of words; 2 is chrF++.
        beta: weight of recall against precision.
        lowercase: ignore case.
        whitespace: count white space, too.
        eps_smoothing: smooth by a small number, as chrF++.py, NLTK and Moses do.
    """

    char_order: int = field(default=6, metadata=allowed(least=1))
    word_order: int = field(default=0, metadata=allowed(least=0))
    beta: int = field(default=2, metadata=allowed(least=0))
    lowercase: bool = False
    whitespace: bool = False
    eps_smoothing: bool = False


@dataclass
class TerOptions:
    """TER.

    Attributes:
        case_sensitive: mind case.
        asian_support: split Chinese and Japanese characters; with one of the next two.
        no_punct: leave punctuation out.
        normalized: normalize and tokenize.
    """

    case_sensitive: bool = False
    asian_support: bool = False
    no_punct: bool = False
    normalized: bool = False


@dataclass
class TranslationOptions:
    """All three.

    Attributes:
        metrics: those wanted, of `METRICS`.
    """

    metrics: list[str] = field(default_factory=lambda: list(METRICS))
    bleu: BleuOptions = field(default_factory=BleuOptions)
    chrf: ChrfOptions = field(default_factory=ChrfOptions)
    ter: TerOptions = field(default_factory=TerOptions)


def wrong_options(options: TranslationOptions) -> list[str]:
    """Say what is wrong with options that are chosen by name."""
    found = []
    for key, value, choices in (
        *(("metrics", name, METRICS) for name in options.metrics),
        ("bleu.tokenize", options.bleu.tokenize, TOKENIZERS),
        ("bleu.smooth", options.bleu.smooth, SMOOTHINGS),
    ):
        if value not in choices:
            found.append(f"{key}={value}: choose from {', '.join(choices)}")
    if not options.metrics or len(set(options.metrics)) < len(options.metrics):
        found.append(f"metrics=[{','.join(options.metrics)}]: name one or more, each once")
    if not found and options.bleu.tokenize.startswith("flores"):
        found += _missing_model(options.bleu.tokenize)
    return found


def _missing_model(tokenizer: str) -> list[str]:
    """Say that a tokenizer's model is not on this machine: sacrebleu would go and fetch it."""
    from sacrebleu.tokenizers.tokenizer_spm import SPM_MODELS  # noqa: PLC0415
    from sacrebleu.utils import SACREBLEU_DIR  # noqa: PLC0415

    if find_spec("sentencepiece") is None:
        return [f"bleu.tokenize={tokenizer}: needs sentencepiece. pip install sentencepiece"]
    model = Path(SACREBLEU_DIR) / "models" / Path(SPM_MODELS[tokenizer]["url"]).name
    if model.exists():
        return []
    told = f"bleu.tokenize={tokenizer}: {model} is not there, and nothing is downloaded here."
    return [f"{told} Let sacrebleu --tokenize {tokenizer} fetch it once, or copy it there"]
