"""The witness policy: checked when it is given, fixed in genesis, the verifier's own afterwards."""

import pytest

from tests.witness.logs import Log, cosigner
from tests.world import World
from voting.ledger.entries import decode_entry
from voting.ledger.kinds import Genesis
from voting.services.proof.policies import PolicyUnusable, checked_policy, policy_of

A = cosigner("witness.example.or.jp/a", 1).witness.vkey
B = cosigner("witness.example.or.jp/b", 2).witness.vkey
GIVEN = f"# 監事\r\nwitness A {A} https://kanji.example.or.jp/w\r\nwitness B {B}\ngroup g any A B\nquorum g"


def test_the_policy_stands_in_genesis_with_the_logs_own_key(world: World) -> None:
    world.draft(policy=GIVEN)

    genesis = decode_entry(world.entries()[0]).body
    assert isinstance(genesis, Genesis)
    assert genesis.policy.startswith(f"log {genesis.log_key}\n# 監事\nwitness A {A} https://")
    with world.rt.database.reading() as tx:
        policy = policy_of(tx, world.case)
    assert policy is not None
    assert list(policy.witnesses) == ["A", "B"]
    assert policy.urls == {"A": "https://kanji.example.or.jp/w"}


@pytest.mark.parametrize("text", ["", " \n\n"])
def test_an_assembly_may_have_no_witnesses(world: World, text: str) -> None:
    world.draft(policy=text)

    with world.rt.database.reading() as tx:
        assert policy_of(tx, world.case) is None


@pytest.mark.parametrize(
    "text",
    [
        f"witness A {A}\n",
        f"log {Log.of(1).signer.vkey}\nwitness A {A}\nquorum A\n",
        f"witness A {A} file:///etc/passwd\nquorum A\n",
        f"witness A {A} kanji.example.or.jp\nquorum A\n",
        f"witness A {A}\nwitness B {A}\nquorum A\n",
        f"witness A {Log.of(1).signer.vkey}\nquorum A\n",
        f"witness A {A}\x00\nquorum A\n",
        f"witness A {A}\rquorum A\n",
        f"witness A {A}\nquorum A\n# " + "あ" * 3000,
        "".join(f"witness W{n} {cosigner('w', n).witness.vkey}\n" for n in range(1, 34)) + "quorum none\n",
    ],
    ids=[
        "no quorum",
        "a log line",
        "no http",
        "no address",
        "one key twice",
        "a log's key",
        "a zero byte",
        "a carriage return",
        "too long",
        "too many",
    ],
)
def test_a_policy_that_would_not_hold_is_refused_before_anything_is_made(world: World, text: str) -> None:
    with pytest.raises(PolicyUnusable):
        world.draft(policy=text)

    assert not [each for each in world.rt.keys._folder.iterdir() if each.is_file()]


def test_a_policy_that_asks_for_nobody_is_one() -> None:
    assert checked_policy("quorum none") == "quorum none\n"
