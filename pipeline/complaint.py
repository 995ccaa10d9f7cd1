"""Turn Hydra's and OmegaConf's errors into one message that says what, where and what to do."""

import difflib
import re
from dataclasses import fields, is_dataclass
from typing import get_type_hints

from pipeline.settings import SCHEMAS, Settings

_OVERRIDE = re.compile(r"Could not override '([^']+)'")
_MERGING = re.compile(r"Error merging override (.+)")
_GROUP = re.compile(r"In '[^']+': Could not find '([^/']+)/([^']+)'")
_MISSING = re.compile(r"full_key: (\S+)")


def explain(error: Exception) -> str:
    """Return a message for the user."""
    text = str(error)
    if found := _OVERRIDE.search(text):
        return _unknown_key(found.group(1))
    if found := _GROUP.search(text):
        return _unknown_option(found.group(1), found.group(2), text)
    if found := _MERGING.search(text):
        cause = str(error.__cause__ or "").split("\n")[0]
        return f"{found.group(1)}: {cause or 'this value does not fit'}"
    if "missing mandatory value" in text.lower() and (found := _MISSING.search(text)):
        key = found.group(1)
        return f"{key} is not set. Give it on the command line: {key}=..."
    return text


def known_keys() -> list[str]:
    """Return every key that some combination of options knows, dotted."""
    keys = list(_dotted(Settings))
    for group, options in SCHEMAS.items():
        for schema in options.values():
            keys += [f"{group}.{key}" for key in _dotted(schema)]
    return sorted(set(keys))


def _dotted(schema: type) -> list[str]:
    hints = get_type_hints(schema)
    keys = []
    for field in fields(schema):
        keys.append(field.name)
        inner = hints[field.name]
        if isinstance(inner, type) and is_dataclass(inner):
            keys += [f"{field.name}.{key}" for key in _dotted(inner)]
    return keys


def _unknown_key(key: str) -> str:
    near = difflib.get_close_matches(key, known_keys(), n=3)
    group = key.partition(".")[0]
    if near:
        hint = f"Did you mean {' or '.join(near)}?"
    elif group in SCHEMAS:
        hint = f"Known keys: {', '.join(k for k in known_keys() if k.startswith(group + '.'))}."
    else:
        hint = f"Known keys: {', '.join(sorted(f.name for f in fields(Settings)))}."
    if key in known_keys():
        hint = f"The chosen option of {group} has no such key; another option of that group has."
    return f"there is no setting {key!r}. {hint}"


def _unknown_option(group: str, option: str, text: str) -> str:
    choices = re.findall(r"^\t(\S+)$", text, flags=re.MULTILINE)
    near = difflib.get_close_matches(option, choices, n=1)
    hint = f" Did you mean {group}={near[0]}?" if near else ""
    return f"{group} has no option {option!r}.{hint} Choose from: {', '.join(choices)}."
