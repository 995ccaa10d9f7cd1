"""Where deliveries come from: a spool folder, or an address whose states are put into one."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from pipeline.desk.spool import NoSpool, Spool, SpoolFolder, open_spool
from pipeline.desk.status import Pulse
from pipeline.desk.stopping import StopSignal
from pipeline.desk.subscription import Fetching
from pipeline.desk.web_feed import WebFeed, is_address
from pipeline.desk_settings import DoneFiles
from pipeline.errors import ConfigError
from pipeline.settings import Settings


@dataclass(frozen=True, slots=True)
class Source:
    """A spool, what becomes of its files, and what has to go on so that something comes in."""

    spool: Spool
    done: DoneFiles
    follow: Callable[[Pulse], AbstractContextManager[object]]


def nothing_new() -> Source:
    """Return the source of a desk that takes up what it has."""
    return Source(NoSpool(), DoneFiles.keep, lambda _: nullcontext())


def open_source(settings: Settings, stop: StopSignal) -> Source:
    """Return where `feed.path` leads.

    Raises:
        ConfigError: if it may not be followed.
        FeedError: if there is no such folder.
    """
    watch, folder = settings.watch, Path(settings.output_dir)
    path = str(getattr(settings.feed, "path", ""))
    if not is_address(path):
        spool = open_spool(path, folder, watch.settle_seconds)
        return Source(spool, watch.done, lambda _: nullcontext())
    if settings.offline:
        raise ConfigError(f"feed.path={path} needs a network: leave out offline=true")
    fetched = folder / "fetched"

    def follow(pulse: Pulse) -> Fetching:
        return Fetching(WebFeed(path), fetched, watch.fetch_seconds, pulse, stop)

    return Source(SpoolFolder(fetched, settle_seconds=0), DoneFiles.delete, follow)
