"""When an assembly's members are mailed the checkpoint, and whether that has been done."""

from sqlalchemy import bindparam, or_, select, update

from voting.store.tables import assembly
from voting.store.transaction import Transaction

_CHOOSE = (
    update(assembly)
    .where(assembly.c.id == bindparam("assembly_id"))
    .values(checkpoint_mail=bindparam("setting"))
)
_FIND = select(assembly.c.checkpoint_mail, assembly.c.checkpoint_mailed).where(
    assembly.c.id == bindparam("assembly_id")
)
_CLAIM = (
    update(assembly)
    .where(
        assembly.c.id == bindparam("assembly_id"),
        or_(assembly.c.checkpoint_mailed.is_(None), assembly.c.checkpoint_mailed < bindparam("day")),
    )
    .values(checkpoint_mailed=bindparam("now_done"))
)


def choose(tx: Transaction, assembly_id: int, setting: str) -> None:
    tx.run(_CHOOSE, assembly_id=assembly_id, setting=setting)


def find(tx: Transaction, assembly_id: int) -> tuple[str, str | None]:
    """The setting, and the day last mailed (``2026-06-01``, or "closed"); None for never."""
    row = tx.one(_FIND, assembly_id=assembly_id)
    return ("none", None) if row is None else (row[0] or "none", row[1])


def claim(tx: Transaction, assembly_id: int, day: str) -> bool:
    """Take a day's mail for this run alone; False where it was taken.  "closed" sorts after every day."""
    return tx.run(_CLAIM, assembly_id=assembly_id, day=day, now_done=day) == 1
