"""A small log that signs whatever it is told to, published over real HTTP, and a witness of it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.world import Clock, jst
from voting.core.errors import Refusal
from voting.ledger.checkpoint import Checkpoint, sign
from voting.ledger.cosignature import Cosigner
from voting.ledger.merkle import consistency, leaf_hash, root
from voting.ledger.note import Signer, split_note
from voting.ledger.tiles import entry_files, tile_files
from voting.witness.desk import Desk
from voting.witness.judging import Submission
from voting.witness.state import State

ORIGIN = "vote.example.or.jp/council/2026-06"


@dataclass
class Log:
    """A log.  ``branch`` gives another log with the same key that differs from entry *at* on."""

    entries: list[bytes] = field(default_factory=list)
    signer: Signer = field(default_factory=lambda: Signer.from_seed(ORIGIN, bytes(32)))

    @classmethod
    def of(cls, size: int, *, origin: str = ORIGIN) -> "Log":
        entries = [f"entry {number}".encode() for number in range(size)]
        return cls(entries, Signer.from_seed(origin, bytes(32)))

    def grow(self, size: int) -> None:
        self.entries += [f"entry {number}".encode() for number in range(len(self.entries), size)]

    def branch(self, at: int) -> "Log":
        return Log([*self.entries[:at], *(b"other " + each for each in self.entries[at:])], self.signer)

    @property
    def leaves(self) -> list[bytes]:
        return [leaf_hash(each) for each in self.entries]

    def note(self, size: int | None = None) -> bytes:
        count = len(self.entries) if size is None else size
        return sign(Checkpoint(self.signer.name, count, root(self.leaves[:count])), self.signer)

    def submission(self, old: int, size: int | None = None) -> Submission:
        count = len(self.entries) if size is None else size
        return Submission(old, consistency(self.leaves, old, count), self.note(size))

    def files(self) -> dict[str, bytes]:
        return {"checkpoint": self.note(), **tile_files(self.leaves), **entry_files(self.entries)}


@dataclass
class Owner:
    """What a witness showed to its owner."""

    told: list[Refusal] = field(default_factory=list)
    shown: list[tuple[str, ...]] = field(default_factory=list)

    def __call__(self, found: Refusal, shown: tuple[str, ...]) -> None:
        self.told.append(found)
        self.shown.append(shown)


def cosigner(name: str = "witness.example.or.jp/a", seed: int = 1) -> Cosigner:
    return Cosigner(name, Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32))


def desk(folder: Path, *logs: Log, key: Cosigner | None = None) -> Desk:
    """A witness that watches these logs."""
    state = State(folder)
    for log in logs:
        state.add(log.signer.verifier, now=jst("2026-06-01 09:00"))
    return Desk(state, key or cosigner(), Clock(jst("2026-06-01 10:00")), Owner())


@contextmanager
def serving(server: HTTPServer) -> Iterator[str]:
    """A server at work; the answer is its address."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class Site:
    """A published log: files by path, and what was brought to ``cosignature``."""

    files: dict[str, bytes]
    brought: list[bytes] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    status: int = 200


@contextmanager
def published(site: Site) -> Iterator[str]:
    """The address of a small web server that serves *site* as it is at each request."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.removeprefix("/ledger/")
            site.asked.append(path)
            self.reply(200 if path in site.files else 404, site.files.get(path, b"not here"))

        def do_POST(self) -> None:
            site.brought.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.reply(site.status, b"1\n")

        def reply(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: the tests look at ``asked``."""

    with serving(HTTPServer(("127.0.0.1", 0), Handler)) as address:
        yield f"{address}/ledger"


def lines_by(key: Cosigner, note: bytes, line: bytes) -> int:
    """How many good cosignatures of *key* stand on *note* with *line*."""
    text, lines = split_note(note + line)
    return len(key.witness.signatures(text, lines))
