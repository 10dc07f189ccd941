"""Signing in: a password and a second factor, each tried a few times; a code is taken once."""

import base64
from datetime import timedelta

import pytest

from tests.officers import PASSWORD, Person, found, hire, unenrolled
from tests.world import World
from voting.core.errors import Broken
from voting.core.permissions import Role
from voting.credentials import totp
from voting.credentials.passwords import PasswordTooEasy, PasswordTooShort
from voting.services.office import accounts, limits, office_sessions, sign_in
from voting.services.office.accounts import SignInRefused
from voting.services.office.limits import TooManyTries
from voting.services.office.sign_in import CodeRefused, SameAsBefore, SignInOver
from voting.store import accounts as stored
from voting.store import factors

WRONG = "000000"


@pytest.fixture
def person(world: World) -> Person:
    return hire(world, Role.CHECKER)


def try_password(world: World, account: str, password: str, *, address: str = "here") -> str:
    return sign_in.check_password(world.rt, account, password, agent="tests", address=address)


def try_code(world: World, person: Person, code: str, *, address: str) -> str:
    half = found(world, try_password(world, person.id, PASSWORD, address=address))
    return sign_in.check_code(world.rt, half, code, address=address)


def wrong_code(person: Person) -> str:
    shown = {person.code(steps=shift) for shift in (-1, 0, 1)}
    return next(code for code in (WRONG, "111111", "222222", "333333") if code not in shown)


# --- the password ---------------------------------------------------------------------------------------


def test_password_and_code_open_a_session(person: Person) -> None:
    visit = person.visit()

    assert visit.is_complete
    assert visit.officer == person.officer
    assert visit.session.factor == "totp"


def test_the_password_alone_opens_a_session_that_waits(world: World, person: Person) -> None:
    visit = found(world, person.half_token())

    assert not visit.is_complete
    assert not visit.is_stepped_up


@pytest.mark.parametrize(
    ("account", "password"),
    [("checker-1", "another password"), ("nobody", PASSWORD), ("", ""), ("checker-1", ""), ("x" * 900, "\0")],
)
def test_a_wrong_password_and_an_unknown_account_are_refused_alike(
    world: World, person: Person, account: str, password: str
) -> None:
    with pytest.raises(SignInRefused) as refused:
        try_password(world, account, password)

    assert vars(refused.value) == {}


def test_a_locked_account_is_refused_as_if_the_password_were_wrong(world: World, person: Person) -> None:
    accounts.lock(world.rt, world.officer(Role.ADMINISTRATOR), person.id)

    with pytest.raises(SignInRefused):
        person.half_token()


def test_ten_wrong_passwords_lock_the_account_at_that_place_for_a_while(world: World, person: Person) -> None:
    for _ in range(10):
        with pytest.raises(SignInRefused):
            try_password(world, person.id, "wrong wrong wrong")
    began = world.clock.at

    with pytest.raises(TooManyTries) as refused:
        try_password(world, person.id, PASSWORD)

    assert refused.value.until == began + timedelta(minutes=15)
    # The officer is not kept out by whoever types nonsense elsewhere.
    assert try_password(world, person.id, PASSWORD, address="elsewhere")
    world.clock.at += timedelta(minutes=15)
    assert try_password(world, person.id, PASSWORD)


def test_attack_passwords_of_many_accounts_tried_from_one_address(world: World, person: Person) -> None:
    for number in range(30):
        with pytest.raises(SignInRefused):
            try_password(world, f"officer-{number}", "spring-2026-tokyo")

    with pytest.raises(TooManyTries):
        try_password(world, "officer-30", "spring-2026-tokyo")


def test_attack_passwords_of_one_account_tried_from_many_addresses(world: World, person: Person) -> None:
    for number in range(100):
        with pytest.raises(SignInRefused):
            try_password(world, person.id, "wrong wrong wrong", address=f"network {number}")

    with pytest.raises(TooManyTries):
        try_password(world, person.id, PASSWORD, address="network 100")


def test_attack_an_insider_signs_in_to_be_forgiven_the_tries_on_others(world: World, person: Person) -> None:
    for number in range(30):
        with pytest.raises(SignInRefused):
            try_password(world, f"officer-{number}", "spring-2026-tokyo")
        if number % 5 == 0:
            try_password(world, person.id, PASSWORD)

    with pytest.raises(TooManyTries):
        try_password(world, "officer-30", "spring-2026-tokyo")


def test_whoever_signs_in_rightly_is_never_locked(world: World, person: Person) -> None:
    for _ in range(40):
        assert try_password(world, person.id, PASSWORD)


