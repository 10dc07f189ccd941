"""Questions as they are kept: the original beside what is to be published, and one row for one form."""

from dataclasses import replace

import pytest

from tests.store.rows import ASSEMBLY, T0, T1, T2
from voting.store import inquiries
from voting.store.inquiries import Inquiry

KEY = b"k" * 16
FIRST = Inquiry(1, "M0001", T1, "𠮷野町の負担金は?\n3ページ", "企画課", "架空　花子", "負担金は?")
SECOND = replace(FIRST, number=2, member_id="M0002", asked_at=T2)


@pytest.fixture
def asked(database):
    with database.transaction() as tx:
        inquiries.add(tx, ASSEMBLY, FIRST, request_key=KEY)
        inquiries.add(tx, ASSEMBLY, SECOND, request_key=KEY)
    return database


def test_questions_come_back_as_they_were_asked_and_are_numbered_in_their_order(asked):
    with asked.reading() as tx:
        assert inquiries.everything(tx, ASSEMBLY) == (FIRST, SECOND)
        assert inquiries.find(tx, ASSEMBLY, 2) == SECOND
        assert inquiries.find(tx, ASSEMBLY, 3) is None
        assert inquiries.of_member(tx, ASSEMBLY, "M0001") == (FIRST,)
        assert inquiries.next_number(tx, ASSEMBLY) == 3
        assert inquiries.next_number(tx, ASSEMBLY + 1) == 1


def test_a_form_is_known_by_its_key_to_the_member_that_sent_it_alone(asked):
    with asked.reading() as tx:
        assert inquiries.by_request_key(tx, ASSEMBLY, "M0001", KEY) == FIRST
        assert inquiries.by_request_key(tx, ASSEMBLY, "M0002", KEY) == SECOND
        assert inquiries.by_request_key(tx, ASSEMBLY, "M0003", KEY) is None
        assert inquiries.by_request_key(tx, ASSEMBLY, "M0001", b"l" * 16) is None

    with pytest.raises(Exception, match=r"UNIQUE|unique"), asked.transaction() as tx:
        inquiries.add(tx, ASSEMBLY, replace(FIRST, number=3), request_key=KEY)


def test_the_questions_of_a_day_are_those_of_one_member_from_its_first_instant_on(asked):
    with asked.reading() as tx:
        assert inquiries.asked_since(tx, ASSEMBLY, "M0001", since=T1) == 1
        assert inquiries.asked_since(tx, ASSEMBLY, "M0001", since=T2) == 0
        assert inquiries.asked_since(tx, ASSEMBLY, "M0002", since=T0) == 1
        assert inquiries.asked_since(tx, ASSEMBLY, "M0003", since=T0) == 0


def test_a_draft_changes_the_wording_and_never_the_original_nor_another_question(asked):
    with asked.transaction() as tx:
        inquiries.put_draft(tx, ASSEMBLY, 1, wording="負担金の額は?", reply="3万円です。", at=T2, by="first")

    drafted = replace(FIRST, wording="負担金の額は?", reply="3万円です。", changed_at=T2, changed_by="first")
    with asked.reading() as tx:
        assert inquiries.everything(tx, ASSEMBLY) == (drafted, SECOND)

    with asked.transaction() as tx:
        inquiries.note_sent(tx, ASSEMBLY, 1)
    with asked.reading() as tx:
        assert inquiries.find(tx, ASSEMBLY, 1) == replace(drafted, reply="")


def test_a_question_is_set_aside_with_a_reason_and_taken_up_again(asked):
    with asked.transaction() as tx:
        inquiries.set_aside(tx, ASSEMBLY, 2, at=T2, by="second", why="議案に関するものではないため")
    with asked.reading() as tx:
        aside = inquiries.find(tx, ASSEMBLY, 2)
        assert aside == replace(
            SECOND, aside_at=T2, aside_by="second", aside_why="議案に関するものではないため"
        )
        assert inquiries.find(tx, ASSEMBLY, 1) == FIRST

    with asked.transaction() as tx:
        inquiries.set_aside(tx, ASSEMBLY, 2, at=None, by=None, why=None)
    with asked.reading() as tx:
        assert inquiries.find(tx, ASSEMBLY, 2) == SECOND
