"""Turn Hydra's and OmegaConf's errors into one line that says what, where and what to do."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import get_type_hints

_OVERRIDE = re.compile(r"Could not override '([^']+)'")
_DELETION = re.compile(r"Could not delete from config. '([^']+)' does not exist")
_MERGING = re.compile(r"Error merging override (.+)")
_GROUP = re.compile(r"In '[^']+': Could not find '([^']+)/([^/']+)'")
_OPTION = re.compile(r"Could not load '([^']+)/([^/']+)'")
_MISSING = re.compile(r"full_key: (\S+)")
_TWICE = re.compile(r"Multiple values for (\S+)\. .*: (\S+)'")
_AMBIGUOUS = re.compile(r"Ambiguous value for argument '([^=]+)=(.*)'")
_SWEEP = re.compile(r"Sweep parameters '(.+)' requires --multirun")
_PLUGINS = {
    "hydra/launcher=joblib": "'wirebrief[joblib]'",
    "hydra/launcher=submitit_local": "'wirebrief[submitit]'",
    "hydra/launcher=submitit_slurm": "'wirebrief[submitit]'",
    "hydra/launcher=ray": "hydra-ray-launcher",
    "hydra/sweeper=optuna": "'wirebrief[optuna]'",
}
"""What brings the options of Hydra's own groups that sweeps are documented with."""

_PLACE = re.compile(r"\n\s+full_key: (\S+)")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The keys that a command knows.

    Attributes:
        root: the dataclass of the whole configuration.
        groups: the dataclasses of each group's options, by group and name.
    """

    root: type
    groups: Mapping[str, Mapping[str, type]]

    def keys(self) -> list[str]:
        """Return every key that some combination of options knows, dotted."""
        keys = list(_dotted(self.root))
        for group, options in self.groups.items():
            for schema in options.values():
                keys += [f"{group}.{key}" for key in _dotted(schema)]
        return sorted(set(keys))

    def explain(self, error: Exception) -> str:
        """Return a message for the user."""
        text = str(error)
        if found := _OVERRIDE.search(text) or _DELETION.search(text):
            return self._unknown_key(found.group(1))
        if found := _GROUP.search(text) or _OPTION.search(text):
            return _unknown_option(found.group(1), found.group(2), text)
        if found := _MERGING.search(text):
            cause = str(error.__cause__ or "").split("\n")[0]
            return f"{found.group(1)}: {cause or 'this value does not fit'}"
        if "missing mandatory value" in text.lower() and (found := _MISSING.search(text)):
            return f"{found.group(1)} is not set. Give it on the command line: {found.group(1)}=..."
        return _about_form(text)

    def _unknown_key(self, key: str) -> str:
        known = self.keys()
        near = difflib.get_close_matches(key, known, n=3)
        group = key.partition(".")[0]
        if key in known:
            hint = f"The chosen option of {group} has no such key; another option of it has."
        elif near:
            hint = f"Did you mean {' or '.join(near)}?"
        elif group in self.groups:
            hint = f"Known keys: {', '.join(k for k in known if k.startswith(group + '.'))}."
        else:
            hint = f"Known keys: {', '.join(sorted(f.name for f in fields(self.root)))}."
        return f"there is no setting {key!r}. {hint}"


def _about_form(text: str) -> str:
    """Explain an override whose form is wrong."""
    if found := _TWICE.search(text):
        key, option = found.groups()
        return f"{key} has an option already, which + cannot add to: write {key}={option}"
    if found := _AMBIGUOUS.search(text):
        key, value = found.groups()
        return (
            f"{key}={value}: a comma separates values. Add --multirun for a job with each, write "
            f"'{key}=[{value}]' for a list, or '{key}=\"{value}\"' for one text"
        )
    if found := _SWEEP.search(text):
        return f"{found.group(1)}: several values need --multirun, which runs a job with each"
    lines = text.strip().split("\n")
    if "override_grammar" in text:
        return f"{lines[0]}: cannot be read. Put quotes around it: 'key=\"value\"'"
    place = _PLACE.search(text)
    return f"{place.group(1)}: {lines[0]}" if place else lines[0]


def _dotted(schema: type) -> list[str]:
    hints = get_type_hints(schema)
    keys = []
    for field in fields(schema):
        keys.append(field.name)
        inner = hints[field.name]
        if isinstance(inner, type) and is_dataclass(inner):
            keys += [f"{field.name}.{key}" for key in _dotted(inner)]
    return keys


def _unknown_option(group: str, option: str, text: str) -> str:
    if extra := _PLUGINS.get(f"{group}={option}"):
        return f"{group}={option} needs a plugin that is not installed: pip install {extra}"
    choices = re.findall(r"^\t(\S+)$", text, flags=re.MULTILINE)
    near = difflib.get_close_matches(option, choices, n=1)
    hint = f" Did you mean {group}={near[0]}?" if near else ""
    known = f" Choose from: {', '.join(choices)}." if choices else ""
    return f"{group} has no option {option!r}.{hint}{known}"
