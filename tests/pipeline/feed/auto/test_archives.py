"""Archives are read in memory, member by member, as far as they are sound."""

import gzip
import io
import os
import tarfile
import zipfile

import pytest

TEXTS = {"x/a.txt": b"Der Rat tagt.", "x/b.txt": b"Der Zoo ist offen."}


@pytest.fixture
def write(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


@pytest.fixture
def packed(zipped, tarred):
    return {
        "d.zip": zipped(TEXTS),
        "d.tar": tarred(TEXTS),
        "d.tar.gz": tarred(TEXTS, "w:gz"),
        "d.tgz": tarred(TEXTS, "w:gz"),
    }


@pytest.mark.parametrize("name", ["d.zip", "d.tar", "d.tar.gz", "d.tgz"])
def test_members_are_read(write, read, packed, name):
    outcomes = read(write(name, packed[name]))
    assert [item.id for item in outcomes] == ["d/x/a", "d/x/b"]
    assert str(outcomes[0].place).endswith(f"/{name}!/x/a.txt")


def test_a_single_file_in_gzip(write, read, told, rss):
    assert told(read(write("a.xml.gz", gzip.compress(rss)))) == ["r-1"]
    assert told(read(write("b.txt.gz", gzip.compress(b"Der Rat tagt.")))) == ["b"]
    lines = b"".join(b'{"id": "%d", "text": "Der Rat tagt."}\n' % n for n in range(3))
    outcomes = read(write("c.jsonl.gz", gzip.compress(lines)))
    assert [(item.id, item.place.line) for item in outcomes] == [("0", 1), ("1", 2), ("2", 3)]


def test_archives_in_archives_one_level_deep(write, read, told, zipped, tarred, rss):
    inner = zipped({"c.txt": b"Der Rat tagt.", "deeper.zip": zipped({"d.txt": b"Tief."})})
    files = {"in.zip": inner, "in.tar.gz": tarred(TEXTS, "w:gz"), "f.xml.gz": gzip.compress(rss)}
    expected = ["out/in/c", "nested_archive deeper.zip", "out/in/x/a", "out/in/x/b", "r-1"]
    assert told(read(write("out.zip", zipped(files)))) == expected
    assert told(read(write("out.tar.gz", tarred(files, "w:gz")))) == expected


def test_pictures_and_hidden_members_are_counted(write, read, told, zipped, rss):
    files = {"a.xml": rss, "a.jpg": b"\xff\xd8\xff", "__MACOSX/._a.xml": b"x", ".git/x": b"x"}
    assert told(read(write("a.zip", zipped(files)))) == ["r-1", "no_text a.zip", "left_out a.zip"]


@pytest.mark.parametrize("pack", ["zipped", "tarred"])
@pytest.mark.parametrize(
    "name", ["../x.txt", "a/../../x.txt", "/etc/x.txt", "C:\\x.txt", "c:x.txt", "..\\x.txt"]
)
def test_names_that_lead_out(write, read, request, pack, name):
    files = {name: b"Der Rat tagt.", "ok.txt": b"Der Rat tagt."}
    if pack == "tarred" and "\\" in name and not name[1:].startswith(":"):
        pytest.skip("a backslash is no folder in a tar")
    fault, article = read(write("a.bin", request.getfixturevalue(pack)(files)))
    assert (fault.reason, article.id) == ("unsafe_name", "a/ok")


def test_links_and_devices_in_archives(write, read, told, tarred, zipped):
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE):
            entry = tarfile.TarInfo(f"e{kind.decode()}")
            entry.type, entry.linkname = kind, "e"
            archive.addfile(entry)
        archive.addfile(tarfile.TarInfo("empty.txt"))
    reasons = [told([outcome])[0].split()[0] for outcome in read(write("a.tar", stream.getvalue()))]
    assert reasons == ["not_a_file"] * 4 + ["empty_file"]
    entry = zipfile.ZipInfo("link")
    entry.external_attr = 0o120777 << 16
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(entry, "/etc/passwd")
    assert told(read(write("a.zip", stream.getvalue()))) == ["not_a_file link"]


def test_an_encrypted_member(write, read, told, zipped):
    content = bytearray(zipped(TEXTS))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert told(read(write("a.zip", bytes(content)))) == ["encrypted a.txt", "a/x/b"]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_methods_that_are_not_read(write, read, zipped, method):
    fault, _ = read(write("a.zip", zipped(TEXTS, method)))
    assert "method" in fault.message


def test_a_member_with_a_wrong_checksum(write, read, told, zipped):
    content = bytearray(zipped(TEXTS, zipfile.ZIP_STORED))
    content[content.index(b"Rat")] ^= 1
    assert told(read(write("a.zip", bytes(content)))) == ["unreadable_file a.txt", "a/x/b"]


@pytest.mark.parametrize("streamed", [False, True])
def test_a_zip_that_was_cut(write, read, told, streamed):
    class Pipe(io.BytesIO):
        def seekable(self):
            return False

        def tell(self):
            raise OSError

    stream = (Pipe if streamed else io.BytesIO)()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", "Der Rat tagt.")
        archive.writestr("b.txt", "Der Zoo ist offen. " * 100)
        archive.writestr("c.bin", os.urandom(2000))
    content = stream.getvalue()
    outcomes = read(write("a.zip", content[: content.index(b"c.bin") + 500]))
    assert told(outcomes) == ["a/a", "a/b", "unreadable_file c.bin", "broken_archive a.zip"]


