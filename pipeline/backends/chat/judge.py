"""Tell answers that can be used from those that cannot."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher

from pipeline.backends.chat.answers import clean

DetectLanguage = Callable[[str], str | None]
"""Return the ISO code of a text's language, or `None` where that is not sure."""

_DEED = r"(?:assist|help|provide|translate|summari[sz]e|comply|fulfil|process|do that)"
_UNABLE = r"(?:can(?:no|['’])?t|can not|won['’]?t|will not|am (?:unable|not able)|must decline)"
_REFUSAL = re.compile(
    rf"\A\W*(?:(?:(?:i['’]m|i am) (?:very |so |really )?(?:sorry|afraid)|sorry|i apologi[sz]e)\b"
    rf"[^.]{{0,40}}\bi (?:{_UNABLE})|i (?:{_UNABLE})\b[^.]{{0,40}}?{_DEED}|"
    rf"i['’]m (?:unable|not able) to {_DEED}|"
    r"as an? (?:ai|large|language)(?: language)? (?:model|assistant)|"
    r"(?:es )?tut mir leid,? (?:aber )?ich kann|als (?:ki|sprachmodell|ki-\w+)\b[^.]{0,30}kann ich|"
    r"ich kann [^.]{0,40}nicht (?:helfen|übersetzen|zusammenfassen|nachkommen|weiterhelfen))",
    re.IGNORECASE,
)
_SORRY = re.compile(
    r"\b(?:leid|entschuldig\w*|sorry|afraid|kann|können|can(?:no|['’])?t|sprachmodell|model)\b",
    re.IGNORECASE,
)
"""What a source has that may rightly come out like a refusal."""
_COPY = 0.9
_FEW_WORDS = 5
_SMALL_WORDS = 2
_LONGER = 4
_GRACE = 200


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an answer is worth: its result, and why that cannot be used, if so."""

    text: str
    problem: str | None


class Judge:
    """Cleans and examines answers.

    Args:
        languages: ISO codes of source and target.
        detect: finds the language of a text.
        summaries: whether summaries are asked for, or else translations.
    """

    name = "judge 1"

    def __init__(
        self, languages: tuple[str, str], detect: DetectLanguage, *, summaries: bool
    ) -> None:
        self._source, self._target = languages
        self._detect = detect
        self._summaries = summaries

    def examine(self, source: str, raw: str) -> Verdict:
        """Return the verdict on a raw answer about a source."""
        text = clean(source, raw, bullets=self._summaries)
        return Verdict(text, self._problem(source, text))

    def _problem(self, source: str, text: str) -> str | None:
        if not any(char.isalnum() for char in text) and any(char.isalnum() for char in source):
            return "the answer is empty"
        if _REFUSAL.match(text) and not _SORRY.search(source[:80]):
            return f"the model refuses: {_short(text)}"
        if self._copies(source, text):
            return "the answer is a copy of the source"
        if len(text) > _LONGER * len(source) + _GRACE:
            return f"the answer is {len(text)} characters long for {len(source)}: {_short(text)}"
        found = self._detect(text)
        if found is not None and found != self._target:
            return f"the answer is in another language ({found}): {_short(text)}"
        return None

    def _copies(self, source: str, text: str) -> bool:
        """Tell whether a text is the source again; names and results are no copies."""
        words, answer = source.casefold().split(), text.casefold().split()
        if self._summaries:
            return words == answer
        small = sum(word[:1].islower() for word in source.split())
        if self._source == self._target or len(words) < _FEW_WORDS or small < _SMALL_WORDS:
            return False
        return SequenceMatcher(None, words, answer, autojunk=False).ratio() >= _COPY


def _short(text: str, length: int = 80) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"
