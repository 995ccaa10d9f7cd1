"""What the facts of a summary are looked up in: the guard and the scores ask alike."""

from dataclasses import dataclass

from evaluation.fact_finder import Language
from evaluation.facts import FactReport, check_summary
from pipeline.records import Draft


@dataclass(frozen=True, slots=True)
class Grounds:
    """The texts of an article.

    Attributes:
        text: where facts must stand: German, unless the feed is English.
        language: of `text`.
        translation: English text that names may come from, too, and that denials are seen in.
    """

    text: str
    language: Language
    translation: str

    def check(self, summary: str) -> FactReport:
        """Look up the facts of an English summary."""
        return check_summary(summary, [(self.text, self.language)], self.translation)


def is_german(draft: Draft, *, german_feed: bool) -> bool:
    """Tell whether an article is German, by what it declares and what the feed is."""
    declared = draft.article.language or "de"
    return german_feed and declared.lower().startswith("de")


def grounds_of(draft: Draft, *, german_feed: bool) -> Grounds:
    """Return what a summary of this article may say."""
    translation = draft.translation
    targets = (translation.title, *translation.targets) if translation else ()
    english = ". ".join(text for text in targets if text)
    if not is_german(draft, german_feed=german_feed):
        return Grounds(english, "en", "")
    texts = (draft.article.title or "", *(sentence.text for sentence in draft.sentences))
    return Grounds(". ".join(texts), "de", english)