@pytest.mark.parametrize("cut", range(0, 2600, 97))
@pytest.mark.parametrize("name", ["d.zip", "d.tar", "d.tar.gz"])
def test_wherever_an_archive_was_cut(write, read, packed, name, cut):
    outcomes = read(write(name, packed[name][:cut]))
    assert outcomes
    assert len(outcomes) <= 4
    articles = [item.id for item in outcomes if not hasattr(item, "reason")]
    assert articles == ["d/x/a", "d/x/b"][: len(articles)]
    if len(articles) < 2:
        assert hasattr(outcomes[-1], "reason")


def test_a_tar_with_a_broken_header_loses_nothing_without_a_word(write, read, told, tarred):
    content = bytearray(tarred(TEXTS))
    content[1024] ^= 1
    assert told(read(write("a.tar", bytes(content)))) == ["a/x/a", "broken_archive a.tar"]


def test_an_archive_without_a_file(write, read, told, zipped, tarred):
    assert told(read(write("a.zip", zipped({})))) == ["empty_file a.zip"]
    assert told(read(write("a.gz", gzip.compress(b"")))) == ["empty_file a.gz"]


def test_a_member_that_does_not_compress_well_is_no_bomb(write, read, told, zipped):
    assert told(read(write("a.zip", zipped({"a.txt": b"Der Rat tagt. " * 50_000})))) == ["a/a"]


def test_a_bomb_is_one_fault_and_the_rest_is_read(write, read, told, zipped):
    zeros = bytes(30_000_000)
    files = {"bomb.txt": zeros, "ok.txt": b"Der Rat tagt."}
    assert told(read(write("a.zip", zipped(files)))) == ["archive_bomb bomb.txt", "a/ok"]
    assert told(read(write("a.gz", gzip.compress(zeros)))) == ["archive_bomb a.gz"]
    inner = {"in.zip": zipped(files), "ok.txt": b"Der Rat tagt."}
    expected = ["archive_bomb bomb.txt", "b/in/ok", "b/ok"]
    assert told(read(write("b.zip", zipped(inner, zipfile.ZIP_STORED)))) == expected
    packed = read(write("c.zip", zipped({"in.zip": zipped({"a.zip": zipped(files)})})))
    assert told(packed) == ["nested_archive a.zip"]


def test_members_that_overlap_are_bounded_by_the_archive(write, read, told, zipped):
    content = zipped({f"{n:03}.txt": bytes(1_000_000) for n in range(5)})
    one = content[: content.index(b"001.txt") - 30]
    entries = b"".join(
        entry[:42] + bytes(4) + entry[46:]
        for entry in (b"PK\x01\x02" + part for part in content.split(b"PK\x01\x02")[1:])
        for _ in range(50)
    ).replace(b"PK\x05\x06", b"")
    count = 250
    end = b"PK\x05\x06" + bytes(4) + 2 * count.to_bytes(2, "little")
    directory = entries[: len(entries)]
    end += len(directory).to_bytes(4, "little") + len(one).to_bytes(4, "little") + bytes(2)
    outcomes = read(write("a.zip", one + directory + end), max_ratio=2)
    assert len(outcomes) < 50


def test_the_unpacked_bound_ends_an_archive(write, read, told, zipped):
    files = {f"{n}.txt": os.urandom(600_000).hex().encode() for n in range(4)}
    outcomes = told(read(write("a.zip", zipped(files)), max_unpacked_megabytes=3))
    assert outcomes == ["a/0", "a/1", "archive_bomb 2.txt"]


def test_the_number_of_members_is_bounded(write, read, told, packed, zipped):
    assert told(read(write("d.zip", packed["d.zip"]), max_members=1)) == [
        "d/x/a",
        "too_many_members d.zip",
    ]
    nested = zipped({"in.zip": packed["d.zip"], "c.txt": b"Der Rat tagt."})
    assert told(read(write("d.zip", nested), max_members=2))[-1] == "too_many_members in.zip"


def test_a_directory_too_large_for_memory_is_not_loaded(write, read, told, packed, monkeypatch):
    monkeypatch.setattr("pipeline.feed.archives._LARGEST_DIRECTORY", 60)
    assert told(read(write("d.zip", packed["d.zip"]))) == ["d/x/a", "d/x/b"]


@pytest.mark.parametrize("bound", [60, 2_000_000])
def test_a_damaged_member_is_a_fault_however_its_archive_is_read(
    write, read, told, zipped, monkeypatch, bound
):
    monkeypatch.setattr("pipeline.feed.archives._LARGEST_DIRECTORY", bound)
    content = zipped(TEXTS, zipfile.ZIP_STORED).replace(b"Der", b"Die", 1)
    assert told(read(write("d.zip", content))) == ["unreadable_file a.txt", "d/x/b"]


def test_a_header_that_claims_gigabytes(write, read, told):
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as archive:
        entry = tarfile.TarInfo("ä" * 200)
        archive.addfile(entry)
    content = bytearray(stream.getvalue())
    content[124:136] = b"77777777777\0"
    content[148:156] = b" " * 8
    content[148:156] = b"%06o\0 " % sum(content[:512])
    (fault,) = read(write("a.tar", bytes(content)))
    assert fault.reason == "unreadable_file"
    assert "a header of" in fault.message


def test_a_zip_from_a_pipe(read, zipped, monkeypatch):
    import sys

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(zipped(TEXTS))))
    assert [item.id for item in read("-")] == ["stdin/x/a", "stdin/x/b"]
