"""What verifying found."""

from dataclasses import dataclass, field

_SHOWN = 3


@dataclass(slots=True)
class Check:
    """One thing that was looked at.

    Attributes:
        name: what, such as `scores of articles`.
        looked_at: what it compared, in words; filled in when it is known.
        differences: how many there are.
        shown: the first few, each in one line.
        open: why something could not be checked, each in one line.
    """

    name: str
    looked_at: str = ""
    differences: int = 0
    shown: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)

    @property
    def is_ok(self) -> bool:
        """Tell whether everything agrees."""
        return not self.differences

    def differs(self, message: str) -> None:
        """Note a difference."""
        self.differences += 1
        if len(self.shown) < _SHOWN:
            self.shown.append(message)

    def expect(self, what: str, recorded: object, found: object) -> None:
        """Note a difference, unless both are the same."""
        if recorded != found:
            self.differs(f"{what}: recorded {recorded!r}, found {found!r}")

    def leave(self, message: str) -> None:
        """Note what could not be checked, once."""
        if message not in self.open:
            self.open.append(message)
