"""Questions of members: asked with the code, numbered, limited by the day, and no part of the vote."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from tests.services.letterheads import LETTERHEAD
from tests.world import World, empty_database, world_at
from voting.core.inquiries import LONGEST_INQUIRY
from voting.core.permissions import Act, Role
from voting.services.casting.ballots import CredentialReplaced
from voting.services.drafting import draft_starts
from voting.services.office import approvals
from voting.services.period import asking, inquiries
from voting.services.period.asking import (
    Ask,
    AskedAlready,
    AskedTooOften,
    AskingOff,
    AskingOver,
    InquiryUnusable,
    NoSuchInquiry,
)
from voting.services.printing.letterheads import set_letterhead

TEXT = "第1号議案の資料3ページの負担金は、\n来年度も同じ額ですか。"


def form(world: World, member: str = "M0001", text: str = TEXT) -> Ask:
    """A form as a page gave it out, with a key of its own."""
    return Ask(world.key(member), text, "企画課", "架空　花子", world.rt.token(16))


def ask(world: World, member: str = "M0001", text: str = TEXT) -> int:
    return asking.ask(world.rt, form(world, member, text))


@pytest.fixture
def council(world: World) -> World:
    world.assembly()
    world.at("2026-06-02 10:00")
    return world


def test_questions_are_numbered_in_the_order_in_which_they_come(council: World) -> None:
    assert [ask(council), ask(council, "M0002"), ask(council)] == [1, 2, 3]

    (first, second, third) = inquiries.desk(council.rt, council.officer(Role.ENTRY), council.origin).lines
    assert (first.original, first.wording, first.asker) == (TEXT, TEXT, "架空　花子")
    assert (second.member_id, second.name) == ("M0002", "架空2町")
    assert {each.state for each in (first, second, third)} == {"unanswered"}


def test_a_question_is_no_vote_and_leaves_the_ledger_as_it_is(council: World) -> None:
    before, mails = council.entries(), len(council.mails)

    ask(council)
    council.send()

    assert council.entries() == before
    assert len(council.mails) == mails
    assert asking.asking_page(council.rt, council.key("M0001")).own[0].number == 1
    receipt = council.cast("M0001")
    assert receipt is not None


def test_the_same_form_sent_again_is_one_question(council: World) -> None:
    sent = form(council)

    assert [asking.ask(council.rt, sent) for _ in range(3)] == [1, 1, 1]
    assert len(asking.asking_page(council.rt, council.key("M0001")).own) == 1


def test_another_text_in_the_same_form_is_not_swallowed(council: World) -> None:
    sent = form(council)
    asking.ask(council.rt, sent)

    with pytest.raises(AskedAlready) as refused:
        asking.ask(council.rt, replace(sent, text="ほかの質問です。"))

    assert refused.value.number == 1


def test_the_form_of_one_member_is_not_that_of_another(council: World) -> None:
    sent = form(council)
    asking.ask(council.rt, sent)

    assert asking.ask(council.rt, replace(sent, key=council.key("M0002"))) == 2


def test_a_member_asks_a_handful_of_questions_a_day_and_the_next_day_again(council: World) -> None:
    for _ in range(5):
        ask(council)

    with pytest.raises(AskedTooOften):
        ask(council)
    assert asking.asking_page(council.rt, council.key("M0001")).left == 0
    assert ask(council, "M0002") == 6

    council.at("2026-06-03 00:00")
    assert ask(council) == 7


def test_a_repeated_form_is_no_further_question_even_at_the_limit(council: World) -> None:
    forms = [form(council) for _ in range(5)]
    for each in forms:
        asking.ask(council.rt, each)

    assert asking.ask(council.rt, forms[0]) == 1


def test_questions_are_open_from_the_notice_on_until_the_end_of_the_letters_day(world: World) -> None:
    world.assembly(letterhead=LETTERHEAD)
    world.at("2026-05-30 10:00")
    assert ask(world) == 1
    page = asking.asking_page(world.rt, world.key("M0001"))
    assert (page.is_open, page.until) == (True, "令和8年6月5日(金)")

    world.at("2026-06-05 23:59")
    assert ask(world) == 2

    world.at("2026-06-06 00:00")
    assert not asking.asking_page(world.rt, world.key("M0001")).is_open
    with pytest.raises(AskingOver) as refused:
        ask(world)
    assert "000-0000-0000" in refused.value.contact


def test_without_a_day_questions_end_three_working_days_before_the_last(council: World) -> None:
    council.at("2026-06-05 23:59")
    assert ask(council) == 1
    assert asking.asking_page(council.rt, council.key("M0001")).until == "令和8年6月5日(金)"

    council.at("2026-06-06 00:00")
    with pytest.raises(AskingOver):
        ask(council)


def test_a_day_of_the_close_ends_with_the_close_and_is_told_with_its_hour(council: World) -> None:
    until = LETTERHEAD.replace("2026-06-05", "2026-06-30")
    set_letterhead(council.rt, council.officer(Role.ADMINISTRATOR), council.origin, until)

    council.at("2026-06-10 23:59")
    assert ask(council) == 1
    assert asking.asking_page(council.rt, council.key("M0001")).until == "令和8年6月10日(水)23時59分"

    council.at("2026-06-11 00:00")
    with pytest.raises(AskingOver):
        ask(council)


def test_an_office_that_takes_no_questions_refuses_them_with_whom_to_ask(council: World) -> None:
    off = LETTERHEAD.replace("[notice]", '[notice]\nquestions = "off"')
    set_letterhead(council.rt, council.officer(Role.ADMINISTRATOR), council.origin, off)

    with pytest.raises(AskingOff) as refused:
        ask(council)

    page = asking.asking_page(council.rt, council.key("M0001"))
    assert (page.is_open, page.until) == (False, "")
    assert "000-0000-0000" in refused.value.contact


def test_a_day_set_later_by_the_office_holds_for_the_page_at_once(council: World) -> None:
    set_letterhead(council.rt, council.officer(Role.ADMINISTRATOR), council.origin, LETTERHEAD)

    assert asking.asking_page(council.rt, council.key("M0001")).until == "令和8年6月5日(金)"


@pytest.mark.parametrize("text", ["", " \n ", "あ" * (LONGEST_INQUIRY + 1)])
def test_a_question_has_a_text_of_two_thousand_characters_at_most(council: World, text: str) -> None:
    with pytest.raises(InquiryUnusable):
        ask(council, text=text)


def test_a_member_does_not_see_what_another_has_asked_even_by_its_number(council: World) -> None:
    ask(council)

    with pytest.raises(NoSuchInquiry):
        asking.own_inquiry(council.rt, council.key("M0002"), 1)
    assert asking.asking_page(council.rt, council.key("M0002")).own == ()
    assert asking.own_inquiry(council.rt, council.key("M0001"), 1).text == TEXT


def test_two_questions_that_come_at_once_have_two_numbers(tmp_path: Path, database_url: str) -> None:
    empty_database(database_url).close()
    world = world_at(tmp_path, database_url)
    world.assembly()
    world.at("2026-06-02 10:00")
    forms = [form(world, f"M000{number}") for number in (1, 2, 3, 4)]

    with ThreadPoolExecutor(4) as pool:
        numbers = list(pool.map(partial(asking.ask, world.rt), forms))

    assert sorted(numbers) == [1, 2, 3, 4]
    world.rt.database.close()


def test_a_key_that_opens_no_ballot_asks_nothing(council: World) -> None:
    sent = form(council)

    with pytest.raises(CredentialReplaced):
        asking.ask(council.rt, replace(sent, key=replace(sent.key, seed=b"\0" * 32)))


def test_an_assembly_made_from_this_one_has_none_of_its_questions(council: World) -> None:
    ask(council)
    who = council.officer(Role.ADMINISTRATOR)
    beginning = draft_starts.Beginning("council", "2027-06", "架空協議会事務局", "L1")
    origin = draft_starts.from_earlier(
        council.rt, who, beginning, origin=council.origin, title="令和9年度総会"
    )

    assert inquiries.desk(council.rt, who, origin).lines == ()


def test_texts_put_again_keep_the_questions(council: World) -> None:
    ask(council)
    terms = {"kind": "texts", "motion": 2, "withdrawn": True, "reason": "提案を取り下げるため"}
    asked = approvals.request(
        council.rt, council.officer(Role.ADMINISTRATOR), council.origin, Act.AMEND, terms=terms
    )
    approvals.approve(council.rt, council.officer(Role.CHECKER), asked.id)

    assert [each.number for each in asking.asking_page(council.rt, council.key("M0001")).own] == [1]
    assert ask(council) == 2
