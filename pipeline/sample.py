"""The sample stories: the default feed, found wherever the user stands."""

from dataclasses import replace
from pathlib import Path

from pipeline.errors import ConfigError
from pipeline.feed.settings import FeedSettings, JsonlFeed

SAMPLE = "data/wire-sample.jsonl"
_HERE = Path(__file__).parent
_PLACES = (_HERE.parent / SAMPLE, _HERE / Path(SAMPLE).name)
"""In a checkout, and in an installation (`setup.py` puts it there)."""


def with_sample(feed: FeedSettings) -> FeedSettings:
    """Find the sample wherever the user stands; leave any other feed as it is.

    Raises:
        ConfigError: if the sample is wanted and not there; it says how to name a feed.
    """
    if not isinstance(feed, JsonlFeed) or feed.path != SAMPLE or Path(SAMPLE).exists():
        return feed
    found = next((place for place in _PLACES if place.exists()), None)
    if found is None:
        raise ConfigError(
            f"no feed was named, and the sample stories ({SAMPLE}) are not part of this "
            "installation. Install wirebrief again, or name your own: feed=jsonl feed.path=FILE, "
            "or feed=plaintext feed.path='FOLDER/*.txt'."
        )
    return replace(feed, path=str(found))
