"""The frozen roll of an assembly, its members' credentials, and the facts the count uses."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam, insert, select, update

from voting.core.ballots import Facts, Mark
from voting.core.errors import Broken
from voting.core.members import Roll, RollEntry
from voting.ledger.canonical import parse_instant
from voting.store import deliveries
from voting.store.tables import credential, fact, replaced_credential, roll_entry
from voting.store.transaction import Row, Transaction

_INSERT_ROLL = insert(roll_entry)
_ROLL_COLUMNS = (
    roll_entry.c.member_id,
    roll_entry.c.name,
    roll_entry.c.kana,
    roll_entry.c.category,
    roll_entry.c.prefecture,
    roll_entry.c.votes,
    roll_entry.c.addresses,
    roll_entry.c.salt,
    roll_entry.c.commitment,
)
_ROLL = select(*_ROLL_COLUMNS).where(roll_entry.c.assembly == bindparam("assembly"))
_VOTER = select(*_ROLL_COLUMNS).where(
    roll_entry.c.assembly == bindparam("assembly"), roll_entry.c.member_id == bindparam("member_id")
)
_INSERT_CREDENTIAL = insert(credential)
_CREDENTIAL = (credential.c.assembly, credential.c.member_id, credential.c.public_key, credential.c.level)
_BY_LOOKUP = select(*_CREDENTIAL).where(credential.c.lookup == bindparam("lookup"))
_CREDENTIAL_OF = (
    select(*_CREDENTIAL, *_ROLL_COLUMNS)
    .join(
        roll_entry,
        and_(
            roll_entry.c.assembly == credential.c.assembly, roll_entry.c.member_id == credential.c.member_id
        ),
    )
    .where(credential.c.assembly == bindparam("assembly"), credential.c.member_id == bindparam("member_id"))
)
_ISSUED_AT = select(credential.c.lookup, credential.c.issued_index).where(
    credential.c.assembly == bindparam("assembly"), credential.c.member_id == bindparam("member_id")
)
_REPLACE = (
    update(credential)
    .where(
        credential.c.assembly == bindparam("assembly_is"), credential.c.member_id == bindparam("member_is")
    )
    .values(
        lookup=bindparam("new_lookup"), public_key=bindparam("new_key"), issued_index=bindparam("new_index")
    )
)
_KEEP_REPLACED = insert(replaced_credential)
_REPLACED = select(replaced_credential.c.member_id).where(replaced_credential.c.lookup == bindparam("lookup"))
_KEY_BEFORE = (
    select(replaced_credential.c.public_key)
    .where(
        replaced_credential.c.assembly == bindparam("assembly"),
        replaced_credential.c.member_id == bindparam("member_id"),
        replaced_credential.c.replaced_index > bindparam("index"),
    )
    .order_by(replaced_credential.c.replaced_index)
    .limit(1)
)
_SET_ADDRESSES = (
    update(roll_entry)
    .where(
        roll_entry.c.assembly == bindparam("assembly_is"), roll_entry.c.member_id == bindparam("member_is")
    )
    .values(addresses=bindparam("new_addresses"))
)
_INSERT_FACT = insert(fact)
_FACTS = (
    select(fact.c.idx, fact.c.what, fact.c.motion, fact.c.member_id, fact.c.at, fact.c.value)
    .where(fact.c.assembly == bindparam("assembly"))
    .order_by(fact.c.idx)
)


@dataclass(frozen=True, slots=True)
class Voter:
    """A member on the frozen roll.  Units: votes in millionths; ``commitment`` is mc, 32 bytes."""

    member_id: str
    name: str
    kana: str
    category: str
    prefecture: str
    votes: int
    addresses: tuple[str, ...]
    salt: bytes
    commitment: bytes


@dataclass(frozen=True, slots=True)
class Credential:
    assembly: int
    member_id: str
    public_key: bytes
    level: str


@dataclass(frozen=True, slots=True)
class FactRow:
    index: int
    what: str
    motion: int | None
    member_id: str | None
    at: str | None
    value: str | None


def put_roll(tx: Transaction, assembly: int, voters: Iterable[Voter]) -> None:
    tx.many(
        _INSERT_ROLL,
        (
            {
                "assembly": assembly,
                "member_id": voter.member_id,
                "name": voter.name,
                "kana": voter.kana,
                "category": voter.category,
                "prefecture": voter.prefecture,
                "votes": voter.votes,
                "addresses": json.dumps(voter.addresses, ensure_ascii=False),
                "salt": voter.salt,
                "commitment": voter.commitment,
            }
            for voter in voters
        ),
    )


def voters(tx: Transaction, assembly: int) -> tuple[Voter, ...]:
    """The frozen roll, by member number."""
    # Sorted here, by code points: PostgreSQL's order depends on how its locale was set.
    found = (_voter(row) for row in tx.all(_ROLL, assembly=assembly))
    return tuple(sorted(found, key=lambda each: each.member_id))


def roll(voters: Iterable[Voter]) -> Roll:
    """The roll as the count takes it."""
    return Roll(tuple(RollEntry(each.member_id, each.name, each.votes, each.category) for each in voters))


def voter(tx: Transaction, assembly: int, member_id: str) -> Voter | None:
    row = tx.one(_VOTER, assembly=assembly, member_id=member_id)
    return None if row is None else _voter(row)


def put_credentials(tx: Transaction, rows: Iterable[dict[str, object]]) -> None:
    """Rows with assembly, member_id, lookup, public_key, level, issued_index."""
    tx.many(_INSERT_CREDENTIAL, rows)


def find_credential(tx: Transaction, lookup: bytes) -> Credential | None:
    """Whose code it is, by the look-up key of the code."""
    row = tx.one(_BY_LOOKUP, lookup=lookup)
    return None if row is None else Credential(row[0], row[1], bytes(row[2]), row[3])


def credential_and_voter(tx: Transaction, assembly: int, member_id: str) -> tuple[Credential, Voter] | None:
    row = tx.one(_CREDENTIAL_OF, assembly=assembly, member_id=member_id)
    if row is None:
        return None
    return Credential(row[0], row[1], bytes(row[2]), row[3]), _voter(row[4:])


def replace_credential(
    tx: Transaction, old: Credential, *, lookup: bytes, public_key: bytes, index: int
) -> None:
    """Give a member another key from ledger *index* on; the one before is kept, and opens nothing."""
    row = tx.one(_ISSUED_AT, assembly=old.assembly, member_id=old.member_id)
    if row is None:
        raise Broken(f"assembly {old.assembly}: {old.member_id} has no key that could be replaced")
    tx.run(
        _KEEP_REPLACED,
        assembly=old.assembly,
        member_id=old.member_id,
        issued_index=row[1],
        replaced_index=index,
        lookup=bytes(row[0]),
        public_key=old.public_key,
        level=old.level,
    )
    tx.run(
        _REPLACE,
        assembly_is=old.assembly,
        member_is=old.member_id,
        new_lookup=lookup,
        new_key=public_key,
        new_index=index,
    )


def was_replaced(tx: Transaction, lookup: bytes) -> bool:
    """Whether a code opened a ballot once and was replaced by a newer one."""
    return tx.one(_REPLACED, lookup=lookup) is not None


def key_at(tx: Transaction, held: Credential, index: int) -> bytes:
    """The public key that a member had when entry *index* was written.  Shape: *held* is the one of now."""
    row = tx.one(_KEY_BEFORE, assembly=held.assembly, member_id=held.member_id, index=index)
    return held.public_key if row is None else bytes(row[0])


def set_addresses(tx: Transaction, assembly: int, member_id: str, addresses: tuple[str, ...]) -> None:
    """Where a member is written to from now on in this assembly."""
    text = json.dumps(addresses, ensure_ascii=False)
    tx.run(_SET_ADDRESSES, assembly_is=assembly, member_is=member_id, new_addresses=text)


def put_fact(tx: Transaction, assembly: int, row: FactRow) -> None:
    tx.run(
        _INSERT_FACT,
        assembly=assembly,
        idx=row.index,
        what=row.what,
        motion=row.motion,
        member_id=row.member_id,
        at=row.at,
        value=row.value,
    )


def facts(tx: Transaction, assembly: int) -> tuple[FactRow, ...]:
    return tuple(FactRow(*row) for row in tx.all(_FACTS, assembly=assembly))


def facts_for_count(tx: Transaction, assembly: int) -> Facts:
    """The recorded facts as the count takes them; the earliest leaving of a member counts."""
    left: dict[str, datetime] = {}
    chair: dict[int, Mark | Mapping[str, Mark]] = {}
    ties: dict[int | tuple[int, str], Mark] = {}
    lots: dict[int, tuple[str, ...]] = {}
    for row in facts(tx, assembly):
        if row.what == "left" and row.member_id is not None and row.at is not None:
            at = parse_instant(row.at)
            left[row.member_id] = min(at, left.get(row.member_id, at))
        elif row.what == "chair_decision" and row.motion is not None and row.value is not None:
            chair[row.motion] = _decision(row.value)
        elif row.what == "tie_decision" and row.motion is not None and row.value is not None:
            ties[row.motion] = Mark(row.value)
        elif row.what == "lot" and row.motion is not None and row.value is not None:
            lots[row.motion] = tuple(json.loads(row.value))
        else:
            raise Broken(f"assembly {assembly}: fact {row.index} cannot be counted")
    unreached = frozenset(number for number, is_so in deliveries.reached(tx, assembly).items() if not is_so)
    return Facts(left=left, undelivered=unreached, chair=chair, ties=ties, lots=lots)


def _decision(value: str) -> Mark | Mapping[str, Mark]:
    """The chair's decision as it is kept: a mark, or marks by candidate as JSON."""
    if not value.startswith("{"):
        return Mark(value)
    return {name: Mark(mark) for name, mark in json.loads(value).items()}


def _voter(row: Row) -> Voter:
    number, name, kana, category, prefecture, votes, addresses, salt, commitment = row
    return Voter(
        number,
        name,
        kana,
        category,
        prefecture,
        votes,
        tuple(json.loads(addresses)),
        bytes(salt),
        bytes(commitment),
    )
