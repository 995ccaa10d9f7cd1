"""The stage that cuts an article's blocks into sentences."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from pipeline.records import PROSE, Article, Draft, Fault, Sentence
from pipeline.stage import Usage


class Splitter(Protocol):
    """Anything that cuts a paragraph into sentences."""

    def split(self, text: str) -> list[str]:
        """Return the sentences in order, without outer white space, losing nothing else."""


class SplitStage:
    """Fill `Draft.sentences`; subheads stay whole.

    Args:
        splitter: cuts paragraphs in the article's language.
    """

    name = "sentences"

    def __init__(self, splitter: Splitter) -> None:
        self._splitter = splitter
        self._usage = Usage()

    @property
    def usage(self) -> Usage:
        """Count nothing: no model is called."""
        return self._usage

    def open(self) -> None:
        """Do nothing: the word lists are loaded with the splitter."""

    def process(
        self, drafts: Sequence[Draft], advance: Callable[[int], None]
    ) -> Sequence[Draft | Fault]:
        """Split each draft's blocks; an article without a letter or digit becomes a fault.

        A flash may be a headline alone.
        """
        outcomes = []
        for draft in drafts:
            outcomes.append(self._split(draft))
            advance(1)
        return outcomes

    def close(self) -> None:
        """Do nothing."""

    def _split(self, draft: Draft) -> Draft | Fault:
        if not _has_text(draft.article) and not _is_bare_flash(draft.article):
            return _empty_text(draft)
        sentences = tuple(
            Sentence(text=text, block=index, kind=block.kind)
            for index, block in enumerate(draft.article.blocks)
            for text in (
                self._splitter.split(block.text) if block.kind in PROSE else [block.text.strip()]
            )
            if text
        )
        return replace(draft, sentences=sentences)


def _has_text(article: Article) -> bool:
    return any(character.isalnum() for block in article.blocks for character in block.text)


def _is_bare_flash(article: Article) -> bool:
    title = article.title or ""
    return article.wire.nature == "flash" and any(character.isalnum() for character in title)


def _empty_text(draft: Draft) -> Fault:
    article = draft.article
    blocks = len(article.blocks)
    return Fault(
        place=article.place,
        stage=SplitStage.name,
        reason="empty_text",
        message=(
            "the article has no text"
            if blocks == 0
            else f"the article's {blocks} text block(s) hold no letter and no digit"
        ),
        remedy="check the record's text at its source, and which field or column the feed reads",
        article_id=article.id,
        position=draft.position,
    )
