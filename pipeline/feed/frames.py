"""Cut the bytes of a serial wire into messages, and a message into its parts (IPTC 7901).

A whole message is `SOH header, slugline STX headline block, text ETX date DEL EOT`; gateways drop
some of these bytes or all of them, and a header line is what is left to go by.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.feed.datelines import opens_certainly

_SOH, _STX, _ETX, _EOT = b"\x01", "\x02", "\x03", b"\x04"
_ROUTE = r"(?:[^\s\x01-\x08]{1,12}[ \t]+)?"
_NUMBERED = r"[^\W\d_][^\s\d\x01-\x08]{0,30}\d{1,6}"
_STRICT = rf"{_NUMBERED} +\d +[^\W\d_]{{1,4}} +\d{{1,6}} +[^\s\d][^\s]{{1,29}} +\d{{1,6}}"
_LINE = re.compile(rf"{_ROUTE}{_STRICT}(?: .*)?\r?$", re.MULTILINE)
_LINE_OF_BYTES = re.compile(
    rb"^[\x00\x7f]*(?=(?:[^\s\x01-\x08]{1,12} +)?[^\W\d_][^\s\d\x01-\x08]{0,30}\d{1,6} +\d"
    rb" +[A-Za-z]{1,4} +\d{1,6} +[^\s\d]\S{1,29} +\d{1,6}(?: [^\n]*)?\r?$)",
    re.MULTILINE,
)
_FRAMED = re.compile(rf"\x01\s*{_ROUTE}{_NUMBERED} +\w +\w{{1,4}} +\d")
_OTHER_WIRE = re.compile("[\x16\x1e\x1f]")
_HEADLINE_END = re.compile(r"(?:^|\s)=[ \t]*\r?$", re.MULTILINE)
_HEADER = re.compile(
    rf"{_ROUTE}(?P<service>[^\W\d_][^\s\d\x01-\x08]{{0,30}})(?P<number>\d{{1,6}}) +"
    r"(?P<priority>\w) +"
    r"(?P<category>\w{1,4}) +(?P<words>\d{1,6})(?: +(?P<agency>\S{1,30})(?: +(?P<running>\d{1,6}))?"
    r"(?:[ \t].*)?)?[ \t]*\Z"
)
_NOTES = ("#", "* *")
_HEADER_LINES = 4
_HEADLINE_LINES = 30
_ROUTING = 40
_IDLE = bytes(range(33)) + b"\x7f\xef\xbb\xbf\xff"
_IDLE_TEXT = "".join(map(chr, range(33))) + "\x7f\ufeff"


@dataclass(frozen=True, slots=True)
class Header:
    """The line that opens a message, such as `bdt0042 4 pl 110  dpa 0815`.

    Attributes:
        service: such as `bdt`.
        number: of the message within the service and day, as written.
        priority: 1 to 9, `None` if it is no such digit.
        category: desk, such as `pl`.
        agency: such as `dpa` or `lni`.
        running: number within the agency, as written.
    """

    service: str
    number: str
    priority: int | None
    category: str
    agency: str | None
    running: str | None


@dataclass(frozen=True, slots=True)
class Message:
    """A message in its parts, as written.

    Attributes:
        header: its first line.
        slugline: lines between header and headline.
        head: the headline block: marks in brackets, headline, byline; without its ` =`.
        text: from the first paragraph to the closing line.
        trailer: what follows the text's end mark: the date.
        ended: the text's end mark was there.
        framed: at least one mark was there.
    """

    header: Header
    slugline: str
    head: str
    text: str
    trailer: str
    ended: bool
    framed: bool


def looks_like_wire(head: str) -> bool:
    """Tell from its first characters whether a file holds messages of this kind."""
    if _FRAMED.search(head):
        return True
    clean = head.lstrip(_IDLE_TEXT)
    if {"\x01", _STX} <= set(head) and not _OTHER_WIRE.search(head):
        return not clean.startswith(("<", "{", "["))
    opening = "\n".join(clean.split("\n")[:_HEADLINE_LINES])
    first = _LINE.match(opening)
    return first is not None and _HEADLINE_END.search(opening) is not None


def cut_messages(content: bytes) -> Iterator[bytes]:
    """Yield each message without the bytes around it; what is no message comes out too."""
    before, *framed = content.split(_SOH)
    yield from _stray(before)
    for piece in framed:
        message, _, rest = piece.partition(_EOT)
        if message.strip(_IDLE):
            yield message.strip(b"\x7f\x00\r\n")
        yield from _stray(rest)


def _stray(between: bytes) -> Iterator[bytes]:
    """Yield what stands outside of frames: whole messages, but no idle bytes and routes."""
    for part in between.split(_EOT):
        starts = [found.start() for found in _LINE_OF_BYTES.finditer(part)]
        for start, end in zip([0, *starts], [*starts, len(part)], strict=True):
            piece = part[start:end].strip(_IDLE)
            if len(piece) > _ROUTING:
                yield piece


def read_message(text: str) -> Message | None:
    """Return the parts of a message, `None` if it has no header.

    Args:
        text: decoded, with tidy line ends; marks still in it.
    """
    header, rest = _take_header(text)
    if header is None:
        return None
    rest, mark, trailer = rest.partition(_ETX)
    if _STX in rest:
        slugline, _, body = rest.partition(_STX)
        framed = True
    else:
        slugline, body = _take_slugline(rest)
        framed = bool(mark)
    head, body = _take_head(body)
    return Message(header, slugline, head, body, trailer, bool(mark), framed)


def _take_header(text: str) -> tuple[Header | None, str]:
    """Find the header line; a routing line may stand in front of it."""
    lines = text.split("\n", _HEADER_LINES + 4)
    filled = [number for number, line in enumerate(lines[:-1]) if line.strip(_IDLE_TEXT)]
    for number in filled[:_HEADER_LINES]:
        found = _HEADER.match(lines[number].strip(_IDLE_TEXT))
        if found:
            priority = int(found["priority"]) if found["priority"] in "123456789" else None
            header = Header(
                found["service"], found["number"], priority, found["category"],
                found["agency"], found["running"],
            )  # fmt: skip
            return header, "\n".join(lines[number + 1 :])
        if _STX in lines[number]:
            break
    return None, text


def _take_slugline(rest: str) -> tuple[str, str]:
    """Take the slugline where no mark ends it: lines up to the last `/`, or a paragraph."""
    lines = rest.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), len(lines))
    end = first
    while end < len(lines) and lines[end].strip() and not _HEADLINE_END.search(lines[end]):
        end += 1
    slashed = [number for number in range(first, end) if lines[number].rstrip().endswith("/")]
    if slashed:
        last = slashed[-1] + 1
    elif end < len(lines) and not lines[end].strip():
        last = end
    else:
        last = first
    return "\n".join(lines[first:last]), "\n".join(lines[last:])


def _take_head(body: str) -> tuple[str, str]:
    """Take the headline block: up to its ` =`, or the first paragraph where that is missing."""
    lines = body.lstrip("\n").split("\n")
    for number, line in enumerate(lines[:_HEADLINE_LINES]):
        if line.lstrip().startswith(_NOTES):
            break
        if found := _HEADLINE_END.search(line):
            return "\n".join([*lines[:number], line[: found.start()]]), "\n".join(
                lines[number + 1 :]
            )
    end = next((number for number, line in enumerate(lines) if not line.strip()), len(lines))
    if opens_certainly("\n".join(lines[:end])):
        return "", body
    return "\n".join(lines[:end]), "\n".join(lines[end:])