def test_a_password_typed_full_width_is_the_same_password(world: World, person: Person) -> None:
    assert try_password(world, person.id, "ｔｈｒｅｅ　ｑｕｉｅｔ　ｈｅｒｏｎｓ")


# --- the code -------------------------------------------------------------------------------------------


def test_five_wrong_codes_lock_the_account_for_a_while_even_for_the_right_one(
    world: World, person: Person
) -> None:
    visit = found(world, person.half_token())
    for _ in range(5):
        with pytest.raises(CodeRefused):
            sign_in.check_code(world.rt, visit, wrong_code(person), address="tests")
    began = world.clock.at

    with pytest.raises(TooManyTries) as refused:
        sign_in.check_code(world.rt, visit, person.code(), address="tests")

    assert refused.value.until == began + timedelta(minutes=15)
    world.clock.at += timedelta(minutes=15)
    assert person.visit().is_complete


def test_attack_a_new_session_for_five_more_codes(world: World, person: Person) -> None:
    for _ in range(5):
        with pytest.raises(CodeRefused):
            sign_in.check_code(
                world.rt, found(world, person.half_token()), wrong_code(person), address="tests"
            )

    with pytest.raises(TooManyTries):
        sign_in.check_code(world.rt, found(world, person.half_token()), wrong_code(person), address="tests")


def test_attack_a_thief_of_the_password_uses_up_the_tries_to_keep_the_officer_out(
    world: World, person: Person
) -> None:
    person.visit()
    for number in range(8):
        for _ in range(5):
            with pytest.raises((CodeRefused, TooManyTries)):
                try_code(world, person, wrong_code(person), address=f"network {number}")

    with pytest.raises(TooManyTries):
        try_code(world, person, person.fresh_code(), address="network 8")
    assert try_code(world, person, person.fresh_code(), address="tests")


def test_attack_codes_guessed_from_many_addresses_share_twenty_tries_an_hour(
    world: World, person: Person
) -> None:
    refused = 0
    for number in range(100):
        try:
            try_code(world, person, wrong_code(person), address=f"network {number}")
        except CodeRefused:
            refused += 1
        except TooManyTries:
            continue

    assert refused == 20


def test_attack_a_hundred_wrong_passwords_typed_elsewhere_keep_no_officer_out(
    world: World, person: Person
) -> None:
    person.visit()
    for number in range(100):
        with pytest.raises(SignInRefused):
            try_password(world, person.id, "wrong wrong wrong", address=f"network {number}")

    assert try_password(world, person.id, PASSWORD, address="tests")
    world.clock.at += timedelta(days=91)
    assert not limits.is_known(world.rt, person.id, "tests")


def test_attack_one_machine_goes_on_and_on_to_keep_an_officer_out_of_every_new_place(
    world: World, person: Person
) -> None:
    """What is refused at one place uses up nothing that other places share."""
    for _ in range(120):
        with pytest.raises((SignInRefused, TooManyTries)):
            try_password(world, person.id, "wrong wrong wrong", address="network 1")
    for _ in range(30):
        with pytest.raises((CodeRefused, TooManyTries)):
            try_code(world, person, wrong_code(person), address="network 1")

    assert try_password(world, person.id, PASSWORD, address="network 2")
    assert try_code(world, person, person.fresh_code(), address="network 2")


def test_attack_one_account_is_tried_on_and_on_to_lock_a_whole_gateway(world: World, person: Person) -> None:
    for _ in range(60):
        with pytest.raises((SignInRefused, TooManyTries)):
            try_password(world, "officer-1", "wrong wrong wrong", address="gateway")

    assert try_password(world, person.id, PASSWORD, address="gateway")


def test_used_up_tries_are_in_the_journal_once(world: World, person: Person) -> None:
    for _ in range(7):
        with pytest.raises((CodeRefused, TooManyTries)):
            try_code(world, person, wrong_code(person), address="elsewhere")

    assert [each.what for each in _events(world)] == ["codes-wrong"]


def test_four_wrong_codes_and_a_right_one_are_forgiven(world: World, person: Person) -> None:
    for _ in range(3):
        visit = found(world, person.half_token())
        for _ in range(4):
            with pytest.raises(CodeRefused):
                sign_in.check_code(world.rt, visit, wrong_code(person), address="tests")
        sign_in.check_code(world.rt, visit, person.fresh_code(), address="tests")


def test_attack_a_code_read_over_the_shoulder_is_used_a_second_time(world: World, person: Person) -> None:
    code = person.fresh_code()
    sign_in.check_code(world.rt, found(world, person.half_token()), code, address="tests")

    with pytest.raises(CodeRefused):
        sign_in.check_code(world.rt, found(world, person.half_token()), code, address="tests")


