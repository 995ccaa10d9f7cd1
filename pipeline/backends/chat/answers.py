"""An answer as the memo remembers it, and how a raw one is cleaned."""

import json
import re
from dataclasses import asdict, dataclass

from pipeline.fingerprint import canonical_json

_THOUGHTS = re.compile(r"<(think|thinking|thought)>.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
_THOUGHTS_END = re.compile(r"\A.*</(?:think|thinking|thought)>", re.DOTALL | re.IGNORECASE)
_MARKS = re.compile(r"</?text-[0-9a-f]{8,64}>")
_CODE = re.compile(r"\A```[\w-]*\n(.*?)\n?```\Z", re.DOTALL)
_KIND = r"(?:translations?|translated \w+|summar(?:y|ies)|übersetzung|zusammenfassung)"
_OPENING = r"(?:sure|certainly|of course|okay|ok|gerne?|here(?:'s|’s| is| are)|hier ist|below is)"
_LABEL = re.compile(
    rf"\A\W{{0,3}}(?:the |die )?(?:[a-zäöü]+ )?{_KIND}(?: (?:in|into|to) \w+)?"
    r"\W{0,3}:\W{0,3}\s",
    re.IGNORECASE,
)
_PREAMBLE = re.compile(
    rf"\A{_OPENING}\b[^\n]{{0,120}}?:\s*\n|\A(?:{_OPENING}\b\W{{0,3}}){{1,2}}[^\n:]{{0,60}}{_KIND}[^\n:]{{0,60}}:\s",
    re.IGNORECASE,
)
_REMARK = re.compile(
    r"\n\s*\n\W{0,3}(?:please )?(?:notes?|explanation|let me know|i hope|i have|anmerkung|hinweis)"
    r"\b.*\Z",
    re.DOTALL | re.IGNORECASE,
)
_BULLET = re.compile(r"^\s*(?:[-*•]|\d{1,2}\.)\s+", re.MULTILINE)
_QUOTES = {'"': '"', "“": "”", "„": "“", "'": "'", "«": "»", "»": "«", "‘": "’"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of asking for one text.

    Attributes:
        text: the result; empty if there is none that can be used.
        cut: the model reached its limit of tokens.
        problem: why there is no result, to follow on a colon.
        lasting: asking again would give the same; what is not lasting is not remembered.
    """

    text: str
    cut: bool = False
    problem: str | None = None
    lasting: bool = True

    def record(self) -> str:
        """Return the answer as the memo keeps it."""
        return canonical_json(asdict(self))


def read_answer(record: str) -> Answer:
    """Return the answer of a record."""
    return Answer(**json.loads(record))


def is_lasting(record: str) -> bool:
    """Tell whether the memo should remember it."""
    return read_answer(record).lasting


def clean(source: str, raw: str, *, bullets: bool = False) -> str:
    """Return the result that an answer holds, on one line.

    What a model puts around it goes: thoughts, the marks of the fence, a code block, "Here is the
    translation:", a remark after it, quotation marks that the source does not have.

    Args:
        source: the text that the answer is about.
        raw: the answer.
        bullets: drop the marks of a list, too, as summaries may have it.
    """
    text = _THOUGHTS_END.sub("", _THOUGHTS.sub("", raw))
    text = _MARKS.sub("", text).strip()
    if "```" not in source:
        text = _CODE.sub(r"\1", text).strip()
    if not _PREAMBLE.match(source):
        text = _PREAMBLE.sub("", text, count=1).strip()
    if not _LABEL.match(source):
        text = _LABEL.sub("", text, count=1).strip()
    text = _REMARK.sub("", text)
    if "**" not in source:
        text = text.replace("**", "")
    if bullets:
        text = _BULLET.sub("", text)
    return _without_quotes(source, " ".join(text.split()))


def _without_quotes(source: str, text: str) -> str:
    closing = _QUOTES.get(text[:1])
    quoted = source[:1] in {*_QUOTES, *_QUOTES.values()}
    if closing is None or quoted or len(text) < 2 or text[-1] != closing:
        return text
    inner = text[1:-1]
    return text if closing in inner or text[0] in inner else inner.strip()
