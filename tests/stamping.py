"""A time-stamping authority that listens: a real server on this machine, right or as wrong as asked."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from tests.verify.tsa import Authority as Keys
from voting.stamps.authority import Authority
from voting.verify import der


@dataclass(frozen=True)
class Query:
    """What was asked: SHA-256 of the bytes, and the number the answer has to repeat."""

    imprint: bytes
    nonce: int


@dataclass
class Server:
    """The authority at work.  ``reply`` makes the answer; ``status`` is that of HTTP."""

    keys: Keys
    clock: Callable[[], datetime]
    url: str = ""
    status: int = 200
    asked: list[Query] = field(default_factory=list)
    reply: Callable[["Server", Query], bytes] = lambda server, query: server.right(query)

    def right(self, query: Query) -> bytes:
        return self.keys.answer(query.imprint, nonce=query.nonce, at=self.clock())

    def client(self, *, trusted: Keys | None = None, seconds: int = 10) -> Authority:
        """Our side, as configured for this server."""
        return Authority(self.url, ((trusted or self.keys).certificate,), seconds)


def read_query(data: bytes) -> Query:
    """A TimeStampReq.  Source: RFC 3161, 2.4.1."""
    version, imprint, *rest = der.read(data).require(der.SEQUENCE).values()
    _, hashed = imprint.values()
    nonce, wants_certificate = rest
    assert (version.integer(), wants_certificate.content) == (1, b"\xff")
    return Query(hashed.content, nonce.integer())


@contextmanager
def listening(
    clock: Callable[[], datetime] = lambda: datetime(2026, 6, 11, tzinfo=UTC), keys: Keys | None = None
) -> Iterator[Server]:
    """The server, for as long as the block runs."""
    server = Server(keys or Keys(), clock)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            assert self.headers["Content-Type"] == "application/timestamp-query"
            query = read_query(body)
            server.asked.append(query)
            answer = server.reply(server, query)
            self.send_response(server.status)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listener:
        server.url = f"http://127.0.0.1:{listener.server_address[1]}/"
        thread = Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            listener.shutdown()
            thread.join()