def test_attack_a_code_older_than_the_one_taken_is_used(world: World, person: Person) -> None:
    sign_in.check_code(world.rt, found(world, person.half_token()), person.code(steps=1), address="tests")

    for earlier in (person.code(), person.code(steps=-1)):
        with pytest.raises(CodeRefused):
            sign_in.check_code(world.rt, found(world, person.half_token()), earlier, address="tests")


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_telephone_half_a_minute_off_is_taken(world: World, person: Person, steps: int) -> None:
    assert sign_in.check_code(
        world.rt, found(world, person.half_token()), person.code(steps=steps), address="tests"
    )


@pytest.mark.parametrize("steps", [-2, 2])
def test_a_telephone_a_minute_off_is_not(world: World, person: Person, steps: int) -> None:
    with pytest.raises(CodeRefused):
        sign_in.check_code(
            world.rt, found(world, person.half_token()), person.code(steps=steps), address="tests"
        )


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "１２３４５６", "\0", "é" * 400])
def test_what_is_no_code_is_refused(world: World, person: Person, code: str) -> None:
    with pytest.raises(CodeRefused):
        sign_in.check_code(world.rt, found(world, person.half_token()), code, address="tests")


def test_a_code_may_be_typed_with_a_space(world: World, person: Person) -> None:
    code = person.fresh_code()

    assert sign_in.check_code(
        world.rt, found(world, person.half_token()), f" {code[:3]} {code[3:]} ", address="tests"
    )


def test_attack_a_secret_moved_to_another_account_in_the_database(world: World, person: Person) -> None:
    other = hire(world, Role.ENTRY)
    with world.rt.database.transaction() as tx:
        stolen = factors.totp_secret(tx, person.id)
        assert stolen is not None
        factors.put_totp(tx, other.id, sealed=stolen[0], step=0, now="2026-05-20T00:00:00.000Z")

    with pytest.raises(Broken):
        sign_in.check_code(world.rt, found(world, other.half_token()), person.code(), address="tests")


# --- the first time -------------------------------------------------------------------------------------


def test_an_authenticator_is_set_up_at_the_first_log_in(world: World) -> None:
    person = unenrolled(world, Role.ENTRY)
    visit = found(world, person.half_token())
    given = sign_in.enrolment(world.rt, visit)
    secret = _secret(given.secret)

    token = sign_in.enrol(
        world.rt, visit, totp.code_at(secret, totp.step_of(world.clock.at)), address="tests"
    )

    assert found(world, token).is_complete
    assert given.qr.startswith("<svg")
    assert [each.what for each in _events(world)] == ["enrolled"]


def test_the_code_that_set_it_up_is_used_up(world: World) -> None:
    person = unenrolled(world, Role.ENTRY)
    visit = found(world, person.half_token())
    code = totp.code_at(_secret(sign_in.enrolment(world.rt, visit).secret), totp.step_of(world.clock.at))
    sign_in.enrol(world.rt, visit, code, address="tests")

    with pytest.raises(CodeRefused):
        sign_in.check_code(world.rt, found(world, person.half_token()), code, address="tests")


def test_a_wrong_code_sets_nothing_up(world: World) -> None:
    person = unenrolled(world, Role.ENTRY)
    visit = found(world, person.half_token())

    with pytest.raises(CodeRefused):
        sign_in.enrol(world.rt, visit, "12345", address="tests")

    assert not found(world, person.half_token()).has_factor


def test_attack_two_browsers_set_up_two_authenticators_with_one_password(world: World) -> None:
    person = unenrolled(world, Role.ENTRY)
    mine, thief = found(world, person.half_token()), found(world, person.half_token())
    step = totp.step_of(world.clock.at)
    codes = [
        totp.code_at(_secret(sign_in.enrolment(world.rt, visit).secret), step) for visit in (mine, thief)
    ]
    sign_in.enrol(world.rt, mine, codes[0], address="tests")

    with pytest.raises(SignInOver):
        sign_in.enrol(world.rt, thief, codes[1], address="tests")


def test_attack_setting_up_another_authenticator_in_the_place_of_the_one_that_is_there(
    world: World, person: Person
) -> None:
    visit = found(world, person.half_token())

    with pytest.raises(SignInOver):
        sign_in.enrol(world.rt, visit, person.code(), address="tests")
    with pytest.raises(SignInOver):
        sign_in.enrolment(world.rt, visit)


# --- the password is replaced ---------------------------------------------------------------------------


@pytest.fixture
def newcomer(world: World) -> tuple[Person, str]:
    """An officer with an authenticator, and a password that an administrator chose."""
    person = hire(world, Role.AUDITOR)
    with world.rt.database.transaction() as tx:
        account = stored.find(tx, person.id)
        assert account is not None
        stored.set_password(
            tx, person.id, password_hash=account.password_hash, by=world.officer(Role.ADMINISTRATOR).id
        )
    return person, PASSWORD


