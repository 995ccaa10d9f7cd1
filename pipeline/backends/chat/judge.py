"""Tell answers that can be used from those that cannot."""

import re
from dataclasses import dataclass

from pipeline.backends.chat.answers import clean
from pipeline.backends.defects import find_defect

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
        summaries: whether summaries are asked for, or else translations.
    """

    name = "judge 2"

    def __init__(self, languages: tuple[str, str], *, summaries: bool) -> None:
        self._languages = languages
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
        if self._summaries and text.casefold().split() == source.casefold().split():
            return "the answer is a copy of the source"
        if len(text) > _LONGER * len(source) + _GRACE:
            return f"the answer is {len(text)} characters long for {len(source)}: {_short(text)}"
        defect = find_defect(source, text, self._languages)
        return None if defect is None else f"the answer {defect.message}: {_short(text)}"


def _short(text: str, length: int = 80) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"
