"""When a ballot was first opened: the first time alone, for each assembly."""

from tests.store.rows import ASSEMBLY, T0, T1
from voting.store import openings


def test_the_first_time_stays_however_often_a_ballot_is_opened(database):
    with database.transaction() as tx:
        openings.note(tx, ASSEMBLY, "M0001", at=T0)
        openings.note(tx, ASSEMBLY, "M0001", at=T1)
        openings.note(tx, ASSEMBLY, "M0002", at=T1)

    with database.reading() as tx:
        assert openings.opened(tx, ASSEMBLY) == {"M0001": T0, "M0002": T1}
        assert openings.was_opened(tx, ASSEMBLY, "M0001")
        assert not openings.was_opened(tx, ASSEMBLY, "M0003")
        assert openings.opened(tx, ASSEMBLY + 1) == {}
