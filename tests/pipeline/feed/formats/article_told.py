"""Say as JSON which article is made of what was read, to hold it against what is expected."""

from pipeline.feed.articles import ArticleMaker
from pipeline.feed.item import Broken, Item
from pipeline.records import Article, Place
from tests.pipeline.feed.formats.told import filled


def iptc7901_told(outcome: Item | Broken) -> dict:
    """Return what a fixture's JSON says of an article, or the reason why there is none."""
    if isinstance(outcome, Broken):
        return {"reason": outcome.error.reason, "index": outcome.index}
    article = _made(outcome)
    subjects = [subject.code for subject in article.wire.subjects]
    return _told(article) | {"wire": filled(article.wire) | {"subjects": subjects}}


def nitf_told(outcome: Item | Broken) -> dict:
    """Return what a fixture's JSON says of an article."""
    article = _made(outcome)
    subjects = [[subject.name, subject.code] for subject in article.wire.subjects]
    return _told(article) | {
        "version": article.version,
        "language": article.language,
        "embargo": article.embargo and article.embargo.isoformat(),
        "wire": filled(article.wire) | {"subjects": subjects},
    }


def _made(outcome) -> Article:
    article = ArticleMaker("de").make(outcome, Place("feed"))
    assert isinstance(article, Article)
    return article


def _told(article: Article) -> dict:
    return {
        "id": article.id,
        "title": article.title,
        "status": article.status,
        "provider": article.provider,
        "published": article.published and article.published.isoformat(),
        "dateline": article.dateline,
        "signature": article.signature,
        "blocks": [[block.kind, block.text] for block in article.blocks],
        "warnings": [caution.code for caution in article.warnings],
    }
