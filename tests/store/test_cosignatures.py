"""Cosignatures are kept once each; what contradicts the ledger stays with its assembly."""

import threading

from sqlalchemy import select

from tests.store.rows import ASSEMBLY, T0, T1
from voting.store import cosignatures
from voting.store.cosignatures import Cosigned
from voting.store.tables import assembly
from voting.store.transaction import Database, Transaction

ONE = Cosigned(5, "w.example/a+00000001", b"one\n")


def put(database: Database, cosigned: Cosigned, *, now: str = T0) -> bool:
    with database.transaction() as tx:
        return cosignatures.put(tx, ASSEMBLY, cosigned, now=now)


def test_the_first_line_of_a_witness_over_a_checkpoint_is_the_one_that_is_kept(database: Database) -> None:
    other = Cosigned(5, ONE.witness, b"again\n")

    assert [put(database, ONE), put(database, other)] == [True, False]

    with database.reading() as tx:
        assert cosignatures.everything(tx, ASSEMBLY) == (ONE,)


def test_lines_come_back_by_size_in_the_order_in_which_they_came(database: Database) -> None:
    later = Cosigned(5, "w.example/0+00000002", b"two\n")
    put(database, ONE)
    put(database, later, now=T1)
    put(database, Cosigned(3, ONE.witness, b"three\n"), now=T1)

    with database.reading() as tx:
        assert cosignatures.over(tx, ASSEMBLY, 5) == (b"one\n", b"two\n")
        assert cosignatures.over(tx, ASSEMBLY, 4) == ()
        assert [each.size for each in cosignatures.everything(tx, ASSEMBLY)] == [3, 5, 5]


def test_many_who_bring_the_same_line_at_once_are_all_answered_and_one_is_kept(database: Database) -> None:
    new: list[bool] = []
    threads = [threading.Thread(target=lambda: new.append(put(database, ONE))) for _ in range(8)]

    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert sorted(new) == [False] * 7 + [True]


def _contradiction(tx: Transaction) -> tuple[object, ...] | None:
    return tx.one(
        select(assembly.c.contradiction, assembly.c.contradiction_settled).where(assembly.c.id == ASSEMBLY)
    )


def test_a_contradiction_stays_until_an_incident_accounts_for_it(database: Database) -> None:
    with database.transaction() as tx:
        # Without one there is nothing to settle.
        cosignatures.settle(tx, ASSEMBLY, index=1)
        assert _contradiction(tx) == (None, None)

    with database.transaction() as tx:
        cosignatures.contradict(tx, ASSEMBLY, b"note")
    with database.transaction() as tx:
        assert _contradiction(tx) == (b"note", None)
        cosignatures.settle(tx, ASSEMBLY, index=7)

    with database.reading() as tx:
        assert _contradiction(tx) == (b"note", 7)
