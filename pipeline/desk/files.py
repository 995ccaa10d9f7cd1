"""Files of briefs, one for each story and format: the newest brief, or that it was withdrawn."""

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

from pipeline.desk.atomic import write_whole
from pipeline.desk.paper import Stale, Tombstone
from pipeline.output.briefs import brief_record
from pipeline.output.json_text import json_text
from pipeline.output.newsroom.format import BriefFormat
from pipeline.records import Article, Draft, Json, Place
from pipeline.wire import Wire

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST = 80
_DIGEST = 10


class BriefFiles:
    """Writes the record of `briefs.jsonl` with `status` and `stale`, and the newsroom formats.

    Args:
        folder: `briefs/` of the output folder.
        formats: for newsrooms, beside the record.
    """

    def __init__(self, folder: Path, formats: Sequence[BriefFormat] = ()) -> None:
        self._folder, self._formats = folder, formats

    def publish(self, draft: Draft, stale: Stale | None) -> None:
        """Write the brief; where nothing was made of an article, only its record."""
        told: Json = None
        if stale is not None:
            told = {"newer_version": stale.newer_version, "since": stale.since.isoformat()}
        article = draft.article
        path = self._folder / file_of(article.provider, article.id)
        if draft.translation or draft.extract or draft.abstract:
            for form in self._formats:
                write_whole(_beside(path, form), form.render(draft))
        _write(path, {"status": "usable", "stale": told, **brief_record(draft)})

    def retract(self, tombstone: Tombstone) -> None:
        """Write the tombstone; in the newsroom formats, the notice that withdraws the brief."""
        path = self._folder / file_of(tombstone.provider, tombstone.id)
        notice = Article(
            tombstone.id,
            (),
            Place("tombstone"),
            version=tombstone.version,
            provider=tombstone.provider,
            status="canceled",
            wire=Wire(created=tombstone.time),
        )
        for form in self._formats:
            write_whole(_beside(path, form), form.retract(notice))
        record: dict[str, Json] = {
            "status": "canceled",
            "id": tombstone.id,
            "provider": tombstone.provider,
            "version": tombstone.version,
            "reason": tombstone.reason,
            "time": tombstone.time.isoformat(),
        }
        _write(path, record)


def file_of(provider: str | None, name: str) -> Path:
    """Return a story's file within the folder of briefs, whatever its id is made of."""
    house = (provider or "").casefold()
    digest = hashlib.sha256(f"{house}\0{name}".encode("utf-8", "surrogatepass")).hexdigest()
    return Path(_safe(house) or "unknown") / f"{_safe(name) or 'story'}-{digest[:_DIGEST]}.json"


def _beside(path: Path, form: BriefFormat) -> Path:
    """Return where a newsroom format goes; `x.json` is the record, `x.ninjs.json` is ninjs."""
    return path.with_name(f"{path.stem}.{form.name}{form.suffix}")


def _write(path: Path, record: dict[str, Json]) -> None:
    content = json_text(record, indent=2) + "\n"
    write_whole(path, content.encode("utf-8", "backslashreplace"))


def _safe(text: str) -> str:
    return _UNSAFE.sub("-", text).strip(".-")[:_LONGEST].rstrip(".-")
