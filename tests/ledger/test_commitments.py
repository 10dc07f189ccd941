"""Commitments and the roots of lists, compared with their definitions byte by byte."""

from datetime import UTC, datetime
from hashlib import sha256
from itertools import permutations

import pytest

from tests import reference
from voting.ledger.canonical import decode
from voting.ledger.commitments import (
    CommitmentFault,
    DeliveryLeaf,
    IssuedLeaf,
    RollLeaf,
    ballot_commitment,
    ballot_opening,
    cast_message,
    deemed_root,
    delivery_lines,
    delivery_root,
    issued_root,
    member_commitment,
    person_commitment,
    require_ballot,
    roll_lines,
    roll_root,
)
from voting.ledger.merkle import EMPTY_ROOT

ORIGIN = "vote.example.or.jp/council/2024-09"
SALT = bytes(range(32))
MC = "a" * 64
BASE = "b" * 64
FACTS = {"base": BASE, "log": ORIGIN, "member": MC, "sequence": 1}
NOON = datetime(2024, 9, 30, 3, tzinfo=UTC)


def test_a_member_commitment_is_the_hash_of_its_label_and_fields():
    expected = sha256(b"voting/member/v1\x00" + ORIGIN.encode() + b"\x00" + "会員1".encode() + b"\x00" + SALT)

    assert member_commitment(ORIGIN, "会員1", SALT) == expected.digest()


def test_a_ballot_commitment_is_the_hash_of_its_salt_and_canonical_opening():
    opening = ballot_opening(choices={"1": "for"}, **FACTS)
    text = f'{{"base":"{BASE}","choices":{{"1":"for"}},"log":"{ORIGIN}","member":"{MC}","sequence":1}}'

    assert (
        ballot_commitment(opening, SALT)
        == sha256(b"voting/ballot/v1\x00" + SALT + b"\x00" + text.encode()).digest()
    )


def test_a_person_commitment_is_the_hash_of_its_salt_and_the_person():
    text = '{"id":"p1","name":"森 花子","role":"auditor"}'

    assert (
        person_commitment("p1", "森 花子", "auditor", SALT)
        == sha256(b"voting/person/v1\x00" + SALT + b"\x00" + text.encode()).digest()
    )


def test_the_same_member_in_another_log_or_with_another_salt_looks_different():
    one = member_commitment(ORIGIN, "M0001", SALT)

    assert member_commitment(ORIGIN + "x", "M0001", SALT) != one
    assert member_commitment(ORIGIN, "M0001", SALT[::-1]) != one


@pytest.mark.parametrize("member_id", ["M0001\x00", "M\n0001", "\x1f"])
def test_a_member_id_that_could_move_the_border_of_a_field_is_refused(member_id):
    with pytest.raises(CommitmentFault):
        member_commitment(ORIGIN, member_id, SALT)
    with pytest.raises(CommitmentFault):
        person_commitment(member_id, "name", "role", SALT)


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_salt_of_another_length_is_refused(length):
    with pytest.raises(CommitmentFault):
        member_commitment(ORIGIN, "M0001", bytes(length))
    with pytest.raises(CommitmentFault):
        ballot_commitment({}, bytes(length))
    with pytest.raises(CommitmentFault):
        person_commitment("p1", "name", "role", bytes(length))


def test_proxy_and_defect_stand_in_an_opening_only_where_they_apply():
    assert set(ballot_opening(choices={"1": "for"}, **FACTS)) == {*FACTS, "choices"}
    assert ballot_opening(choices={}, proxy=True, **FACTS)["proxy"] is True
    assert ballot_opening(choices={"1": "for"}, defect="記名なし", **FACTS)["defect"] == "記名なし"


@pytest.mark.parametrize(
    "choices",
    [
        {"1": "for", "2": "blank", "3": {"長野県": "for", "那須町": "both"}},
        {"3": ["長野県", "那須町"]},
        {"3": ("長野県",)},
        {"3": []},
        {},
    ],
)
def test_marks_marks_by_candidate_and_chosen_candidates_are_choices(choices):
    require_ballot(ballot_opening(choices=choices, **FACTS))


