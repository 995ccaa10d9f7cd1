"""What a format for newsrooms has to do."""

from typing import Protocol

from pipeline.records import Article, Draft


class BriefFormat(Protocol):
    """Turns single briefs into files.

    Attributes:
        suffix: of its files, such as `.json`.
    """

    suffix: str

    def render(self, draft: Draft) -> bytes:
        """Return a brief as a whole file: the same bytes for the same brief."""

    def retract(self, article: Article) -> bytes:
        """Return the file that withdraws the brief of an article that its provider killed.

        Args:
            article: the kill, or the story as far as it is known: its id, provider and version
                count. Nothing of its text is passed on.
        """
