"""A real Ray cluster of two nodes on this machine."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[4]
RAY = Path(sys.executable).with_name("ray")
PATIENCE = 240


@dataclass
class RayCluster:
    """Nodes of one CPU each; the first is the head."""

    folder: Path
    port: int
    nodes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def environment(self):
        return os.environ | {
            "PYTHONPATH": str(ROOT),
            "RAY_USAGE_STATS_ENABLED": "0",
            "RAY_AUTH_MODE": "token",
            "RAY_AUTH_TOKEN": "of-this-test-and-no-other-cluster",
            "RAY_ADDRESS": f"127.0.0.1:{self.port}",
            "RAY_worker_niceness": "0",  # or a busy machine would starve them
            "RAY_health_check_period_ms": "1000",
            "RAY_health_check_failure_threshold": "3",
        }

    def start_node(self):
        head = ("--head", f"--port={self.port}", "--include-dashboard=false",
                f"--temp-dir={self.folder}", "--disable-usage-stats")  # fmt: skip
        which = (f"--address=127.0.0.1:{self.port}",) if self.nodes else head
        ports = ("--min-worker-port=0", "--max-worker-port=0")
        memory = "--object-store-memory=100000000"
        log = self.folder / f"node-{len(self.nodes)}.log"
        with log.open("wb") as stream:
            node = subprocess.Popen(
                [RAY, "start", *which, "--block", "--num-cpus=1", memory, *ports],
                env=self.environment, stdout=stream, stderr=stream, start_new_session=True,
            )  # fmt: skip
        self.nodes.append(node)
        until = time.monotonic() + PATIENCE
        while "runtime started" not in log.read_text(errors="replace"):
            text = log.read_text(errors="replace")[-2000:]
            assert node.poll() is None, text
            assert time.monotonic() < until, text
            time.sleep(0.2)

    def kill_node(self, number):
        os.killpg(self.nodes[number].pid, signal.SIGKILL)
        self.nodes[number].wait()

    def stop(self):
        for number in reversed(range(len(self.nodes))):
            if self.nodes[number].poll() is None:
                self.kill_node(number)
        shutil.rmtree(self.folder, ignore_errors=True)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def cluster():
    pytest.importorskip("ray", reason="wirebrief[ray] is not installed")
    # paths of sockets are short
    started = RayCluster(Path(tempfile.mkdtemp(prefix="wb", dir="/tmp")), free_port())
    try:
        started.start_node()
        started.start_node()
        yield started
    finally:
        started.stop()
