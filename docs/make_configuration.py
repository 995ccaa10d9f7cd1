"""Write docs/configuration.md from `configs/` and schemas: python docs/make_configuration.py."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import EnumMeta
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import yaml

from configs.ranges import ranges
from pipeline.settings import SCHEMAS, Settings

ROOT = Path(__file__).parent.parent
CONFIGS = ROOT / "configs"
TARGET = ROOT / "docs" / "configuration.md"
GROUPS = (
    "feed", "sentences", "translation", "extractive", "abstractive",
    "scoring", "report", "executor", "memo", "watch",
)  # fmt: skip
HEAD = """# Configuration

Made from the schemas and `configs/` by `python docs/make_configuration.py`; do not edit.

Choose an option of a group with `group=option`, change a key with `group.key=value`:

    wirebrief feed=jsonl feed.path=feed.jsonl extractive=mmr extractive.sentences=2

`wirebrief --cfg job` prints the whole configuration, `wirebrief --info defaults` the options
chosen, `wirebrief --multirun extractive=lead,lexrank` runs a job for each and puts each job's
results into a folder of its own under `output_dir`. A key that no schema knows, an unknown option,
a value of the wrong type and one out of its range end the command with status 2 before any work.
"""

PROFILES = """## `profile`

How much time decoding may take, whatever sequence-to-sequence model is chosen; `wirebrief
profile=NAME`. A key that is given on the command line wins: `profile=fast translation.beams=4`.
Speed and quality of each stand in [performance](performance.md#profiles).
"""


def main() -> None:
    """Write the page."""
    TARGET.write_text(page(), encoding="utf-8")


def page() -> str:
    """Return the page's text."""
    parts = [HEAD, "## Root\n", _table(CONFIGS / "pipeline.yaml", Settings, skip=set(GROUPS))]
    for group in GROUPS:
        leaves = sorted((CONFIGS / group).glob("*.yaml"))
        parts.append(f"## `{group}`\n")
        parts += [_option(group, leaf) for leaf in leaves]
    parts += _profiles()
    parts.append("## `experiment`\n\nPresets of overrides; `wirebrief experiment=NAME`.\n")
    for leaf in sorted((CONFIGS / "experiment").glob("*.yaml")):
        parts.append(f"- `{leaf.stem}`: {leaf.read_text(encoding='utf-8').splitlines()[1][2:]}")
    return "\n".join(parts) + "\n"


def _profiles() -> list[str]:
    """Describe the group whose options change those of models."""
    parts = [PROFILES]
    for leaf in sorted((CONFIGS / "profile").glob("*.yaml")):
        changed = [f"`{key}={value}`" for key, value in _changes(leaf.name)]
        what = leaf.read_text(encoding="utf-8").splitlines()[1][2:]
        parts.append(f"- `{leaf.stem}`: {what} {', '.join(changed)}".rstrip())
    return [*parts, ""]


def _changes(profile: str) -> Iterator[tuple[str, Any]]:
    for folder in sorted((CONFIGS / "profile").iterdir()):
        if folder.is_dir():
            values = yaml.safe_load((folder / profile).read_text(encoding="utf-8")) or {}
            yield from ((f"{folder.name}.{key}", value) for key, value in values.items())


def _option(group: str, leaf: Path) -> str:
    text = leaf.read_text(encoding="utf-8")
    name = yaml.safe_load(text)["defaults"][0].split("@")[0].rpartition("/")[2]
    title, *facts = (line[2:] for line in text.partition("defaults:")[0].splitlines() if line)
    head = "\n\n".join([title, "; ".join(facts)] if facts else [title])
    table = _table(leaf, SCHEMAS[group][name], skip={"defaults"})
    return f"### `{group}={leaf.stem}`\n\n{head}\n\n{table}"


def _table(leaf: Path, schema: type, skip: set[str]) -> str:
    rows = [
        f"| `{key}` | {kind} | `{value}` | {comment} |"
        for key, kind, value, comment in _keys(leaf, schema)
        if key.partition(".")[0] not in skip
    ]
    if not rows:
        return ""
    return "\n".join(["| key | type | default | meaning |", "|---|---|---|---|", *rows, ""])


def _keys(leaf: Path, schema: type) -> list[tuple[str, str, str, str]]:
    """Return dotted key, type, default and comment of each value in a YAML file."""
    found = []
    comment: list[str] = []
    path: list[str] = []
    text = leaf.read_text(encoding="utf-8")
    values = yaml.safe_load(text)
    for line in text.splitlines():
        stripped = line.strip()
        if stripped.startswith("#"):
            comment.append(stripped[1:].strip())
            continue
        key, colon, value = stripped.partition(":")
        if not stripped or stripped.startswith("-") or not colon:
            comment = []
            continue
        path = [*path[: (len(line) - len(line.lstrip())) // 2], key]
        kind = _type(schema, path)
        shown = " ".join(values[key].split()) if value.strip() == ">-" else value.strip()
        if kind is not None and shown:
            found.append((".".join(path), kind, shown, " ".join(comment)))
        comment = []
    return found


def _type(schema: type, path: list[str]) -> str | None:
    hints = get_type_hints(schema)
    if path[0] not in {field.name for field in fields(schema)}:  # type: ignore[arg-type]
        return None
    hint = hints[path[0]]
    if len(path) > 1:
        return _type(hint, path[1:]) if is_dataclass(hint) else None  # type: ignore[arg-type]
    allowed = ranges(schema).get(path[0])
    return _name(hint) if allowed is None else f"{_name(hint)}, {allowed}"


def _name(hint: object) -> str:
    if isinstance(hint, EnumMeta):
        return " \\| ".join(hint.__members__)
    if hint is Any:
        return "one or a list"
    if get_origin(hint) is dict:
        return "mapping"
    arguments = get_args(hint)
    if type(None) in arguments:
        return f"{_name(arguments[0])} or null"
    if arguments:
        return f"list of {_name(arguments[0])}"
    return getattr(hint, "__name__", str(hint))


if __name__ == "__main__":
    main()
