"""dpa digitalwires: no word of real items is lost, doubled or leaked."""

import json
import re

import pytest

from pipeline.feed.articles import ArticleMaker
from pipeline.feed.document import Document
from pipeline.feed.item import Broken
from pipeline.feed.markup import text_in
from pipeline.records import Article, Place
from tests.pipeline.feed.formats.digitalwires_items import FORMAT
from tests.pipeline.feed.formats.leaks import assert_keeps, strings_in
from tests.pipeline.feed.formats.real_files import each_real_file


@pytest.mark.parametrize(
    "path", each_real_file("dpa-digitalwires-json/*.json", "synthetic-derived/*.json")
)
def test_no_word_of_real_items_is_lost_doubled_or_leaked(path):
    document = Document(str(path), path.read_bytes())
    assert FORMAT.recognises(document)
    value = json.loads(path.read_text("utf-8"))
    entries = value.get("entries", [value])
    outcomes = list(FORMAT.read(document))
    assert len(outcomes) == len(entries)
    for entry, outcome in zip(entries, outcomes, strict=True):
        if isinstance(outcome, Broken):
            assert (outcome.error.reason, entry["article_html"]) == ("no_text", None)
            continue
        assert _words(" ".join(block.text for block in outcome.blocks)) == _body_words(entry)
        assert_keeps(outcome, _secrets(entry))
        made = ArticleMaker("de").make(outcome, Place("feed"))
        assert isinstance(made, Article)
        assert_keeps(made, _secrets(entry))
        for role in ("headline", "teaser", "kicker"):
            assert not entry[role] or entry[role].split()[0] in " ".join(strings_in(made))


def _body_words(entry):
    from lxml import html as parser

    if not entry["article_html"]:
        return []
    root = parser.fromstring(entry["article_html"])
    for span in root.xpath("//span[@class='dateline'] | //figcaption"):
        span.drop_tree()
    for element in root.iter("br", "p", "td", "th", "li", "h2"):
        element.tail = f" {element.tail or ''}"
    return _words(text_in(root))


def _words(text):
    return re.findall(r"\w+", text)


def _secrets(entry):
    notepad = (entry.get("notepad") or {}).get("nonpublic_html") or ""
    hidden = [note["ednote"] for note in entry.get("ednotes") or [] if not note["is_publishable"]]
    reach = re.findall(r"[\w.-]+@[\w.-]+|\+?\d[\d /-]{7,}\d", f"{notepad} {' '.join(hidden)}")
    body = entry["article_html"] or ""
    public = json.dumps([note for note in entry.get("ednotes") or [] if note["is_publishable"]])
    return [secret for secret in [*reach, *hidden] if secret not in f"{body}{public}"]
