"""Tell whether a folder holds the finished results of exactly this job."""

import json
from contextlib import closing
from pathlib import Path

from pipeline.assemble import assemble
from pipeline.backends.offline import network
from pipeline.identity import run_identity
from pipeline.journey import plain
from pipeline.output.settings import HtmlReport
from pipeline.settings import Settings


def is_finished(settings: Settings) -> bool:
    """Tell whether `settings.output_dir` holds the results that a run would write now.

    Results are current if `run.json` bears the fingerprint of this configuration, code, packages,
    models and content of the feed; if they are complete and not faulty; and if nothing in them
    waited for its embargo, which may have ended since.

    Raises:
        WirebriefError: if no run could be put together from the settings.
    """
    folder = Path(settings.output_dir)
    try:
        record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        fingerprint, counts = record.get("fingerprint"), record["counts"]
        tried = counts["briefs"] + counts["faults"]
        is_good = counts["briefs"] and counts["faults"] / tried <= settings.faults.max_share
        if fingerprint is None or not is_good or not _is_whole(settings, folder):
            return False
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False
    with network(offline=settings.offline), closing(assemble(settings)) as journey:
        is_complete = not journey.missing
        return is_complete and run_identity(settings, plain(settings), journey) == fingerprint


def _is_whole(settings: Settings, folder: Path) -> bool:
    names = ["briefs.jsonl", "faults.jsonl", "scores.json"]
    names += ["report.html"] if isinstance(settings.report, HtmlReport) else []
    names += ["briefs.parquet"] if "parquet" in settings.output.formats() else []
    if not all((folder / name).is_file() for name in names):
        return False
    with (folder / "set_aside.jsonl").open(encoding="utf-8") as lines:
        return all(json.loads(line)["reason"] != "embargoed" for line in lines)
