import json

from evaluation.report.fields import Fields
from evaluation.report.parse import parse_brief
from evaluation.report.story import SECTIONS, tell


def stories(*briefs):
    parsed = (parse_brief(Fields(brief, "briefs.jsonl:1")) for brief in briefs)
    return list(tell(enumerate(parsed, start=1)))


def test_the_anchor_is_the_id(bare_brief):
    (story,) = stories(bare_brief | {"id": "urn:x/ä 1"})
    assert (story.anchor, story.fragment) == ("urn:x/ä-1", "urn%3Ax/%C3%A4-1")


def test_two_takes_of_a_story_have_two_anchors(bare_brief):
    takes = [bare_brief | {"version": version} for version in (1, 2, 2)]
    assert [story.anchor for story in stories(*takes)] == ["bare", "bare-v2", "bare-v2-2"]


def test_no_article_takes_an_anchor_of_the_page(bare_brief):
    found = stories(*({**bare_brief, "id": name} for name in (*SECTIONS, "", "article")))
    anchors = [story.anchor for story in found]
    assert not set(anchors) & set(SECTIONS)
    assert len(set(anchors)) == len(anchors)


def test_the_pages_ids_are_all_reserved(render, run_files):
    page = render(run_files)
    own = {e.attributes["id"] for e in page.elements if "id" in e.attributes}
    own -= {story.attributes["id"] for story in page.all("details", "story")}
    assert {name for name in own if not name.startswith("heading-")} <= set(SECTIONS)


def test_sentences_are_grouped_by_paragraph(brief):
    (story,) = stories(brief)
    assert [[pair.target for pair in paragraph] for paragraph in story.paragraphs] == [
        ["The Dax fell by 0.8 percent."],
        ["Outlook"],
        ["Rates stay."],
    ]


def test_scores_for_sorting_leave_out_what_is_no_number(bare_brief):
    (story,) = stories(bare_brief | {"scores": {"a": 0.5, "b": float("nan"), "c": None}})
    assert json.loads(story.scores_json) == {"a": 0.5}
