"""What is refused before any work."""

import sys

import pytest

from pipeline import load_settings
from pipeline.assemble import assemble
from pipeline.errors import ConfigError, FeedError


def test_without_ray_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(ConfigError, match=r"pip install 'wirebrief\[ray\]'"):
        assemble(load_settings("executor=ray"))


@pytest.mark.parametrize(
    ("override", "said"),
    [
        ("executor.rows=0", "executor.rows"),
        ("executor.worker.cpus=0", "executor.worker.cpus"),
        ("executor.worker.workers=0", "executor.worker.workers"),
        ("executor.others.gpus=-1", "executor.others.gpus"),
        ("executor.window=3", "window"),
    ],
)
def test_what_no_run_can_have_is_refused(override, said):
    with pytest.raises(ConfigError, match=said):
        load_settings("executor=ray", override)


def test_offline_reaches_no_storage_over_a_network():
    pytest.importorskip("ray", reason="wirebrief[ray] is not installed")
    with pytest.raises(ConfigError, match="offline=true"):
        assemble(load_settings("executor=ray", "offline=true", "executor.parts=s3://house/parts"))


def test_a_feed_behind_an_address_that_is_not_there_is_told(tmp_path):
    with pytest.raises(FeedError, match="no such file"):
        assemble(load_settings("feed=jsonl", f"feed.path=file://{tmp_path}/none.jsonl"))
