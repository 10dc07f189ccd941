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
_CONTENT = select(scan.c.content).where(
    scan.c.assembly == bindparam("assembly"), scan.c.sha256 == bindparam("sha256")
)
_PAPER = (
    paper.c.serial,
    paper.c.idx,
    paper.c.channel,
    paper.c.arrived_at,
    paper.c.disposed_index,
    paper.c.scan_sha256,
    paper.c.registered_by,
)
_FIND = select(*_PAPER).where(
    paper.c.assembly == bindparam("assembly"), paper.c.serial == bindparam("serial")
)
_BY_SCAN = select(paper.c.serial).where(
    paper.c.assembly == bindparam("assembly"), paper.c.scan_sha256 == bindparam("sha256")
)
_ALL = select(*_PAPER).where(paper.c.assembly == bindparam("assembly")).order_by(paper.c.idx)
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
_READING = (paper_reading.c.account, paper_reading.c.reading, paper_reading.c.read_at)
_READINGS = (
    select(*_READING)
    .where(paper_reading.c.assembly == bindparam("assembly"), paper_reading.c.serial == bindparam("serial"))
    .order_by(paper_reading.c.read_at, paper_reading.c.account)
)
_ALL_READINGS = (
    select(paper_reading.c.serial, *_READING)
    .where(paper_reading.c.assembly == bindparam("assembly"))
    .order_by(paper_reading.c.serial, paper_reading.c.read_at, paper_reading.c.account)
)
_FORGET = delete(paper_reading).where(
    paper_reading.c.assembly == bindparam("assembly"),
    paper_reading.c.serial == bindparam("serial"),
    paper_reading.c.account == bindparam("account"),
)


@dataclass(frozen=True, slots=True)
class Paper:
    """One sheet that arrived.  ``disposed_index`` is the ledger index of what became of it."""

    serial: str
    index: int
    channel: str
    arrived_at: str
    disposed_index: int | None
    scan_sha256: str
    registered_by: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What one person read on the sheet, and when."""

    account: str
    content: dict[str, object]
    read_at: str


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


def everything(tx: Transaction, assembly: int) -> tuple[Paper, ...]:
    """All papers, in the order in which they were logged."""
    return tuple(Paper(*row) for row in tx.all(_ALL, assembly=assembly))


def scan_of(tx: Transaction, assembly: int, sha256: str) -> bytes | None:
    """The picture of a paper; None where there is none of this digest, or no longer."""
    row = tx.one(_CONTENT, assembly=assembly, sha256=sha256)
    return None if row is None else bytes(row[0])


def serial_of_scan(tx: Transaction, assembly: int, sha256: str) -> str:
    """The paper whose picture this is; empty where there is none."""
    row = tx.one(_BY_SCAN, assembly=assembly, sha256=sha256)
    return "" if row is None else str(row[0])


def undisposed(tx: Transaction, assembly: int) -> tuple[str, ...]:
    """Serials of the papers nobody has finished yet; they block the count."""
    return tuple(row[0] for row in tx.all(_OPEN, assembly=assembly))


def dispose(tx: Transaction, assembly: int, serial: str, *, index: int) -> bool:
    """Note what became of a paper; False where that was noted before."""
    return tx.run(_DISPOSE, in_assembly=assembly, with_serial=serial, disposed_index=index) == 1


def put_reading(tx: Transaction, assembly: int, serial: str, reading: Reading) -> None:
    """Keep what somebody read, in the place of what the same person read before."""
    forget_reading(tx, assembly, serial, reading.account)
    tx.run(
        _INSERT_READING,
        assembly=assembly,
        serial=serial,
        account=reading.account,
        reading=json.dumps(reading.content, ensure_ascii=False, sort_keys=True),
        read_at=reading.read_at,
    )


def readings(tx: Transaction, assembly: int, serial: str) -> tuple[Reading, ...]:
    """The readings so far, first reader first."""
    rows = tx.all(_READINGS, assembly=assembly, serial=serial)
    return tuple(Reading(account, json.loads(content), at) for account, content, at in rows)


def all_readings(tx: Transaction, assembly: int) -> dict[str, tuple[Reading, ...]]:
    """The readings of every paper by serial, first reader first."""
    found: dict[str, tuple[Reading, ...]] = {}
    for serial, account, content, at in tx.all(_ALL_READINGS, assembly=assembly):
        found[serial] = (*found.get(serial, ()), Reading(account, json.loads(content), at))
    return found


def forget_reading(tx: Transaction, assembly: int, serial: str, account: str) -> None:
    """Put away what one person read: it was taken back, or read again."""
    tx.run(_FORGET, assembly=assembly, serial=serial, account=account)
