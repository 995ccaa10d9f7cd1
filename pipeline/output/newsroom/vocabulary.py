"""English names of subjects and genres, from tables; what is in none of them is not translated."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pipeline.output.newsroom.texts import legal, line, tag
from pipeline.records import Article
from pipeline.wire import Subject

_SCHEMES = {
    "medtop": "medtop",
    "mediatopic": "medtop",
    "iptcmediatopic": "medtop",
    "subj": "subj",
    "subjectcode": "subj",
    "iptcsubjectcode": "subj",
    "isin": "isin",
}
"""Last part of a scheme's name or address, in lower case, to the alias in IPTC's catalogue."""

ADDRESSES = {
    "medtop": "http://cv.iptc.org/newscodes/mediatopic/",
    "subj": "http://cv.iptc.org/newscodes/subjectcode/",
    "isin": "http://cvx.iptc.org/isin/",
}
"""Of the vocabularies whose codes can be told apart all over the world."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject of an article.

    Attributes:
        english: from the table, `None` where it has none.
        source: as delivered.
        language: of the name as delivered.
        scheme: alias in IPTC's catalogue, `None` for a scheme that is not in it.
        code: within the scheme; with the scheme's own name in front if that is no alias.
    """

    english: str | None
    source: str | None
    language: str
    scheme: str | None = None
    code: str | None = None


def topics_of(article: Article) -> tuple[Topic, ...]:
    """Return an article's subjects, then its company identifiers."""
    subjects = [_topic(subject, tag(article.language)) for subject in article.wire.subjects]
    companies = [_company(identifier) for identifier in article.wire.identifiers]
    return tuple(dict.fromkeys(topic for topic in (*subjects, *companies) if _says(topic)))


def english_genre(german: str) -> str | None:
    """Return the English name of an agency's genre, `None` if it is in no table."""
    return _genres().get(_key(german))


def _topic(subject: Subject, language: str) -> Topic:
    code, scheme = _word(subject.code), _word(subject.scheme)
    name = line(subject.name)
    alias = _SCHEMES.get((scheme or "").rstrip("/").rpartition("/")[2].lower()) if code else None
    if code and alias is None and scheme:
        code = f"{scheme}:{code}"
    by_code, by_name = _topics()
    spoken = tag(subject.language) if subject.language else language
    known = spoken.lower().startswith("de")
    english = by_code.get(f"{alias}:{code}") or (by_name.get(_key(name or "")) if known else None)
    if english is None and spoken.lower().startswith("en"):
        english = name
    return Topic(english, name, spoken, alias, code)


def _company(identifier: str) -> Topic:
    kind, _, code = (line(identifier) or "").partition(" ")
    if kind == "ISIN" and code.isascii() and code.isalnum():
        return Topic(None, None, "und", "isin", code)
    return Topic(None, None, "und", None, line(identifier))


def _says(topic: Topic) -> bool:
    return bool(topic.code or topic.source)


def _word(text: str | None) -> str | None:
    """Return a code as one word: codes hold no spaces."""
    return "".join(legal(text or "").split()) or None


def _key(name: str) -> str:
    return name.casefold().strip()


@cache
def _topics() -> tuple[dict[str, str], dict[str, str]]:
    by_code: dict[str, str] = {}
    by_name: dict[str, str] = {}
    for english, codes, german in _rows("topics.txt"):
        by_code |= dict.fromkeys(codes.split(), english)
        by_name |= {_key(name): english for name in german.split(";") if name.strip()}
    return by_code, by_name


@cache
def _genres() -> dict[str, str]:
    rows = _rows("genres.txt")
    return {_key(name): english for english, german in rows for name in german.split(";")}


def _rows(name: str) -> list[list[str]]:
    text = (files(__package__) / name).read_text(encoding="utf-8")
    lines = (row for row in text.splitlines() if row and not row.startswith("#"))
    return [[cell.strip() for cell in row.split("|")] for row in lines]
