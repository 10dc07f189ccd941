"""Everything the Python verifier is tested with is judged by the page as well, and both say the same.

The tests of tests/verify are run once more; wherever one of them asks the Python verifier about a bundle, the
page is asked about the same bytes. All the attacks by name are among them, and the hundreds of bits turned.
"""

from functools import partial

import pytest

from tests.browser.verifier.again import asked_again
from tests.browser.verifier.hand import Hand, both_check, in_page, in_python
from tests.verify import (
    test_attacks,
    test_attacks_on_members,
    test_bundle,
    test_pdf,
    test_policy,
    test_records,
    test_steps,
    test_steps_held,
    test_timestamps,
)
from tests.verify.attacks import ATTACKS, Attack
from tests.verify.conftest import Council
from tests.verify.forge import check
from tests.verify.test_attacks_on_members import changes, logs
from voting.ledger.note import Signer
from voting.verify.bundle import Bundle, read_bundle
from voting.verify.findings import Unreadable

MODULES = (
    test_attacks,
    test_attacks_on_members,
    test_bundle,
    test_pdf,
    test_policy,
    test_records,
    test_steps,
    test_steps_held,
    test_timestamps,
)
# What is changed, and the logs that it is changed in.
__all__ = ["changes", "logs"]
ANY_KEY = Signer.from_seed("vote.example.or.jp/council/2025-06", b"\x07" * 32)
# Attacks by name have a stricter test here.
REPEATED = {
    "test_an_attack_is_caught_by_the_checks_that_are_there_for_it",
    "test_without_these_checks_the_attack_would_pass",
}


AGAIN = {
    name: test
    for name, test in asked_again(*MODULES).items()
    if "council" in test.__code__.co_varnames and name not in REPEATED
}
globals().update(AGAIN)


@pytest.fixture(autouse=True)
def both_hands(monkeypatch: pytest.MonkeyPatch, hand: Hand) -> None:
    def read_both(data: bytes) -> Bundle:
        # Any key will do: what is no bundle is unreadable before anybody's signature is looked at.
        report = hand.judge(ANY_KEY.vkey, [("bundle.zip", data)])
        codes = {each["code"] for each in report["unreadable"]}
        try:
            found = read_bundle(data)
        except Unreadable:
            assert codes & {"no-bundle", "is-unknown"}
            raise
        assert not codes & {"no-bundle", "is-unknown"}
        return found

    for module in MODULES:
        monkeypatch.setattr(module, "check", partial(both_check, hand), raising=False)
        monkeypatch.setattr(module, "read_bundle", read_both, raising=False)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_an_attack_fails_the_same_checks_for_the_same_reasons_in_the_page(
    council: Council, hand: Hand, attack: Attack
) -> None:
    forge = council.forge(attack.audience)
    attack.act(forge)
    data = forge.zipped()

    checks = hand.judge_bundle(data, council.held)["checks"]

    assert {each["number"] for each in checks if each["status"] == "failed"} == attack.checks
    assert [in_page(each) for each in checks] == [in_python(each) for each in check(data, council.held)]


def test_this_is_every_attack_and_more(council: Council) -> None:
    assert len(ATTACKS) > 100
    assert len(AGAIN) > 50
