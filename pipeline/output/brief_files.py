"""One file a brief, in a folder that takes the place of an older one as a whole."""

import os
from collections.abc import Sequence
from pathlib import Path

from pipeline.errors import OutputError
from pipeline.output.newsroom.format import BriefFormat
from pipeline.output.newsroom.names import NAMED, file_name
from pipeline.records import Draft

NAME = "briefs"


class BriefFiles:
    """Writes each brief in all formats.

    Args:
        folder: of the run's results.
        staging: where files stay until the run is whole.
        formats: none for no files; an older run's are removed then, too.
    """

    def __init__(self, folder: Path, staging: Path, formats: Sequence[BriefFormat]) -> None:
        self._target = folder / NAME
        self._staged, self._older = staging / NAME, staging / f".older-{NAME}"
        self._formats = formats

    def open(self) -> None:
        """Make the folder.

        Raises:
            OutputError: if what stands in its place was not written by a run.
            OSError: if the file system refuses.
        """
        if not self._formats:
            return
        if self._target.exists() and not self._is_ours():
            raise OutputError(
                f"{self._target}: is there already, and holds what no run has written. Move it "
                "away, set output_dir to another folder, or leave ninjs and newsml_g2 out of "
                "output.format."
            )
        self._staged.mkdir()

    def write(self, draft: Draft) -> None:
        """Write a brief, if anything was made of its article.

        Raises:
            OSError: if the file system refuses.
        """
        if (draft.translation, draft.extract, draft.abstract) == (None, None, None):
            return
        for brief_format in self._formats:
            path = self._staged / file_name(draft.article, brief_format.suffix)
            path.write_bytes(brief_format.render(draft))

    def sync(self) -> None:
        """Put all files onto the disk: at once, since one by one takes minutes if they are many."""
        if self._formats:
            os.sync()

    def move(self) -> None:
        """Move the folder into place; the older one goes with what else is staged."""
        if self._target.exists() and self._is_ours():
            self._target.replace(self._older)
        if self._formats:
            self._staged.replace(self._target)

    def _is_ours(self) -> bool:
        if self._target.is_symlink() or not self._target.is_dir():
            return False
        return all(NAMED.fullmatch(path.name) for path in self._target.iterdir())
