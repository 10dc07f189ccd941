"""Whatever an operator with all keys and the whole database does is seen, by whom the register names.

And by nobody else, and through no other check: so each protection is shown to be the one that stands there.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.frauds.all import FRAUDS
from tests.frauds.battery import Fraud
from tests.frauds.stage import DONE, Moment, Party, begin, reopen, sights


@pytest.fixture(scope="session")
def moments(tmp_path_factory: pytest.TempPathFactory, database_template: Path) -> dict[str, Moment]:
    return begin(tmp_path_factory.mktemp("frauds"), database_template)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "there"


def test_without_any_fraud_nobody_sees_one(moments: dict[str, Moment], folder: Path) -> None:
    stage = reopen(moments[DONE], folder)
    loot = stage.publish()
    loot.receipts = tuple(stage.receipts.values())

    assert sights(loot, stage.world.rt.keys.signer(stage.world.origin).verifier) == {}
    stage.world.rt.database.close()


@pytest.mark.parametrize("fraud", FRAUDS, ids=lambda fraud: fraud.name)
def test_a_fraud_is_seen_by_whom_the_register_names(
    moments: dict[str, Moment], folder: Path, fraud: Fraud
) -> None:
    stage = reopen(moments[fraud.moment], folder)
    loot = fraud.act(stage)

    found = sights(loot, stage.world.rt.keys.signer(stage.world.origin).verifier)

    stage.world.rt.database.close()
    assert {party: sight.checks for party, sight in found.items()} == dict(fraud.seen)
    assert all(sight.says for sight in found.values())


@pytest.mark.parametrize("fraud", FRAUDS, ids=lambda fraud: fraud.name)
def test_a_fraud_that_no_check_sees_says_what_remains(fraud: Fraud) -> None:
    by_check = set(fraud.seen) & {Party.PUBLIC, Party.AUDITOR}

    assert by_check or fraud.remark or set(fraud.seen) & {Party.MEMBER, Party.SERVICE}
