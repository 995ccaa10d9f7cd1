"""wirebrief: German newswire in, English briefs out.

The same job from Python:

    from pipeline import load_settings, run

    result = run(load_settings("feed=jsonl", "feed.path=feed.jsonl", "output_dir=out"))

What the user can mend is raised as a `WirebriefError`, which is exported here, too.
"""

TYPE_CHECKING = False  # as in typing, which costs time
if TYPE_CHECKING:
    from pipeline.errors import WirebriefError
    from pipeline.journey import RunResult, run
    from pipeline.settings import Settings, load_settings

__all__ = ["RunResult", "Settings", "WirebriefError", "load_settings", "run"]


def __getattr__(name: str) -> object:
    """Import the public names when they are asked for: importing `pipeline` stays cheap."""
    if name in {"run", "RunResult"}:
        from pipeline import journey  # noqa: PLC0415

        return getattr(journey, name)
    if name in {"load_settings", "Settings"}:
        from pipeline import settings  # noqa: PLC0415

        return getattr(settings, name)
    if name == "WirebriefError":
        from pipeline.errors import WirebriefError  # noqa: PLC0415

        return WirebriefError
    raise AttributeError(f"module 'pipeline' has no attribute {name!r}")
