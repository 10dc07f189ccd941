"""The ledger's rows: entries, the head they have reached, and the checkpoints signed over them.

Nothing here signs or decides; the order of promises is kept by ``services.recording``.
"""

from dataclasses import dataclass

from sqlalchemy import bindparam, insert, select, update

from voting.core.errors import Broken
from voting.ledger.canonical import LARGEST_INTEGER
from voting.ledger.merkle import Frontier
from voting.store.tables import checkpoint, ledger_entry, ledger_head
from voting.store.transaction import Transaction

_INSERT_HEAD = insert(ledger_head)
_HEAD = select(ledger_head.c.size, ledger_head.c.root, ledger_head.c.frontier, ledger_head.c.last_time).where(
    ledger_head.c.assembly == bindparam("assembly")
)
_MOVE_HEAD = (
    update(ledger_head)
    .where(ledger_head.c.assembly == bindparam("in_assembly"), ledger_head.c.size == bindparam("old_size"))
    .values(
        size=bindparam("size"),
        root=bindparam("root"),
        frontier=bindparam("frontier"),
        last_time=bindparam("last_time"),
    )
)
_INSERT_ENTRY = insert(ledger_entry)
_ENTRIES = (
    select(ledger_entry.c.idx, ledger_entry.c.leaf_hash, ledger_entry.c.entry)
    .where(
        ledger_entry.c.assembly == bindparam("assembly"),
        ledger_entry.c.idx >= bindparam("start"),
        ledger_entry.c.idx < bindparam("end"),
    )
    .order_by(ledger_entry.c.idx)
)
_ENTRY = select(ledger_entry.c.entry).where(
    ledger_entry.c.assembly == bindparam("assembly"), ledger_entry.c.idx == bindparam("idx")
)
_LEAVES = (
    select(ledger_entry.c.leaf_hash)
    .where(ledger_entry.c.assembly == bindparam("assembly"), ledger_entry.c.idx < bindparam("size"))
    .order_by(ledger_entry.c.idx)
)
_LEAVES_BETWEEN = (
    select(ledger_entry.c.leaf_hash)
    .where(
        ledger_entry.c.assembly == bindparam("assembly"),
        ledger_entry.c.idx >= bindparam("start"),
        ledger_entry.c.idx < bindparam("end"),
    )
    .order_by(ledger_entry.c.idx)
)
_INSERT_CHECKPOINT = insert(checkpoint)
_CHECKPOINT = select(checkpoint.c.note).where(
    checkpoint.c.assembly == bindparam("assembly"), checkpoint.c.size == bindparam("size")
)
_COVERING = (
    select(checkpoint.c.note)
    .where(checkpoint.c.assembly == bindparam("assembly"), checkpoint.c.size > bindparam("idx"))
    .order_by(checkpoint.c.size)
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Head:
    """How far the ledger has come.  Shape: ``last_time`` is the time text of the last entry."""

    root: bytes
    frontier: Frontier
    last_time: str

    @property
    def size(self) -> int:
        return self.frontier.size


@dataclass(frozen=True, slots=True)
class Stored:
    """An entry as the store gave it back."""

    index: int
    leaf_hash: bytes
    entry: bytes


def start(tx: Transaction, assembly: int, head: Head) -> None:
    """Make the head of a new, empty ledger."""
    tx.run(
        _INSERT_HEAD,
        assembly=assembly,
        size=head.size,
        root=head.root,
        frontier=head.frontier.to_bytes(),
        last_time=head.last_time,
    )


def head(tx: Transaction, assembly: int) -> Head:
    row = tx.one(_HEAD, assembly=assembly)
    if row is None:
        raise Broken(f"assembly {assembly} has no ledger")
    size, root, frontier, last_time = row
    found = Head(bytes(root), Frontier.from_bytes(bytes(frontier)), last_time)
    if found.size != size:
        raise Broken(f"assembly {assembly}: the head says {size} entries, its frontier {found.size}")
    return found


def append(tx: Transaction, assembly: int, entries: list[Stored], *, old: Head, new: Head) -> None:
    """Write *entries* and move the head from *old* to *new*, by compare-and-swap on the size.

    Raises  Broken where another writer came in between; the transaction then rolls back whole.
    """
    # The head first: a second writer is stopped here, by name, and not by the entries' primary key.
    touched = tx.run(
        _MOVE_HEAD,
        in_assembly=assembly,
        old_size=old.size,
        size=new.size,
        root=new.root,
        frontier=new.frontier.to_bytes(),
        last_time=new.last_time,
    )
    if touched != 1:
        raise Broken(f"assembly {assembly}: somebody else extended the ledger at size {old.size}")
    tx.many(
        _INSERT_ENTRY,
        (
            {"assembly": assembly, "idx": item.index, "leaf_hash": item.leaf_hash, "entry": item.entry}
            for item in entries
        ),
    )


def entries(tx: Transaction, assembly: int, *, start: int = 0, end: int = LARGEST_INTEGER) -> list[Stored]:
    """The entries from index *start* on, up to *end* and without it, in order."""
    rows = tx.all(_ENTRIES, assembly=assembly, start=start, end=end)
    return [Stored(index, bytes(leaf), bytes(entry)) for index, leaf, entry in rows]


def entry(tx: Transaction, assembly: int, index: int) -> bytes:
    row = tx.one(_ENTRY, assembly=assembly, idx=index)
    if row is None:
        raise Broken(f"assembly {assembly}: entry {index} is not in the store")
    return bytes(row[0])


def leaves(tx: Transaction, assembly: int, size: int) -> list[bytes]:
    """The leaf hashes of the first *size* entries."""
    found = [bytes(row[0]) for row in tx.all(_LEAVES, assembly=assembly, size=size)]
    if len(found) != size:
        raise Broken(f"assembly {assembly}: {len(found)} entries in the store, {size} expected")
    return found


def leaves_between(tx: Transaction, assembly: int, start: int, end: int) -> list[bytes]:
    """The leaf hashes from index *start* on, up to *end* and without it; all must be there."""
    found = [bytes(row[0]) for row in tx.all(_LEAVES_BETWEEN, assembly=assembly, start=start, end=end)]
    if len(found) != end - start:
        raise Broken(f"assembly {assembly}: {len(found)} entries between {start} and {end}")
    return found


def put_checkpoint(tx: Transaction, assembly: int, *, size: int, note: bytes) -> None:
    tx.run(_INSERT_CHECKPOINT, assembly=assembly, size=size, note=note)


def checkpoint_of(tx: Transaction, assembly: int, size: int) -> bytes | None:
    """The checkpoint of exactly *size* entries, unless it is still in the anchor alone."""
    row = tx.one(_CHECKPOINT, assembly=assembly, size=size)
    return None if row is None else bytes(row[0])


def checkpoint_covering(tx: Transaction, assembly: int, index: int) -> bytes | None:
    """The earliest checkpoint that covers entry *index*: that of the batch which committed it."""
    row = tx.one(_COVERING, assembly=assembly, idx=index)
    return None if row is None else bytes(row[0])
