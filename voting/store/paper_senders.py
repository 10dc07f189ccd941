"""Whom a paper comes from: as the door read it, and as it was found out later."""

from dataclasses import dataclass

from sqlalchemy import bindparam, insert, select, update

from voting.store.tables import paper_sender
from voting.store.transaction import Transaction

_COLUMNS = (
    paper_sender.c.serial,
    paper_sender.c.as_written,
    paper_sender.c.unclear,
    paper_sender.c.member_id,
    paper_sender.c.settled_by,
    paper_sender.c.settled_at,
    paper_sender.c.settled_why,
)
_INSERT = insert(paper_sender)
_ALL = select(*_COLUMNS).where(paper_sender.c.assembly == bindparam("assembly"))
_FIND = _ALL.where(paper_sender.c.serial == bindparam("serial"))
_SETTLE = (
    update(paper_sender)
    .where(
        paper_sender.c.assembly == bindparam("in_assembly"), paper_sender.c.serial == bindparam("with_serial")
    )
    .values(
        member_id=bindparam("member_id"),
        settled_by=bindparam("settled_by"),
        settled_at=bindparam("settled_at"),
        settled_why=bindparam("settled_why"),
    )
)


@dataclass(frozen=True, slots=True)
class PaperSender:
    """Whom one paper comes from.

    Shape   ``unclear``: the door could not tell; ``member_id`` as told by the door, or as found out since,
            by whom, when and how (``settled_…``).
    """

    serial: str
    as_written: str
    unclear: bool
    member_id: str | None
    settled_by: str | None = None
    settled_at: str | None = None
    settled_why: str | None = None

    @property
    def is_open(self) -> bool:
        """Nobody knows yet whose the paper is."""
        return self.unclear and self.member_id is None


def put(tx: Transaction, assembly: int, sender: PaperSender) -> None:
    tx.run(
        _INSERT,
        assembly=assembly,
        serial=sender.serial,
        as_written=sender.as_written,
        unclear=int(sender.unclear),
        member_id=sender.member_id,
        settled_by=None,
        settled_at=None,
        settled_why=None,
    )


def settle(
    tx: Transaction, assembly: int, serial: str, *, member_id: str, by: str, at: str, why: str
) -> None:
    """Note whose a paper is, and how that was found out."""
    tx.run(
        _SETTLE,
        in_assembly=assembly,
        with_serial=serial,
        member_id=member_id,
        settled_by=by,
        settled_at=at,
        settled_why=why,
    )


def find(tx: Transaction, assembly: int, serial: str) -> PaperSender | None:
    row = tx.one(_FIND, assembly=assembly, serial=serial)
    return None if row is None else _sender(*row)


def everything(tx: Transaction, assembly: int) -> dict[str, PaperSender]:
    """By serial."""
    found = (_sender(*row) for row in tx.all(_ALL, assembly=assembly))
    return {each.serial: each for each in found}


def _sender(
    serial: str,
    as_written: str,
    unclear: int,
    member_id: str | None,
    by: str | None,
    at: str | None,
    why: str | None,
) -> PaperSender:
    return PaperSender(serial, as_written, unclear == 1, member_id, by, at, why)
