"""Choose the text of a NewsML 1.2 item in its tree of components.

A component has a role, a language and head lines, and holds further components or the content. One
item may carry the story in two languages and three formats, with teaser, captions and recordings
beside it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.feed.news_body import Body, joined, read_markup, read_text
from pipeline.feed.newsml_elements import LANGUAGE, Children
from pipeline.feed.xml import local_name

if TYPE_CHECKING:
    from lxml.etree import _Element

_NO_TEXT = frozenset(
    {
        "abstract", "animation", "audio", "byline", "caption", "clip", "contact", "copyright",
        "dateline", "graphic", "headline", "icon", "image", "infographic", "keyword", "keywords",
        "legend", "logo", "photo", "picture", "quicklook", "slugline", "sound", "stylesheet",
        "subheadline", "summary", "teaser", "thumbnail", "title", "video",
    }
)  # fmt: skip
_NO_TEXT_MEDIA = frozenset(
    {"animation", "audio", "binary", "complexdata", "graphic", "image", "photo", "picture", "video"}
)
_MAIN = frozenset({"main", "body", "text", "story", "article", "maintext", "content"})
_LEAD = frozenset({"lead", "intro", "chapeau"})
_SECOND = frozenset(
    {"alert", "background", "box", "brief", "related", "short", "sidebar", "supporting"}
)
_TEASERS = frozenset({"abstract", "summary", "teaser"})
_TITLES = frozenset({"headline", "title"})
_OPENING = 80
_ORDER = {"xhtml": 0, "nitf": 1, "text": 2}


@dataclass(frozen=True, slots=True)
class Part:
    """A text with the components that it stands in.

    Attributes:
        body: the text.
        chain: the components around it, the innermost first.
        roles: of all of them, without blanks and in small letters.
        language: of the innermost one that declares one.
    """

    body: Body
    chain: "tuple[_Element, ...]"
    roles: tuple[str, ...]
    language: str | None


@dataclass(frozen=True, slots=True)
class Story:
    """The text that was chosen, and what stands beside it.

    Attributes:
        main: the text; `None` if the item has none.
        chain: the components around it, or the first ones of the item.
        title: of a component with that role, in the same language.
        teaser: likewise.
        languages: of the other versions that were left out.
        parts: how many further texts of the same language were left out.
        others: what the item holds beside text, such as `Photo`.
    """

    main: Part | None
    chain: "tuple[_Element, ...]"
    title: str | None
    teaser: str | None
    languages: tuple[str, ...]
    parts: int
    others: tuple[str, ...]


def read_story(item: "_Element", language: str | None) -> Story:
    """Choose the text of an item: its role decides, then German, then the item's language.

    Args:
        item: `NewsItem`.
        language: of the item.
    """
    others: list[str] = []
    parts = list(_parts(item, (), (), language, others))
    texts = [part for part in parts if not _NO_TEXT.intersection(part.roles)]
    seen = tuple(dict.fromkeys(others))
    if not texts:
        chain = next(_chains(item, ()), ())
        return Story(None, chain, _said(parts, _TITLES, None), None, (), 0, seen)
    best = min(texts, key=lambda part: _rank(part, language))
    lead = _lead_of(best, texts)
    same = [p for p in texts if _short(p) == _short(best) and not (p is lead or _repeats(p, best))]
    spoken = {_short(part) or "" for part in texts} - {_short(best) or "", ""}
    return Story(
        replace(best, body=joined([lead.body, best.body])) if lead else best,
        best.chain,
        _said(parts, _TITLES, best),
        _said(parts, _TEASERS, best),
        tuple(sorted(spoken)),
        len(same),
        seen,
    )


def _parts(
    element: "_Element",
    chain: "tuple[_Element, ...]",
    roles: tuple[str, ...],
    language: str | None,
    others: list[str],
) -> Iterator[Part]:
    """Yield every text below an item or a component, in order."""
    for child in element:
        name = local_name(child)
        if name == "NewsComponent":
            inner = Children(child)
            role = inner.first("Role")
            named = _plain(role.get("FormalName") if role is not None else None)
            spoken = child.get(LANGUAGE) or _declared(inner) or language
            yield from _parts(child, (child, *chain), (named, *roles), spoken, others)
        elif name == "ContentItem" and (body := _content(child, others)):
            yield Part(body, chain, roles, child.get(LANGUAGE) or language)


def _content(item: "_Element", others: list[str]) -> Body | None:
    """Return the text of a content item."""
    parts = Children(item)
    medium = parts.first("MediaType")
    media = (medium.get("FormalName") if medium is not None else None) or ""
    data = parts.first("DataContent")
    mime = parts.first("MimeType")
    kind = ((mime.get("FormalName") if mime is not None else None) or "").casefold()
    if data is None or _plain(media) in _NO_TEXT_MEDIA or kind.startswith(("image/", "text/css")):
        others.append(media or kind or "a reference")
        return None
    if len(data):
        body = read_markup(data) or read_text("".join(map(str, data.itertext())))
    else:
        body = read_text(data.text or "", markup="html" in kind)
    if body is None:
        others.append("an empty text")
    return body


def _rank(part: Part, language: str | None) -> tuple[int, int, int, int]:
    inner = next((role for role in part.roles if role), "")
    role = 1
    if _SECOND.intersection(part.roles):
        role = 3
    elif inner in _LEAD:
        role = 2
    elif _MAIN.intersection(part.roles):
        role = 0
    spoken = _short(part)
    tongue = 0 if spoken == "de" else 1 if spoken == (language or "")[:2].casefold() else 2
    return tongue, role, _ORDER[part.body.kind], -part.body.size()


def _lead_of(best: Part, texts: list[Part]) -> Part | None:
    """Return the lead that a sister component holds, unless the text opens with it."""
    for part in texts:
        if part.roles and part.roles[0] in _LEAD and part.chain[1:2] == best.chain[1:2] != ():
            opens = _flat(best.body).startswith(_flat(part.body))
            return None if part is best or opens else part
    return None


def _repeats(part: Part, best: Part) -> bool:
    """Tell whether a text is the chosen one in another format, or a piece of it."""
    if part.chain[:1] == best.chain[:1]:
        return True
    text, chosen = _flat(part.body), _flat(best.body)
    return text in chosen or chosen[:_OPENING] == text[:_OPENING]


def _said(parts: list[Part], roles: frozenset[str], best: Part | None) -> str | None:
    """Return the line of the first component of a role, of the chosen text's language."""
    for part in parts:
        if part.roles and part.roles[0] in roles:
            if best is not None and _short(part) != _short(best):
                continue
            return _flat(part.body) or None
    return None


def _flat(body: Body) -> str:
    return " ".join((body.text or " ".join(block.text for block in body.blocks)).split())


def _chains(element: "_Element", chain: "tuple[_Element, ...]") -> "Iterator[tuple[_Element, ...]]":
    for child in element:
        if local_name(child) == "NewsComponent":
            yield from _chains(child, (child, *chain))
    if chain:
        yield chain


def _declared(component: Children) -> str | None:
    element = component.inside("DescriptiveMetadata").first("Language")
    return (element.get("FormalName") or None) if element is not None else None


def _short(part: Part) -> str | None:
    return (part.language or "")[:2].casefold() or None


def _plain(name: str | None) -> str:
    return "".join((name or "").split()).casefold()
