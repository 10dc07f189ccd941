"""Officers' passwords are kept as argon2 hashes and nothing else."""

import pytest

from voting.credentials.passwords import SHORTEST, PasswordTooShort, hash_password, matches

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
    assert matches("a" * SHORTEST, hash_password("a" * SHORTEST))
