"""What agencies deliver, in their formats, at the desk."""

import io
import os
import zipfile

from pipeline.codec import decode
from pipeline.records import Fault
from tests.pipeline.desk.wires import URN, digitalwires, newsml_g2, nitf


def deliver(desk, name, content):
    (desk.spool / name).write_bytes(content)


def test_one_story_in_two_formats_is_one_story(desk):
    deliver(desk, "a.json", digitalwires(3))
    deliver(desk, "b.xml", newsml_g2(4))
    deliver(desk, "c.json", digitalwires(2))
    desk.run()
    assert desk.stage.seen == [f"{URN} v4"]
    assert list(desk.briefs()) == [URN]


def test_a_kill_in_one_format_withdraws_the_story_of_another(desk):
    deliver(desk, "a.json", digitalwires(3))
    desk.run()
    deliver(desk, "b.xml", newsml_g2(3, "canceled"))
    desk.run()
    assert desk.briefs()[URN]["status"] == "canceled"
    deliver(desk, "c.json", digitalwires(2))
    desk.run()
    assert desk.briefs()[URN]["status"] == "canceled"


def test_a_kill_without_a_version_withdraws_every_version(desk):
    deliver(desk, "a.xml", nitf(3))
    desk.run()
    deliver(desk, "b.xml", nitf(status="canceled", hour=12))
    desk.run()
    brief = desk.briefs()["werft-1"]
    assert (brief["status"], brief["version"]) == ("canceled", 3)
    deliver(desk, "c.xml", nitf(4, hour=13))
    desk.run()
    assert desk.briefs()["werft-1"]["status"] == "canceled"
    assert len(desk.stage.seen) == 1


def test_a_kill_without_a_version_holds_when_it_comes_first(desk):
    deliver(desk, "a.json", digitalwires(None, "canceled"))
    desk.run()
    deliver(desk, "b.xml", newsml_g2(3))
    desk.run()
    assert desk.stage.seen == []
    assert desk.briefs()[URN]["status"] == "canceled"


def test_what_is_wrong_in_an_archive_is_named_by_the_file_in_it(desk):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("good.json", digitalwires())
        archive.writestr("folder/cut.xml", newsml_g2()[:400])
    deliver(desk, "all.zip", stream.getvalue())
    desk.run()
    ((text,),) = desk.database.rows("SELECT fault FROM faults")
    assert decode(Fault, text).place.source == f"{desk.spool}/all.zip!/folder/cut.xml"
    desk.quarantine.try_again()
    desk.run()
    ((text,),) = desk.database.rows("SELECT fault FROM faults")
    assert decode(Fault, text).place.source == f"{desk.spool}/all.zip!/folder/cut.xml"


def test_names_that_are_no_utf_8_do_no_harm(desk):
    folder = os.fsencode(desk.spool)
    with open(os.path.join(folder, b"k\xfchn.json"), "wb") as stream:  # noqa: PTH118, PTH123
        stream.write(digitalwires())
    with open(os.path.join(folder, b"b\xf6se.xml"), "wb") as stream:  # noqa: PTH118, PTH123
        stream.write(newsml_g2()[:400])
    desk.run()
    assert list(desk.briefs()) == [URN]
    ((text,),) = desk.database.rows("SELECT fault FROM faults")
    assert decode(Fault, text).place.source == f"{desk.spool}/b\\xf6se.xml"
    desk.close()
    desk.start()
    desk.quarantine.try_again()
    desk.run()
    assert desk.count("files") == 2
    assert desk.database.rows("SELECT tries FROM quarantine") == [(2,)]
