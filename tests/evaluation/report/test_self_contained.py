import base64
import hashlib
import re


def test_nothing_is_fetched_from_anywhere(render, run_files):
    page = render(run_files)
    assert not re.search(r"https?:|@import|url\(|\bsrc=", page.source)
    assert not [e for e in page.elements if e.tag in {"link", "img", "iframe", "object", "base"}]
    assert all(a.attributes["href"].startswith("#") for a in page.all("a"))


def test_only_the_pages_own_script_and_style_may_run(render, run_files):
    page = render(run_files)
    (policy,) = (
        meta.attributes["content"] for meta in page.all("meta") if "http-equiv" in meta.attributes
    )
    for tag in ("script", "style"):
        (element,) = page.all(tag)
        digest = base64.b64encode(hashlib.sha256(element.text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert not [e for e in page.elements if any(n.startswith("on") for n in e.attributes)]
    assert not [e for e in page.elements if "style" in e.attributes]


def test_every_link_inside_the_page_has_its_goal_and_ids_are_unique(render, run_files):
    page = render(run_files)
    ids = [e.attributes["id"] for e in page.elements if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    assert {a.attributes["href"][1:] for a in page.all("a")} <= set(ids)
