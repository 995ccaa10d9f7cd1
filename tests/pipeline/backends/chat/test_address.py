"""Where requests may go, and what may go with them."""

import pytest

from pipeline.backends.chat.address import Address
from pipeline.errors import BackendError, ConfigError

SECRET = "sk-very-secret-0123"


@pytest.mark.parametrize(
    ("url", "loopback"),
    [
        ("http://localhost:8000/v1", True),
        ("http://127.0.0.1:11434/v1", True),
        ("http://[::1]:8080/v1", True),
        ("https://api.example.org/v1", False),
        ("http://gpu.example.org:8000/v1", False),
    ],
)
def test_loopback_is_this_machine(url, loopback):
    assert Address("translation", url).is_loopback is loopback


@pytest.mark.parametrize(
    "url",
    [
        f"https://user:{SECRET}@example.org/v1",
        f"https://{SECRET}@example.org/v1",
        f"https://example.org/v1?key={SECRET}",
        f"https://example.org/v1#{SECRET}",
        f"ftp://{SECRET}",
        f"example.org/v1/{SECRET}",
        f"http://example.org:{SECRET}/v1",
        "",
    ],
)
def test_an_address_with_a_secret_is_refused_without_repeating_it(url):
    with pytest.raises(ConfigError, match=r"translation\.endpoint") as caught:
        Address("translation", url)
    assert SECRET not in str(caught.value)


def test_a_key_in_place_of_its_variable_is_refused_without_repeating_it():
    with pytest.raises(ConfigError, match="never the key itself") as caught:
        Address("abstractive", "http://localhost/v1").check_key(SECRET, None)
    assert SECRET not in str(caught.value)


def test_a_server_elsewhere_needs_its_key_or_a_word_that_it_needs_none():
    there = Address("translation", "https://example.org/v1")
    with pytest.raises(BackendError, match=r"OPENAI_API_KEY is not set.*key_variable=null"):
        there.check_key("OPENAI_API_KEY", None)
    there.check_key(None, None)
    there.check_key("OPENAI_API_KEY", SECRET)
    Address("translation", "http://localhost/v1").check_key("OPENAI_API_KEY", None)


def test_the_usual_key_does_not_cross_the_network_in_clear():
    there = Address("translation", "http://gpu.example.org/v1")
    with pytest.raises(ConfigError, match="unencrypted") as caught:
        there.check_key("OPENAI_API_KEY", SECRET)
    assert SECRET not in str(caught.value)
    there.check_key("GPU_KEY", SECRET)
