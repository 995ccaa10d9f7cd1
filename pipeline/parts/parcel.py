"""What travels between the driver and its workers."""

from dataclasses import dataclass, field
from datetime import datetime

from pipeline.feed.register import Verdict
from pipeline.feed.stretches import Stretch
from pipeline.parts.tally import Tally
from pipeline.records import Draft, Fault


@dataclass(frozen=True, slots=True)
class Order:
    """A part that is to be made.

    Attributes:
        number: of the part, in feed order.
        source: records to read, or the name of a file of records that were read already.
        verdicts: by index, of those that are not simply the newest version of their story.
        now: the time that embargoes are checked against.
        losses: so many workers died while they had it.
    """

    number: int
    source: Stretch | str
    verdicts: dict[int, Verdict]
    now: datetime
    losses: int = 0


@dataclass(slots=True)
class Parcel:
    """A part on its way.

    Attributes:
        order: of the part.
        name: digest of all that decides what becomes of it.
        outcomes: one for each record.
        tally: what was counted so far.
    """

    order: Order
    name: str
    outcomes: list[Draft | Fault]
    tally: Tally = field(default_factory=Tally)


@dataclass(frozen=True, slots=True)
class Done:
    """A part that is in its file.

    Attributes:
        number: of the part.
        file: its name in the folder of parts.
        tally: what was counted; all is reused if it was there already.
    """

    number: int
    file: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class Failure:
    """Why the run cannot go on.

    Attributes:
        kind: name of the error's class.
        message: for the user.
    """

    kind: str
    message: str
