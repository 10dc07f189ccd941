"""The operator's hands: the database without its triggers, the log's real key, and the codes it kept.

Nothing of this is in the product.  The ledger is read from the tables, changed, signed again from the first
checkpoint to the anchor, and written back; the working tables follow, so that the service suspects nothing.
"""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.verify.forge import Forge, Json
from tests.world import World
from voting.credentials import codes
from voting.ledger.canonical import b64, encode
from voting.ledger.commitments import ballot_commitment, cast_message
from voting.ledger.merkle import frontier, leaf_hash

APPEND_ONLY = ("ledger_entry", "checkpoint")


class Operator:
    """Full access to one world, whose database is the SQLite file *database*."""

    def __init__(self, world: World, database: Path) -> None:
        self.world, self.database = world, database
        with closing(sqlite3.connect(database)) as connection, connection:
            for table in APPEND_ONLY:
                for act in ("update", "delete"):
                    connection.execute(f"DROP TRIGGER IF EXISTS {table}_no_{act}")

    def sql(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.database)) as connection, connection:
            return list(connection.execute(statement, values))

    def mc(self, member: str) -> str:
        ((commitment,),) = self.sql("SELECT commitment FROM roll_entry WHERE member_id = ?", member)
        assert isinstance(commitment, bytes)
        return commitment.hex()

    def kept_key(self, member: str) -> Ed25519PrivateKey:
        """The key of a member whose code the service made, and did not forget as it should have."""
        code = codes.read_code(self.world.codes[member])
        return Ed25519PrivateKey.from_private_bytes(codes.credential_seed(code, self.world.origin))

    def index_of(self, member: str, place: int = -1) -> int:
        """Where a member's ballot stands: the last one, or another."""
        rows = self.sql("SELECT idx FROM submission WHERE member_id = ? ORDER BY idx", member)
        index = rows[place][0]
        assert isinstance(index, int)
        return index

    def rewrite(self, act: Callable[[Forge], object]) -> None:
        """Change the ledger as *act* does, and make everything anew that its signatures cover."""
        rows = self.sql("SELECT entry FROM ledger_entry ORDER BY idx")
        sizes = [size for (size,) in self.sql("SELECT size FROM checkpoint ORDER BY size")]
        log = _log(self.world, [bytes(row[0]) for row in rows], sizes)
        before = {id(entry): entry["index"] for entry in log.entries}
        act(log)
        moved = {before[id(e)]: e["index"] for e in log.entries if id(e) in before}
        self._write(log)
        self._move(moved)

    def _write(self, log: Forge) -> None:
        data, notes = log.data(), {}
        leaves = [leaf_hash(entry) for entry in data]
        for size in sorted({*log.sizes, len(data)}):
            notes[size] = log.note(size, data=data)
        grown = frontier(leaves)
        with closing(sqlite3.connect(self.database)) as connection, connection:
            for table in APPEND_ONLY:
                connection.execute(f"DELETE FROM {table}")
            connection.executemany(
                "INSERT INTO ledger_entry (assembly, idx, leaf_hash, entry) VALUES (1, ?, ?, ?)",
                zip(range(len(data)), leaves, data, strict=True),
            )
            connection.executemany(
                "INSERT INTO checkpoint (assembly, size, note) VALUES (1, ?, ?)",
                [(size, note) for size, note in notes.items() if size < len(data)],
            )
            connection.execute(
                "UPDATE ledger_head SET size = ?, root = ?, frontier = ?, last_time = ?",
                (len(data), grown.root(), grown.to_bytes(), log.entries[-1]["time"]),
            )
        self.world.rt.anchors.swap(self.world.origin, notes[len(data)])

    def _move(self, moved: dict[int, int]) -> None:
        """Let the working tables name the entries where they stand now."""
        with closing(sqlite3.connect(self.database)) as connection, connection:
            for (old,) in connection.execute("SELECT idx FROM submission").fetchall():
                if old not in moved:
                    connection.execute("DELETE FROM submission WHERE idx = ?", (old,))
            for old, new in sorted(moved.items(), reverse=any(n > o for o, n in moved.items())):
                connection.execute("UPDATE submission SET idx = ? WHERE idx = ?", (new, old))
                connection.execute("UPDATE submission SET replaces = ? WHERE replaces = ?", (new, old))
                connection.execute("UPDATE paper SET idx = ? WHERE idx = ?", (new, old))
                connection.execute("UPDATE paper SET disposed_index = ? WHERE disposed_index = ?", (new, old))

    def turn_round(self, member: str, choices: Json, *, key: Ed25519PrivateKey | None) -> None:
        """Let a recorded ballot say *choices*; signed anew where there is a key."""
        index = self.index_of(member)
        ((text, salt),) = self.sql("SELECT opening, salt FROM submission WHERE idx = ?", index)
        assert isinstance(text, str) and isinstance(salt, bytes)
        opening = {**_object(text), "choices": choices}
        commitment = ballot_commitment(opening, salt)
        self.sql("UPDATE submission SET opening = ? WHERE idx = ?", encode(opening).decode(), index)

        def act(log: Forge) -> None:
            body = log.entries[index]["body"]
            body["commitment"] = commitment.hex()
            if key is not None:
                body["signature"] = b64(key.sign(cast_message(log.origin, commitment)))

        self.rewrite(act)

    def stuff(self, member: str, template: str, *, index: int, received_at: str, **changes: object) -> None:
        """Put a ballot of *member* at *index*, made after one of *template*'s."""
        like = self.index_of(template)
        ((text, salt),) = self.sql("SELECT opening, salt FROM submission WHERE idx = ?", like)
        assert isinstance(text, str) and isinstance(salt, bytes)
        opening = {**_object(text), "member": self.mc(member), "sequence": 1}
        commitment = ballot_commitment(opening, salt).hex()

        def act(log: Forge) -> None:
            body = {**log.entries[like]["body"], "member": self.mc(member), "sequence": 1, "replaces": None}
            body |= {"commitment": commitment, "received_at": received_at, **changes}
            log.insert(index, "ballot", body, time=received_at)
            log.sizes = sorted({*log.sizes, index + 1})

        self.rewrite(act)
        columns = [name for (_, name, *_) in self.sql("PRAGMA table_info(submission)")]
        ((*row,),) = self.sql("SELECT * FROM submission WHERE idx = ?", self.index_of(template))
        new = dict(zip(columns, row, strict=True)) | {
            "idx": index,
            "member_id": member,
            "sequence": 1,
            "replaces": None,
            "received_at": received_at,
            "opening": encode(opening).decode(),
            "request_key": None,
        }
        new |= {name: value for name, value in changes.items() if name in ("channel", "level")}
        marks = ", ".join("?" * len(new))
        self.sql(f"INSERT INTO submission ({', '.join(map(str, new))}) VALUES ({marks})", *new.values())


def _log(world: World, entries: list[bytes], sizes: list[int]) -> Forge:
    values = [_object(entry.decode()) for entry in entries]
    signer = world.rt.keys.signer(world.origin)
    return Forge(world.origin, "public", signer, {}, values, sizes)


def _object(text: str) -> Json:
    value: Json = json.loads(text)
    return value