def test_attack_the_initial_password_is_kept_by_going_straight_to_the_code(
    world: World, newcomer: tuple[Person, str]
) -> None:
    person, _ = newcomer
    visit = found(world, person.half_token())

    with pytest.raises(SignInOver):
        sign_in.check_code(world.rt, visit, person.code(), address="tests")
    with pytest.raises(SignInOver):
        sign_in.check_passkey(world.rt, visit, "{}", address="tests")


def test_an_initial_password_is_replaced_first(world: World, newcomer: tuple[Person, str]) -> None:
    person, _ = newcomer
    half = person.half_token()
    assert found(world, half).wants_password

    sign_in.choose_password(world.rt, found(world, half), "four loud cormorants")

    assert sign_in.check_code(world.rt, found(world, half), person.fresh_code(), address="tests")
    assert try_password(world, person.id, "four loud cormorants")
    with pytest.raises(SignInRefused):
        try_password(world, person.id, PASSWORD)


def test_attack_who_has_only_the_password_changes_it(world: World, person: Person) -> None:
    with pytest.raises(SignInOver):
        sign_in.choose_password(world.rt, found(world, person.half_token()), "four loud cormorants")


@pytest.mark.parametrize(
    ("password", "refusal"),
    [
        ("short", PasswordTooShort),
        ("aaaaaaaaaaaaaaaa", PasswordTooEasy),
        ("auditor-1-2026", PasswordTooEasy),
        ("passwordpassword", PasswordTooEasy),
        ("password12345", PasswordTooEasy),
        ("x" * 150 + "abcdefghijkl" * 5, PasswordTooEasy),
        (PASSWORD, SameAsBefore),
    ],
)
def test_an_easy_password_is_refused(
    world: World, newcomer: tuple[Person, str], password: str, refusal: type[Exception]
) -> None:
    person, _ = newcomer

    with pytest.raises(refusal):
        sign_in.choose_password(world.rt, found(world, person.half_token()), password)


def test_a_changed_password_ends_every_other_session(world: World, person: Person) -> None:
    elsewhere, here = person.token(), person.visit()

    sign_in.change_password(world.rt, here, old=PASSWORD, new="four loud cormorants")

    assert office_sessions.find(world.rt, elsewhere) is None
    assert [each.is_this for each in office_sessions.mine(world.rt, here)] == [True]
    assert [each.what for each in _events(world)] == ["password-changed"]


def test_attack_a_screen_left_open_does_not_give_the_password_away(world: World, person: Person) -> None:
    visit = person.visit()
    for _ in range(10):
        with pytest.raises(SignInRefused):
            sign_in.change_password(world.rt, visit, old="wrong wrong wrong", new="four loud cormorants")

    with pytest.raises(TooManyTries):
        sign_in.change_password(world.rt, visit, old=PASSWORD, new="four loud cormorants")


# --- the second factor once more ------------------------------------------------------------------------


def test_the_second_factor_given_once_more_holds_for_ten_minutes(world: World, person: Person) -> None:
    token = person.token()
    assert found(world, token).is_stepped_up
    world.clock.at += timedelta(minutes=10)
    assert not found(world, token).is_stepped_up

    sign_in.step_up_by_code(world.rt, found(world, token), person.fresh_code(), address="tests")

    world.clock.at += timedelta(minutes=10) - timedelta(milliseconds=1)
    assert found(world, token).is_stepped_up
    world.clock.at += timedelta(milliseconds=1)
    assert not found(world, token).is_stepped_up


def test_a_wrong_code_steps_nothing_up(world: World, person: Person) -> None:
    token = person.token()
    world.clock.at += timedelta(minutes=10)

    with pytest.raises(CodeRefused):
        sign_in.step_up_by_code(world.rt, found(world, token), wrong_code(person), address="tests")

    assert not found(world, token).is_stepped_up


def test_no_limit_is_so_high_that_a_code_could_be_guessed() -> None:
    """Three codes of a million hold at a time: below one in 500 that a day of guessing finds one."""
    from_here = limits.FACTORS_FROM_HERE.amount * 24 * 60 // 15
    from_elsewhere = limits.FACTORS_FROM_ELSEWHERE.amount * 24

    assert from_here * 3 * 500 < 1_000_000
    assert from_elsewhere * 3 * 500 < 1_000_000


def _secret(fours: str) -> bytes:
    return base64.b32decode(fours.replace(" ", ""))


def _events(world: World) -> tuple[stored.Event, ...]:
    with world.rt.database.reading() as tx:
        return stored.events(tx, most=50, skipped=0)
