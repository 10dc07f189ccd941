"""Mail that is owed: claimed by one sender at a time, tried again or given up, the code wiped after."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.store.rows import ASSEMBLY
from voting.store import outbox
from voting.store.outbox import Counts, Line
from voting.store.transaction import Database

CODE = "0123-4567-89AB-CDEF-GHJK-MNPJ"
LINE = Line(
    message_id="<one@vote.example.or.jp>",
    assembly=ASSEMBLY,
    kind="ballot",
    member_id="M0001",
    address="m1@example.jp",
    secret=CODE,
    ref=2,
    attempts=0,
    queued_at="2026-06-01T00:00:00.000Z",
)


def at(minute: int) -> str:
    """So many minutes after the line was queued."""
    return f"2026-06-01T00:{minute:02}:00.000Z"


def numbered(number: int, **changes) -> Line:
    return replace(LINE, message_id=f"<{number:03}@vote.example.or.jp>", **changes)


@pytest.fixture
def owed(database):
    """One mail, owed since minute 0."""
    with database.transaction() as tx:
        outbox.put(tx, [LINE])
    return database


def due(database, minute, *, limit=100):
    with database.reading() as tx:
        return outbox.due(tx, now=at(minute), limit=limit)


def claim(database, minute, *, until=None, line=LINE):
    with database.transaction() as tx:
        return outbox.QUEUE.claim(tx, line.message_id, now=at(minute), until=at(until or minute + 5))


def row(database):
    """The line as it lies in the table: secret, sent_at, failed_at, attempts, error, claimed_until."""
    with database.reading() as tx:
        return tx.one(
            text(
                "SELECT secret, sent_at, failed_at, attempts, error, claimed_until FROM outbox"
                f" WHERE message_id = '{LINE.message_id}'"
            )
        )


def test_a_line_comes_back_as_it_was_put(owed):
    assert due(owed, 0) == (LINE,)


def test_the_oldest_mail_goes_first_and_no_more_than_asked_for(database):
    with database.transaction() as tx:
        outbox.put(tx, [numbered(3), numbered(2), numbered(1, queued_at=at(1)), numbered(4, queued_at=at(9))])

    assert [each.message_id[1:4] for each in due(database, 5)] == ["002", "003", "001"]
    assert [each.message_id[1:4] for each in due(database, 5, limit=2)] == ["002", "003"]


def test_a_member_without_an_address_waits_for_the_post(database):
    with database.transaction() as tx:
        outbox.put(tx, [replace(LINE, address="")])

    assert due(database, 59) == ()
    with database.reading() as tx:
        assert outbox.counts(tx, ASSEMBLY, "ballot") == Counts(queued=1, sent=0, failed=0)
        assert outbox.mail_counts(tx, ASSEMBLY, "ballot") == Counts(queued=0, sent=0, failed=0)


def test_a_message_id_is_never_given_twice(owed):
    with pytest.raises(Exception, match=r"UNIQUE|unique"), owed.transaction() as tx:
        outbox.put(tx, [replace(LINE, address="other@example.jp")])


def test_of_two_senders_with_the_same_list_only_one_claims_each_mail(owed):
    first_list = due(owed, 0)
    second_list = due(owed, 0)

    assert first_list == second_list == (LINE,)
    assert [claim(owed, 0), claim(owed, 0)] == [True, False]
    assert due(owed, 0) == ()


def test_a_claim_that_ran_out_may_be_taken_over(owed):
    claim(owed, 0, until=5)

    assert not claim(owed, 4)
    assert claim(owed, 5)


def test_a_mail_that_is_sent_is_due_no_more_and_holds_no_code(owed):
    claim(owed, 0)
    with owed.transaction() as tx:
        outbox.QUEUE.mark_sent(tx, LINE.message_id, at=at(1))

    assert row(owed) == (None, at(1), None, 0, None, None)
    assert due(owed, 59) == ()
    assert not claim(owed, 59)


def test_a_mail_to_be_tried_again_keeps_its_code_and_waits_its_time(owed):
    claim(owed, 0)
    with owed.transaction() as tx:
        outbox.QUEUE.retry_later(tx, LINE.message_id, attempts=1, again_at=at(5), why="451 later")

    assert row(owed) == (CODE, None, None, 1, "451 later", None)
    assert due(owed, 4) == ()
    assert due(owed, 5) == (replace(LINE, attempts=1),)


def test_a_sender_with_an_old_list_does_not_try_again_before_its_time(owed):
    (stale,) = due(owed, 0)
    claim(owed, 0)
    with owed.transaction() as tx:
        outbox.QUEUE.retry_later(tx, LINE.message_id, attempts=1, again_at=at(5), why="451 later")

    assert not claim(owed, 1, line=stale)
    assert claim(owed, 5)


def test_a_mail_that_is_given_up_is_due_no_more_and_holds_no_code(owed):
    claim(owed, 0)
    with owed.transaction() as tx:
        outbox.QUEUE.give_up(tx, LINE.message_id, attempts=1, at=at(1), why="550 no such user")

    assert row(owed) == (None, None, at(1), 1, "550 no such user", None)
    assert due(owed, 59) == ()
    assert not claim(owed, 59)


def test_a_sender_whose_claim_ran_out_cannot_undo_that_another_has_sent_the_mail(owed):
    claim(owed, 0, until=5)
    claim(owed, 6)
    with owed.transaction() as tx:
        outbox.QUEUE.mark_sent(tx, LINE.message_id, at=at(7))

    with owed.transaction() as tx:
        outbox.QUEUE.retry_later(tx, LINE.message_id, attempts=1, again_at=at(9), why="timed out")
        outbox.QUEUE.give_up(tx, LINE.message_id, attempts=1, at=at(8), why="550 no such user")

    assert row(owed) == (None, at(7), None, 0, None, None)


def test_the_mails_of_one_kind_are_counted(database):
    lines = [numbered(1), numbered(2), numbered(3), numbered(4, kind="receipt")]
    with database.transaction() as tx:
        outbox.put(tx, lines)
        outbox.QUEUE.mark_sent(tx, lines[0].message_id, at=at(1))
        outbox.QUEUE.give_up(tx, lines[1].message_id, attempts=1, at=at(1), why="550")

    with database.reading() as tx:
        assert outbox.counts(tx, ASSEMBLY, "ballot") == Counts(queued=3, sent=1, failed=1)
        assert outbox.counts(tx, ASSEMBLY, "receipt") == Counts(queued=1, sent=0, failed=0)


def test_a_mail_is_owed_only_if_its_act_is_committed(database):
    with pytest.raises(ZeroDivisionError), database.transaction() as tx:
        outbox.put(tx, [LINE])
        raise ZeroDivisionError

    assert due(database, 59) == ()


def test_a_wiped_code_is_not_in_the_file_any_more(sqlite: Database):
    file = Path(str(sqlite.engine.url.database))
    with sqlite.transaction() as tx:
        outbox.put(tx, [numbered(number) for number in range(200)])
    before = _bytes_after_a_checkpoint(file)
    with sqlite.transaction() as tx:
        for number in range(200):
            outbox.QUEUE.mark_sent(tx, numbered(number).message_id, at=at(1))

    assert CODE.encode() in before
    assert CODE.encode() not in _bytes_after_a_checkpoint(file)


def _bytes_after_a_checkpoint(file: Path) -> bytes:
    connection = sqlite3.connect(file)
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
    return file.read_bytes()
