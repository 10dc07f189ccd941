"""Everything the Python verifier is tested with is judged by the page as well, and both say the same.

The tests of tests/verify are run once more; wherever one of them asks the Python verifier about a bundle, the
page is asked about the same bytes. All the attacks by name are among them, and the hundreds of bits turned.
"""

import pytest

from tests.browser.verifier.again import asked_again
from tests.browser.verifier.hand import Hand, in_page, in_python
from tests.verify import (
    test_attacks,
    test_bundle,
    test_pdf,
    test_policy,
    test_records,
    test_steps,
    test_steps_held,
    test_timestamps,
)
from tests.verify.attacks import ATTACKS
from tests.verify.conftest import Council, play, world
from tests.verify.forge import check
from tests.world import World
from voting.ledger.note import Signer
from voting.services.export import export
from voting.verify.bundle import Bundle, read_bundle
from voting.verify.evidence import Held
from voting.verify.findings import Finding, Unreadable

MODULES = (
    test_attacks,
    test_bundle,
    test_pdf,
    test_policy,
    test_records,
    test_steps,
    test_steps_held,
    test_timestamps,
)
# An assembly of its own for each test, in place of the one that browsers vote in.
__all__ = ["world"]
ANY_KEY = Signer.from_seed("vote.example.or.jp/council/2025-06", b"\x07" * 32)
# Once is enough: which of the page's checks an attack fails is seen in the test before.
REPEATED = {"test_without_these_checks_the_attack_would_pass"}


AGAIN = {
    name: test
    for name, test in asked_again(*MODULES).items()
    if "council" in test.__code__.co_varnames and name not in REPEATED
}
globals().update(AGAIN)


@pytest.fixture(autouse=True)
def both_hands(monkeypatch: pytest.MonkeyPatch, hand: Hand) -> None:
    def ask_both(data: bytes, held: Held) -> tuple[Finding, ...]:
        report = hand.judge_bundle(data, held)
        try:
            found = check(data, held)
        except Unreadable:
            assert report["verdict"] == "unreadable"
            raise
        assert [in_page(each) for each in report["checks"]] == [in_python(each) for each in found]
        assert report["verdict"] == ("verified" if all(each.passes for each in found) else "refuted")
        return found

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
        monkeypatch.setattr(module, "check", ask_both, raising=False)
        monkeypatch.setattr(module, "read_bundle", read_both, raising=False)


@pytest.mark.parametrize("disclosure", ["L0", "L1", "L2"])
@pytest.mark.parametrize("audience", ["public", "auditor"])
def test_at_every_level_of_disclosure_either_bundle_is_verified_and_says_what_it_withholds(
    world: World, hand: Hand, disclosure: str, audience: str
) -> None:
    play(world, disclosure=disclosure)
    held = Held(
        world.rt.keys.signer(world.origin).verifier, (), tuple(zip("abcdefgh", world.receipts, strict=True))
    )
    data = export(world.rt, world.origin, audience=audience)

    found, report = check(data, held), hand.judge_bundle(data, held)

    assert [in_page(each) for each in report["checks"]] == [in_python(each) for each in found]
    assert (report["verdict"], report["audience"]) == ("verified", audience)
    withheld = {each["number"] for each in report["checks"] if each["status"] == "withheld"}
    assert (15 in withheld, 17 in withheld) == (
        audience == "public" and disclosure != "L0",
        audience == "public" and disclosure == "L2",
    )


def test_this_is_every_attack_and_more(council: Council) -> None:
    assert len(ATTACKS) > 100
    assert len(AGAIN) > 50
