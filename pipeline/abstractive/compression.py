"""Shorten an English sentence by what it can do without; who says it is never dropped."""

import re

_INSERTED = re.compile(r" ?\([^()]*\)| ?\[[^\[\]]*\]| [–—] [^–—.]{1,80} [–—](?= )")
_CLAUSE = re.compile(r", (?:which|who|whose) [^,;:]{1,80},(?= [a-z])")
_OPENING = re.compile(
    r"^(?:(?:In addition|Moreover|Furthermore|Meanwhile|At the same time|However|Besides),|And|But)"
    r" (?=\S)"
)
_WHEN_SAID = re.compile(
    r"\b(said|announced|reported|explained|added|wrote)(?: on \w+day)"
    r"(?: (?:morning|afternoon|evening))?(?: in [A-Z][\w’'-]+)?(?=[.,])"
)


def compress(sentence: str) -> str:
    """Drop brackets, insertions, clauses between commas, joining words, and when it was said."""
    text = _WHEN_SAID.sub(r"\1", _CLAUSE.sub("", _INSERTED.sub("", sentence)))
    text = _OPENING.sub("", text).strip()
    return text[:1].upper() + text[1:]
