"""Survey the stretches of a feed, wherever there is room for it."""

import os
import pickle

from pipeline.errors import FeedError
from pipeline.feed.stretches import StretchReader, Survey
from pipeline.parts.bundle import Assignment, enter
from pipeline.parts.worker import told
from pipeline.sample import with_sample
from pipeline.staging import incoming_language


class Surveyor:
    """Reads stretches, and tells what of their records decides which versions count.

    Args:
        assignment: settings of the run.
        rows: records in a part.
    """

    def __init__(self, assignment: Assignment, rows: int) -> None:
        self._assignment, self._rows = assignment, rows

    def __call__(self, row: bytes) -> bytes:
        """Return the survey of a pickled stretch, pickled."""
        return told(self._work, row)

    def _work(self, row: bytes) -> Survey:
        enter(self._assignment)
        settings = self._assignment.settings
        reader = StretchReader(with_sample(settings.feed), incoming_language(settings))
        stretch = pickle.loads(row)  # noqa: S301 - from the driver
        try:
            return reader.survey(stretch, self._rows)
        except OSError as error:
            raise FeedError(
                f"{stretch.source}: cannot be read on {os.uname().nodename} ({error}). The feed "
                "must lie where all machines reach it, under the same path or an address."
            ) from error
