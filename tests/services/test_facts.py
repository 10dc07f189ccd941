"""What else the count uses is recorded by two persons, where the ledger has a place for it."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from tests.verify.forge import Forge, caught, check, failed
from tests.world import COUNCIL, World, jst
from voting.core.ballots import Mark
from voting.core.errors import Broken
from voting.core.motions import Method, Motion, MotionKind
from voting.core.permissions import Act, Role
from voting.core.result import Outcome
from voting.core.rules import NonSubmission, Tie
from voting.ledger.canonical import instant_text
from voting.services.casting import own_vote, pages
from voting.services.errors import CountingDone, NotThatFar, OutcomePending, PeriodOver, UnknownMotion
from voting.services.office import approvals
from voting.services.outcome import closing
from voting.services.period import facts
from voting.services.period.deliveries import NotOnTheRoll, NotThen
from voting.services.period.facts import (
    DecidedAlready,
    DecisionMissing,
    NothingToDecide,
    NotTheChair,
    UnknownFact,
)
from voting.services.proof import agreement
from voting.services.proof.export import export
from voting.store.tables import fact as fact_table
from voting.verify.evidence import Held

BY_CHAIR = replace(COUNCIL, tie=Tie.CHAIR, non_submission=NonSubmission.NOT_COUNTED)
TO_CHAIR = replace(COUNCIL, non_submission=NonSubmission.PROXY_TO_CHAIR)
AGAINST = {1: Mark.AGAINST, 2: Mark.AGAINST}


def begin(world: World) -> World:
    world.assembly()
    world.at("2026-06-02 10:00")
    return world


@pytest.fixture
def council(world: World) -> World:
    return begin(world)


def record(
    world: World, terms: Mapping[str, object], *, first: Role = Role.ADMINISTRATOR, second: Role = Role.CHAIR
) -> None:
    asked = approvals.request(world.rt, world.officer(first), world.origin, Act.RECORD_FACT, terms=terms)
    approvals.approve(world.rt, world.officer(second, number=2), asked.id)


def left(member: str = "M0001", at: str = "2026-06-03 12:00") -> dict[str, object]:
    return {"what": "left", "member": member, "at": instant_text(jst(at))}


def decided(what: str, motion: int, value: object) -> dict[str, object]:
    return {"what": what, "motion": motion, "value": value}


def require_verified(world: World) -> None:
    receipts = tuple((f"receipt {place}", each) for place, each in enumerate(world.receipts))
    held = Held(world.rt.keys.signer(world.origin).verifier, receipts=receipts)
    for audience in ("public", "auditor"):
        assert not caught(check(export(world.rt, world.origin, audience=audience), held))


# --- a member leaves -----------------------------------------------------------------------------------


def test_a_member_that_left_silently_is_never_deemed(council: World) -> None:
    council.at("2026-06-04 10:00")
    record(council, left())
    council.at("2026-06-11 00:00")
    council.certify()

    (first, _) = closing.draft_count(council.rt, council.origin).result.motions

    assert (first.count.members.left, first.count.members.in_favour.deemed) == (1, 4)
    require_verified(council)


def test_a_vote_cast_before_leaving_stands_and_one_sent_after_it_is_none(council: World) -> None:
    council.cast("M0001", AGAINST)
    council.cast("M0002", AGAINST)
    council.at("2026-06-05 10:00")
    council.cast("M0002")
    council.cast("M0003")
    record(council, left("M0002"))
    record(council, left("M0003"))
    council.at("2026-06-11 00:00")
    closing.close_if_due(council.rt, council.origin)
    shown = [pages.member_page(council.rt, council.key(each)) for each in ("M0002", "M0003")]
    council.certify()

    (first, _) = closing.draft_count(council.rt, council.origin).result.motions

    assert (first.count.members.against.expressed, first.count.members.left) == (2, 1)
    # What the page says at the close is what the count says.
    assert shown[0].standing is not None
    assert [word for _, word in shown[0].standing.words] == ["反対", "反対"]
    assert (shown[1].standing, shown[1].without_answer[0]) == (
        None,
        "貴団体は期間中に退会され、それまでに受け付けた表決書がありません。",
    )
    own = own_vote.own_vote(council.rt, council.key("M0002"))
    assert own.answer == shown[0].standing
    require_verified(council)


def test_a_leaving_that_the_ledger_does_not_have_is_refuted(council: World) -> None:
    council.at("2026-06-04 10:00")
    record(council, left())
    council.at("2026-06-11 00:00")
    council.certify()
    signer = council.rt.keys.signer(council.origin)
    forge = Forge.of(export(council.rt, council.origin, audience="public"), signer)
    (place,) = [each["index"] for each in forge.entries if each["kind"] == "fact"]
    forge.remove(place)

    assert 22 in failed(check(forge.zipped(), Held(signer.verifier)))


def test_the_earliest_leaving_counts(council: World) -> None:
    council.at("2026-06-05 10:00")
    council.cast("M0001")
    council.at("2026-06-06 10:00")
    record(council, left(at="2026-06-05 11:00"))
    record(council, left(at="2026-06-04 11:00"))
    council.at("2026-06-11 00:00")

    assert (
        closing.tally(council.rt, council.officer(Role.ADMINISTRATOR), council.origin).result.roll_members
        == 5
    )
    (first, _) = closing.draft_count(council.rt, council.origin).result.motions
    assert first.count.members.left == 1


def test_a_fact_changed_in_the_database_stops_the_count(council: World) -> None:
    council.at("2026-06-04 10:00")
    record(council, left())
    agreement.check(council.rt, council.origin)
    with council.rt.database.transaction() as tx:
        tx.run(fact_table.update().values(member_id="M0002"))

    with pytest.raises(Broken, match="facts"):
        agreement.check(council.rt, council.origin)


# --- the chair decides ---------------------------------------------------------------------------------


def test_a_tie_is_decided_by_the_chair_after_the_close_and_before_the_tally(world: World) -> None:
    world.assembly(size=2, rules=BY_CHAIR)
    world.at("2026-06-02 10:00")
    world.cast("M0001")
    world.cast("M0002", AGAINST)
    with pytest.raises(NotThatFar):
        record(world, decided("tie_decision", 1, "for"))
    world.at("2026-06-11 00:00")
    with pytest.raises(OutcomePending) as refused:
        closing.tally(world.rt, world.officer(Role.ADMINISTRATOR), world.origin)

    record(world, decided("tie_decision", 1, "for"))
    record(world, decided("tie_decision", 2, "against"))
    world.certify()

    assert refused.value.motions == (1, 2)
    outcomes = [each.outcome for each in closing.draft_count(world.rt, world.origin).result.motions]
    assert outcomes == [Outcome.CARRIED, Outcome.REJECTED]
    require_verified(world)


def test_a_decision_needs_the_chair_as_one_of_its_two_persons(world: World) -> None:
    world.assembly(size=2, rules=BY_CHAIR)
    world.at("2026-06-02 10:00")
    world.cast("M0001")
    world.cast("M0002", AGAINST)
    world.at("2026-06-11 00:00")
    closing.close_if_due(world.rt, world.origin)

    with pytest.raises(NotTheChair):
        record(world, decided("tie_decision", 1, "for"), second=Role.ADMINISTRATOR)
    record(world, decided("tie_decision", 1, "for"), first=Role.CHAIR, second=Role.ADMINISTRATOR)
    with pytest.raises(DecidedAlready):
        record(world, decided("tie_decision", 1, "against"))


def test_without_a_tie_there_is_nothing_to_decide(world: World) -> None:
    world.assembly(size=2, rules=BY_CHAIR)
    world.at("2026-06-02 10:00")
    world.cast("M0001")
    world.at("2026-06-11 00:00")
    closing.close_if_due(world.rt, world.origin)

    with pytest.raises(NothingToDecide):
        record(world, decided("tie_decision", 1, "for"))


def test_the_chair_decides_for_proxies_before_the_close(world: World) -> None:
    world.assembly(size=3, rules=TO_CHAIR)
    world.at("2026-06-02 10:00")
    world.cast("M0001", AGAINST)

    record(world, decided("chair_decision", 1, "for"))
    with pytest.raises(DecisionMissing):
        record(world, decided("chair_decision", 2, "perhaps"))
    world.at("2026-06-11 00:00")
    with pytest.raises(PeriodOver):
        record(world, decided("chair_decision", 2, "for"))
    world.certify()

    (first, second) = closing.draft_count(world.rt, world.origin).result.motions
    assert (first.count.members.in_favour.deemed, second.count.members.abstain.deemed) == (2, 2)
    require_verified(world)


def test_a_lot_for_the_last_seat_is_recorded_with_the_names_drawn(world: World) -> None:
    names = ("甲町", "乙町")
    world.assembly(
        size=2,
        motions=(
            Motion(
                1, "代表の選出", kind=MotionKind.ELECTION, method=Method.CONFIDENCE, seats=1, candidates=names
            ),
        ),
    )
    world.at("2026-06-11 00:00")
    closing.close_if_due(world.rt, world.origin)

    with pytest.raises(DecisionMissing):
        record(world, decided("lot", 1, ["丙町"]))
    record(world, decided("lot", 1, ["乙町"]))
    world.certify()

    (election,) = closing.draft_count(world.rt, world.origin).result.motions
    assert [each.name for each in election.candidates if each.elected] == ["乙町"]
    require_verified(world)


def test_what_cannot_be_recorded_is_refused_in_words(council: World) -> None:
    for terms, refused in (
        ({"what": "rain"}, UnknownFact),
        (left("M0099"), NotOnTheRoll),
        (left(at="2026-06-02 10:01"), NotThen),
        (decided("chair_decision", 9, "for"), UnknownMotion),
    ):
        with pytest.raises(refused):
            record(council, terms)
    council.at("2026-06-11 00:00")
    closing.tally(council.rt, council.officer(Role.ADMINISTRATOR), council.origin)
    with pytest.raises(CountingDone):
        record(council, left())
    with council.rt.database.reading() as tx:
        assert facts.waiting(tx, council.case) == ()
