import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from pipeline.backends.conversion import converted
from pipeline.backends.kept import KeptModels
from pipeline.errors import BackendError


def kept_in(folder):
    """Return the names of all that takes room, the lock aside."""
    return sorted(path.name for path in folder.iterdir() if path.name != ".lock")


def cut(path):
    with path.open("r+b") as stream:
        stream.truncate(path.stat().st_size // 2)


def test_converts_once_and_keeps(tiny_bart, tmp_path):
    with ThreadPoolExecutor(2) as pool:  # two conversions at once, each in a process of its own
        first, second = pool.map(converted, [tiny_bart] * 2, ["int8"] * 2, [tmp_path] * 2)
    assert first == second
    assert kept_in(first.parent) == [first.name]
    weights = first / "model.bin"
    made = weights.stat().st_mtime_ns
    assert converted(tiny_bart, "int8", tmp_path) == first
    assert weights.stat().st_mtime_ns == made


def test_place_depends_on_content_and_type_not_on_path(tiny_bart, tmp_path, conversions):
    kept = converted(tiny_bart, "float32", conversions)
    moved = shutil.copytree(tiny_bart, tmp_path / "moved")
    assert converted(moved, "float32", conversions) == kept
    assert kept.name.endswith("-float32")


def test_broken_weights(tiny_bart, tmp_path):
    folder = shutil.copytree(tiny_bart, tmp_path / "copy")
    (folder / "model.safetensors").write_bytes(b"\0" * 64)
    with pytest.raises(BackendError, match=r"copy: CTranslate2 cannot convert.*Error") as caught:
        converted(folder, "float32", tmp_path)
    assert "Traceback" not in str(caught.value)
    assert kept_in(tmp_path / "ctranslate2") == []


def test_cache_that_is_a_file(tiny_bart, tmp_path):
    (tmp_path / "ctranslate2").touch()
    with pytest.raises(
        BackendError, match=r"cannot keep the converted model there.*XDG_CACHE_HOME"
    ):
        converted(tiny_bart, "float32", tmp_path)


@pytest.mark.parametrize(
    "harm",
    [
        lambda folder: cut(folder / "model.bin"),
        lambda folder: (folder / "model.bin").write_bytes(b""),
        lambda folder: (folder / "shared_vocabulary.json").write_text("[]"),
        lambda folder: (folder / "config.json").unlink(),
        lambda folder: (folder / "digest.txt").unlink(),
    ],
)
def test_what_is_damaged_is_set_aside_and_made_again(
    tiny_bart, tmp_path, conversions, converted_here, caplog, harm
):
    kept = converted(tiny_bart, "float32", conversions)
    copy = tmp_path / "ctranslate2" / kept.name
    shutil.copytree(kept, copy)
    assert converted(tiny_bart, "float32", tmp_path) == copy
    for _ in range(2):
        harm(copy)
        assert converted(tiny_bart, "float32", tmp_path) == copy
        assert (copy / "model.bin").read_bytes() == (kept / "model.bin").read_bytes()
        assert kept_in(copy.parent) == [f".damaged-{kept.name}", kept.name]
        assert "made again" in caplog.text


def test_what_a_killed_process_left_is_removed_and_work_that_goes_on_is_not(
    tiny_bart, tmp_path, converted_here
):
    place = tmp_path / "ctranslate2"
    (place / ".making-dead").mkdir(parents=True)
    (place / ".making-dead" / "model.bin").write_bytes(b"half")
    with KeptModels(place).making("other") as working:
        working.mkdir()
        made = converted(tiny_bart, "float32", tmp_path)
        assert kept_in(place) == sorted([working.parent.name, made.name])
    assert kept_in(place) == sorted(["other", made.name])


def test_a_conversion_ends_with_the_process_that_wants_it(tiny_bart, tmp_path):
    listening, held = os.pipe()
    command = [sys.executable, "-m", "pipeline.backends.conversion"]
    arguments = [str(tiny_bart), str(tmp_path / "made"), "float32"]
    with subprocess.Popen([*command, *arguments], stdin=listening) as process:
        os.close(listening)
        os.close(held)
        assert process.wait(60) == 1
