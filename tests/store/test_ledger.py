"""The ledger's rows: appended one after the other, and never changed again."""

import pytest
from sqlalchemy import text

from tests.store.rows import ASSEMBLY, EMPTY, T1, contents, extend
from voting.core.errors import Broken
from voting.ledger.merkle import leaf_hash, root
from voting.store import ledger

ENTRIES = (b'{"index":0}', b'{"index":1}', b'{"index":2}')


@pytest.fixture
def written(database):
    """A ledger of three entries in two batches, each with its checkpoint."""
    with database.transaction() as tx:
        extend(tx, ENTRIES[0])
        ledger.put_checkpoint(tx, ASSEMBLY, size=1, note=b"note of 1\n")
    with database.transaction() as tx:
        extend(tx, ENTRIES[1], ENTRIES[2])
        ledger.put_checkpoint(tx, ASSEMBLY, size=3, note=b"note of 3\n")
    return database


def checkpoints(database):
    with database.reading() as tx:
        rows = tx.all(text("SELECT size, note FROM checkpoint ORDER BY size"))
    return [(size, bytes(note)) for size, note in rows]


def test_entries_come_back_byte_for_byte_and_in_order(written):
    with written.reading() as tx:
        entries = ledger.entries(tx, ASSEMBLY)

    assert [each.index for each in entries] == [0, 1, 2]
    assert tuple(each.entry for each in entries) == ENTRIES
    assert [each.leaf_hash for each in entries] == [leaf_hash(each) for each in ENTRIES]


def test_the_head_stands_where_the_last_batch_left_it(written):
    with written.reading() as tx:
        head = ledger.head(tx, ASSEMBLY)

    assert (head.size, head.last_time) == (3, T1)
    assert head.root == head.frontier.root() == root([leaf_hash(each) for each in ENTRIES])


def test_entries_are_read_from_any_place_on(written):
    with written.reading() as tx:
        assert [each.index for each in ledger.entries(tx, ASSEMBLY, start=1)] == [1, 2]
        assert ledger.entry(tx, ASSEMBLY, 2) == ENTRIES[2]
        assert ledger.leaves(tx, ASSEMBLY, 2) == [leaf_hash(each) for each in ENTRIES[:2]]


def test_an_entry_is_covered_by_the_checkpoint_of_its_own_batch(written):
    with written.reading() as tx:
        covering = [ledger.checkpoint_covering(tx, ASSEMBLY, index) for index in range(4)]
        assert covering == [b"note of 1\n", b"note of 3\n", b"note of 3\n", None]


def test_what_is_missing_is_a_contradiction_and_no_answer(written):
    with written.reading() as tx:
        with pytest.raises(Broken):
            ledger.entry(tx, ASSEMBLY, 3)
        with pytest.raises(Broken):
            ledger.leaves(tx, ASSEMBLY, 4)
        with pytest.raises(Broken):
            ledger.head(tx, ASSEMBLY + 1)


def test_a_head_that_contradicts_its_own_tree_is_broken(written):
    with written.transaction() as tx:
        tx.run(text("UPDATE ledger_head SET size = 4"))

    with pytest.raises(Broken), written.reading() as tx:
        ledger.head(tx, ASSEMBLY)


def test_who_believes_in_an_old_head_is_refused_and_leaves_nothing(written):
    with pytest.raises(Broken, match="somebody else"), written.transaction() as tx:
        extend(tx, b'{"index":"forged"}', old=EMPTY)

    assert tuple(contents(written)) == ENTRIES


def test_of_two_writers_who_read_the_same_head_the_second_is_refused(written):
    with written.reading() as tx:
        seen_by_both = ledger.head(tx, ASSEMBLY)
    with written.transaction() as tx:
        extend(tx, b"first", old=seen_by_both)

    with pytest.raises(Broken, match="somebody else"), written.transaction() as tx:
        extend(tx, b"second", old=seen_by_both)

    assert contents(written)[3:] == [b"first"]


@pytest.mark.parametrize("table", ["ledger_entry", "checkpoint"])
@pytest.mark.parametrize(
    "statement",
    ["UPDATE {} SET assembly = assembly", "DELETE FROM {}", "DELETE FROM {} WHERE assembly = 1"],
)
def test_entries_and_checkpoints_refuse_to_be_changed_or_removed(written, table, statement):
    before = contents(written)

    with pytest.raises(Exception, match=f"{table} is append-only"), written.transaction() as tx:
        tx.run(text(statement.format(table)))

    assert contents(written) == before
    assert checkpoints(written) == [(1, b"note of 1\n"), (3, b"note of 3\n")]


@pytest.mark.parametrize("table", ["ledger_entry", "checkpoint"])
def test_postgresql_refuses_to_empty_them_too(written, table):
    if written.is_sqlite:
        return  # it knows no TRUNCATE
    with pytest.raises(Exception, match=f"{table} is append-only"), written.transaction() as tx:
        tx.run(text(f"TRUNCATE {table}"))

    assert tuple(contents(written)) == ENTRIES


def test_sqlite_refuses_to_write_over_an_entry(sqlite):
    with sqlite.transaction() as tx:
        extend(tx, *ENTRIES)

    over = text(
        "INSERT OR REPLACE INTO ledger_entry (assembly, idx, leaf_hash, entry) VALUES (1, 1, x'', x'')"
    )
    with pytest.raises(Exception, match="ledger_entry is append-only"), sqlite.transaction() as tx:
        tx.run(over)

    assert tuple(contents(sqlite)) == ENTRIES


def test_a_second_checkpoint_of_the_same_size_is_refused(written):
    with pytest.raises(Exception, match=r"UNIQUE|unique"), written.transaction() as tx:
        ledger.put_checkpoint(tx, ASSEMBLY, size=3, note=b"another history\n")

    assert checkpoints(written) == [(1, b"note of 1\n"), (3, b"note of 3\n")]
