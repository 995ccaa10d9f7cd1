"""Read a run's folder: its ledger, and its files line by line."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import ConfigError
from pipeline.records import Json
from pipeline.verification.findings import Check

Record = dict[str, Json]


class NoRunError(ConfigError):
    """A folder that holds no finished run."""


@dataclass(frozen=True, slots=True)
class RunFolder:
    """A finished run.

    Attributes:
        path: of the folder.
        ledger: what `run.json` says.
    """

    path: Path
    ledger: Mapping[str, Json]

    @classmethod
    def open(cls, path: Path) -> "RunFolder":
        """Read `run.json`.

        Raises:
            NoRunError: if there is none, or it is none of a run.
        """
        try:
            ledger = json.loads((path / "run.json").read_text(encoding="utf-8"))
        except OSError:
            raise NoRunError(
                f"{path}: holds no run.json, so no finished run. Give the output_dir of a run."
            ) from None
        except ValueError as error:
            raise NoRunError(f"{path / 'run.json'}: is no JSON ({error}).") from None
        if not isinstance(ledger, dict) or not {"configuration", "counts"} <= ledger.keys():
            raise NoRunError(f"{path / 'run.json'}: was not written by a run of wirebrief.")
        return cls(path, ledger)

    def section(self, *keys: str) -> Mapping[str, Json]:
        """Return a part of the ledger; empty if it is not there."""
        value: Json = dict(self.ledger)
        for key in keys:
            value = value.get(key) if isinstance(value, dict) else None
        return value if isinstance(value, dict) else {}

    def lines(self, name: str, check: Check) -> Iterator[tuple[int, Record]]:
        """Yield number and record of each line of a file; what is no record is a difference."""
        try:
            with (self.path / name).open("rb") as stream:
                for number, line in enumerate(stream, start=1):
                    record = _record(line)
                    if record is None:
                        cut = "" if line.endswith(b"\n") else ", and is cut off"
                        check.differs(f"{name}:{number}: is no JSON object{cut}")
                    else:
                        if not line.endswith(b"\n"):
                            check.differs(f"{name}:{number}: has no end of line")
                        yield number, record
        except OSError as error:
            check.differs(f"{name}: cannot be read ({error.strerror})")


def _record(line: bytes) -> Record | None:
    try:
        record = json.loads(line)
    except ValueError:
        return None
    return record if isinstance(record, dict) else None
