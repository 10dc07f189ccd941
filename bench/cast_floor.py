"""What ledger L4 alone costs: its steps in one function, beside the cast that the service makes.

Served by bench/cast_app.py as ``/floor``; it goes through the same door (Flask, Flask-WTF's token, the
sealed session) and keeps as much, in tables, an anchor and locks of its own.  Everything else is left out:
it judges no choice, no period and no rule, it compares nothing that it reads back but one hash, and its page
is one line.  So it is no way to take votes.  It tells how fast casting could be at the very most.
"""

import fcntl
import hashlib
import json
import os
import sqlite3
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

from flask import g, request

from voting.ledger.merkle import EMPTY_ROOT
from voting.ledger.signing_key import SigningKey, signing_key
from voting.runtime import Runtime

_OWN = ("ledger_head", "ledger_entry", "submission", "outbox", "checkpoint")
_WORDS = {"for": "賛成", "against": "反対"}
_SLOT = 4096
_SEED = bytes(32)  # signs checkpoints that nobody is given


def prepare(folder: Path) -> None:
    """Make the tables, shaped as the real ones are, and an empty anchor."""
    with sqlite3.connect(folder / "voting.db") as connection:
        for name in _OWN:
            shapes = connection.execute(
                "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND type <> 'trigger' AND sql IS NOT NULL",
                (name,),
            )
            for (shape,) in shapes.fetchall():
                connection.execute(shape.replace(name, f"floor_{name}"))
        empty = "INSERT INTO floor_ledger_head SELECT id, 0, ?, x'', '' FROM assembly"
        connection.execute(empty, (EMPTY_ROOT,))
    connection.close()
    (folder / "floor.anchor").write_bytes(bytes(2 * _SLOT))


