"""The record of a brief holds every part of the draft, and null for what is absent."""

from dataclasses import replace

from pipeline.output.briefs import brief_record, fault_record, label
from pipeline.records import Abstract, Article, Block, Draft, Maker, Place, Sentence, Translation


def test_the_whole_record(draft):
    model = {
        "model": "starter",
        "revision": "4c1f",
        "engine": "ctranslate2",
        "decoding": '{"beams":4}',
    }
    ranker = {"model": "lexrank", "revision": None, "engine": "wirebrief", "decoding": "{}"}
    texts = [
        (0, "text", "Der Dax fiel.", "The Dax fell."),
        (0, "text", "Größe 1,2.", "Size 1.2."),
        (1, "subhead", "Ausblick", "Outlook"),
        (2, "text", "Ende.", "End."),
    ]
    assert brief_record(draft) == {
        "id": "x-1",
        "version": 3,
        "language": "de",
        "title": "Dax im Minus",
        "dateline": "FRANKFURT (dpa-AFX)",
        "dateline_target": None,
        "signature": "/so/DP/zb",
        "prefix": "date 2024-10",
        "provider": "dpa-AFX",
        "treatment": "brief",
        "opinion": False,
        "published": "2024-10-25T06:12:00+00:00",
        "translation": {
            "title": "Dax down",
            "text": "The Dax fell. Size 1.2.\n\nOutlook\n\nEnd.",
            "sentences": [
                {"paragraph": block, "kind": kind, "source": source, "target": target}
                for block, kind, source, target in texts
            ],
        },
        "extractive": {"text": "The Dax fell.\nEnd.", "sentences": [0, 3]},
        "abstractive": {"text": "Shares dropped."},
        "scores": {"a": 1.0, "b": 0.123457},
        "warnings": [
            {"code": "control_characters", "stage": "feed", "message": "removed"},
            {"code": "number_mismatch", "stage": "score", "message": "1,2"},
        ],
        "facts": [
            {
                "part": "translation",
                "kind": "number",
                "side": "missing",
                "text": "1,2",
                "start": 6,
                "end": 9,
                "sentence": 1,
                "other": {"text": "1.2", "start": 5, "end": 8, "sentence": 1},
            },
        ],
        "made_by": {"translation": model, "extractive": ranker, "abstractive": model},
        "label": "Machine-made, not reviewed by a human: translated by starter, "
        "extracted by lexrank, summarized by starter.",
        "references": {
            "translation": "The Dax fell.\n\nOutlook",
            "summaries": ["Stocks fell.", "Shares down."],
        },
        "wire": {"nature": "story"},
        "place": "feed.jsonl:7",
        "extra": {"desk": {"name": "wirtschaft"}, "isin": ["DE0008469008"]},
    }


def test_absent_parts_are_null():
    article = Article(id="x", blocks=(Block("Kurz."),), place=Place("a.txt"))
    record = brief_record(Draft(article, 0))
    absent = {name for name, value in record.items() if value is None}
    assert absent == {
        "language",
        "title",
        "dateline",
        "dateline_target",
        "signature",
        "prefix",
        "provider",
        "published",
        "translation",
        "extractive",
        "abstractive",
        "scores",
        "label",
    }
    assert record["warnings"] == record["facts"] == []
    assert record["made_by"] == {}


def test_sentences_left_untranslated_are_null_and_out_of_the_text(draft):
    translation = replace(draft.translation, targets=("The Dax fell.", None, None, "End."))
    found = brief_record(replace(draft, translation=translation))["translation"]
    assert found["text"] == "The Dax fell.\n\nEnd."
    assert [sentence["target"] for sentence in found["sentences"]] == [
        "The Dax fell.",
        None,
        None,
        "End.",
    ]


def test_without_translation_the_sentences_are_kept(draft):
    found = brief_record(replace(draft, translation=None))["translation"]
    assert (found["title"], found["text"]) == (None, None)
    assert [sentence["source"] for sentence in found["sentences"]][:2] == [
        "Der Dax fiel.",
        "Größe 1,2.",
    ]


def test_the_label_names_only_what_a_machine_made(draft):
    human = replace(draft.translation, maker=Maker("reference", None, "human", "{}"))
    copied = Abstract("The Dax fell.", Maker("copy", None, "wirebrief", "{}"))
    assert label(replace(draft, translation=human)) == (
        "Machine-made, not reviewed by a human: extracted by lexrank, summarized by starter."
    )
    assert label(replace(draft, translation=human, abstract=copied, extract=None)) is None


def test_a_fault(fault):
    assert fault_record(fault) == {
        "position": 1,
        "article_id": None,
        "place": "feed.jsonl:8",
        "stage": "feed",
        "reason": "unreadable_record",
        "message": "cut",
        "remedy": "Mend it.",
    }


def test_an_english_feed_has_no_maker_of_its_translation():
    article = Article(id="x", blocks=(Block("Short."),), place=Place("a.txt"), language="en")
    draft = Draft(article, 0, (Sentence("Short.", 0),), Translation(None, ("Short.",), None))
    assert brief_record(draft)["made_by"] == {}
    assert brief_record(draft)["translation"]["text"] == "Short."
