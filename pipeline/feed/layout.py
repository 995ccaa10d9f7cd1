r"""Cut text that is laid out with line ends and indents, though it came within one `<p>`.

Reuters sends a whole story in one: lines end at column 64, and an indent opens a paragraph. Text
that was indented because its XML was printed nicely is told from it by its having no line that
starts at the margin.
"""

import re

from pipeline.records import Block

_AT_MARGIN = re.compile(r"\S[ \t]*\n\S")
_INDENT = re.compile(r"\n([ \t]{2,8})(?=\S)")
_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*|\n[ \t]{2,8}(?=\S)")
_BULLET = re.compile(r"[*•] +(?=\S)")


def laid_out(text: str) -> tuple[Block, ...]:
    """Return the paragraphs and items of a text that is laid out, nothing for any other."""
    if "\n" not in text or not _AT_MARGIN.search(text):
        return ()
    if len(set(_INDENT.findall(text))) != 1:
        return ()
    blocks = []
    for part in _PARAGRAPH.split(text):
        line = " ".join(part.split())
        if found := _BULLET.match(line):
            blocks.append(Block(line[found.end() :], "item"))
        elif line:
            blocks.append(Block(line))
    return tuple(blocks)
