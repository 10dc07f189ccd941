"""Accounts are made by an administrator, and there is always one who can sign in."""

from pathlib import Path

import pytest

from tests.databases import sqlite_file_url
from tests.officers import PASSWORD
from tests.world import World, world_at
from voting.core.permissions import NotAllowed, Officer, Role
from voting.credentials.passwords import PasswordTooEasy, PasswordTooShort
from voting.services.errors import AlreadyThere, BadName
from voting.services.office import accounts, office_pages, sign_in
from voting.services.office.accounts import (
    AdministratorsOnly,
    FirstIsAdministrator,
    LastAdministrator,
    NameMissing,
    NoSuchAccount,
    NotOneself,
    SignInRefused,
)
from voting.store.schema import upgrade
from voting.store.transaction import Database

NEW = Officer("suzuki", "鈴木 花子", Role.ENTRY)


def admin(world: World, number: int = 1) -> Officer:
    return world.officer(Role.ADMINISTRATOR, number=number)


def test_an_administrator_makes_an_account_whose_password_has_to_be_replaced(world: World) -> None:
    password = accounts.initial_password(world.rt)

    accounts.create(world.rt, admin(world), NEW, password=password)

    (line,) = [each for each in office_pages.officers(world.rt, admin(world)) if each.id == NEW.id]
    assert (line.name, line.role) == (NEW.name, NEW.role)
    assert line.wants_password
    assert not line.has_factor
    assert sign_in.check_password(world.rt, NEW.id, password, agent="", address="")


def test_an_initial_password_is_no_other_one_and_easily_read_aloud(world: World) -> None:
    made = {accounts.initial_password(world.rt) for _ in range(50)}

    assert len(made) == 50
    assert {len(each) for each in made} == {23}
    assert not set("".join(made)) & set("01iloOIL")


@pytest.mark.parametrize("role", [Role.ENTRY, Role.CHECKER, Role.CHAIR, Role.AUDITOR])
def test_nobody_but_an_administrator_manages_accounts(world: World, role: Role) -> None:
    who, rt = world.officer(role), world.rt

    with pytest.raises(AdministratorsOnly):
        accounts.create(rt, who, NEW, password=PASSWORD)
    with pytest.raises(NotAllowed):
        accounts.set_role(rt, who, "entry-2", Role.CHECKER)
    with pytest.raises(NotAllowed):
        accounts.lock(rt, who, "entry-2")
    with pytest.raises(NotAllowed):
        accounts.unlock(rt, who, "entry-2")
    with pytest.raises(NotAllowed):
        office_pages.officers(rt, who)


@pytest.mark.parametrize(
    ("made", "password", "refusal"),
    [
        (Officer("entry-1", "鈴木", Role.ENTRY), PASSWORD, AlreadyThere),
        (Officer("Suzuki", "鈴木", Role.ENTRY), PASSWORD, BadName),
        (Officer("", "鈴木", Role.ENTRY), PASSWORD, BadName),
        (Officer("suzuki", " 　", Role.ENTRY), PASSWORD, NameMissing),
        (Officer("suzuki", "鈴木", Role.ENTRY), "short", PasswordTooShort),
        (Officer("suzuki-hanako", "鈴木", Role.ENTRY), "suzuki-hanako1", PasswordTooEasy),
    ],
)
def test_an_account_that_cannot_be_is_refused(
    world: World, made: Officer, password: str, refusal: type[Exception]
) -> None:
    before = accounts.everybody(world.rt)

    with pytest.raises(refusal):
        accounts.create(world.rt, admin(world), made, password=password)

    assert accounts.everybody(world.rt) == before


def test_the_first_account_needs_nobodys_leave_and_is_an_administrators(tmp_path: Path) -> None:
    database = Database(sqlite_file_url(tmp_path))
    upgrade(database)
    database.close()
    world = world_at(tmp_path, sqlite_file_url(tmp_path))
    first = Officer("first", "最初 の人", Role.ADMINISTRATOR)

    with pytest.raises(FirstIsAdministrator):
        accounts.create(world.rt, None, NEW, password=PASSWORD)
    accounts.create(world.rt, None, first, password=PASSWORD)
    with pytest.raises(AdministratorsOnly):
        accounts.create(world.rt, None, NEW, password=PASSWORD)

    assert accounts.everybody(world.rt) == (first,)
    (line,) = office_pages.officers(world.rt, first)
    assert not line.wants_password  # who runs the command chose it
    events, _ = office_pages.journal(world.rt, most=1, skipped=0)
    assert (events[0].by, events[0].what) == ("host", "created")
    world.rt.database.close()


def test_a_role_is_changed_by_another_administrator_and_stands_in_the_journal(world: World) -> None:
    accounts.set_role(world.rt, admin(world), "entry-1", Role.CHECKER)

    assert {each.id: each.role for each in accounts.everybody(world.rt)}["entry-1"] is Role.CHECKER
    events, _ = office_pages.journal(world.rt, most=9, skipped=0)
    assert [(each.account, each.what, each.detail) for each in events] == [
        ("entry-1", "role-changed", "entry → checker")
    ]


def test_the_same_role_again_changes_nothing(world: World) -> None:
    accounts.set_role(world.rt, admin(world), "entry-1", Role.ENTRY)

    assert office_pages.journal(world.rt, most=9, skipped=0) == ((), 0)


def test_attack_an_officer_gives_itself_another_role_or_locks_itself(world: World) -> None:
    with pytest.raises(NotOneself):
        accounts.set_role(world.rt, admin(world), admin(world).id, Role.AUDITOR)
    with pytest.raises(NotOneself):
        accounts.lock(world.rt, admin(world), admin(world).id)


def test_the_last_administrator_who_can_sign_in_is_neither_locked_nor_given_another_role(
    world: World,
) -> None:
    accounts.lock(world.rt, admin(world), admin(world, 2).id)
    # Administrator 2 has been locked, but not yet for the session that is open in a second window.
    with pytest.raises(LastAdministrator):
        accounts.lock(world.rt, admin(world, 2), admin(world).id)
    with pytest.raises(LastAdministrator):
        accounts.set_role(world.rt, admin(world, 2), admin(world).id, Role.ENTRY)


def test_locking_and_unlocking_twice_is_once(world: World) -> None:
    for _ in range(2):
        accounts.lock(world.rt, admin(world), "entry-1")
    for _ in range(2):
        accounts.unlock(world.rt, admin(world), "entry-1")

    events, total = office_pages.journal(world.rt, most=9, skipped=0)
    assert total == 2
    assert sorted(each.what for each in events) == ["locked", "unlocked"]


def test_an_account_that_is_not_there(world: World) -> None:
    for verb in (accounts.lock, accounts.unlock):
        with pytest.raises(NoSuchAccount):
            verb(world.rt, admin(world), "nobody")


def test_a_command_on_the_host_asks_for_the_password_alone(world: World) -> None:
    accounts.create(world.rt, admin(world), NEW, password=PASSWORD)

    assert accounts.sign_in(world.rt, NEW.id, PASSWORD) == NEW
    for account, password in ((NEW.id, "wrong"), ("nobody", PASSWORD)):
        with pytest.raises(SignInRefused):
            accounts.sign_in(world.rt, account, password)
    accounts.lock(world.rt, admin(world), NEW.id)
    with pytest.raises(SignInRefused):
        accounts.sign_in(world.rt, NEW.id, PASSWORD)
