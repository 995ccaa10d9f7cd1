"""Whatever happens in a job becomes its line, and the other jobs run."""

import pytest
from omegaconf import OmegaConf

from pipeline.errors import ConfigError, FailedRunError, OutputError
from pipeline.settings import load_settings
from pipeline.sweep import job
from pipeline.sweep.ledger import JobLine

LINE = JobLine(1, ("extractive=lead",), "extractive=lead")


@pytest.mark.parametrize(
    ("error", "status", "exit_status", "reason"),
    [
        (ConfigError("x is wrong"), "failed", 2, "x is wrong"),
        (OutputError("no room"), "failed", 1, "no room"),
        (FailedRunError("too many"), "faulty", 1, "too many"),
        (OSError(28, "No space left"), "failed", 1, "OSError: [Errno 28] No space left"),
        (RuntimeError("a bug"), "failed", 1, "RuntimeError: a bug"),
        (MemoryError(), "failed", 1, "MemoryError: "),
    ],
)
def test_an_error_becomes_a_status_and_a_reason(
    error, status, exit_status, reason, monkeypatch, tmp_path
):
    def fail(*_, **__):
        raise error

    monkeypatch.setattr(job, "_done", fail)
    config = OmegaConf.structured(load_settings())
    line = job._told(config, tmp_path, LINE, shows=False)
    assert (line.status, line.exit_status, line.reason) == (status, exit_status, reason)


def test_a_value_out_of_range_fails_its_job_only(tmp_path):
    config = OmegaConf.structured(load_settings())
    config.extractive.sentences = 0
    line = job._told(config, tmp_path, LINE, shows=False)
    assert (line.status, line.exit_status) == ("failed", 2)
    assert "extractive.sentences=0" in line.reason
