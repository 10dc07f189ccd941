"""Every attack is caught, by the checks that are there for it, and by nothing else.

Each comes with its disarmed variant: without those checks the bundle would pass, so the test that demands
its rejection would turn red.
"""

import random

import pytest

from tests.verify.attacks import ATTACKS, Attack
from tests.verify.conftest import Council
from tests.verify.forge import Forge, caught, check, failed
from voting.verify.findings import CHECKS, Finding, Unreadable

# What no attack in the table is about: it needs something that the user holds (see test_steps_held.py).
HELD = {9}
# Names of members are for people: the commitment covers the number alone (ledger L2).
UNBOUND = {"roll/private.jsonl"}


def findings(council: Council, attack: Attack) -> tuple[Finding, ...]:
    forge = council.forge(attack.audience)
    attack.act(forge)
    return check(forge.zipped(), council.held)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_an_attack_is_caught_by_the_checks_that_are_there_for_it(council: Council, attack: Attack) -> None:
    found = findings(council, attack)

    assert caught(found)
    assert failed(found) == attack.checks


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_without_these_checks_the_attack_would_pass(council: Council, attack: Attack) -> None:
    assert not caught(findings(council, attack), disarmed=attack.checks)


def test_there_is_an_attack_for_every_check() -> None:
    assert {number for attack in ATTACKS for number in attack.checks} | HELD == set(CHECKS)


def test_every_check_is_all_that_stands_against_some_attack() -> None:
    alone = {number for attack in ATTACKS if len(attack.checks) == 1 for number in attack.checks}

    assert set(CHECKS) - alone - HELD == set()


@pytest.mark.parametrize("audience", ["public", "auditor"])
def test_a_bundle_taken_apart_and_put_together_again_is_the_same(council: Council, audience: str) -> None:
    whole = council.public if audience == "public" else council.auditor

    assert council.forge(audience).zipped() == whole


def flipped(forge: Forge, chance: random.Random) -> tuple[str, bytes]:
    """The bundle with one bit of one file turned, and all that the key can repair repaired."""
    paths = sorted({**forge.files, **forge.tree()}.keys() - UNBOUND)
    path = chance.choice(paths)

    def flip(files: dict[str, bytes]) -> None:
        data = bytearray(files[path])
        if data:
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        else:
            data.append(chance.randrange(256))
        files[path] = bytes(data)

    forge.last.append(flip)
    return path, forge.zipped()


@pytest.mark.parametrize("audience", ["public", "auditor"])
def test_any_bit_turned_in_any_file_is_caught_though_list_and_note_are_made_anew(
    council: Council, audience: str
) -> None:
    chance = random.Random(f"flips of {audience}")
    for _ in range(150):
        path, data = flipped(council.forge(audience), chance)

        found = check(data, council.held)

        assert caught(found), path
        assert caught(found, disarmed=frozenset({1, 2})), path
        assert [each for each in found if each.fault == "unexpected"] == [], path


def test_any_bit_turned_in_the_file_itself_is_caught_or_makes_it_unreadable(council: Council) -> None:
    chance = random.Random("flips of the file")
    for _ in range(150):
        data = bytearray(council.public)
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        try:
            found = check(bytes(data), council.held)
        except Unreadable:
            continue

        assert caught(found)


def test_a_bundle_cut_off_anywhere_is_unreadable(council: Council) -> None:
    for size in range(0, len(council.public), 977):
        with pytest.raises(Unreadable):
            check(council.public[:size], council.held)
