"""What a job is called: its folder, its label, and the command that runs it alone."""

import hashlib
import re
import shlex
from collections.abc import Collection, Sequence

_HOSTILE = re.compile(r"[^a-z0-9_=,.+@\[\]{}~-]")
_TRUTH = re.compile(r"=(?:True|False)\Z")
"""Hydra writes `true` so; it means the same."""

_LONGEST = 200
_WITHOUT_OVERRIDES = "defaults"
_PLAIN = re.compile(r"[A-Za-z0-9_./-]+")


def key_of(override: str) -> str:
    """Return the setting or group that an override is about."""
    return override.partition("=")[0].lstrip("+~")


def folder_name(
    overrides: Sequence[str], swept: Collection[str], unnamed: Collection[str] = ()
) -> str:
    """Return the name of a job's folder, a single one on any file system.

    A name that cannot show its overrides as they are ends in a digest of them, so that no two jobs
    of a sweep share a folder: `/` and the like become `_`, and capitals count as odd, too, since
    some file systems do not tell them apart.

    Args:
        overrides: of the job, such as `extractive=lead`.
        swept: settings with several values; they are always in the name.
        unnamed: settings that are not in the name otherwise.
    """
    named = (o for o in overrides if key_of(o) in swept or key_of(o) not in unnamed)
    text = ",".join(sorted(_TRUTH.sub(lambda found: found[0].lower(), o) for o in named))
    name = _HOSTILE.sub("_", text)
    if name == text and 0 < len(name) <= _LONGEST:
        return name
    digest = hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:12]
    return f"{name[:_LONGEST]}-{digest}" if text else _WITHOUT_OVERRIDES


def label(overrides: Sequence[str], swept: Collection[str]) -> str:
    """Return what tells a job from the others; all its overrides where nothing does."""
    telling = [override for override in overrides if key_of(override) in swept]
    return " ".join(telling or overrides)


def alone(overrides: Sequence[str], folder: str, more: Sequence[str] = ()) -> str:
    """Return the command that runs a job by itself, into its folder, for a shell.

    Args:
        overrides: of the job.
        folder: where its results belong.
        more: overrides of Hydra's own.
    """
    chosen = [override for override in overrides if key_of(override) != "output_dir"]
    return shlex.join(["wirebrief", *chosen, *more, f"output_dir={_quoted(folder)}"])


def _quoted(value: str) -> str:
    """Quote a value for Hydra, to which commas and brackets mean something."""
    if _PLAIN.fullmatch(value):
        return value
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
