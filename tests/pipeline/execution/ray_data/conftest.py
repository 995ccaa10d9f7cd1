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
_PATIENCE = 150


@dataclass
class RayCluster:
    """Nodes of one CPU each; the first is the head."""

    folder: Path
    port: int
    nodes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def address(self):
        return f"127.0.0.1:{self.port}"

    @property
    def environment(self):
        return os.environ | {
            "PYTHONPATH": str(ROOT),
            "RAY_USAGE_STATS_ENABLED": "0",
            "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",
            "RAY_health_check_period_ms": "1000",
            "RAY_health_check_failure_threshold": "3",
        }

    def start_node(self):
        of_head = ("--head", f"--port={self.port}", "--include-dashboard=false",
                   f"--temp-dir={self.folder}", "--ray-client-server-port=0")  # fmt: skip
        joining = (f"--address={self.address}",)
        command = [
            RAY, "start", *(joining if self.nodes else of_head), "--block", "--num-cpus=1",
            "--object-store-memory=100000000", "--min-worker-port=0", "--max-worker-port=0",
            "--node-ip-address=127.0.0.1", "--disable-usage-stats",
        ]  # fmt: skip
        if self.nodes:
            command.remove("--disable-usage-stats")
        log = (self.folder.with_suffix(".log")).open("ab")
        self.nodes.append(
            subprocess.Popen(
                command, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        )

    def wait_for(self, count):
        """Wait until so many nodes are there."""
        code = (
            "import ray, logging\n"
            f"ray.init('{self.address}', logging_level=logging.ERROR, log_to_driver=False)\n"
            "print(sum(node['Alive'] for node in ray.nodes()))\n"
        )
        until = time.monotonic() + _PATIENCE
        found = ""
        while time.monotonic() < until:
            found = subprocess.run(
                [sys.executable, "-c", code], env=self.environment, capture_output=True,
                text=True, check=False, timeout=_PATIENCE,
            ).stdout.strip()  # fmt: skip
            if found.endswith(str(count)):
                return
            time.sleep(0.5)
        log = self.folder.with_suffix(".log").read_text(errors="replace")[-2000:]
        raise AssertionError(f"{found} nodes after {_PATIENCE} s, not {count}: {log}")

    def kill_node(self, number):
        os.killpg(self.nodes[number].pid, signal.SIGKILL)
        self.nodes[number].wait()

    def stop(self):
        for node in reversed(self.nodes):
            if node.poll() is None:
                os.killpg(node.pid, signal.SIGKILL)
                node.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.with_suffix(".log").unlink(missing_ok=True)


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
        for _ in range(2):
            started.start_node()
            started.wait_for(len(started.nodes))
        yield started
    finally:
        started.stop()
