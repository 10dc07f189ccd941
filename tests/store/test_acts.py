"""Acts that happen once: approving, reaching a step, certifying, disposing of a paper, checking in turn."""

from dataclasses import replace
from hashlib import sha256

import pytest
from sqlalchemy import text

from tests.store.rows import ASSEMBLY, ORIGIN, T0, T1, T2
from voting.core.errors import Broken
from voting.core.permissions import Officer, Role
from voting.store import accounts, approvals, assemblies, papers
from voting.store.accounts import Account
from voting.store.approvals import Request
from voting.store.papers import Paper, Reading

REQUEST = Request(
    id="r1",
    assembly=ASSEMBLY,
    account=None,
    act="freeze",
    digest="d" * 64,
    document="{}",
    note="",
    requested_by="first",
    requested_at=T0,
    expires_at=T2,
)


@pytest.fixture
def requested(database):
    with database.transaction() as tx:
        approvals.add(tx, REQUEST)
    return database


@pytest.fixture
def arrived(database):
    with database.transaction() as tx:
        papers.add(
            tx,
            ASSEMBLY,
            serial="P-0001",
            index=4,
            channel="fax",
            arrived_at=T1,
            scan_sha256="0" * 64,
            registered_by="first",
        )
    return database


def test_a_request_is_approved_by_the_quicker_of_two(requested):
    with requested.transaction() as tx:
        assert approvals.approve(tx, "r1", by="second", at=T1)
    with requested.transaction() as tx:
        assert not approvals.approve(tx, "r1", by="first", at=T1)

    with requested.reading() as tx:
        granted = replace(REQUEST, approved_by="second", approved_at=T1)
        assert approvals.find(tx, "r1") == granted
        assert approvals.granted(tx, ASSEMBLY, "freeze") == (granted,)
        assert approvals.granted(tx, ASSEMBLY, "send") == ()
        assert approvals.waiting(tx, now=T1, assembly=ASSEMBLY) == ()


def test_a_request_that_nobody_made_cannot_be_approved(requested):
    with requested.transaction() as tx:
        assert not approvals.approve(tx, "r2", by="second", at=T1)

    with requested.reading() as tx:
        assert approvals.find(tx, "r2") is None
        assert approvals.waiting(tx, now=T1, assembly=ASSEMBLY) == (REQUEST,)


def test_a_request_that_expired_waits_no_longer_and_cannot_be_approved(requested):
    with requested.transaction() as tx:
        assert not approvals.approve(tx, "r1", by="second", at=T2)
        assert not approvals.end(tx, "r1", by="first", at=T2, how="withdrawn", why="")

    with requested.reading() as tx:
        assert approvals.waiting(tx, now=T2, assembly=ASSEMBLY) == ()
        assert approvals.settled(tx, now=T2, most=5) == (REQUEST,)
        assert REQUEST.state(T2) == "expired"


def test_a_request_taken_back_waits_no_longer(requested):
    with requested.transaction() as tx:
        assert approvals.end(tx, "r1", by="first", at=T1, how="withdrawn", why="誤り")
        assert not approvals.approve(tx, "r1", by="second", at=T1)

    with requested.reading() as tx:
        found = approvals.find(tx, "r1")
        assert found is not None
        assert (found.state(T2), found.ended_why) == ("withdrawn", "誤り")


@pytest.mark.parametrize("step", ["issued", "closed", "deemed", "tally"])
def test_a_step_is_reached_once(database, step):
    with database.transaction() as tx:
        assemblies.reach(tx, ASSEMBLY, step, 5)

    with pytest.raises(Broken, match=step), database.transaction() as tx:
        assemblies.reach(tx, ASSEMBLY, step, 6)

    with database.reading() as tx:
        assert tx.one(text(f"SELECT {step}_index FROM assembly")) == (5,)


def test_a_result_may_come_again_and_the_first_one_stays_first(database):
    for index in (5, 9):
        with database.transaction() as tx:
            assemblies.reach(tx, ASSEMBLY, "result", index)

    with database.reading() as tx:
        assert tx.one(text("SELECT result_index FROM assembly")) == (5,)


def test_an_assembly_is_certified_once(database):
    with database.transaction() as tx:
        assemblies.certify(tx, ASSEMBLY, at=T1, chair="first", auditor="second")

    with pytest.raises(Broken), database.transaction() as tx:
        assemblies.certify(tx, ASSEMBLY, at=T2, chair="second", auditor="first")

    with database.reading() as tx:
        row = tx.one(text("SELECT certified_at, certified_chair, certified_auditor FROM assembly"))
    assert row == (T1, "first", "second")


def test_a_check_is_due_until_the_ledger_was_found_right(database):
    with database.transaction() as tx:
        assert assemblies.is_check_due(tx, ASSEMBLY, before=T0)
        assemblies.note_check(tx, ASSEMBLY, now=T1)
    with database.reading() as tx:
        assert not assemblies.is_check_due(tx, ASSEMBLY, before=T0)
        assert assemblies.is_check_due(tx, ASSEMBLY, before=T1)


def test_the_name_of_a_ledger_is_used_once(database):
    with pytest.raises(Exception, match=r"UNIQUE|unique"), database.transaction() as tx:
        assemblies.add(
            tx,
            origin=ORIGIN,
            body="council",
            chair=None,
            contact="",
            disclosure="L1",
            vkey="-",
            docket="{}",
            now=T1,
        )


