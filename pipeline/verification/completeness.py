"""Are all files there as they were written, and do the counts add up?"""

from collections.abc import Mapping
from pathlib import Path

from pipeline.output.brief_files import NAME as FOLDER
from pipeline.output.digests import digests
from pipeline.output.writer import FILES
from pipeline.records import Json
from pipeline.verification.findings import Check
from pipeline.verification.run_folder import RunFolder


def check_files(run: RunFolder) -> Check:
    """Compare each file with the bytes and the digest that `run.json` records."""
    check = Check("files")
    recorded = run.section("files")
    for name in recorded:
        _compare(run.path, name, run.section("files", name), check)
    if recorded:
        made = (name for name in FILES if name not in recorded and name != "run.json")
        for name in made:
            if (run.path / name).exists():
                check.differs(f"{name}: is there, and run.json does not record it")
    else:
        check.differs("run.json records none: an older wirebrief wrote it, or they were removed")
    check.looked_at = f"{len(recorded)} files, against the bytes and sha256 that run.json records"
    return check


def _compare(folder: Path, name: str, recorded: Mapping[str, Json], check: Check) -> None:
    if name.rstrip("/") not in {*FILES, FOLDER}:
        check.differs(f"{name!r}: is none of the files of a run")
        return
    try:
        found = digests(folder, [name.rstrip("/")]).get(name)
    except OSError as error:
        check.differs(f"{name}: cannot be read ({error.strerror})")
        return
    if found is None:
        check.differs(f"{name}: is not there")
    elif found.bytes != recorded.get("bytes"):
        check.differs(f"{name}: has {found.bytes} bytes, recorded {recorded.get('bytes')}")
    elif found.sha256 != recorded.get("sha256"):
        check.differs(f"{name}: other content than was recorded, in as many bytes")


def check_counts(run: RunFolder, briefs: int, unscored: int) -> Check:
    """Add up what became of the articles, as a whole, in files and stage by stage.

    Args:
        run: whose counts.
        briefs: lines of `briefs.jsonl`.
        unscored: briefs without reference summaries, or all of them if nothing was scored.
    """
    check = Check("counts")
    counts = run.section("counts")
    parts = {name: _whole(counts, name) for name in ("briefs", "set_aside", "faults")}
    check.expect("articles", counts.get("articles"), sum(parts.values()))
    check.expect("briefs, lines of briefs.jsonl", counts.get("briefs"), briefs)
    for name in ("set_aside", "faults"):
        lines = sum(1 for _ in run.lines(f"{name}.jsonl", check))
        check.expect(f"{name}, lines of {name}.jsonl", counts.get(name), lines)
    check.expect("unscored", counts.get("unscored"), unscored)
    _check_stages(run, parts, check)
    check.looked_at = (
        f"{counts.get('articles')} articles = {parts['briefs']} briefs + {parts['set_aside']} set "
        f"aside + {parts['faults']} faults; lines of files; stage by stage"
    )
    return check


def _check_stages(run: RunFolder, parts: Mapping[str, int], check: Check) -> None:
    stages = run.section("counts", "stages")
    incoming: int | None = None
    ended = {"set_aside": 0, "faults": 0}
    for name in stages:
        line = run.section("counts", "stages", name)
        if incoming is not None:
            check.expect(f"stage {name}, in", line.get("in"), incoming)
        for what in ended:
            ended[what] += _whole(line, what)
        incoming = _whole(line, "in") - _whole(line, "set_aside") - _whole(line, "faults")
    check.expect("out of the last stage", parts["briefs"], incoming)
    for what, number in ended.items():
        check.expect(f"{what}, over all stages", parts[what], number)


def _whole(counts: Mapping[str, Json], name: str) -> int:
    value = counts.get(name)
    return value if isinstance(value, int) else 0
