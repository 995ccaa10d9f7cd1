"""Feeds are fetched from their addresses: only when changed, within bounds, never offline."""

import http.server
import threading
import time

import pytest

from pipeline.errors import ConfigError, FeedError
from pipeline.feed.subscription import Subscription
from pipeline.settings import load_settings


@pytest.fixture(autouse=True)
def loopback(no_network):
    """Let this machine talk to itself, and to nobody else."""
    from pytest_socket import _remove_restrictions, enable_socket, socket_allow_hosts

    enable_socket()
    socket_allow_hosts(["127.0.0.1"])
    yield
    _remove_restrictions()


@pytest.fixture
def server(rss):
    """Serve a feed on this machine; `server.seen` holds the requests' headers."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            server.seen.append(dict(self.headers))
            match self.path:
                case "/feed" if self.headers.get("If-None-Match") == '"1"':
                    self.answer(304)
                case "/feed":
                    self.answer(200, rss, ETag='"1"', **{"Last-Modified": "yesterday"})
                case "/moved":
                    self.answer(301, Location="/feed")
                case "/file":
                    self.answer(302, Location="file:///etc/passwd")
                case "/ftp":
                    self.answer(302, Location="ftp://127.0.0.1/feed")
                case "/loop":
                    self.answer(302, Location="/loop")
                case "/long":
                    self.answer(200, b"x" * 100_000)
                case "/short":
                    self.answer(200, b"x" * 10, length=1000)
                case "/slow":
                    self.send_response(200)
                    self.end_headers()
                    for _ in range(20):
                        self.wfile.write(b"x")
                        time.sleep(0.05)
                case _:
                    self.answer(404)

        def answer(self, code, content=b"", length=None, **headers):
            self.send_response(code)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(length or len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_):
            pass

        def handle(self):
            try:
                super().handle()
            except OSError:
                pass  # the client had enough

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.seen = []
    server.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_feed_is_fetched_once_until_it_changes(server, rss):
    subscription = Subscription(f"{server.address}/feed", 5, 10_000)
    assert subscription.fetch() == rss
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
