"""Look at a command's arguments before Hydra does: flags anywhere, and mistakes in one line."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass


class UsageError(Exception):
    """Arguments that mean nothing; the message says which, and what to do."""


@dataclass(frozen=True, slots=True)
class _Flag:
    """A flag of Hydra's.

    Attributes:
        names: how it is written.
        value: whether one follows: `no`, `yes`, or `maybe` if it is one of the choices.
        choices: values it takes; empty for any.
    """

    names: tuple[str, ...]
    value: str = "no"
    choices: tuple[str, ...] = ()


_INFO = ("all", "config", "defaults", "defaults-tree", "plugins", "searchpath")
_FLAGS = (
    _Flag(("--help", "-h")),
    _Flag(("--version",)),
    _Flag(("--multirun", "-m")),
    _Flag(("--cfg", "-c"), "yes", ("job", "hydra", "all")),
    _Flag(("--resolve",)),
    _Flag(("--package", "-p"), "yes"),
    _Flag(("--info", "-i"), "maybe", _INFO),
    _Flag(("--run", "-r")),
    _Flag(("--hydra-help",)),
    _Flag(("--shell-completion", "-sc")),
    _Flag(("--config-path", "-cp"), "yes"),
    _Flag(("--config-name", "-cn"), "yes"),
    _Flag(("--config-dir", "-cd"), "yes"),
    _Flag(("--experimental-rerun",), "yes"),
)
_BY_NAME = {name: flag for flag in _FLAGS for name in flag.names}


def in_order(arguments: Sequence[str]) -> list[str]:
    """Return the overrides, then the flags: the one order in which Hydra takes them all.

    Raises:
        UsageError: if a flag is not known, or an override has no value.
    """
    overrides, flags = [], []
    rest = list(arguments)
    while rest:
        argument = rest.pop(0)
        if argument.startswith("-"):
            flags.append(argument)
            flags += _value(argument, rest)
        else:
            overrides.append(_override(argument))
    return [*overrides, *flags]


def _value(argument: str, rest: list[str]) -> list[str]:
    """Take a flag's value out of the rest, unless it stands in the flag itself."""
    name, equals, value = argument.partition("=")
    flag = _BY_NAME.get(name)
    if flag is None:
        raise UsageError(f"there is no option {name}.{_near(name)} --help shows what there is.")
    if equals:
        _check(flag, name, value)
        return []
    if flag.value == "yes":
        if not rest:
            raise UsageError(f"{name} needs a value.")
        _check(flag, name, rest[0])
        return [rest.pop(0)]
    if flag.value == "maybe" and rest and "=" not in rest[0] and not rest[0].startswith("-"):
        _check(flag, name, rest[0])
        return [rest.pop(0)]
    return []


def _check(flag: _Flag, name: str, value: str) -> None:
    if flag.value == "no":
        raise UsageError(f"{name} takes no value.")
    if flag.choices and value not in flag.choices:
        raise UsageError(f"{name} {value}: choose from {', '.join(flag.choices)}.")


def _override(argument: str) -> str:
    key, equals, _ = argument.partition("=")
    if argument.startswith("~") or (equals and key.strip()):
        return argument
    raise UsageError(f"{argument!r}: a setting is written key=value.{_near(f'--{argument}')}")


def _near(name: str) -> str:
    near = difflib.get_close_matches(name, _BY_NAME, n=1)
    return f" Did you mean {near[0]}?" if near else ""