def view(rt: Runtime, folder: Path) -> Callable[[], str]:
    """The view of one process."""
    writer = sqlite3.connect(folder / "voting.db", isolation_level=None)
    reader = sqlite3.connect(folder / "voting.db", isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL"):
        writer.execute(f"PRAGMA {pragma}")
    run, read = writer.execute, reader.execute
    assembly_id, origin = run("SELECT id, origin FROM assembly").fetchone()
    ledger_turn, promise_turn = (
        os.open(folder / f"floor.{n}", os.O_RDWR | os.O_CREAT) for n in ("ledger", "promises")
    )
    anchor = os.open(folder / "floor.anchor", os.O_RDWR)
    log_key = signing_key(_SEED)

    def cast() -> str:
        form, key = request.form, g.key
        choices = {number: form[f"m{number}"] for number in "123"}
        request_key = bytes.fromhex(form["request_key"])
        member_key = signing_key(key.seed)
        now = rt.now().strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
        fcntl.flock(ledger_turn, fcntl.LOCK_EX)
        run("BEGIN IMMEDIATE")
        base = run("SELECT base, closed_index FROM assembly WHERE id = ?", (assembly_id,)).fetchone()[0]
        size, root, packed, _ = run(_HEAD, (assembly_id,)).fetchone()
        voter = run(_VOTER, (assembly_id, key.member_id)).fetchone()
        run(_SAME_REQUEST, (assembly_id, request_key)).fetchone()
        before = run(_BEFORE, (assembly_id, key.member_id)).fetchone()
        sequence, replaces = (before[0] + 1, before[1]) if before else (1, None)
        salt, member = rt.token(32), voter[1].hex()
        opening = _json(
            {"base": base, "choices": choices, "log": origin, "member": member, "sequence": sequence}
        )
        commitment = hashlib.sha256(b"voting/ballot/v1\0" + salt + b"\0" + opening).hexdigest()
        signature = member_key.sign(f"voting/cast/v1\n{origin}\n{commitment}\n".encode())
        body = {"member": member, "sequence": sequence, "replaces": replaces, "commitment": commitment}
        body |= {"channel": "web", "level": "K0", "received_at": now, "paper": None, "entered_by": None}
        body |= {"signature": b64encode(signature).decode()}
        entry = _json(
            {"body": body, "index": size, "kind": "ballot", "log": origin, "time": now, "version": 1}
        )
        leaf = hashlib.sha256(b"\0" + entry).digest()
        hashes = _grown([packed[place : place + 32] for place in range(0, len(packed), 32)], size, leaf)
        signed_before = _note(log_key, origin, size, root)
        os.pread(anchor, 2 * _SLOT, 0)
        run(_MOVE, (size + 1, _root(hashes), b"".join(hashes), now, assembly_id, size))
        run("INSERT INTO floor_ledger_entry VALUES (?, ?, ?, ?)", (assembly_id, size, leaf, entry))
        row = (assembly_id, size, key.member_id, sequence, replaces, "web", "K0", now, opening.decode(), salt)
        run(_INSERT_SUBMISSION, (*row, form["section"], form["respondent"], "", 0, request_key))
        for address in json.loads(voter[2]):
            mail = f"<{rt.token(16).hex()}@{rt.site.host}>"
            run(_INSERT_MAIL, (mail, assembly_id, "receipt", key.member_id, address, size, now, now, 0))
        run("INSERT INTO floor_checkpoint VALUES (?, ?, ?)", (assembly_id, size, signed_before))
        run("COMMIT")
        fcntl.flock(promise_turn, fcntl.LOCK_EX)
        fcntl.flock(ledger_turn, fcntl.LOCK_UN)
        stored = read(_BACK, (assembly_id, size)).fetchone()[0]
        if hashlib.sha256(b"\0" + stored).digest() != leaf:
            raise SystemExit("the entry was not read back as it was written")
        note = _note(log_key, origin, size + 1, _root(hashes))
        slot = b"%d %s\n%s" % (size, hashlib.sha256(note).hexdigest().encode(), note)
        os.pwrite(anchor, slot.ljust(_SLOT, b"\n"), size % 2 * _SLOT)
        os.fdatasync(anchor)
        fcntl.flock(promise_turn, fcntl.LOCK_UN)
        said = " ".join(_WORDS[choice] for choice in choices.values())
        return f"{size} {now} {voter[3]} {said} {note.decode()}"

    return cast


_HEAD = "SELECT size, root, frontier, last_time FROM floor_ledger_head WHERE assembly = ?"
_VOTER = (
    "SELECT c.public_key, r.commitment, r.addresses, r.name FROM credential c JOIN roll_entry r"
    " ON r.assembly = c.assembly AND r.member_id = c.member_id WHERE c.assembly = ? AND c.member_id = ?"
)
_SAME_REQUEST = "SELECT idx FROM floor_submission WHERE assembly = ? AND request_key = ?"
_BEFORE = (
    "SELECT sequence, idx FROM floor_submission WHERE assembly = ? AND member_id = ?"
    " ORDER BY idx DESC LIMIT 1"
)
_MOVE = (
    "UPDATE floor_ledger_head SET size = ?, root = ?, frontier = ?, last_time = ?"
    " WHERE assembly = ? AND size = ?"
)
_INSERT_SUBMISSION = (
    "INSERT INTO floor_submission (assembly, idx, member_id, sequence, replaces, channel, level, received_at,"
    " opening, salt, section, respondent, opinion, opinion_public, request_key)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_MAIL = (
    "INSERT INTO floor_outbox"
    " (message_id, assembly, kind, member_id, address, ref, queued_at, due_at, attempts)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_BACK = "SELECT entry FROM floor_ledger_entry WHERE assembly = ? AND idx = ?"


_compact = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


def _json(value: dict[str, object]) -> bytes:
    return _compact(value).encode()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


def _grown(hashes: list[bytes], size: int, leaf: bytes) -> list[bytes]:
    """The frontier of one more leaf."""
    while size & 1:
        leaf, size = _node(hashes.pop(), leaf), size >> 1
    return [*hashes, leaf]


def _root(hashes: list[bytes]) -> bytes:
    *rest, root = hashes
    for each in reversed(rest):
        root = _node(each, root)
    return root


def _note(key: SigningKey, origin: str, size: int, root: bytes) -> bytes:
    text = f"{origin}\n{size}\n{b64encode(root).decode()}\n"
    return f"{text}\n\u2014 {origin} {b64encode(key.sign(text.encode())).decode()}\n".encode()
