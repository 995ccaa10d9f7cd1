"""Digests that tell whether two versions of a story say the same."""

import hashlib
import unicodedata
from dataclasses import replace

from pipeline.codec import encode
from pipeline.fingerprint import canonical_json
from pipeline.records import Article, Place

_NOWHERE = Place("")


def content_of(article: Article) -> str:
    """Digest everything but the delivery: an item that came again has the same digest."""
    wire = replace(article.wire, item_id=None, sha256=None, charset=None)
    return _digest(encode(replace(article, wire=wire, place=_NOWHERE)))


def text_of(article: Article) -> str:
    """Digest what models get to see, and what is to be made of it.

    Versions with the same digest differ in metadata only: the brief is made anew without a model.
    """
    blocks = [(block.kind, _normal(block.text), block.rows) for block in article.blocks]
    references = encode(article.references)
    title = _normal(article.title or "")
    return _digest(canonical_json([title, blocks, article.language, article.treatment, references]))


def _normal(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
