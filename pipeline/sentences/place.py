"""A place in a text where a sentence may end, and what stands around it."""

from dataclasses import dataclass

LOOK_BACK = 48
"""Characters in front of a place that decide about it."""

OPENING = "\"'“„‚‘’»«›‹([{-–—•*+/"
"""What may stand in front of a word without belonging to it."""

_BRACKET_REACH = 400
"""A bracket that does not close within so many characters is taken for a slip."""

_FRONT = 16
"""So near to its beginning, a sentence has hardly begun."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence may end.

    Attributes:
        text: the paragraph.
        start: where the sentence begins.
        stop: where the end marks begin.
        resume: where the next sentence would begin.
        marks: the end marks.
        close: quotation marks, brackets and emoji right behind them.
        spaced: whether white space follows.
        following: the next word, without opening quotation marks.
        opens: whether that word is one that opens sentences.
        before: up to `LOOK_BACK` characters of the sentence in front of the marks.
        words: these, split at white space.
    """

    text: str
    start: int
    stop: int
    resume: int
    marks: str
    close: str
    spaced: bool
    following: str
    opens: bool
    before: str
    words: list[str]

    @property
    def word(self) -> str:
        """Return the last word, without opening quotation marks and brackets."""
        return self.words[-1].lstrip(OPENING) if self.words else ""

    def earlier(self, back: int) -> str:
        """Return the word `back` words before the last one, or an empty string."""
        return self.words[-1 - back] if len(self.words) > back else ""

    def front(self) -> str | None:
        """Return the whole sentence if it has hardly begun."""
        if self.stop - self.start > _FRONT:
            return None
        return self.text[self.start : self.stop].strip()

    def splits_bracket(self) -> bool:
        """Tell whether the place lies in a bracket that opened in the middle of the sentence."""
        text, low = self.text, max(self.start, self.stop - _BRACKET_REACH)
        opened = max(text.rfind("(", low, self.stop), text.rfind("[", low, self.stop))
        if opened < 0 or opened < max(
            text.rfind(")", low, self.stop), text.rfind("]", low, self.stop)
        ):
            return False
        if opened - self.start < _FRONT and not text[self.start : opened].strip(OPENING + " \n\t"):
            return False
        reach = self.stop + _BRACKET_REACH
        return text.find(")", self.stop, reach) >= 0 or text.find("]", self.stop, reach) >= 0
