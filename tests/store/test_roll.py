"""The frozen roll, the credentials issued to it, and the facts that the count uses."""

import pytest

from tests.store.rows import ASSEMBLY, T0, T1, T2, put_voters
from voting.core.ballots import Mark
from voting.core.errors import Broken
from voting.core.members import Roll, RollEntry
from voting.ledger.canonical import parse_instant
from voting.store import roll
from voting.store.roll import Credential, FactRow, Voter

VOTER = Voter(
    member_id="M0001",
    name="葛\N{VARIATION SELECTOR-18}城市",
    kana="カツラギシ",
    category="市",
    prefecture="奈良県",
    votes=1_333_333,
    addresses=("a@example.jp", "b@example.jp"),
    salt=bytes(range(32)),
    commitment=bytes(range(32, 64)),
)
KEY = {
    "assembly": ASSEMBLY,
    "member_id": "M0001",
    "lookup": b"\x00\xff" * 16,
    "public_key": b"\x80" * 32,
    "level": "K0",
    "issued_index": 2,
}


def test_a_voter_comes_back_with_every_byte(database):
    with database.transaction() as tx:
        roll.put_roll(tx, ASSEMBLY, [VOTER])

    with database.reading() as tx:
        assert roll.voters(tx, ASSEMBLY) == (VOTER,)
        assert roll.voter(tx, ASSEMBLY, "M0001") == VOTER
        assert roll.voter(tx, ASSEMBLY, "M0002") is None


@pytest.mark.parametrize("votes", [0, 1, 999_999, 1_000_000, 2**53 - 1])
def test_votes_are_kept_to_the_millionth(database, votes):
    put_voters(database, [("M0001", votes), ("M0002", 1_000_000)])

    with database.reading() as tx:
        found = roll.voters(tx, ASSEMBLY)

    assert [each.votes for each in found] == [votes, 1_000_000]
    assert roll.roll(found).votes == votes + 1_000_000


def test_the_roll_is_in_the_order_of_member_numbers_on_either_database(database):
    numbers = ["b", "B", "10", "9", "-1", "あ", "é"]
    put_voters(database, [(each, 1) for each in numbers])

    with database.reading() as tx:
        found = roll.voters(tx, ASSEMBLY)

    assert [each.member_id for each in found] == sorted(numbers)


def test_the_count_sees_number_name_votes_and_category_only():
    assert roll.roll([VOTER]) == Roll((RollEntry("M0001", VOTER.name, 1_333_333, "市"),))


def test_a_credential_is_found_by_its_look_up_key_alone(database):
    put_voters(database, [("M0001", 1)])
    with database.transaction() as tx:
        roll.put_credentials(tx, [KEY])

    with database.reading() as tx:
        assert roll.find_credential(tx, b"\x00\xff" * 16) == Credential(ASSEMBLY, "M0001", b"\x80" * 32, "K0")
        assert roll.find_credential(tx, b"\x00\xff" * 15 + b"\x00\xfe") is None
        found = roll.credential_and_voter(tx, ASSEMBLY, "M0001")
        assert found is not None
        assert (found[0].public_key, found[1].member_id) == (b"\x80" * 32, "M0001")
        assert roll.credential_and_voter(tx, ASSEMBLY, "M0002") is None


def test_one_code_never_opens_the_ballots_of_two_members(database):
    put_voters(database, [("M0001", 1), ("M0002", 1)])

    with pytest.raises(Exception, match=r"UNIQUE|unique"), database.transaction() as tx:
        roll.put_credentials(tx, [KEY, KEY | {"member_id": "M0002"}])


def test_nobody_outside_the_roll_gets_a_credential(database):
    with pytest.raises(Exception, match=r"FOREIGN KEY|foreign key"), database.transaction() as tx:
        roll.put_credentials(tx, [KEY])


def test_facts_reach_the_count_and_the_earliest_leaving_counts(database):
    rows = [
        FactRow(3, "left", None, "M0001", T2, None),
        FactRow(4, "left", None, "M0001", T1, None),
        FactRow(5, "left", None, "M0002", T2, None),
        FactRow(6, "chair_decision", 1, None, None, "for"),
        FactRow(7, "tie_decision", 2, None, None, "against"),
    ]
    with database.transaction() as tx:
        for row in reversed(rows):
            roll.put_fact(tx, ASSEMBLY, row)

    with database.reading() as tx:
        assert roll.facts(tx, ASSEMBLY) == tuple(rows)
        facts = roll.facts_for_count(tx, ASSEMBLY)
    assert facts.left == {"M0001": parse_instant(T1), "M0002": parse_instant(T2)}
    assert facts.chair == {1: Mark.FOR}
    assert facts.ties == {2: Mark.AGAINST}


@pytest.mark.parametrize(
    "row",
    [
        FactRow(3, "rumour", 1, None, T0, "for"),
        FactRow(3, "left", None, None, T0, None),
        FactRow(3, "left", None, "M0001", None, None),
        FactRow(3, "chair_decision", None, None, None, "for"),
    ],
)
def test_a_fact_that_nobody_can_count_stops_the_count(database, row):
    with database.transaction() as tx:
        roll.put_fact(tx, ASSEMBLY, row)

    with pytest.raises(Broken), database.reading() as tx:
        roll.facts_for_count(tx, ASSEMBLY)
