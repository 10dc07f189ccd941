"""Privileged acts of the office that the ledger has as entries of kind operator.

Shape   ``detail`` is canonical JSON of what the act was about; the words of its entry are made from it.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, insert, select

from voting.ledger import canonical
from voting.store.during_tables import office_act
from voting.store.transaction import Transaction

_INSERT = insert(office_act)
_ALL = (
    select(
        office_act.c.idx,
        office_act.c.what,
        office_act.c.account,
        office_act.c.acted_at,
        office_act.c.detail,
    )
    .where(office_act.c.assembly == bindparam("assembly"))
    .order_by(office_act.c.idx)
)
_SINCE = (
    select(office_act.c.idx)
    .where(
        office_act.c.assembly == bindparam("assembly"),
        office_act.c.what == bindparam("what"),
        office_act.c.account == bindparam("account"),
        office_act.c.acted_at >= bindparam("since"),
    )
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class OfficeAct:
    """One act, at ``index`` of the ledger."""

    index: int
    what: str
    account: str
    at: str
    detail: str

    def facts(self) -> dict[str, Any]:
        value = canonical.decode(self.detail.encode())
        return value if isinstance(value, dict) else {}


def put(tx: Transaction, assembly: int, act: OfficeAct) -> None:
    tx.run(
        _INSERT,
        assembly=assembly,
        idx=act.index,
        what=act.what,
        account=act.account,
        acted_at=act.at,
        detail=act.detail,
    )


def everything(tx: Transaction, assembly: int) -> tuple[OfficeAct, ...]:
    """All of them, in the order of the ledger."""
    return tuple(OfficeAct(*row) for row in tx.all(_ALL, assembly=assembly))


def of_kind(tx: Transaction, assembly: int, what: str) -> tuple[OfficeAct, ...]:
    return tuple(each for each in everything(tx, assembly) if each.what == what)


def was_done(tx: Transaction, assembly: int, what: str, *, account: str, since: str) -> bool:
    """Whether this officer has done it at or after *since*."""
    return tx.one(_SINCE, assembly=assembly, what=what, account=account, since=since) is not None
