"""Whatever an operator with all keys and the whole database does is seen, by whom the register names.

And by nobody else, and through no other check: each protection is shown to be the one that stands there.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.frauds.all import FRAUDS
from tests.frauds.battery import Fraud
from tests.frauds.stage import DONE, Loot, Moment, Party, begin, reopen, sights
from voting.ledger.note import Verifier
from voting.verify import steps
from voting.verify.findings import Proof, Status

Committed = Callable[[Fraud], tuple[Loot, Verifier]]
_LEFT_OUT = Proof(0, status=Status.WITHHELD, why="left out")
BY_CHECK = {Party.PUBLIC, Party.MEMBER, Party.AUDITOR, Party.KEEPER}


@pytest.fixture(scope="session")
def moments(tmp_path_factory: pytest.TempPathFactory, database_template: Path) -> dict[str, Moment]:
    return begin(tmp_path_factory.mktemp("frauds"), database_template)


@pytest.fixture(scope="session")
def committed(tmp_path_factory: pytest.TempPathFactory, moments: dict[str, Moment]) -> Committed:
    """What a fraud leaves behind; each is committed once."""
    known: dict[str, tuple[Loot, Verifier]] = {}

    def commit(fraud: Fraud) -> tuple[Loot, Verifier]:
        if fraud.name not in known:
            stage = reopen(moments[fraud.moment], tmp_path_factory.mktemp("fraud") / "there")
            known[fraud.name] = fraud.act(stage), stage.signer.verifier
            stage.world.rt.database.close()
        return known[fraud.name]

    return commit


def test_without_any_fraud_nobody_sees_one(moments: dict[str, Moment], tmp_path: Path) -> None:
    stage = reopen(moments[DONE], tmp_path / "there")
    loot = stage.publish()
    loot.receipts = tuple(stage.receipts.values())
    stage.world.rt.database.close()

    assert sights(loot, stage.signer.verifier) == {}


@pytest.mark.parametrize("fraud", FRAUDS, ids=lambda fraud: fraud.name)
def test_a_fraud_is_seen_by_whom_the_register_names(committed: Committed, fraud: Fraud) -> None:
    found = sights(*committed(fraud))

    assert {party: sight.checks for party, sight in found.items()} == dict(fraud.seen)
    assert all(sight.says for sight in found.values())


@pytest.mark.parametrize("fraud", FRAUDS, ids=lambda fraud: fraud.name)
def test_without_the_checks_named_no_bundle_would_show_it(
    committed: Committed, fraud: Fraud, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = sorted({number for checks in fraud.seen.values() for number in checks})
    loot, key = committed(fraud)
    for number in numbers:
        assert number in {n for sight in sights(loot, key).values() for n in sight.checks}
        # Only here: the verifier itself cannot leave one out.
        monkeypatch.setitem(steps.STEPS, number, lambda evidence: _LEFT_OUT)

    assert not BY_CHECK & set(sights(loot, key))


@pytest.mark.parametrize("fraud", FRAUDS, ids=lambda fraud: fraud.name)
def test_a_fraud_that_the_public_cannot_see_says_what_remains(fraud: Fraud) -> None:
    assert set(fraud.seen) & {*BY_CHECK, Party.SERVICE} or fraud.remark
