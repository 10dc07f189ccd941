"""Asking over HTTP: an answer, or a sentence why there is none."""

import socket
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests.witness.logs import Site, published, serving
from voting.witness.client import Answer, ask
from voting.witness.errors import Unreachable


def test_an_answer_is_given_as_it_came() -> None:
    with published(Site({"checkpoint": b"a\n"})) as address:
        assert ask(f"{address}/checkpoint", None).body == b"a\n"
        assert ask(f"{address}/none", None).status == 404


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://x/", "//x", "x", "http://", "http://a:b/"])
def test_only_http_addresses_are_asked(url: str) -> None:
    with pytest.raises(Unreachable):
        ask(url, None)


def test_where_nobody_listens_that_is_said() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(Unreachable):
            ask(f"http://127.0.0.1:{taken.getsockname()[1]}/", None)


class _Elsewhere(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.send_response(307)
        self.send_header("Location", "http://127.0.0.1:1/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"x" * 1_000_001)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def test_nobody_is_followed_elsewhere_and_nothing_endless_is_read() -> None:
    with serving(HTTPServer(("127.0.0.1", 0), _Elsewhere)) as address:
        assert ask(f"{address}/", b"body") == Answer(307, b"", "text/plain")
        with pytest.raises(Unreachable):
            ask(f"{address}/", None)
