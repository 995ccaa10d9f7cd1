"""The sample stories: the default feed, which only a source checkout has."""

from dataclasses import replace
from pathlib import Path

from pipeline.errors import ConfigError
from pipeline.feed.settings import FeedSettings, JsonlFeed

SAMPLE = "data/wire-sample.jsonl"
_CHECKOUT = Path(__file__).parent.parent


def with_sample(feed: FeedSettings) -> FeedSettings:
    """Find the sample wherever the user stands; leave any other feed as it is.

    Raises:
        ConfigError: if the sample is wanted and not there; it says how to name a feed.
    """
    if not isinstance(feed, JsonlFeed) or feed.path != SAMPLE or Path(SAMPLE).exists():
        return feed
    found = _CHECKOUT / SAMPLE
    if not found.exists():
        raise ConfigError(
            f"no feed was named, and the sample stories ({SAMPLE}) come with the source code only. "
            "Name your own: feed=jsonl feed.path=FILE, or feed=plaintext feed.path='FOLDER/*.txt'."
        )
    return replace(feed, path=str(found))
