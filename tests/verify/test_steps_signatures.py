"""A large log's signatures and files are shared out among processes; the verdict is that of a small one."""

import pytest

from tests.verify.attacks import ATTACKS, Attack
from tests.verify.conftest import Council
from tests.verify.forge import caught, check, failed
from voting.ledger.ed25519 import fastest, fastest_opens, opens, verifies
from voting.verify import helpers as started

# The checks that others help with: the files, the root of the roll, and the signatures of the votes.
SHARED_OUT = [attack for attack in ATTACKS if {1, 14, 18} & attack.checks]
WAYS = {
    "one process": (0, verifies, opens),
    "two processes": (1, verifies, opens),
    "two with PyNaCl": (1, fastest(), fastest_opens()),
}


def make_large(monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    """From now on every log is a large one."""
    helpers, verify, look = WAYS[way]
    monkeypatch.setattr(started, "LARGE", 0)
    monkeypatch.setattr(started, "cores", lambda: helpers + 1)
    monkeypatch.setattr(started, "fastest", lambda: verify)
    monkeypatch.setattr(started, "fastest_opens", lambda: look)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("audience", ["public", "auditor"])
def test_an_honest_log_is_verified(
    council: Council, audience: str, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = council.forge(audience).zipped()
    alone = check(data, council.held)

    make_large(monkeypatch, way)

    assert check(data, council.held) == alone
    assert not caught(alone) and alone[17].items > 0


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("attack", SHARED_OUT, ids=lambda attack: attack.name)
def test_an_attack_on_what_is_shared_out_is_told_in_the_same_words(
    council: Council, attack: Attack, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    forge = council.forge(attack.audience)
    attack.act(forge)
    alone = check(forge.zipped(), council.held)

    make_large(monkeypatch, way)

    assert check(forge.zipped(), council.held) == alone
    assert failed(alone) == attack.checks
