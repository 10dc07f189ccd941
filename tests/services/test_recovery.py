"""Whoever lost the second factor is helped by an administrator other than both who ask; never silently."""

import pytest

from tests.officers import PASSWORD, Person, found, hire
from tests.world import World
from voting.core.permissions import NotAllowed, Role
from voting.services.office import accounts, approvals, office_pages, office_sessions, recovery, sign_in
from voting.services.office.accounts import NoSuchAccount, SignInRefused
from voting.services.office.approvals import (
    ApprovedAlready,
    ChangedSince,
    ProposerOut,
    ReasonMissing,
    RequestExpired,
    SamePerson,
)
from voting.services.office.recovery import RecoveryOften, RecoveryWaits
from voting.store import factors


@pytest.fixture
def person(world: World) -> Person:
    return hire(world, Role.CHECKER)


def admin(world: World, number: int = 1) -> accounts.Officer:
    return world.officer(Role.ADMINISTRATOR, number=number)


def password_opens(world: World, person: Person, password: str) -> office_sessions.Visit:
    return found(world, sign_in.check_password(world.rt, person.id, password, agent="tests", address="tests"))


def test_the_officer_asks_and_keeps_the_password(world: World, person: Person) -> None:
    elsewhere = person.token()
    asked = recovery.request(world.rt, person.officer, person.id, why="スマートフォンを替えた")

    assert recovery.approve(world.rt, admin(world), asked.id) == ""

    assert office_sessions.find(world.rt, elsewhere) is None
    visit = password_opens(world, person, PASSWORD)
    assert not visit.has_factor
    assert not visit.wants_password


def test_an_administrator_asks_and_the_password_is_replaced_as_well(world: World, person: Person) -> None:
    asked = recovery.request(world.rt, admin(world), person.id, why="電話で本人を確認した")

    password = recovery.approve(world.rt, admin(world, 2), asked.id)

    assert password_opens(world, person, password).wants_password
    with pytest.raises(SignInRefused):
        password_opens(world, person, PASSWORD)


def test_nobody_approves_the_own_request(world: World) -> None:
    person = hire(world, Role.ADMINISTRATOR)
    asked = recovery.request(world.rt, person.officer, person.id, why="紛失")

    with pytest.raises(SamePerson):
        recovery.approve(world.rt, person.officer, asked.id)


def test_attack_a_locked_administrator_has_asked_for_a_colleague(world: World, person: Person) -> None:
    asked = recovery.request(world.rt, admin(world), person.id, why="…")
    accounts.lock(world.rt, admin(world, 2), admin(world).id)

    with pytest.raises(ProposerOut):
        recovery.approve(world.rt, admin(world, 2), asked.id)

    assert person.visit().has_factor


def test_attack_an_administrator_asks_for_a_colleague_and_approves(world: World, person: Person) -> None:
    asked = recovery.request(world.rt, admin(world), person.id, why="…")

    with pytest.raises(SamePerson):
        recovery.approve(world.rt, admin(world), asked.id)

    assert person.visit().has_factor


def test_attack_two_administrators_take_over_the_account_of_the_second(world: World) -> None:
    """One asks for another one's account; that one must not be made to approve it unawares."""
    person = hire(world, Role.ADMINISTRATOR, number=2)
    asked = recovery.request(world.rt, admin(world), person.id, why="…")

    with pytest.raises(SamePerson):
        recovery.approve(world.rt, person.officer, asked.id)


@pytest.mark.parametrize("role", [Role.ENTRY, Role.CHECKER, Role.CHAIR, Role.AUDITOR])
def test_only_administrators_ask_for_others_and_approve(world: World, person: Person, role: Role) -> None:
    other = world.officer(role, number=2)
    with pytest.raises(NotAllowed):
        recovery.request(world.rt, other, person.id, why="紛失")
    asked = recovery.request(world.rt, person.officer, person.id, why="紛失")

    with pytest.raises(NotAllowed):
        recovery.approve(world.rt, other, asked.id)


