"""A text file is an article."""

from pipeline.feed.settings import PlaintextFeed


def test_plain_text(tmp_path, read):
    (tmp_path / "b.txt").write_bytes(b"Zweiter.\r\n\r\nMehr dazu\r\n\r\nEnde.")
    (tmp_path / "a.txt").write_text("BERLIN (dpa) - Erster./jha/", encoding="utf-8")
    (tmp_path / "c.txt").write_bytes("Grün".encode("latin-1"))
    first, second, third = read(PlaintextFeed(path=str(tmp_path)))
    assert (first.id, first.dateline, first.signature) == ("a", "BERLIN (dpa)", "/jha/")
    assert [block.kind for block in second.blocks] == ["text", "subhead", "text"]
    assert third.reason == "unreadable_record"


def test_text_files_of_one_name_in_two_folders(tmp_path, read):
    for name in "ab":
        (tmp_path / name).mkdir()
        (tmp_path / name / "story.txt").write_text("Satz.")
    first, second = read(PlaintextFeed(path=str(tmp_path / "*" / "*.txt")))
    assert (first.id[-7:], second.id[-7:]) == ("a/story", "b/story")
