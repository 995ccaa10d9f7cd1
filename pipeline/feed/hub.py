"""Any dataset through `datasets.load_dataset`: from a hub, or a local folder."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pipeline.errors import FeedError
from pipeline.feed.columns import check_columns, to_record
from pipeline.feed.faults import fault
from pipeline.feed.record import RecordParser
from pipeline.feed.settings import HubFeed
from pipeline.records import Article, Fault, Place

_FILE_FORMATS = {"parquet", "json", "csv", "text", "arrow"}
"""Datasets of this name are files; without feed.files there are none to read, offline or not."""


class HubReader:
    """Reads a dataset row by row.

    Args:
        settings: which dataset, and where its columns are.
        language: of rows that declare none.
    """

    def __init__(self, settings: HubFeed, language: str) -> None:
        self._settings = settings
        self._parser = RecordParser(language)

    def read(self) -> Iterator[Article | Fault]:
        """Yield one outcome for each row.

        Raises:
            FeedError: if the dataset cannot be loaded, or lacks the text column.
        """
        settings = self._settings
        rows = iter(self._load())
        number = 0
        while True:
            number += 1
            try:
                row = next(rows)
            except StopIteration:
                return
            except Exception as error:  # noqa: BLE001 - the library raises whatever its parts raise
                message = f"cannot be read on: {type(error).__name__}: {error}"
                remedy = "Check the connection and the dataset, and run again."
                yield fault(Place(settings.dataset, number), "unreadable_file", message, remedy)
                return
            if number == 1:
                check_columns(settings.dataset, list(_paths(row)), settings.columns)
            record = to_record(row, settings.columns, f"{settings.split}-{number}")
            yield self._parser.parse(record, Place(settings.dataset, number))

    def _load(self) -> Any:
        from datasets import disable_progress_bars, load_dataset  # noqa: PLC0415

        settings = self._settings
        disable_progress_bars()
        try:
            return load_dataset(
                settings.dataset,
                settings.config,
                data_files={settings.split: settings.files} if settings.files else None,
                split=settings.split,
                revision=settings.revision,
                streaming=settings.streaming,
            )
        except Exception as error:
            reason = str(error).strip().split("\n")[0]
            raise FeedError(
                f"dataset {settings.dataset}: cannot be loaded ({type(error).__name__}: {reason}). "
                "Check the name, feed.config, feed.split and the connection; a folder with the "
                "dataset's files works as feed.dataset, too."
            ) from error


def _paths(row: Mapping[str, Any], prefix: str = "") -> Iterator[str]:
    for name, value in row.items():
        yield f"{prefix}{name}"
        if isinstance(value, Mapping):
            yield from _paths(value, f"{prefix}{name}.")


def missing_offline(settings: HubFeed) -> str | None:
    """Say how to get a dataset that only a connection would give; `None` if it is here."""
    if settings.files:
        if "://" not in settings.files:
            return None
        what, remedy = f"feed.files={settings.files}", "set feed.files to where they lie"
    elif Path(settings.dataset).expanduser().exists() or _is_cached(settings):
        return None
    else:
        what, remedy = f"feed.dataset={settings.dataset}", "set feed.dataset to their folder"
    return (
        f"{what}: not on this machine, and offline=true. Download the files where there is a "
        f"connection (hf download --repo-type dataset), copy them here and {remedy}; or leave out "
        "offline=true."
    )


def _is_cached(settings: HubFeed) -> bool:
    """Tell whether an earlier run downloaded the dataset; reading row by row leaves nothing."""
    if settings.streaming:
        return settings.dataset in _FILE_FORMATS
    from datasets import load_dataset_builder  # noqa: PLC0415

    try:
        load_dataset_builder(settings.dataset, settings.config, revision=settings.revision)
    except Exception:  # noqa: BLE001 - whatever the reason, it cannot be read from here
        return settings.dataset in _FILE_FORMATS
    return True
