"""An address is followed: its states are deliveries, the same state is fetched once."""

import json
import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from pipeline.desk.fetching import Fetching
from pipeline.desk.source import open_source
from pipeline.desk.status import Pulse
from pipeline.desk.stopping import StopSignal
from pipeline.errors import ConfigError
from pipeline.feed.subscription import Subscription
from pipeline.settings import load_settings
from tests.pipeline.desk.conftest import story


@pytest.fixture
def server():
    """Serve one document on loopback; note how often it was sent."""
    from pytest_socket import enable_socket

    enable_socket()
    with serving() as found:
        yield found


@contextmanager
def serving():
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            tag = f'"{hash(found.content)}"'
            code = 304 if self.headers.get("If-None-Match") == tag else found.code
            self.send_response(code)
            self.send_header("ETag", tag)
            self.end_headers()
            if code == 200:
                found.sent += 1
                self.wfile.write(found.content)

        def log_message(self, *_):
            pass

    found = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.content, found.code, found.sent = b"", 200, 0
    found.url = f"http://127.0.0.1:{found.server_address[1]}/feed.jsonl?x=1"
    thread = threading.Thread(target=found.serve_forever, args=(0.01,))
    thread.start()
    yield found
    found.shutdown()
    thread.join()
    found.server_close()


def test_new_states_become_deliveries_and_failures_are_waited_out(server, tmp_path):
    pulse = Pulse(datetime.now(UTC))
    stop = StopSignal()
    server.code = 500
    with Fetching(
        Subscription(server.url, 5, 1_000_000), tmp_path / "fetched", 60, pulse, stop
    ) as fetching:
        assert "500" in pulse.last_error
        server.code, server.content = 200, b"one"
        fetching._ask()
        server.content = b"two"
        fetching._ask()
        fetching._ask()
    assert sorted(path.read_bytes() for path in (tmp_path / "fetched").iterdir()) == [
        b"one",
        b"two",
    ]
    assert {path.stat().st_mode & 0o077 for path in (tmp_path / "fetched").iterdir()} == {0}


def test_an_address_needs_a_network(tmp_path):
    settings = load_settings(
        "feed=jsonl", "feed.path=https://example.org/rss", "offline=true", f"output_dir={tmp_path}"
    )
    with pytest.raises(ConfigError, match="needs a network"):
        open_source(settings, StopSignal())


def test_what_is_fetched_is_read_and_removed(server, make_desk):
    from pipeline.desk.spool import SpoolFolder
    from pipeline.desk_settings import DoneFiles

    desk = make_desk(done=DoneFiles.delete)
    server.content = json.dumps(story()).encode()
    with Fetching(Subscription(server.url, 5, 1_000_000), desk.spool, 60, desk.pulse, desk.stop):
        assert isinstance(desk.parts.spool, SpoolFolder)
        desk.run()
    assert sorted(desk.briefs()) == ["a"]
    assert list(desk.spool.iterdir()) == []