def test_a_reason_is_needed_and_an_account(world: World, person: Person) -> None:
    with pytest.raises(ReasonMissing):
        recovery.request(world.rt, person.officer, person.id, why=" \n")
    with pytest.raises(NoSuchAccount):
        recovery.request(world.rt, admin(world), "nobody", why="紛失")


def test_a_locked_account_is_not_recovered_by_the_back_door(world: World, person: Person) -> None:
    asked = recovery.request(world.rt, person.officer, person.id, why="紛失")
    accounts.lock(world.rt, admin(world), person.id)

    with pytest.raises(NotAllowed):
        recovery.approve(world.rt, admin(world), asked.id)


def test_what_changed_since_is_not_approved(world: World, person: Person) -> None:
    asked = recovery.request(world.rt, person.officer, person.id, why="紛失")
    with world.rt.database.transaction() as tx:
        factors.forget(tx, person.id)

    with pytest.raises(ChangedSince):
        recovery.approve(world.rt, admin(world), asked.id)


def test_attack_a_thief_of_the_password_buries_the_administrators_in_requests(
    world: World, person: Person
) -> None:
    asked = recovery.request(world.rt, person.officer, person.id, why="紛失")
    for who in (person.officer, admin(world)):
        with pytest.raises(RecoveryWaits) as refused:
            recovery.request(world.rt, who, person.id, why="紛失")
        assert refused.value.request == asked.id
    approvals.refuse(world.rt, admin(world), asked.id, why="本人ではない")
    for _ in range(2):
        again = recovery.request(world.rt, person.officer, person.id, why="紛失")
        approvals.refuse(world.rt, admin(world), again.id, why="本人ではない")

    with pytest.raises(RecoveryOften):
        recovery.request(world.rt, person.officer, person.id, why="紛失")

    # The rightful officer calls, and is helped.
    assert recovery.request(world.rt, admin(world), person.id, why="電話で本人を確認した")


def test_a_request_is_approved_once_and_within_a_week(world: World, person: Person) -> None:
    first = recovery.request(world.rt, person.officer, person.id, why="紛失")
    recovery.approve(world.rt, admin(world), first.id)
    second = recovery.request(world.rt, person.officer, person.id, why="紛失")

    with pytest.raises(ApprovedAlready):
        recovery.approve(world.rt, admin(world), first.id)
    world.at("2026-05-27 10:00")
    with pytest.raises(RequestExpired):
        recovery.approve(world.rt, admin(world), second.id)


def test_the_journal_tells_who_asked_and_who_approved(world: World, person: Person) -> None:
    asked = recovery.request(world.rt, admin(world), person.id, why="電話で本人を確認した")
    recovery.approve(world.rt, admin(world, 2), asked.id)

    events, total = office_pages.journal(world.rt, most=10, skipped=0)

    assert total == 2
    assert {(each.what, each.by, each.detail) for each in events} == {
        ("recovery-asked", "administrator-1", asked.id),
        ("recovered", "administrator-2", asked.id),
    }


def test_a_command_on_the_host_recovers_the_last_administrator(world: World) -> None:
    person = hire(world, Role.ADMINISTRATOR)
    elsewhere = person.token()

    password = recovery.by_host(world.rt, person.id)

    assert office_sessions.find(world.rt, elsewhere) is None
    visit = password_opens(world, person, password)
    assert visit.wants_password
    assert not visit.has_factor
    events, _ = office_pages.journal(world.rt, most=1, skipped=0)
    assert (events[0].what, events[0].by) == ("recovered", "host")
    with pytest.raises(NoSuchAccount):
        recovery.by_host(world.rt, "nobody")


def test_attack_a_request_from_before_a_recovery_on_the_host_removes_the_new_factor(
    world: World, person: Person
) -> None:
    asked = recovery.request(world.rt, person.officer, person.id, why="ask with a stolen password")
    recovery.by_host(world.rt, person.id)
    world.at("2026-05-21 10:00")
    hire(world, Role.CHECKER)

    with pytest.raises(ChangedSince):
        recovery.approve(world.rt, admin(world), asked.id)

    with world.rt.database.reading() as tx:
        assert factors.totp_secret(tx, person.id) is not None
