"""Decode bytes whose encoding nobody declared."""

from pipeline.feed.lines import encoding_of


def decode(content: bytes, preferred: str | None = None) -> tuple[str, str]:
    """Return text and the charset it was read in.

    A byte order mark decides, then `preferred`, then strict UTF-8, then cp1252 with latin-1 for its
    five unassigned bytes. latin-1 is never tried before UTF-8: it never fails, and makes `GrÃ¼ne`.
    Of UTF-8 that was cut off within a letter that piece of a letter is dropped.
    """
    for charset in (encoding_of(content), preferred, "utf-8", "cp1252"):
        if charset is None:
            continue
        try:
            return content.decode(charset), charset.removesuffix("-sig")
        except UnicodeDecodeError as error:
            whole = content[: error.start]
            if error.reason == "unexpected end of data" and not whole.isascii():
                return whole.decode(charset), charset.removesuffix("-sig")
    return content.decode("latin-1"), "latin-1"
