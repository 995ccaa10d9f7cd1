"""What briefs and their originals are called: addresses, and names of files."""

import re
from hashlib import sha256
from urllib.parse import quote

from pipeline.records import Article

_URI = re.compile(
    r"(?:urn|tag|doi|https?):(?:[a-z0-9._~:/?#@!$&'()*+,;=-]|%[0-9a-f]{2})+", re.IGNORECASE
)
_UNSAFE = re.compile(r"[^A-Za-z0-9]+")
_DIGEST = 16
_LENGTHS = (24, 80, 20)
"""Characters of provider, id and version in a file's name; all in all it has less than 160."""

NAMED = re.compile(rf"[A-Za-z0-9_-]+_[0-9a-f]{{{_DIGEST}}}\.[a-z]+")
"""Matches every name that `file_name` gives."""


def brief_uri(article: Article, language: str) -> str:
    """Return what the brief of an article is called in a language.

    It is the same for all versions of the article, differs from the original's own address, so
    that nobody who holds both takes one for the other, and tells the original: provider, then id.
    """
    return f"urn:wirebrief:{language.lower()}:{_path(article)}"


def source_uri(article: Article) -> str:
    """Return where the original is found: its own id if that is an address, else one made of it.

    Addresses hold ASCII only; everything else in an id is percent-encoded.
    """
    if _URI.fullmatch(article.id):
        return article.id
    return f"urn:wirebrief:source:{_path(article)}"


def file_name(article: Article, suffix: str) -> str:
    """Return a name without folder that no other version of any article has.

    Provider, id and version are there for people to read; what tells two files apart is a digest of
    them, in case they are long, or differ only in what no name of a file may hold.
    """
    version = f"{article.version:x}" if article.version.bit_length() > 60 else str(article.version)
    parts = (article.provider or "", article.id, f"v{version}")
    shown = [_slug(part)[:length] for part, length in zip(parts, _LENGTHS, strict=True)]
    key = "\0".join((_provider(article), article.id, version))
    digest = sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST]
    return "_".join([*(part for part in shown if part), digest]) + suffix


def _path(article: Article) -> str:
    return f"{_quoted(_provider(article), '')}:{_quoted(article.id, ':')}"


def _provider(article: Article) -> str:
    return (article.provider or "").casefold()


def _quoted(text: str, safe: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"), safe=safe)


def _slug(text: str) -> str:
    return _UNSAFE.sub("-", text[:400]).strip("-")