def test_an_assembly_that_is_not_there(database):
    with database.reading() as tx:
        assert assemblies.find(tx, ORIGIN + "x") is None
        with pytest.raises(Broken):
            assemblies.load(tx, ASSEMBLY + 1)


def test_a_document_is_kept_once_under_its_digest(database):
    content = b"%PDF-1.7\x00\xff"
    with database.transaction() as tx:
        digests = [assemblies.put_document(tx, content) for _ in range(2)]

    with database.reading() as tx:
        assert digests == [sha256(content).hexdigest()] * 2
        assert assemblies.read_document(tx, digests[0]) == content
        assert assemblies.read_document(tx, "0" * 64) is None
        assert tx.one(text("SELECT count(*) FROM document")) == (1,)


def test_a_published_file_is_never_replaced(database):
    with database.transaction() as tx:
        assemblies.publish(tx, ASSEMBLY, "result.json", b"{}")

    with pytest.raises(Exception, match=r"UNIQUE|unique"), database.transaction() as tx:
        assemblies.publish(tx, ASSEMBLY, "result.json", b"[]")

    with database.reading() as tx:
        assert assemblies.published(tx, ASSEMBLY, "result.json") == b"{}"
        assert assemblies.published(tx, ASSEMBLY, "minutes.pdf") is None


def test_a_paper_is_disposed_of_once(arrived):
    with arrived.reading() as tx:
        assert papers.undisposed(tx, ASSEMBLY) == ("P-0001",)
    with arrived.transaction() as tx:
        assert papers.dispose(tx, ASSEMBLY, "P-0001", index=7)
    with arrived.transaction() as tx:
        assert not papers.dispose(tx, ASSEMBLY, "P-0001", index=8)

    with arrived.reading() as tx:
        assert papers.find(tx, ASSEMBLY, "P-0001") == Paper("P-0001", 4, "fax", T1, 7, "0" * 64, "first")
        assert papers.find(tx, ASSEMBLY, "P-0002") is None
        assert papers.undisposed(tx, ASSEMBLY) == ()


def test_two_sheets_never_have_the_same_serial(arrived):
    with pytest.raises(Exception, match=r"UNIQUE|unique"), arrived.transaction() as tx:
        papers.add(
            tx,
            ASSEMBLY,
            serial="P-0001",
            index=5,
            channel="post",
            arrived_at=T2,
            scan_sha256="0" * 64,
            registered_by="second",
        )


def test_two_persons_readings_stand_side_by_side_until_one_is_put_away(arrived):
    first = Reading("first", {"member": "M0001", "choices": {"1": "for"}, "opinion": "異議なし"}, T1)
    second = Reading("second", {"choices": {"1": "for"}, "opinion": "異議なし", "member": "M0001"}, T2)
    with arrived.transaction() as tx:
        papers.put_reading(tx, ASSEMBLY, "P-0001", second)
        papers.put_reading(tx, ASSEMBLY, "P-0001", first)

    with arrived.reading() as tx:
        found = papers.readings(tx, ASSEMBLY, "P-0001")
    assert found == (first, second)
    assert found[0].content == found[1].content

    with arrived.transaction() as tx:
        papers.forget_reading(tx, ASSEMBLY, "P-0001", "first")
    with arrived.reading() as tx:
        assert papers.readings(tx, ASSEMBLY, "P-0001") == (second,)


def test_a_persons_reading_takes_the_place_of_the_one_before(arrived):
    with arrived.transaction() as tx:
        for choices, when in (({"1": "for"}, T1), ({"1": "against"}, T2)):
            papers.put_reading(tx, ASSEMBLY, "P-0001", Reading("first", {"choices": choices}, when))

    with arrived.reading() as tx:
        (kept,) = papers.readings(tx, ASSEMBLY, "P-0001")
        assert papers.all_readings(tx, ASSEMBLY) == {"P-0001": (kept,)}
    assert (kept.content, kept.read_at) == ({"choices": {"1": "against"}}, T2)


def test_an_officer_is_found_with_role_and_password(database):
    chair = Officer("chair", "髙﨑 一郎", Role.CHAIR)
    with database.transaction() as tx:
        accounts.add(tx, chair, password_hash="$argon2id$…", now=T0)

    with database.reading() as tx:
        assert accounts.find(tx, "chair") == Account(
            chair, "$argon2id$…", password_by=None, created_at=T0, locked_at=None
        )
        assert accounts.find(tx, "nobody") is None
        assert [each.id for each in accounts.everybody(tx)] == ["chair", "first", "second"]


def test_an_officer_has_one_commitment_in_each_ledger(database):
    with database.reading() as tx:
        assert accounts.commitment(tx, ASSEMBLY, "first") is None
    with database.transaction() as tx:
        accounts.put_commitment(tx, ASSEMBLY, "first", salt=b"s" * 32, commitment="c" * 64)

    with pytest.raises(Exception, match=r"UNIQUE|unique"), database.transaction() as tx:
        accounts.put_commitment(tx, ASSEMBLY, "first", salt=b"t" * 32, commitment="d" * 64)

    with database.reading() as tx:
        assert accounts.commitment(tx, ASSEMBLY, "first") == "c" * 64
