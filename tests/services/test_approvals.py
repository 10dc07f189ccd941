"""Two persons: one proposes, another approves exactly that, and the approval performs it."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from tests.world import World
from voting.core.members import Member
from voting.core.permissions import Act, NotAllowed, Role
from voting.services import approvals, schedule
from voting.services.errors import DoneAlready, NotThatFar, PeriodOver
from voting.store import members
from voting.store.tables import outbox

SECRETS = select(outbox.c.address, outbox.c.secret)


def propose(world: World, act: Act, role: Role = Role.ADMINISTRATOR) -> str:
    return approvals.request(world.rt, world.officer(role), world.origin, act).id


def test_an_approved_freeze_fixes_rules_motions_and_roll(world: World) -> None:
    world.draft()

    world.two(Act.FREEZE, Role.ADMINISTRATOR, Role.CHECKER)

    assert world.case.frozen_index == 1
    assert world.case.sealed_docket is not None
    assert approvals.waiting(world.rt, world.origin) == ()


def test_who_proposed_cannot_approve(world: World) -> None:
    world.draft()
    asked = propose(world, Act.FREEZE)

    with pytest.raises(approvals.SamePerson):
        approvals.approve(world.rt, world.officer(Role.ADMINISTRATOR), asked)

    assert world.case.frozen_index is None


def test_another_administrator_may_approve(world: World) -> None:
    world.draft()
    asked = propose(world, Act.FREEZE)

    approvals.approve(world.rt, world.officer(Role.ADMINISTRATOR, number=2), asked)

    assert world.case.frozen_index == 1


def test_what_changed_since_it_was_proposed_is_not_approved(world: World) -> None:
    world.draft()
    asked = propose(world, Act.FREEZE)
    with world.rt.database.transaction() as tx:
        changed = replace(members.register(tx, "council")[0], votes=5_000_000)
        members.put(tx, "council", (changed,), now="2026-05-20T00:00:00.000Z")

    with pytest.raises(approvals.ChangedSince):
        approvals.approve(world.rt, world.officer(Role.CHECKER), asked)

    assert world.case.frozen_index is None


def test_one_request_is_approved_once(world: World) -> None:
    world.draft()
    asked = propose(world, Act.FREEZE)
    approvals.approve(world.rt, world.officer(Role.CHECKER), asked)

    with pytest.raises(approvals.ApprovedAlready):
        approvals.approve(world.rt, world.officer(Role.CHECKER, number=2), asked)


def test_two_clerks_who_propose_the_same_freeze_get_it_once(world: World) -> None:
    world.draft()
    first, second = propose(world, Act.FREEZE), propose(world, Act.FREEZE)
    approvals.approve(world.rt, world.officer(Role.CHECKER), first)

    with pytest.raises(DoneAlready):
        approvals.approve(world.rt, world.officer(Role.CHECKER), second)

    assert len(world.entries()) == 2


def test_ballots_are_not_sent_before_the_freeze(world: World) -> None:
    world.draft()

    with pytest.raises(NotThatFar):
        propose(world, Act.SEND)


def test_the_result_is_not_certified_before_the_count(world: World) -> None:
    world.assembly()

    with pytest.raises(NotThatFar):
        propose(world, Act.CERTIFY, Role.CHAIR)


@pytest.mark.parametrize("role", [Role.ENTRY, Role.CHECKER, Role.CHAIR, Role.AUDITOR])
def test_only_an_administrator_proposes_a_freeze(world: World, role: Role) -> None:
    world.draft()

    with pytest.raises(NotAllowed):
        propose(world, Act.FREEZE, role)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.ENTRY, Role.CHECKER, Role.AUDITOR])
def test_only_the_chair_certifies(world: World, role: Role) -> None:
    world.assembly()
    world.at("2026-06-11 00:00")

    with pytest.raises(NotAllowed):
        propose(world, Act.CERTIFY, role)


def test_every_member_with_an_address_gets_one_mail_and_the_code_is_wiped(world: World) -> None:
    world.draft(
        roll_of=(
            Member("M0001", "架空一町", addresses=("a@example.jp", "b@example.jp")),
            Member("M0002", "架空二町", addresses=("c@example.jp",)),
            Member("M0003", "架空三町"),
        )
    )
    world.two(Act.FREEZE, Role.ADMINISTRATOR, Role.CHECKER)
    world.two(Act.SEND, Role.ADMINISTRATOR, Role.CHECKER)

    schedule.send_mails(world.rt, limit=100)

    assert sorted(str(mail["To"]) for mail in world.mails) == ["a@example.jp", "b@example.jp", "c@example.jp"]
    world.read_codes()
    assert set(world.codes) == {"M0001", "M0002"}
    with world.rt.database.reading() as tx:
        secrets = {(row[0], row[1] is not None) for row in tx.all(SECRETS)}
    # Whoever has no address still needs the code: it waits for the printed form.
    assert secrets == {("a@example.jp", False), ("b@example.jp", False), ("c@example.jp", False), ("", True)}


def test_other_addresses_for_the_codes_are_not_approved_unseen(world: World) -> None:
    world.draft()
    asked = propose(world, Act.FREEZE)
    with world.rt.database.transaction() as tx:
        changed = [replace(each, addresses=("evil@example.jp",)) for each in members.register(tx, "council")]
        members.put(tx, "council", changed, now="2026-05-20T00:00:00.000Z")

    with pytest.raises(approvals.ChangedSince):
        approvals.approve(world.rt, world.officer(Role.CHECKER), asked)


def test_an_assembly_whose_period_is_over_is_neither_frozen_nor_sent(world: World) -> None:
    world.draft(closes="2026-06-11 00:00")
    frozen = propose(world, Act.FREEZE)
    world.at("2026-06-11 00:00")

    with pytest.raises(PeriodOver):
        approvals.approve(world.rt, world.officer(Role.CHECKER), frozen)

    assert world.case.frozen_index is None
