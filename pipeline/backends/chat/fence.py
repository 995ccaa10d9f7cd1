"""Fence a text off, so that nothing in it can pass for an instruction."""

import hashlib
import re
from collections.abc import Sequence

_SHORTEST = 8
_CONTROL = re.compile(
    r"<(?=[|｜])|(?<=[|｜])>|<(?=/?s>)|\[(?=/?INST\])|<(?=</?SYS>>)|<(?=/?(?:start|end)_of_turn>)"
    r"|<(?=/?think>)"
)
"""Where the marks begin or end with which chat templates part the speakers."""


def fence_for(text: str, shortest: int = _SHORTEST) -> str:
    """Return a mark that does not occur in a text; the same text gets the same mark.

    Args:
        text: what will stand within.
        shortest: digits to begin with; more are taken while the text has the mark.
    """
    digits = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    lowered = text.casefold()
    for length in range(shortest, len(digits) + 1):
        mark = f"text-{digits[:length]}"
        if mark not in lowered:
            return mark
    return fence_for(digits + text, shortest)


def defuse(text: str, marks: Sequence[str] = ()) -> str:
    """Break up what a tokenizer would take for the end of a message, by a space.

    Args:
        text: any text.
        marks: special tokens of the tokenizer, where it is known.
    """
    text = _CONTROL.sub(
        lambda found: f" {found.group()}" if found.group() == ">" else f"{found.group()} ", text
    )
    for mark in sorted(marks, key=len, reverse=True):
        if len(mark) > 1 and mark in text:
            text = text.replace(mark, f"{mark[0]} {mark[1:]}")
    return text


def enclose(text: str, mark: str) -> str:
    """Put a text between its marks."""
    return f"<{mark}>\n{text}\n</{mark}>"
