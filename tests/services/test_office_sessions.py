"""An officer's session is kept on the server: it changes with each step, ages, and can be ended."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.officers import Person, found, hire
from tests.world import World
from voting.core.permissions import Role
from voting.services.office import accounts, office_sessions, sign_in
from voting.store.tables import office_session

STORED = select(*office_session.c)


@pytest.fixture
def person(world: World) -> Person:
    return hire(world, Role.CHECKER)


def later(world: World, **time: int) -> None:
    world.clock.at += timedelta(**time)


def test_attack_session_fixation_a_token_planted_before_the_code_is_worth_nothing_after_it(
    world: World, person: Person
) -> None:
    planted = person.half_token()

    token = sign_in.check_code(world.rt, found(world, planted), person.fresh_code(), address="tests")

    assert token != planted
    assert office_sessions.find(world.rt, planted) is None


@pytest.mark.parametrize("token", ["", "made up", "0" * 44, None])
def test_attack_a_token_of_the_attackers_choice_is_never_taken_over(
    world: World, person: Person, token: str | None
) -> None:
    person.token()

    assert office_sessions.find(world.rt, token) is None


def test_a_session_not_used_for_half_an_hour_has_ended(world: World, person: Person) -> None:
    token = person.token()
    later(world, minutes=29, seconds=59)
    assert office_sessions.find(world.rt, token) is not None

    later(world, minutes=29, seconds=59)
    assert office_sessions.find(world.rt, token) is not None

    later(world, minutes=30)
    assert office_sessions.find(world.rt, token) is None


def test_a_session_used_all_day_ends_after_twelve_hours(world: World, person: Person) -> None:
    token = person.token()
    for _ in range(12 * 6 - 1):
        later(world, minutes=10)
        assert office_sessions.find(world.rt, token) is not None

    later(world, minutes=10)

    assert office_sessions.find(world.rt, token) is None


def test_the_second_factor_has_to_follow_within_ten_minutes(world: World, person: Person) -> None:
    half = person.half_token()
    later(world, minutes=10)

    assert office_sessions.find(world.rt, half) is None


def test_a_session_from_a_clock_that_was_ahead_does_not_hold(world: World, person: Person) -> None:
    token = person.token()
    later(world, hours=-1)

    assert office_sessions.find(world.rt, token) is None


def test_a_session_ended_by_hand_is_over_at_once(world: World, person: Person) -> None:
    here, elsewhere = person.visit(), person.token()

    assert office_sessions.end(world.rt, here, found(world, elsewhere).session.id)

    assert office_sessions.find(world.rt, elsewhere) is None
    assert [each.is_this for each in office_sessions.mine(world.rt, here)] == [True]


def test_ending_all_others_keeps_this_one(world: World, person: Person) -> None:
    others = [person.token(), person.token(), person.half_token()]
    here = person.visit()

    assert office_sessions.end_others(world.rt, here) == 3

    assert [office_sessions.find(world.rt, each) for each in others] == [None] * 3
    assert len(office_sessions.mine(world.rt, here)) == 1


def test_attack_an_officer_ends_somebody_elses_session(world: World, person: Person) -> None:
    token, other = person.token(), hire(world, Role.ENTRY).visit()

    assert not office_sessions.end(world.rt, other, found(world, token).session.id)

    assert office_sessions.find(world.rt, token) is not None


def test_the_list_shows_browsers_and_no_tokens(world: World, person: Person) -> None:
    token = person.token()
    visit = found(world, token)

    (line,) = office_sessions.mine(world.rt, visit)

    assert (line.agent, line.factor, line.is_this) == ("tests", "totp", True)
    assert token not in repr(line)


def test_a_locked_account_has_no_session_left(world: World, person: Person) -> None:
    tokens = [person.token(), person.half_token()]
    administrator = world.officer(Role.ADMINISTRATOR)

    accounts.lock(world.rt, administrator, person.id)

    assert [office_sessions.find(world.rt, each) for each in tokens] == [None, None]
    accounts.unlock(world.rt, administrator, person.id)
    assert [office_sessions.find(world.rt, each) for each in tokens] == [None, None]


def test_another_role_holds_from_the_next_page(world: World, person: Person) -> None:
    token = person.token()

    accounts.set_role(world.rt, world.officer(Role.ADMINISTRATOR), person.id, Role.ENTRY)

    assert found(world, token).officer == replace(person.officer, role=Role.ENTRY)


def test_attack_a_copy_of_the_database_opens_no_session(world: World, person: Person) -> None:
    token = person.token()
    with world.rt.database.reading() as tx:
        rows = tx.all(STORED)

    assert token not in repr(rows)
    for row in rows:
        assert office_sessions.find(world.rt, str(row[0])) is None


def test_what_an_act_says_is_told_once(world: World, person: Person) -> None:
    token = person.token()
    office_sessions.tell(world.rt, found(world, token), "役割を変更しました。", {})

    assert found(world, token).told == ("役割を変更しました。", {})
    assert found(world, token).told is None


def test_looking_at_a_page_writes_nothing_within_a_minute(world: World, person: Person) -> None:
    token = person.token()
    before = found(world, token).session.seen_at

    later(world, seconds=59)
    found(world, token)
    assert found(world, token).session.seen_at == before

    later(world, seconds=1)
    found(world, token)
    assert found(world, token).session.seen_at > before


def test_old_sessions_are_forgotten_after_three_months(world: World, person: Person) -> None:
    person.token()
    later(world, days=91)

    person.half_token()

    with world.rt.database.reading() as tx:
        assert len(tx.all(STORED)) == 1
