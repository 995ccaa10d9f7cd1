"""What `--help` lists: a command's groups with their options, or its settings."""

from pathlib import Path

_FOLDER = Path(__file__).parent


def settings_text(root: str) -> str:
    """Return the groups with their options, or what the root file says where it has no group."""
    text = (_FOLDER / f"{root}.yaml").read_text(encoding="utf-8")
    listed = text.partition("defaults:\n")[2].partition("\n\n")[0]
    names = [line.strip(" -").partition(":") for line in listed.splitlines()]
    chosen = {name: option.strip() for name, colon, option in names if colon}
    lines = []
    for group, default in chosen.items():
        options = sorted(path.stem for path in (_FOLDER / group).glob("*.yaml"))
        if options:
            marked = ", ".join(f"{o} (default)" if o == default else o for o in options)
            lines.append(f"  {group:<12} {marked}")
    if lines:
        return "Groups and their options, chosen by group=option:\n" + "\n".join(lines) + "\n"
    values = text.partition("- _self_\n")[2].partition("hydra:")[0].strip()
    return "Settings:\n" + "".join(f"  {line}\n" for line in values.splitlines())
