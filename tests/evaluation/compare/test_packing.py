import base64
import json
import re
import zlib

from evaluation.compare.marks import letter, show_difference
from evaluation.compare.packing import pack_rows, pack_texts


def unpack(pieces) -> dict[str, object]:
    found = re.findall(r'<script type="[^"]+" id="([^"]+)">([^<]+)</script>', "".join(pieces))
    return {name: json.loads(zlib.decompress(base64.b64decode(text))) for name, text in found}


def test_each_text_is_kept_once_and_found_by_its_key(case):
    found = unpack(pack_texts(case.texts, case.comparison.rows))
    piece, position = found["places"]["x-2~1"]
    article = found[f"texts-{piece}"][position]
    strings = article["strings"]
    assert len(strings) == len(set(strings))
    assert strings[article["sentences"][0][3][1]] == case.texts[2].sentences[0].targets[1]
    assert [strings[at] for at in article["titles"]] == ["Story 2", "Story 2", "Tale 2"]


def test_facts_are_placed_in_units_of_javascript(case):
    found = unpack(pack_texts(case.texts, case.comparison.rows))
    article = found["texts-0"][1]
    source = case.texts[1].sentences[0].source.encode("utf-16-le")
    missing, added = article["facts"]
    where, sentence, start, end = missing["spots"][0]
    assert (where, sentence) == ("source", 0)
    assert (
        source[2 * start : 2 * end].decode("utf-16-le") == case.texts[1].sentences[0].source[24:26]
    )
    assert missing["spots"][1][0] == "target"
    assert added["spots"] == [["abstractive", None, 4, 9], None]


def test_rows_and_scores_keep_their_order(case):
    found = unpack(pack_rows(case.comparison))
    assert [row[0] for row in found["rows"]] == [row.key for row in case.comparison.rows]
    assert found["scores-1"][2] == [0.1, 0.3, 0.2]
    assert found["scores-1"][3][2] is None


def test_runs_have_letters_and_differences_signs():
    assert [letter(place) for place in (0, 25, 26, 52)] == ["A", "Z", "AA", "BA"]
    assert [show_difference(v) for v in (0.02, -0.02, 0.0, None)] == [
        "+0.020",
        "−0.020",
        "±0.000",
        "–",
    ]
