"""Who has answered the texts in force: a sheet stands where it arrived, as ``ledger.answered`` has it."""

from dataclasses import replace
from itertools import product

import pytest

from tests.store.rows import ASSEMBLY, T0, T1, T2
from tests.store.test_ballots import SENT
from voting.ledger.answered import NewTexts, answers
from voting.ledger.canonical import parse_instant
from voting.store import ballots, papers, participation

TEXTS = NewTexts(5, parse_instant(T1))
# Every place of the sheet and the vote around the amend of texts at 5, every hour around its time.
CASES = [*product((4, 6), (4, 7), (T0, T1, T2)), *product((None,), (4, 7), (T0, T1, T2))]


@pytest.mark.parametrize(("sheet", "index", "received_at"), CASES)
def test_the_store_and_the_ledger_agree_on_who_has_answered_the_new_texts(
    database, sheet, index, received_at
):
    sent = replace(SENT, index=index, received_at=received_at, paper=sheet)
    with database.transaction() as tx:
        if sheet is not None:
            sent = replace(sent, paper_serial="P-1")
            papers.add(
                tx,
                ASSEMBLY,
                serial="P-1",
                index=sheet,
                channel="post",
                arrived_at=received_at,
                scan_sha256="0" * 64,
                registered_by="first",
            )
        ballots.put_submission(tx, ASSEMBLY, sent)

    with database.reading() as tx:
        assert ballots.by_index(tx, ASSEMBLY, index) == sent
        assert participation.first_answers(tx, ASSEMBLY, texts=None) == {"M0001": received_at}
        found = participation.first_answers(tx, ASSEMBLY, texts=TEXTS)

    stands = answers(TEXTS, index=index, paper=sheet, received_at=parse_instant(received_at))
    assert (found == {"M0001": received_at}) is stands
