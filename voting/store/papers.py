"""Paper ballots: logged at the door, then read by one person and checked blind by another."""

import json
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, insert, select, update

from voting.store.tables import paper, paper_reading, scan
from voting.store.transaction import Transaction

_INSERT = insert(paper)
_INSERT_SCAN = insert(scan)
_SCAN = select(scan.c.sha256).where(
    scan.c.assembly == bindparam("assembly"), scan.c.sha256 == bindparam("sha256")
)
_FIND = select(
    paper.c.serial, paper.c.idx, paper.c.channel, paper.c.arrived_at, paper.c.disposed_index
).where(paper.c.assembly == bindparam("assembly"), paper.c.serial == bindparam("serial"))
_OPEN = (
    select(paper.c.serial)
    .where(paper.c.assembly == bindparam("assembly"), paper.c.disposed_index.is_(None))
    .order_by(paper.c.serial)
)
_DISPOSE = (
    update(paper)
    .where(
        paper.c.assembly == bindparam("in_assembly"),
        paper.c.serial == bindparam("with_serial"),
        paper.c.disposed_index.is_(None),
    )
    .values(disposed_index=bindparam("disposed_index"))
)
_INSERT_READING = insert(paper_reading)
_READINGS = (
    select(paper_reading.c.account, paper_reading.c.reading)
    .where(paper_reading.c.assembly == bindparam("assembly"), paper_reading.c.serial == bindparam("serial"))
    .order_by(paper_reading.c.read_at, paper_reading.c.account)
)
_FORGET = delete(paper_reading).where(
    paper_reading.c.assembly == bindparam("assembly"), paper_reading.c.serial == bindparam("serial")
)


@dataclass(frozen=True, slots=True)
class Paper:
    """One sheet that arrived.  ``disposed_index`` is the ledger index of what became of it."""

    serial: str
    index: int
    channel: str
    arrived_at: str
    disposed_index: int | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What one person read on the sheet; ``content`` compares equal where two read the same."""

    account: str
    content: dict[str, object]


def add(
    tx: Transaction,
    assembly: int,
    *,
    serial: str,
    index: int,
    channel: str,
    arrived_at: str,
    scan_sha256: str,
    registered_by: str,
) -> None:
    tx.run(
        _INSERT,
        assembly=assembly,
        serial=serial,
        idx=index,
        channel=channel,
        arrived_at=arrived_at,
        scan_sha256=scan_sha256,
        registered_by=registered_by,
        disposed_index=None,
    )


def put_scan(tx: Transaction, assembly: int, *, sha256: str, content: bytes) -> bool:
    """Keep the picture of a paper, for officers only; False where the same one is kept already."""
    if tx.one(_SCAN, assembly=assembly, sha256=sha256) is not None:
        return False
    tx.run(_INSERT_SCAN, assembly=assembly, sha256=sha256, content=content)
    return True


def find(tx: Transaction, assembly: int, serial: str) -> Paper | None:
    row = tx.one(_FIND, assembly=assembly, serial=serial)
    return None if row is None else Paper(*row)


def undisposed(tx: Transaction, assembly: int) -> tuple[str, ...]:
    """Serials of the papers nobody has finished yet; they block the count."""
    return tuple(row[0] for row in tx.all(_OPEN, assembly=assembly))


def dispose(tx: Transaction, assembly: int, serial: str, *, index: int) -> bool:
    """Note what became of a paper; False where that was noted before."""
    return tx.run(_DISPOSE, in_assembly=assembly, with_serial=serial, disposed_index=index) == 1


def put_reading(tx: Transaction, assembly: int, serial: str, reading: Reading, *, now: str) -> None:
    tx.run(
        _INSERT_READING,
        assembly=assembly,
        serial=serial,
        account=reading.account,
        reading=json.dumps(reading.content, ensure_ascii=False, sort_keys=True),
        read_at=now,
    )


def readings(tx: Transaction, assembly: int, serial: str) -> tuple[Reading, ...]:
    """The readings so far, first reader first."""
    rows = tx.all(_READINGS, assembly=assembly, serial=serial)
    return tuple(Reading(account, json.loads(content)) for account, content in rows)


def forget_readings(tx: Transaction, assembly: int, serial: str) -> None:
    """Start the reading again: the two persons read differently."""
    tx.run(_FORGET, assembly=assembly, serial=serial)
