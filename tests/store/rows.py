"""The least that the store's tests stand on: a body, an officer, one assembly with an empty ledger."""

from collections.abc import Iterable

from voting.core.assembly import Body
from voting.core.permissions import Officer, Role
from voting.core.rules import BodyKind
from voting.ledger.merkle import EMPTY_ROOT, Frontier, leaf_hash
from voting.store import accounts, assemblies, ledger, members, roll
from voting.store.ledger import Head, Stored
from voting.store.roll import Voter
from voting.store.schema import upgrade
from voting.store.transaction import Database, Transaction

ASSEMBLY = 1
ORIGIN = "vote.example.or.jp/council/2026-06"
T0 = "2026-06-01T00:00:00.000Z"
T1 = "2026-06-01T00:01:00.000Z"
T2 = "2026-06-01T00:02:00.000Z"
EMPTY = Head(EMPTY_ROOT, Frontier(0, ()), T0)


def shape(url: str) -> None:
    """Make the newest tables at *url*, and those few rows."""
    database = Database(url)
    upgrade(database)
    with database.transaction() as tx:
        members.add_body(tx, "council", Body("架空協議会", BodyKind.VOLUNTARY))
        for officer_id in ("first", "second"):
            accounts.add(tx, Officer(officer_id, "架空 一郎", Role.ADMINISTRATOR), password_hash="-", now=T0)
        assemblies.add(
            tx,
            origin=ORIGIN,
            body="council",
            chair=None,
            contact="架空協議会事務局",
            disclosure="L1",
            vkey="-",
            docket="{}",
            now=T0,
        )
        ledger.start(tx, ASSEMBLY, EMPTY)
    database.close()


def extend(tx: Transaction, *contents: bytes, old: Head | None = None) -> None:
    """Append *contents* as entries; *old* is the head the writer believes in."""
    before = old or ledger.head(tx, ASSEMBLY)
    grown = before.frontier
    written = []
    for content in contents:
        written.append(Stored(grown.size, leaf_hash(content), content))
        grown = grown.append(leaf_hash(content))
    ledger.append(tx, ASSEMBLY, written, old=before, new=Head(grown.root(), grown, T1))


def contents(database: Database) -> list[bytes]:
    """All entries of the ledger, in order."""
    with database.reading() as tx:
        return [each.entry for each in ledger.entries(tx, ASSEMBLY)]


def put_voters(database: Database, voters: Iterable[tuple[str, int]]) -> None:
    """Put members with these numbers and votes (millionths) on the frozen roll."""
    with database.transaction() as tx:
        roll.put_roll(
            tx,
            ASSEMBLY,
            [
                Voter(member_id, f"架空{member_id}町", "", "", "", votes, (), b"s" * 32, b"c" * 32)
                for member_id, votes in voters
            ],
        )
