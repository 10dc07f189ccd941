"""Casting on the web: what is recorded, what is refused, what a receipt proves."""

import threading
from dataclasses import replace

import pytest

from tests.world import ALL_FOR, World, jst
from voting.core.ballots import Mark
from voting.core.result import MotionResult
from voting.credentials.codes import NotACode
from voting.ledger.entries import decode_entry
from voting.ledger.kinds import Ballot, Refused
from voting.services.casting import ballots
from voting.services.casting.answers import Answer, BadChoices
from voting.services.casting.ballots import Cast, RequestReused
from voting.services.errors import ChanceRepeats, CountingDone, UnknownCode
from voting.services.outcome import closing


def bodies(world: World) -> list[object]:
    return [decode_entry(each).body for each in world.entries()]


def test_a_ballot_is_recorded_signed_and_receipted(world: World) -> None:
    world.assembly()
    world.at("2026-06-02 10:00")

    receipt = world.cast("M0001", {1: Mark.FOR, 2: Mark.AGAINST})

    assert receipt.words == {"1": "賛成", "2": "反対"}
    recorded = bodies(world)[receipt.index]
    assert isinstance(recorded, Ballot)
    assert recorded.received_at == jst("2026-06-02 10:00")
    assert recorded.level == "K0"
    assert recorded.signature is not None


def test_a_member_may_answer_again_and_the_last_answer_counts(world: World) -> None:
    world.assembly()
    world.at("2026-06-02 10:00")
    first = world.cast("M0001", {1: Mark.AGAINST, 2: Mark.AGAINST})
    world.at("2026-06-03 10:00")
    second = world.cast("M0001", ALL_FOR)

    replaced = bodies(world)[second.index]
    assert isinstance(replaced, Ballot)
    assert (replaced.sequence, replaced.replaces) == (2, first.index)
    world.at("2026-06-11 00:00")
    closing.close_if_due(world.rt, world.origin)
    counted = closing.draft_count(world.rt, world.origin)
    motion = counted.result.motions[0]
    assert isinstance(motion, MotionResult)
    assert motion.count.members.against.total == 0
    assert motion.count.members.in_favour.expressed == 1


def test_the_same_request_sent_twice_is_one_entry_and_one_receipt(world: World) -> None:
    world.assembly()
    world.at("2026-06-02 10:00")
    first = world.cast("M0001", request=b"0123456789abcdef")
    size = len(world.entries())
    world.cast("M0002")

    again = world.cast("M0001", request=b"0123456789abcdef")

    assert again == first
    assert len(world.entries()) == size + 1


def test_a_request_that_comes_again_with_another_choice_changes_nothing(world: World) -> None:
    world.assembly()
    world.at("2026-06-02 10:00")
    world.cast("M0001", request=b"0123456789abcdef")

    with pytest.raises(RequestReused):
        world.cast("M0001", {1: Mark.AGAINST, 2: Mark.FOR}, request=b"0123456789abcdef")


def test_a_request_key_of_another_member_gives_no_receipt(world: World) -> None:
    world.assembly()
    world.at("2026-06-02 10:00")
    world.cast("M0001", request=b"0123456789abcdef")

    with pytest.raises(RequestReused):
        world.cast("M0002", request=b"0123456789abcdef")


def test_a_ballot_received_at_the_closing_instant_is_late_and_receipted_as_such(world: World) -> None:
    world.assembly(closes="2026-06-11 00:00")
    world.at("2026-06-11 00:00")

    receipt = world.cast("M0001", {1: Mark.AGAINST, 2: Mark.AGAINST})

    refused = bodies(world)[receipt.index]
    assert isinstance(refused, Refused)
    assert refused.reason == "late"
    counted = closing.draft_count(world.rt, world.origin)
    motion = counted.result.motions[0]
    assert isinstance(motion, MotionResult)
    assert motion.count.members.late == 1
    assert motion.count.members.in_favour.deemed == 4


def test_a_ballot_received_one_millisecond_before_the_close_counts(world: World) -> None:
    world.assembly(closes="2026-06-11 00:00")
    world.clock.at = jst("2026-06-10 23:59:59.999")

    receipt = world.cast("M0001")

    assert isinstance(bodies(world)[receipt.index], Ballot)


def test_a_late_ballot_waits_until_the_close_is_recorded(world: World) -> None:
    world.assembly(closes="2026-06-11 00:00")
    world.at("2026-06-11 09:00")

    receipt = world.cast("M0001")

    kinds = [type(each).kind for each in bodies(world)]  # type: ignore[attr-defined]
    assert kinds[receipt.index - 1] == "close"


def test_a_ballot_before_the_opening_is_refused_as_early(world: World) -> None:
    world.assembly(opens="2026-06-01 00:00")
    world.at("2026-05-31 23:59")

    receipt = world.cast("M0001")

    refused = bodies(world)[receipt.index]
    assert isinstance(refused, Refused)
    assert refused.reason == "early"


def test_after_the_count_not_even_a_late_ballot_is_taken(world: World) -> None:
    world.assembly()
    world.at("2026-06-11 00:00")
    world.certify()

    with pytest.raises(CountingDone):
        world.cast("M0001")


