"""Cut text into sentences in one scan over the places where one could end."""

import re

from pipeline.sentences.judge import Judge
from pipeline.sentences.place import LOOK_BACK, Place
from pipeline.sentences.rules import Rules

# Control and zero-width characters, which may stand anywhere and mean nothing here.
_INVISIBLE = (
    r"\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064"
    r"\u2066-\u2069\ufe00-\ufe0f\ufeff"
)
_CLOSERS = rf"[\"'“”’‘»«›‹)\]}}{_INVISIBLE}]*+"
_EMOJI = r"[\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]"
_DASH = r"(?:[-–—•*+]++\s++)?+"
_QUOTES = rf"[\"'“„‚‘’»«›‹(\[{{{_INVISIBLE}]*+"
_SMALL = "a-zß-öø-ÿ" + "".join(filter(str.islower, map(chr, range(0x100, 0x530))))
_CAPITAL = rf"[^\W_{_SMALL}]"  # or a digit, or a letter of a script without capitals
_BRAND = r"[a-z]{1,2}[A-ZÄÖÜ]"
_SIGN = r"[§$€£¥#@¿¡]"

# End marks, what closes behind them, white space, and a look at what could open a sentence;
# or no white space but a capitalised word. Possessive throughout: linear on any input.
_CANDIDATE = re.compile(
    r"(?P<marks>[.!?…](?<![.!?…].)[.!?…]*+)"
    rf"(?P<close>{_CLOSERS}(?:[ \xa0]?{_EMOJI}[{_INVISIBLE}]*+){{0,9}})"
    rf"(?:(?P<gap>\s++)(?={_DASH}{_QUOTES}(?:{_CAPITAL}|{_BRAND}|{_SIGN}|{_EMOJI}))"
    r"|(?=„?[A-ZÄÖÜ][a-zäöüß]++[\s,]))"
)
_AHEAD = re.compile(rf"{_QUOTES}(?P<word>[\w’]*+)")
_BLANK_LINE = re.compile(r"\n[^\S\n]*+\n")


class Scanner:
    """Split text by the rules of a language."""

    def __init__(self, rules: Rules) -> None:
        self._openers = rules.openers
        self._judge = Judge(rules)

    def split(self, text: str) -> list[str]:
        """Return the sentences without outer white space; nothing else is dropped.

        A blank line always ends a sentence.
        """
        return [
            sentence
            for paragraph in _BLANK_LINE.split(text)
            for sentence in self._split_paragraph(paragraph)
        ]

    def _split_paragraph(self, text: str) -> list[str]:
        sentences, start = [], 0
        for match in _CANDIDATE.finditer(text):
            if self._judge.ends_sentence(self._place(text, start, match)):
                end = match.end("close")
                sentences.append(text[start:end].strip())
                start = end
        sentences.append(text[start:].strip())
        return [sentence for sentence in sentences if sentence]

    def _place(self, text: str, start: int, match: re.Match[str]) -> Place:
        ahead = _AHEAD.match(text, match.end())
        following = ahead["word"] if ahead else ""
        before = text[max(start, match.start() - LOOK_BACK) : match.start()]
        return Place(
            text=text,
            start=start,
            stop=match.start(),
            resume=match.end(),
            marks=match["marks"],
            close=match["close"],
            spaced=match["gap"] is not None,
            following=following,
            opens=following in self._openers,
            before=before,
            words=before.split(),
        )
