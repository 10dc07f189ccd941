"""Submissions: each request once, each member's in order, nothing of them lost."""

from dataclasses import replace

import pytest

from tests.store.rows import ASSEMBLY, T1, put_voters
from voting.core.errors import Broken
from voting.ledger import canonical
from voting.store import ballots
from voting.store.ballots import Submitted

BALLOT = {
    "base": "aa" * 32,
    "choices": {"1": "for"},
    "log": "v.example/a",
    "member": "bb" * 32,
    "sequence": 1,
}
SENT = Submitted(
    index=3,
    member_id="M0001",
    sequence=1,
    replaces=None,
    refused=None,
    channel="web",
    level="K0",
    received_at=T1,
    opening=canonical.encode(BALLOT).decode(),
    salt=bytes(range(224, 256)),
    section="葛\N{VARIATION SELECTOR-18}城係",
    respondent="髙﨑 花子",
    opinion="賛成します。\n理由は別に述べます。",
    opinion_public=True,
    request_key=b"\x00" * 16,
    paper_serial=None,
    paper=None,
)
REVISED = replace(SENT, index=4, sequence=2, replaces=3, request_key=b"\x01" * 16, opinion_public=False)
LATE = replace(SENT, index=5, sequence=3, refused="late", request_key=None)
STRANGER = replace(SENT, index=6, member_id=None, refused="not_on_roll", request_key=None, paper_serial="P-1")


@pytest.fixture
def kept(database):
    with database.transaction() as tx:
        for sent in (SENT, REVISED, LATE, STRANGER):
            ballots.put_submission(tx, ASSEMBLY, sent)
    return database


def test_a_submission_comes_back_as_it_was_kept(kept):
    with kept.reading() as tx:
        assert ballots.all_submissions(tx, ASSEMBLY) == (SENT, REVISED, LATE, STRANGER)
        assert ballots.by_index(tx, ASSEMBLY, 6) == STRANGER
        assert ballots.by_index(tx, ASSEMBLY, 7) is None


def test_a_member_sees_all_it_sent_and_nothing_of_others(kept):
    with kept.reading() as tx:
        assert ballots.of_member(tx, ASSEMBLY, "M0001") == (SENT, REVISED, LATE)
        assert ballots.of_member(tx, ASSEMBLY, "M0002") == ()


def test_the_same_request_is_found_again(kept):
    with kept.reading() as tx:
        assert ballots.by_request_key(tx, ASSEMBLY, b"\x00" * 16) == SENT
        assert ballots.by_request_key(tx, ASSEMBLY, b"\x01" * 16) == REVISED
        assert ballots.by_request_key(tx, ASSEMBLY, b"\x02" * 16) is None
        assert ballots.by_request_key(tx, ASSEMBLY + 1, b"\x00" * 16) is None


def test_the_same_request_is_never_kept_twice(kept):
    with pytest.raises(Exception, match=r"UNIQUE|unique"), kept.transaction() as tx:
        ballots.put_submission(tx, ASSEMBLY, replace(SENT, index=7, sequence=3))

    with kept.reading() as tx:
        assert len(ballots.all_submissions(tx, ASSEMBLY)) == 4


def test_submissions_without_a_request_do_not_collide(kept):
    with kept.transaction() as tx:
        ballots.put_submission(tx, ASSEMBLY, replace(LATE, index=7))

    with kept.reading() as tx:
        assert [each.index for each in ballots.of_member(tx, ASSEMBLY, "M0001")] == [3, 4, 5, 7]


def test_a_refused_ballot_is_not_the_latest_accepted_one(kept):
    with kept.reading() as tx:
        first, second = (ballots.standing(tx, ASSEMBLY, member) for member in ("M0001", "M0002"))
    assert (first.sequence, first.index) == (2, 4)
    assert (second.sequence, second.index) == (0, None)


def test_a_member_that_answered_twice_is_counted_once_and_a_refused_one_not(kept):
    put_voters(kept, [("M0001", 1_500_000), ("M0002", 1_000_000), ("M0003", 250_000)])
    with kept.transaction() as tx:
        ballots.put_submission(tx, ASSEMBLY, replace(LATE, index=7, member_id="M0002"))
        ballots.put_submission(tx, ASSEMBLY, replace(SENT, index=8, member_id="M0003", request_key=None))

    with kept.reading() as tx:
        assert ballots.answered(tx, ASSEMBLY) == (2, 1_750_000)


def test_members_of_equal_votes_are_each_counted(database):
    put_voters(database, [("M0001", 1), ("M0002", 1)])
    with database.transaction() as tx:
        ballots.put_submission(tx, ASSEMBLY, SENT)
        ballots.put_submission(tx, ASSEMBLY, replace(REVISED, member_id="M0002"))

    with database.reading() as tx:
        assert ballots.answered(tx, ASSEMBLY) == (2, 2)


def test_before_anybody_answered_nobody_has(database):
    with database.reading() as tx:
        assert ballots.answered(tx, ASSEMBLY) == (0, 0)


def test_an_opening_reads_as_the_ballot_it_is():
    assert SENT.ballot() == BALLOT


@pytest.mark.parametrize("opening", ["[]", "{}", '{"choices":{}}', "no JSON", "", '{"a":1, "b":2}'])
def test_an_opening_that_is_no_ballot_is_never_read_as_one(opening):
    with pytest.raises(Broken):
        replace(SENT, opening=opening).ballot()
