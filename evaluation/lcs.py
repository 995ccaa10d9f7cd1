"""Longest common subsequences, 64 rows of the table and more at once (Hyyrö 2004).

The rows of the table are the reference's tokens. A bit of an integer stands for a row, and tells
whether the length of the LCS grows there; one pass over the other text's tokens, with a few
operations on integers for each, fills the table. Tokens are given as the rows that hold them.
"""

from collections.abc import Iterable, Sequence


def lcs_length(rows: int, columns: Iterable[int]) -> int:
    """Return the length of a longest common subsequence.

    Args:
        rows: a bit for each row; there may be rows that no column matches.
        columns: for each token of the other text the rows that hold it.
    """
    still = rows
    for matches in columns:
        hit = still & matches
        if hit:
            still = ((still + hit) | (still - hit)) & rows
    return (rows ^ still).bit_count()


def union_lcs(blocks: Sequence[int], lines: Iterable[Sequence[int]]) -> int:
    """Return the rows that are in an LCS of their block with any line.

    Of several longest subsequences it takes the one that rouge-score reads from its table, from the
    bottom right: a match if there is one, else one token back in the line if only that keeps the
    length, else one row up.

    Args:
        blocks: the rows of each sentence; a row that is in none parts one from the next.
        lines: for each sentence of the other text the columns, as `lcs_length` takes them.
    """
    rows = sum(blocks)
    union = 0
    for line in lines:
        table = _table(rows, line)
        grown = table[-1][1] if table else 0
        for block in blocks:
            if grown & block:
                union |= _read_back(block, table)
    return union


def _table(rows: int, line: Sequence[int]) -> list[tuple[int, int]]:
    """Return for each column what matches and where the length has grown.

    Columns without a match are like the one before; of several in a row one is kept.
    """
    still, table = rows, []
    last = True
    for matches in line:
        if matches:
            hit = still & matches
            still = ((still + hit) | (still - hit)) & rows
            table.append((matches, rows ^ still))
            last = False
        elif not last:
            table.append((0, rows ^ still))
            last = True
    return table


def _read_back(block: int, table: Sequence[tuple[int, int]]) -> int:
    found, above = 0, block
    for matches, grown in reversed(table):
        here = (matches | grown) & above
        if not here:
            break
        row = 1 << (here.bit_length() - 1)
        above &= row - 1
        if matches & row:
            found |= row
        else:
            above |= row
    return found
