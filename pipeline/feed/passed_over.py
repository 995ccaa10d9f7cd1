"""Count what lies beside articles and is none, so that it is told once and not a thousand times."""

from collections import Counter
from collections.abc import Iterator

from pipeline.feed.faults import STAGE
from pipeline.records import Fault, Place

_NAMED = 5


class PassedOver:
    """Files that were rightly passed over: pictures beside texts, hidden and unfinished files."""

    def __init__(self) -> None:
        self._media, self._hidden = Counter[str](), 0
        self._names: dict[str, list[str]] = {"no_text": [], "left_out": []}

    def medium(self, source: str, what: str) -> None:
        """Count a picture, film or sound."""
        self._media[what] += 1
        self._name("no_text", source)

    def hidden(self, source: str) -> None:
        """Count a file that is hidden, or that somebody is still writing."""
        self._hidden += 1
        self._name("left_out", source)

    def told(self, source: str) -> Iterator[Fault]:
        """Yield one outcome for each kind that there was."""
        place = Place(source)
        if self._media:
            kinds = ", ".join(f"{count:,} {what}" for what, count in sorted(self._media.items()))
            message = f"files without text were passed over: {kinds} ({self._such('no_text')})"
            remedy = "Nothing is to be done: they belong to texts, or are none."
            yield Fault(place, STAGE, "no_text", message, remedy, is_set_aside=True)
        if self._hidden:
            message = f"{self._hidden:,} hidden or unfinished files ({self._such('left_out')})"
            remedy = "Name one as feed.path to read it, or give it another name."
            yield Fault(place, STAGE, "left_out", message, remedy, is_set_aside=True)

    def _name(self, kind: str, source: str) -> None:
        if len(self._names[kind]) < _NAMED:
            self._names[kind].append(source)

    def _such(self, kind: str) -> str:
        total = self._media.total() if kind == "no_text" else self._hidden
        return ", ".join(self._names[kind]) + (", …" if total > _NAMED else "")
