"""Read predictions and their references from files."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path


class PairError(Exception):
    """Files that cannot be scored; the message says what, where and what to do."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A prediction and its references."""

    prediction: str
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fields:
    """Keys of JSONL records; dots reach inwards."""

    prediction: str
    reference: str
    id: str


def read_pairs(predictions: Path, references: Path, fields: Fields) -> list[Pair]:
    """Return the pairs in the order of the predictions.

    JSONL records are matched by id, text files line by line.

    Raises:
        PairError: if a file is not there, or something has no partner.
    """
    if predictions.suffix != ".jsonl" and references.suffix != ".jsonl":
        return list(_by_line(_lines(predictions), _lines(references), predictions, references))
    known: dict[str, tuple[str, ...]] = {}
    for number, record in _records(references):
        value = _reach(record, fields.reference)
        texts = [value] if isinstance(value, str) else value
        if isinstance(texts, list):
            kept = tuple(text for text in texts if isinstance(text, str) and text.strip())
            known[_id(record, fields, references, number)] = kept
    found = []
    for number, record in _records(predictions):
        name = _id(record, fields, predictions, number)
        if name not in known:
            raise PairError(f"{predictions}:{number}: id {name!r} is not in {references}")
        text = _reach(record, fields.prediction)
        found.append(Pair(text if isinstance(text, str) else "", known[name]))
    if not any(pair.prediction for pair in found):
        raise PairError(
            f"{predictions}: no record has text under {fields.prediction!r}; set prediction_field"
        )
    return found


def _by_line(
    left: Sequence[str], right: Sequence[str], predictions: Path, references: Path
) -> Iterator[Pair]:
    if len(left) != len(right):
        raise PairError(
            f"{predictions} has {len(left)} lines, {references} has {len(right)}: they must be "
            "parallel, line by line"
        )
    for prediction, reference in zip(left, right, strict=True):
        yield Pair(prediction, (reference,))


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise PairError(f"{path}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise PairError(f"{path}: is not UTF-8 ({error})") from error


def _records(path: Path) -> Iterator[tuple[int, dict[str, object]]]:
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError as error:
            raise PairError(f"{path}:{number}: not valid JSON ({error})") from error
        if not isinstance(record, dict):
            raise PairError(f"{path}:{number}: not a JSON object")
        yield number, record


def _id(record: dict[str, object], fields: Fields, path: Path, number: int) -> str:
    value = _reach(record, fields.id)
    if value is None:
        raise PairError(f"{path}:{number}: no {fields.id!r}; set id_field")
    return str(value)


def _reach(record: dict[str, object], path: str) -> object:
    value: object = record
    for key in path.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return value
