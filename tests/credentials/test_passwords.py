"""Officers' passwords are kept as argon2 hashes and nothing else."""

import pytest

from voting.credentials import passwords
from voting.credentials.passwords import (
    SHORTEST,
    PasswordTooEasy,
    PasswordTooShort,
    hash_password,
    match_nobody,
    matches,
)

PASSWORD = "正しい馬の電池とホチキス"


@pytest.fixture(scope="module")
def hashed():
    return hash_password(PASSWORD)


def test_the_password_matches_its_hash_and_another_does_not(hashed):
    assert matches(PASSWORD, hashed)
    assert not matches(PASSWORD + " ", hashed)
    assert not matches("", hashed)


def test_the_hash_is_argon2id_with_the_cost_that_owasp_asks_for(hashed):
    assert hashed.startswith("$argon2id$v=19$m=47104,t=1,p=1$")
    assert PASSWORD not in hashed


def test_the_same_password_is_never_hashed_alike(hashed):
    assert hash_password(PASSWORD) != hashed


def test_a_short_password_is_refused():
    with pytest.raises(PasswordTooShort) as refused:
        hash_password("a" * (SHORTEST - 1))

    assert refused.value.shortest == SHORTEST == 12


def test_a_password_that_is_just_long_enough_is_taken():
    assert matches("gs7#kq!Lw0p2"[:SHORTEST], hash_password("gs7#kq!Lw0p2"[:SHORTEST]))


def test_full_width_letters_are_the_same_password():
    assert matches("ｇｓ７＃ｋｑ！Ｌｗ０ｐ２", hash_password("gs7#kq!Lw0p2"))


@pytest.mark.parametrize(
    "password",
    ["a" * 40, "abababababab", "password1234", "Password!2026", "qwertyqwerty12", "suzuki-hanako", "x" * 201],
)
def test_what_everybody_would_guess_is_refused(password):
    with pytest.raises(PasswordTooEasy):
        hash_password(password, about=("suzuki", "鈴木 花子", "hanako"))


def test_a_name_inside_a_long_password_does_no_harm():
    assert hash_password("suzuki rides three quiet herons", about=("suzuki",))


def test_a_damaged_hash_matches_nothing():
    assert not matches(PASSWORD, "-")
    assert not matches(PASSWORD, "$argon2id$v=19$m=47104,t=1,p=1$AAAA")


def test_a_comparison_for_nobody_is_one_of_the_same_cost(monkeypatch):
    asked = []
    monkeypatch.setattr(passwords, "matches", lambda *given: asked.append(given))

    match_nobody(PASSWORD)

    ((password, against),) = asked
    assert password == PASSWORD
    assert against.startswith("$argon2id$v=19$m=47104,t=1,p=1$")
