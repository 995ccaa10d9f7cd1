"""Parts on other file systems, and what cannot be kept."""

import pytest

from pipeline.errors import OutputError
from pipeline.parts.store import PartStore


@pytest.mark.parametrize("kind", ["path", "file", "memory"])
def test_parts_are_kept_and_found_by_what_they_are_made_from(tmp_path, kind):
    address = {
        "path": str(tmp_path / "parts"),
        "file": f"file://{tmp_path}/parts",
        "memory": f"memory://{tmp_path.name}/parts",
    }[kind]
    store = PartStore(address)
    assert store.find("abc") is None
    file = store.put("abc", b"content")
    assert PartStore(address).find("abc") == file
    assert store.get(file) == b"content"
    assert store.find("ab") is None
    store.put_note("trials/abc.json", {"last": "x"})
    assert store.note("trials/abc.json") == {"last": "x"}
    store.remove("trials/abc.json")
    store.remove("trials/abc.json")
    assert store.note("trials/abc.json") == {}


@pytest.mark.parametrize("kind", ["path", "memory"])
def test_a_part_of_other_bytes_is_set_aside(tmp_path, kind):
    from fsspec.core import url_to_fs

    address = str(tmp_path) if kind == "path" else f"memory://{tmp_path.name}-d"
    store = PartStore(address)
    file = store.put("abc", b"content")
    files, folder = url_to_fs(address)
    for number in (1, 2):
        files.pipe_file(f"{folder}/{file}", b"contents")
        with pytest.raises(OutputError, match="damaged or gone"):
            store.get(file)
        assert files.exists(f"{folder}/{file}.damaged-{number}")
        assert store.find("abc") is None


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "parts").write_text("a file", encoding="utf-8")
    with pytest.raises(OutputError, match=r"executor\.parts"):
        PartStore(str(tmp_path / "parts")).put("abc", b"content")
    with pytest.raises(OutputError, match=r"executor\.parts"):
        PartStore("nosuch://parts").put("abc", b"content")
