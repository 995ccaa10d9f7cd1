"""ninjs: real items lose no word and leak no note."""

import json
import re

import pytest

from pipeline.feed.document import Document
from pipeline.feed.item import Broken
from tests.pipeline.feed.formats.leaks import assert_keeps
from tests.pipeline.feed.formats.ninjs_items import FORMAT, text_of
from tests.pipeline.feed.formats.real_files import each_real_file


@pytest.mark.parametrize("path", each_real_file("ninjs/*/*.json"))
def test_real_items(path):
    value = json.loads(path.read_text("utf-8-sig"))
    document = Document(str(path), path.read_bytes())
    assert FORMAT.recognises(document) == (path.name != "extension-schema.json")
    for entry, outcome in zip(
        value if isinstance(value, list) else [value], FORMAT.read(document), strict=True
    ):
        if isinstance(outcome, Broken):
            assert outcome.error.reason == "no_text"
            assert not [key for key in entry if key.startswith("body_") or key == "bodies"]
            continue
        keys = {key.lower(): inner for key, inner in entry.items()}
        assert outcome.id == keys["uri"]
        assert outcome.title or "headline" not in str(keys.keys())
        assert_keeps(outcome, [keys["ednote"]] if keys.get("ednote") else [])
        bodies = [
            *[keys[key] for key in keys if key.startswith("body_")],
            *[each["value"] for each in keys.get("bodies", ())],
        ]
        words = _words(text_of(outcome))
        assert words
        assert any(words == _bare(each, outcome.title) for each in bodies)


def _bare(body, title):
    """Return a rendition's words without headline, captions and the line of place and source."""
    without = re.sub(
        r"(?s)<figure.*?</figure>|<title>.*?</title>|<div class=\"dat\">.*?</div>", "", body
    )
    words = _words(re.sub(r"</?(?:a|sup|em|b)\b[^>]*>", "", without).replace("<", " <"))
    start = _words(title or "")
    return words[len(start) :] if start and words[: len(start)] == start else words


def _words(text):
    import html

    return re.findall(r"\w+", html.unescape(re.sub(r"<[^>]*>", " ", text)))
