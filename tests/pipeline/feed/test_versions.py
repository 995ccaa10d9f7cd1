"""Which version of a story counts, in whatever order they come; what is held back and why."""

from datetime import UTC, datetime, timedelta

import pytest

from pipeline.feed.intake import Intake
from pipeline.records import Article, Block, Fault, Place
from pipeline.wire import Wire

NOW = datetime(2024, 10, 25, 12, tzinfo=UTC)


class Listed:
    """A feed of given items."""

    def __init__(self, items):
        self._items = items

    def read(self):
        """Yield them."""
        return iter(self._items)


def take(version=1, minutes=0, touched=None, provider="dpa", name="a", **changes):
    created = NOW - timedelta(hours=1) + timedelta(minutes=minutes)
    updated = None if touched is None else created + timedelta(minutes=touched)
    wire = Wire(created=created, updated=updated, embargo_text=changes.pop("prose", None))
    blocks = (Block(f"Take {version} von {minutes}."),)
    place = Place("feed", item=version)
    return Article(
        name, blocks, place, version=version, provider=provider, wire=wire, **changes
    )  # fmt: skip


def standing(*items, **options):
    found = Intake(Listed(items), "de", now=lambda: NOW, **options).admitted()
    return [item.reason if isinstance(item, Fault) else "ok" for item in found]


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([take(1), take(2), take(3)], ["superseded", "superseded", "ok"]),
        ([take(3), take(1), take(2)], ["ok", "superseded", "superseded"]),
        ([take(24), take(978556838)], ["superseded", "ok"]),
        ([take(1, minutes=5), take(1, minutes=9)], ["superseded", "ok"]),
        ([take(1, touched=1), take(1, touched=2)], ["superseded", "ok"]),
        ([take(1), take(1)], ["ok", "duplicate"]),
        ([take(1), take(1, provider="DPA")], ["ok", "duplicate"]),
        ([take(1), take(1, provider="afp")], ["ok", "ok"]),
        ([take(1), take(2, name="b")], ["ok", "ok"]),
    ],
)
def test_the_newest_version_counts(items, expected):
    assert standing(*items) == expected


def test_a_kill_withdraws_every_version_up_to_it():
    kill = take(3, minutes=30, status="canceled")
    assert standing(take(1), take(2), kill) == ["killed", "killed", "killed"]
    assert standing(kill, take(2), take(3)) == ["killed", "killed", "killed"]
    assert standing(kill, take(4, minutes=-50)) == ["killed", "ok"]


def test_a_kill_says_when_and_which():
    (fault,) = Intake(Listed([take(3, status="canceled")]), "de", now=lambda: NOW).admitted()
    assert fault.is_set_aside
    assert "withdrawn on 2024-10-25T11:00:00+00:00 with version 3" in fault.message


def test_a_story_that_is_usable_again_says_so():
    items = [take(1), take(2, status="canceled"), take(3)]
    *_, article = Intake(Listed(items), "de", now=lambda: NOW).admitted()
    assert [caution.code for caution in article.warnings] == ["reinstated"]


def test_an_embargo_ends_at_its_time():
    assert standing(take(embargo=NOW + timedelta(seconds=1))) == ["embargoed"]
    assert standing(take(embargo=NOW)) == ["ok"]


def test_a_newer_version_under_embargo_holds_back_the_older_one():
    assert standing(take(1), take(2, embargo=NOW + timedelta(1))) == ["superseded", "embargoed"]


def test_an_embargo_that_only_the_prose_speaks_of_holds_the_article():
    assert standing(take(prose="Sperrfrist 23. Januar 19.00 Uhr")) == ["embargoed"]
    assert standing(take(prose="Sperrfrist 25. Oktober", embargo=NOW)) == ["ok"]


def test_withheld_is_an_embargo_without_a_date():
    assert standing(take(status="withheld")) == ["withheld"]


def test_a_dataset_is_let_in_row_by_row():
    assert standing(take(1), take(1), is_delivery=False) == ["ok", "duplicate"]


def test_a_fault_keeps_its_place():
    fault = Fault(Place("feed"), "feed", "unreadable_record", "cut", "Mend it.")
    assert standing(take(2), fault, take(1)) == ["ok", "unreadable_record", "superseded"]


def test_a_kill_without_a_version_withdraws_every_version():
    kill = take(1, minutes=30, status="canceled", is_numbered=False)
    assert standing(take(3), kill, take(4, minutes=40)) == ["killed"] * 3
    (told, _) = Intake(Listed([kill, take(3)]), "de", now=lambda: NOW).admitted()
    assert "every version of it" in told.message


def test_a_later_delivery_of_the_same_version_is_told_as_one():
    items = [take(1, touched=1), take(1, touched=2), take(2, name="b"), take(3, name="b")]
    first, _, third, _ = Intake(Listed(items), "de", now=lambda: NOW).admitted()
    assert first.message == "version 1 was overtaken by a later delivery of version 1"
    assert third.message == "version 2 was overtaken by version 3"
