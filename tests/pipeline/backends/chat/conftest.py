"""A tiny instruct model, a real server for it, and a server that answers what a test says."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread

import pytest
from omegaconf import OmegaConf

from pipeline.backends.chat.settings import ChatSettings
from pipeline.settings import load_settings

Response = tuple[int, dict[str, str], object]
MESSAGE = {"role": "assistant", "content": "Sales rose by three percent."}
GOOD = (200, {}, {"choices": [{"index": 0, "message": MESSAGE, "finish_reason": "stop"}]})
TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}"
    "<|im_end|>\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


@pytest.fixture(scope="session")
def chosen() -> Callable[..., ChatSettings]:
    """Return the settings of an option of `translation`, with changes such as `seed=2`."""
    options = {
        name: load_settings(f"translation={name}", "translation.model=m").translation
        for name in ("chat", "instruct")
    }

    def build(option, *changes):
        plain = OmegaConf.structured(options[option])
        made = OmegaConf.to_object(OmegaConf.merge(plain, OmegaConf.from_dotlist(list(changes))))
        assert isinstance(made, ChatSettings)
        return made

    return build


@pytest.fixture(scope="session")
def tiny_qwen(tmp_path_factory, parallel_lines) -> Path:
    """Build a checkpoint in the shape of Qwen2.5-Instruct, with a chat template."""
    import torch
    from tokenizers import ByteLevelBPETokenizer
    from transformers import Qwen2Config, Qwen2ForCausalLM, Qwen2Tokenizer

    folder = tmp_path_factory.mktemp("tiny-qwen")
    trainer = ByteLevelBPETokenizer()
    trainer.train_from_iterator(
        parallel_lines[0] + parallel_lines[1], vocab_size=420, show_progress=False
    )
    trainer.save_model(str(folder))
    tokenizer = Qwen2Tokenizer.from_pretrained(folder)
    tokenizer.add_special_tokens(
        {"eos_token": "<|im_end|>", "pad_token": "<|endoftext|>"}
        | {"additional_special_tokens": ["<|im_start|>"]}
    )
    tokenizer.chat_template = TEMPLATE
    tokenizer.save_pretrained(folder)
    config = Qwen2Config(
        vocab_size=len(tokenizer),
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=2048,
        initializer_range=0.3,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
        bos_token_id=None,
    )
    with torch.random.fork_rng():
        torch.manual_seed(11)
        Qwen2ForCausalLM(config).eval().save_pretrained(folder)
    return folder


@pytest.fixture(scope="session")
def served(tiny_qwen, tmp_path_factory) -> Iterator[str]:
    """Serve the tiny model by `transformers serve`; return the address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path_factory.mktemp("served") / "log"
    code = "from transformers.cli.transformers import main; main()"
    arguments = ["serve", str(tiny_qwen), "--host", "127.0.0.1", "--port", str(port)]
    with log.open("wb") as stream:
        server = subprocess.Popen(
            [sys.executable, "-c", code, *arguments, "--device", "cpu"],
            env={**os.environ, "HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1"},
            stdout=stream,
            stderr=subprocess.STDOUT,
        )
    try:
        for _ in range(300):
            assert server.poll() is None, log.read_text(encoding="utf-8")
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5).close()
                break
            except urllib.error.URLError:
                time.sleep(0.2)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        server.terminate()
        server.wait(timeout=10)


@pytest.fixture
def loopback(no_network) -> Iterator[None]:
    """Allow connections to this machine, and to no other."""
    from pytest_socket import _remove_restrictions, enable_socket, socket_allow_hosts

    enable_socket()
    socket_allow_hosts(["127.0.0.1", "localhost", "::1"])
    yield
    _remove_restrictions()


class Script:
    """A server on this machine that does what it is told.

    `respond` gets the body of a request and the count of requests before it.
    """

    def __init__(self) -> None:
        self.respond: Callable[[dict, int], Response] = lambda body, count: GOOD
        self.bodies: list[dict] = []
        self.keys: list[str | None] = []
        self.most_at_once = self._open = 0
        self._lock = Lock()
        script = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                script._handle(self)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.handle_error = lambda *_: None  # a client that did not wait
        Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        self.address = f"http://127.0.0.1:{self._server.server_port}/v1"

    def _handle(self, handler: BaseHTTPRequestHandler) -> None:
        body = json.loads(handler.rfile.read(int(handler.headers["Content-Length"])))
        with self._lock:
            count = len(self.bodies)
            self.bodies.append(body)
            self.keys.append(handler.headers["Authorization"])
            self._open += 1
            self.most_at_once = max(self.most_at_once, self._open)
        status, headers, content = self.respond(body, count)
        with self._lock:
            self._open -= 1
        data = content if isinstance(content, bytes) else json.dumps(content).encode()
        handler.send_response(status)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)

    def asked(self) -> list[str]:
        """Return the texts that were fenced off, in order."""
        users = [body["messages"][-1]["content"] for body in self.bodies]
        return [user.split(">\n", 1)[1].split("\n</text-")[0] for user in users]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def script(loopback) -> Iterator[Script]:
    """Return a running server."""
    running = Script()
    yield running
    running.close()
