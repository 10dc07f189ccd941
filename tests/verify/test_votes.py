"""Members go by small numbers; what is told of many at once is what would be told of each by itself."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from voting.ledger import kinds
from voting.ledger.canonical import b64
from voting.ledger.entries import Entry
from voting.ledger.kinds import Ballot, Refused
from voting.ledger.merkle import hash_leaves, root
from voting.verify.blocks import root_of
from voting.verify.bundle import Bundle, Span
from voting.verify.findings import Refuted
from voting.verify.issued import IssuedKey, KeysInForce
from voting.verify.line_shapes import IssuedLines
from voting.verify.votes import Numbers, Votes

AT = datetime(2026, 6, 2, tzinfo=UTC)
A, B, C, D = ("a" * 64, "b" * 64, "c" * 64, "d" * 64)
LOG = "vote.example.or.jp/council/2026-06"


def entry(index: int, body: kinds.Body) -> Entry:
    return Entry(index, LOG, AT, body)


def ballot(member: str) -> Ballot:
    return Ballot(member, 1, None, "0b" * 32, "web", "K0", AT, b64(bytes(64)), None, None)


def refused(member: str) -> Refused:
    return Refused(member, "late", "web", "K0", AT, "0b" * 32, b64(bytes(64)), None, None)


def one_by_one(sent: Sequence[tuple[str, bool]]) -> tuple[list[int], list[int | None]]:
    """What each vote has to say, of members and whether theirs is a ballot."""
    sequences: list[int] = []
    replaces: list[int | None] = []
    for index, (member, _) in enumerate(sent):
        before = [place for place in range(index) if sent[place] == (member, True)]
        sequences.append(len(before) + 1)
        replaces.append(before[-1] if before else None)
    return sequences, replaces


@pytest.mark.parametrize("members", [1, 3, 50])
def test_what_is_due_of_each_vote_is_what_stands_before_it(members: int) -> None:
    chance, votes = random.Random(members), Votes()
    sent = [(f"{chance.randrange(members):064x}", chance.random() < 0.7) for _ in range(60)]
    for index, (member, is_ballot) in enumerate(sent):
        votes.add(entry(index, ballot(member) if is_ballot else refused(member)))

    assert votes.due(votes.several()) == one_by_one(sent)
    assert {votes.names()[number] for number in votes.several()} == {
        member for member, _ in sent if [each for each, _ in sent].count(member) > 1
    }


def test_who_is_issued_a_key_before_anybody_voted_has_the_place_on_the_list_as_number() -> None:
    numbers = Numbers()

    assert numbers.are_first([C, A, B])

    assert (numbers[C], numbers[A], numbers[B], numbers[D]) == (0, 1, 2, 3)


@pytest.mark.parametrize(("known", "members"), [([], [A, B, A]), ([B], [A, B]), ([D], [A, B])])
def test_numbers_that_somebody_has_or_should_have_twice_are_left_as_they_are(
    known: list[str], members: list[str]
) -> None:
    numbers = Numbers()
    for each in known:
        numbers[each]

    assert not numbers.are_first(members)
    assert list(numbers) == known


def test_a_member_that_stands_twice_in_the_first_batch_has_the_later_key() -> None:
    numbers = Numbers()
    lines = IssuedLines((b"1", b"2", b"3"), ("K0", "K0", "K0"), (A, B, A))
    keys = KeysInForce(lambda: lines, numbers)

    keys.see(entry(0, kinds.Issue(3, "00" * 32, "K0")))

    assert keys.of(numbers[A]) == IssuedKey(b"3", "K0") and keys.of(numbers[B]) == IssuedKey(b"2", "K0")


def test_a_later_key_takes_the_place_of_an_earlier_one_and_a_revoked_one_is_none() -> None:
    numbers = Numbers()
    lines = IssuedLines((b"1", b"2", b"3", b"4"), ("K0", "K0", "K1", "K1"), (A, B, B, D))
    keys = KeysInForce(lambda: lines, numbers)
    stranger = numbers[C]

    keys.see(entry(0, kinds.Issue(2, "00" * 32, "K0")))
    assert keys.of(numbers[A]) == IssuedKey(b"1", "K0") and keys.of(stranger) is None
    assert keys.of_all([numbers[B], numbers[A]], ["K0", "K0"]) == [b"2", b"1"]

    keys.see(entry(1, kinds.Issue(2, "00" * 32, "K1")))
    assert keys.of(numbers[B]) == IssuedKey(b"3", "K1") and keys.of(numbers[D]) == IssuedKey(b"4", "K1")
    assert keys.of_all([numbers[B]], ["K0"]) is None and keys.of_all([stranger], ["K0"]) is None

    keys.see(entry(2, kinds.Credential(A, "revoke", None, "lost")))
    assert keys.of(numbers[A]) == IssuedKey(None, "K0")
    assert keys.of_all([numbers[A]], ["K0"]) is None
    with pytest.raises(Refuted):
        keys.see(entry(3, kinds.Credential(C, "reissue", b64(bytes(32)), "lost")))


@pytest.mark.parametrize("lines", [0, 1, 5, 2000])
def test_the_root_of_a_list_is_that_of_its_lines(lines: int) -> None:
    rows = [b"x" * (number * 37 % 90) for number in range(lines)]
    data = b"".join(row + b"\n" for row in rows)
    bundle = Bundle(memoryview(data), {"list": Span(0, len(data), 0)}, True)

    assert root_of(bundle, "list") == root(hash_leaves(rows))
    assert root_of(bundle, "list", 1, 4) == root(hash_leaves(rows[1:4]))
    assert root_of(bundle, "none") == root([])