@pytest.mark.parametrize(
    "choices",
    [
        {"1": "yes"},
        {"1": None},
        {"1": True},
        {"0": "for"},
        {"01": "for"},
        {1: "for"},
        {"1": {}},
        {"1": {"長野県": "yes"}},
        {"1": {"長野県": ["for"]}},
        {"1": ["長野県", "長野県"]},
        {"1": [1]},
    ],
)
def test_any_other_choice_is_refused_and_never_guessed(choices):
    with pytest.raises(CommitmentFault):
        ballot_opening(choices=choices, **FACTS)


@pytest.mark.parametrize(
    "change",
    [
        {"extra": 1},
        {"base": "B" * 64},
        {"member": None},
        {"log": None},
        {"sequence": 0},
        {"sequence": True},
        {"proxy": True},
        {"proxy": False},
        {"defect": ""},
        {"defect": None},
        {"choices": []},
    ],
)
def test_what_is_not_exactly_an_opening_is_refused(change):
    with pytest.raises(CommitmentFault):
        require_ballot(ballot_opening(choices={"1": "for"}, **FACTS) | change)
    with pytest.raises(CommitmentFault):
        require_ballot([])


def test_a_cast_message_names_the_log_and_the_commitment():
    assert cast_message(ORIGIN, SALT) == f"voting/cast/v1\n{ORIGIN}\n{SALT.hex()}\n".encode()
    with pytest.raises(CommitmentFault):
        cast_message(ORIGIN + "\n", SALT)
    with pytest.raises(CommitmentFault):
        cast_message(ORIGIN, b"short")


def test_the_root_of_no_leaves_is_the_hash_of_nothing():
    assert roll_root([]) == issued_root([]) == delivery_root([]) == deemed_root([]) == EMPTY_ROOT


def test_the_roll_is_sorted_by_member_whatever_the_order_it_comes_in():
    leaves = [RollLeaf("", "c" * 64, "1"), RollLeaf("法人", "a" * 64, "2.5"), RollLeaf("", "b" * 64, "1")]
    lines = [
        f'{{"category":"法人","member":"{"a" * 64}","votes":"2.5"}}'.encode(),
        f'{{"category":"","member":"{"b" * 64}","votes":"1"}}'.encode(),
        f'{{"category":"","member":"{"c" * 64}","votes":"1"}}'.encode(),
    ]

    for order in permutations(leaves):
        assert roll_lines(order) == lines
        assert roll_root(order) == reference.root(lines)


def test_issued_forms_are_sorted_by_member():
    leaves = [IssuedLeaf("S0VZMg==", "K0", "b" * 64), IssuedLeaf("S0VZMQ==", "K1", "a" * 64)]
    lines = [
        f'{{"key":"S0VZMQ==","level":"K1","member":"{"a" * 64}"}}'.encode(),
        f'{{"key":"S0VZMg==","level":"K0","member":"{"b" * 64}"}}'.encode(),
    ]

    assert issued_root(leaves) == reference.root(lines)


def test_deliveries_are_sorted_by_member_channel_and_time():
    leaves = [
        DeliveryLeaf("post", "a" * 64, "failed", NOON),
        DeliveryLeaf("mail", "b" * 64, "delivered", NOON),
        DeliveryLeaf("mail", "a" * 64, "failed", NOON.replace(hour=5)),
        DeliveryLeaf("mail", "a" * 64, "delivered", NOON),
    ]

    read = [decode(line) for line in delivery_lines(leaves)]

    assert [(row["member"][0], row["channel"], row["time"][11:16]) for row in read] == [
        ("a", "mail", "03:00"),
        ("a", "mail", "05:00"),
        ("a", "post", "03:00"),
        ("b", "mail", "03:00"),
    ]
    assert all(delivery_root(order) == delivery_root(leaves) for order in permutations(leaves))


def test_deemed_members_are_their_32_bytes_sorted():
    members = [bytes.fromhex(MC), bytes(32), SALT]

    assert deemed_root(members) == reference.root(sorted(members))


def test_a_member_that_stands_twice_in_a_list_is_refused():
    with pytest.raises(CommitmentFault):
        roll_root([RollLeaf("", MC, "1"), RollLeaf("法人", MC, "1")])
    with pytest.raises(CommitmentFault):
        issued_root([IssuedLeaf("x", "K0", MC), IssuedLeaf("y", "K0", MC)])
    with pytest.raises(CommitmentFault):
        deemed_root([SALT, SALT])
