"""Settings of the `sentences` group."""

from dataclasses import dataclass, field


@dataclass
class SentencesSettings:
    """How text is split.

    Attributes:
        abbreviations: house abbreviations that end no sentence, besides those built in.
    """

    abbreviations: list[str] = field(default_factory=list)
