"""Whatever an operator with all keys and the whole database does is seen, by whom the register names.

And by nobody else, and through no other check: each protection is shown to be the one that stands there.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.frauds.all import FRAUDS
from tests.frauds.battery import Fraud
from tests.frauds.looking import Loot, Party, sights
from tests.frauds.stage import DONE, Moment, begin, reopen
from tests.frauds.table import table
from voting.ledger.note import Verifier
from voting.verify import steps
from voting.verify.findings import Proof, Status
from voting.witness import judging

Committed = Callable[[Fraud], tuple[Loot, Verifier]]
_LEFT_OUT = Proof(0, status=Status.WITHHELD, why="left out")
REFUSED = [fraud for fraud in FRAUDS if Party.SERVICE in fraud.seen]
TRUST = Path(__file__).parents[2] / "docs" / "trust.md"


@pytest.fixture(scope="session")
def moments(tmp_path_factory: pytest.TempPathFactory, database_template: Path) -> dict[str, Moment]:
    return begin(tmp_path_factory.mktemp("frauds"), database_template)


@pytest.fixture(scope="session")
def committed(tmp_path_factory: pytest.TempPathFactory, moments: dict[str, Moment]) -> Committed:
    """What a fraud leaves behind; each is committed once."""
    known: dict[str, tuple[Loot, Verifier]] = {}

    def commit(fraud: Fraud) -> tuple[Loot, Verifier]:
        if fraud.name not in known:
            known[fraud.name] = act(fraud, moments, tmp_path_factory.mktemp("fraud"))
        return known[fraud.name]

    return commit


def act(fraud: Fraud, moments: dict[str, Moment], folder: Path) -> tuple[Loot, Verifier]:
    stage = reopen(moments[fraud.moment], folder / "there")
    loot = fraud.act(stage)
    stage.world.rt.database.close()
    return loot, stage.signer.verifier


def test_without_any_fraud_nobody_sees_one(moments: dict[str, Moment], tmp_path: Path) -> None:
    for moment in moments.values():
        stage = reopen(moment, tmp_path / moment.folder.name)
        loot = stage.publish() if moment is moments[DONE] else stage.finish()
        loot.receipts = tuple(stage.receipts.values())
        stage.world.rt.database.close()

        assert sights(loot, stage.signer.verifier) == {}


@pytest.mark.parametrize("fraud", FRAUDS, ids=lambda fraud: fraud.name)
def test_a_fraud_is_seen_by_whom_the_register_names(committed: Committed, fraud: Fraud) -> None:
    found = sights(*committed(fraud))

    assert {party: sight.checks for party, sight in found.items()} == dict(fraud.seen)
    assert all(sight.says for sight in found.values())


@pytest.mark.parametrize("fraud", FRAUDS, ids=lambda fraud: fraud.name)
def test_without_what_the_register_names_nobody_would_see_it(
    committed: Committed, fraud: Fraud, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = sorted({number for checks in fraud.seen.values() for number in checks})
    loot, key = committed(fraud)
    for number in numbers:
        assert number in {n for sight in sights(loot, key).values() for n in sight.checks}
        # Only here: the verifier itself cannot leave one out.
        monkeypatch.setitem(steps.STEPS, number, lambda evidence: _LEFT_OUT)
    if Party.WITNESS in fraud.seen:
        assert Party.WITNESS in sights(loot, key)
        monkeypatch.setattr(judging, "judge", lambda *_, **__: None)
        monkeypatch.setattr(judging, "opened", lambda note, _: judging.stated(note))
    # Who had no mail, and met no program that refuses.
    assert not sights(replace(loot, mail="", refusal=""), key)


@pytest.mark.parametrize("fraud", REFUSED, ids=lambda fraud: fraud.name)
def test_where_the_program_does_not_refuse_it_those_behind_see_it(
    moments: dict[str, Moment], tmp_path: Path, fraud: Fraud, monkeypatch: pytest.MonkeyPatch
) -> None:
    for guard in fraud.guards:
        monkeypatch.setattr(guard.place, guard.instead)

    loot, key = act(fraud, moments, tmp_path)

    assert fraud.guards and fraud.behind
    assert {party: sight.checks for party, sight in sights(loot, key).items()} == dict(fraud.behind)


@pytest.mark.parametrize("fraud", FRAUDS, ids=lambda fraud: fraud.name)
def test_a_fraud_that_no_check_and_no_refusal_shows_says_what_remains(fraud: Fraud) -> None:
    has_check = any(checks for checks in fraud.seen.values())

    assert has_check or Party.SERVICE in fraud.seen or all(fraud.remark)


def test_the_table_for_auditors_is_what_was_seen(committed: Committed) -> None:
    found = {}
    for fraud in FRAUDS:
        found[fraud.name] = {party: sight.checks for party, sight in sights(*committed(fraud)).items()}

    assert "\n".join(table(found)) in TRUST.read_text("utf-8")
