import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest

from pipeline.backends.conversion import converted
from pipeline.errors import BackendError


def test_converts_once_and_keeps(tiny_bart, tmp_path):
    with ThreadPoolExecutor(2) as pool:  # two conversions at once, each in a process of its own
        first, second = pool.map(converted, [tiny_bart] * 2, ["int8"] * 2, [tmp_path] * 2)
    assert first == second
    assert [path.name for path in first.parent.iterdir()] == [first.name]
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
    assert list((tmp_path / "ctranslate2").iterdir()) == []


def test_cache_that_is_a_file(tiny_bart, tmp_path):
    (tmp_path / "ctranslate2").touch()
    with pytest.raises(
        BackendError, match=r"cannot keep the converted model there.*XDG_CACHE_HOME"
    ):
        converted(tiny_bart, "float32", tmp_path)