@pytest.mark.parametrize(
    ("choices", "motions"),
    [
        ({1: Mark.FOR}, (2,)),
        ({1: Mark.FOR, 2: Mark.BLANK}, (2,)),
        ({1: Mark.BOTH, 2: Mark.FOR}, (1,)),
        ({1: Mark.ABSTAIN, 2: Mark.FOR}, (1,)),
        ({1: Mark.FOR, 2: Mark.FOR, 3: Mark.FOR}, (3,)),
        ({1: ("架空町",), 2: Mark.FOR}, (1,)),
    ],
    ids=["missing", "blank", "both", "abstention not offered", "unknown motion", "names for a motion"],
)
def test_on_the_web_every_motion_is_answered_with_what_is_offered(
    world: World, choices: dict[int, Mark], motions: tuple[int, ...]
) -> None:
    world.assembly()
    world.at("2026-06-02 10:00")
    size = len(world.entries())

    with pytest.raises(BadChoices) as refused:
        world.cast("M0001", choices)

    assert refused.value.motions == motions
    assert len(world.entries()) == size


def test_a_code_misread_by_one_character_opens_nothing(world: World) -> None:
    world.assembly()
    code = world.codes["M0001"]
    other = "0" if code[0] != "0" else "1"

    with pytest.raises(NotACode):
        ballots.open_code(world.rt, other + code[1:])


def test_a_well_formed_code_that_was_never_issued_opens_nothing(world: World) -> None:
    world.assembly()

    with pytest.raises(UnknownCode):
        ballots.open_code(world.rt, "0000-0000-0000-0000-0000-0000")


def test_no_leaf_holds_a_code_a_choice_or_a_name(world: World) -> None:
    world.assembly()
    world.at("2026-06-02 10:00")
    world.cast("M0001", {1: Mark.AGAINST, 2: Mark.FOR})
    world.at("2026-06-11 00:00")
    world.certify()

    leaves = b"\n".join(world.entries())

    code = world.codes["M0001"]
    for secret in (code, code.replace("-", ""), "against", "反対", "架空1町", "M0001", "担当", "企画課"):
        assert secret.encode() not in leaves


def test_two_members_casting_at_once_both_get_right_receipts(world: World) -> None:
    world.assembly(size=8)
    world.at("2026-06-02 10:00")
    keys = [world.key(f"M{number:04d}") for number in range(1, 9)]
    base = world.case.sealed_base
    start, faults = threading.Barrier(len(keys)), list[BaseException]()

    def cast(number: int) -> None:
        try:
            start.wait()
            answer = Answer(choices=ALL_FOR, section="企画課", respondent=f"担当 {number}")
            receipt = ballots.cast(world.rt, Cast(keys[number], answer, bytes([number]) * 16, base))
            world.receipts.append(receipt)
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=cast, args=(number,)) for number in range(len(keys))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []
    assert len({receipt.index for receipt in world.receipts}) == 8  # and world.check() verifies each


def test_the_receipt_made_again_later_is_the_same_to_the_byte(world: World) -> None:
    world.assembly()
    world.at("2026-06-02 10:00")
    given = world.cast("M0001")
    world.cast("M0002")
    world.cast("M0003")

    assert ballots.receipt(world.rt, world.key("M0001"), given.index) == given


def test_a_member_cannot_fetch_the_receipt_of_another(world: World) -> None:
    world.assembly()
    world.at("2026-06-02 10:00")
    given = world.cast("M0001")

    with pytest.raises(ballots.NoSuchReceipt):
        ballots.receipt(world.rt, world.key("M0002"), given.index)


def test_attack_a_salt_used_again_is_refused_and_nothing_is_recorded(world: World) -> None:
    """A source of chance that stands still: two equal votes of a member would be one commitment."""
    world.assembly()
    world.at("2026-06-02 10:00")
    world.rt = replace(world.rt, token=lambda size: b"\7" * size)
    world.cast("M0001", request=b"1" * 16)
    before = world.entries()

    for member in ("M0001", "M0002"):
        with pytest.raises(ChanceRepeats):
            world.cast(member, request=member.encode() * 3 + b"-")
    assert world.entries() == before


def test_attack_a_salt_of_an_earlier_answer_of_the_same_member_is_refused(world: World) -> None:
    world.assembly()
    world.at("2026-06-02 10:00")
    chance = world.rt.token
    world.rt = replace(world.rt, token=lambda size: b"\7" * size)
    world.cast("M0001", request=b"1" * 16)
    world.rt = replace(world.rt, token=chance)
    world.cast("M0002")
    world.rt = replace(world.rt, token=lambda size: b"\7" * size)

    with pytest.raises(ChanceRepeats):
        world.cast("M0001", request=b"2" * 16)


def test_no_two_commitments_of_a_ledger_are_equal(world: World) -> None:
    world.assembly()
    world.at("2026-06-02 10:00")
    for _ in range(3):
        for member in ("M0001", "M0002", "M0003"):
            world.cast(member)

    sent = [each for each in bodies(world) if isinstance(each, Ballot)]

    assert len({each.commitment for each in sent}) == len(sent) == 9
    assert len({each.member for each in sent}) == 3
