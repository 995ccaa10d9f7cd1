"""Feeds are fetched from their addresses: only when changed, within bounds, never offline."""

import contextlib
import http.server
import threading
import time

import pytest

from pipeline.errors import ConfigError, FeedError
from pipeline.feed.subscription import Subscription
from pipeline.settings import load_settings

RSS = b"<rss><channel><item><guid>r-1</guid><title>Der Rat tagt</title></item></channel></rss>"


@pytest.fixture(autouse=True)
def loopback(no_network):
    """Let this machine talk to itself, and to nobody else."""
    from pytest_socket import _remove_restrictions, enable_socket, socket_allow_hosts

    enable_socket()
    socket_allow_hosts(["127.0.0.1"])
    yield
    _remove_restrictions()


ANSWERS = {
    "/moved": (301, b"", {"Location": "/feed"}),
    "/file": (302, b"", {"Location": "file:///etc/passwd"}),
    "/ftp": (302, b"", {"Location": "ftp://127.0.0.1/feed"}),
    "/loop": (302, b"", {"Location": "/loop"}),
    "/long": (200, b"x" * 100_000, {}),
    "/short": (200, b"x" * 10, {"Content-Length": "1000"}),
    "/feed": (200, RSS, {"ETag": '"1"', "Last-Modified": "yesterday"}),
}


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers as ANSWERS says, and drips what is slow."""

    def do_GET(self):
        self.server.seen.append(dict(self.headers))
        if self.path == "/slow":
            self.send_response(200)
            self.end_headers()
            for _ in range(20):
                self.wfile.write(b"x")
                time.sleep(0.05)
            return
        code, content, headers = ANSWERS.get(self.path, (404, b"", {}))
        if headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
            code, content = 304, b""
        self.send_response(code)
        for name, value in ({"Content-Length": str(len(content))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass

    def handle(self):
        with contextlib.suppress(OSError):  # the client had enough
            super().handle()


@pytest.fixture
def server():
    """Serve feeds on this machine; `server.seen` holds the requests' headers."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.seen = []
    server.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_feed_is_fetched_once_until_it_changes(server):
    subscription = Subscription(f"{server.address}/feed", 5, 10_000)
    assert subscription.fetch() == RSS
    assert (subscription.etag, subscription.modified) == ('"1"', "yesterday")
    assert subscription.fetch() is None
    assert server.seen[1]["If-None-Match"] == '"1"'
    assert server.seen[1]["If-Modified-Since"] == "yesterday"
    assert "If-None-Match" not in server.seen[0]


def test_an_address_is_read_like_a_file(server, read, told):
    (article,) = read(f"{server.address}/moved", format="rss")
    assert (article.id, str(article.place)) == ("r-1", f"{server.address}/moved#1")


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/nothing", "404"),
        ("/file", "not allowed"),
        ("/ftp", "unknown url type"),
        ("/loop", "redirect"),
        ("/long", "more than 0 megabytes"),
        ("/short", "broke off"),
        ("/slow", "no end after"),
    ],
)
def test_what_goes_wrong_is_one_message(server, path, says):
    with pytest.raises(FeedError, match=says) as caught:
        Subscription(server.address + path, 0.3, 20_000).fetch()
    assert server.address in str(caught.value)


def test_nobody_answers():
    with pytest.raises(FeedError, match="cannot be fetched"):
        Subscription("http://127.0.0.1:9", 1, 10).fetch()


@pytest.mark.parametrize(
    "address", ["ftp://haus.example/x", "http://", "https:///x", "https://a:b@haus.example/x"]
)
def test_addresses_that_make_no_sense(address):
    with pytest.raises(ConfigError):
        Subscription(address, 1, 10)


def test_offline_is_told_before_any_work():
    from pipeline.assemble import assemble

    settings = load_settings(
        "feed=rss",
        "feed.path=https://haus.example/feed",
        "offline=true",
        "memo=none",
        "translation=none",
        "abstractive=none",
    )
    (missing,) = assemble(settings).missing
    assert "https://haus.example/feed" in missing
    assert "Save it" in missing
