"""The witness as a small web server: add-checkpoint of C2SP tlog-witness, and what it holds.

Meant for loopback or a small office's own network; whatever comes in is refused unless a log that was
added here has signed it.  Nothing in it is secret but the key, which never leaves the process.
"""

from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import MappingProxyType

from voting.core.errors import Refusal
from voting.core.listening import CannotListen
from voting.i18n import lines
from voting.witness.client import SIZE_TYPE, held_path
from voting.witness.desk import Desk
from voting.witness.errors import (
    Forked,
    NoSubmission,
    NotProved,
    NotSignedByLog,
    OldSizeDiffers,
    UnknownLog,
    WentSmaller,
)
from voting.witness.judging import parse_submission

_LARGEST = 100_000  # bytes; 63 lines of proof and a checkpoint with a hundred signatures take 25,000
_TEXT = "text/plain; charset=utf-8"
_STATUS: Mapping[type[Refusal], int] = MappingProxyType(
    {
        NoSubmission: 400,
        WentSmaller: 400,
        NotSignedByLog: 403,
        UnknownLog: 404,
        OldSizeDiffers: 409,
        Forked: 409,
        NotProved: 422,
    }
)


def make_server(desk: Desk, host: str, port: int) -> ThreadingHTTPServer:
    """A server that is bound and not yet serving; port 0 takes a free one.  Raises: CannotListen."""

    class Handler(_Handler):
        def answer(self, method: str, body: bytes) -> tuple[int, bytes, str]:
            return respond(desk, method, self.path, body)

    try:
        return ThreadingHTTPServer((host, port), Handler)
    except OSError as fault:
        raise CannotListen(f"{host}:{port}", fault.strerror or str(fault)) from fault


def respond(desk: Desk, method: str, path: str, body: bytes) -> tuple[int, bytes, str]:
    """Status, body and type of the answer to one request."""
    if (method, path) == ("POST", "/add-checkpoint"):
        try:
            return 200, desk.receive(parse_submission(body)), _TEXT
        except Refusal as refused:
            return _refused(refused)
    if method == "GET":
        for log in desk.state.logs():
            held = desk.state.held(log.name)
            if path == "/" + held_path(log.name) and held is not None:
                return 200, held, _TEXT
    return 404, b"not found\n", _TEXT


def _refused(refused: Refusal) -> tuple[int, bytes, str]:
    status = _STATUS.get(type(refused), 500)
    if isinstance(refused, OldSizeDiffers | Forked):
        return status, f"{refused.held}\n".encode(), SIZE_TYPE
    said = "\n".join((*lines(refused, "en"), *lines(refused, "ja"), ""))
    return status, said.encode(), _TEXT


class _Handler(BaseHTTPRequestHandler):
    """Reads one request; a client that says nothing for a while is let go."""

    protocol_version = "HTTP/1.1"
    server_version, sys_version = "voting-witness", ""
    timeout = 30

    def do_GET(self) -> None:
        self._send(*self.answer("GET", b""))

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdigit()) or len(length) > 9 or int(length) > _LARGEST:
            self.close_connection = True
            self._send(400, b"no length, or too long\n", _TEXT)
            return
        self._send(*self.answer("POST", self.rfile.read(int(length))))

    def answer(self, method: str, body: bytes) -> tuple[int, bytes, str]:
        return 404, b"", _TEXT

    def _send(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
