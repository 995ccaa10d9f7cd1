"""What the facts of a summary are looked up in: the guard and the scores ask alike."""

from dataclasses import dataclass

from evaluation.fact_finder import Language
from evaluation.facts import FactReport, check_summary
from evaluation.other_names import exchanged_names
from pipeline.records import Draft


@dataclass(frozen=True, slots=True)
class Grounds:
    """The texts of an article.

    Attributes:
        text: where facts must stand: German, unless the feed is English.
        language: of `text`.
        translation: English text that names may come from, too, and that denials are seen in;
            without names that it has put in the place of others.
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
    title = draft.article.title or ""
    sources = (title, *(sentence.text for sentence in draft.sentences))
    translation = draft.translation
    targets = (translation.title, *translation.targets) if translation else ()
    if not is_german(draft, german_feed=german_feed):
        return Grounds(". ".join(text for text in targets if text), "en", "")
    english = [
        _without_exchanged(source, target)
        for source, target in zip(sources, targets, strict=False)
        if target
    ]
    return Grounds(". ".join(sources), "de", ". ".join(english))


def _without_exchanged(source: str, target: str) -> str:
    """Cut names out of a translation that stand for others there: they found no summary."""
    kept = target
    found = ((start, start + len(name)) for _, (name, start) in exchanged_names(source, target))
    for start, end in sorted(found, reverse=True):
        kept = kept[:start] + kept[end:]
    return kept
