"""A question by telephone or on paper: entered by the office, and from there on a question like any other."""

from dataclasses import replace

import pytest

from tests.services.test_asking import ask
from tests.services.test_replies import PEOPLE, answer, draft
from tests.world import World
from voting.core.inquiries import LONGEST_INQUIRY, MOST_A_DAY
from voting.core.members import Member
from voting.core.permissions import NotAllowed, Role
from voting.services.desk.paper_refusals import SenderUnknown
from voting.services.outcome import closing
from voting.services.period import asking, inquiries, received_inquiries
from voting.services.period.asking import AskedAlready, InquiryUnusable
from voting.services.period.inquiries import Unprintable
from voting.services.period.received_inquiries import AskerUnusable, InquirerAmbiguous, Received, UnknownWay
from voting.services.period.replies import RepliesOver

TEXT = "第2号議案の施行日を教えてください。"


@pytest.fixture
def council(world: World) -> World:
    """Three members, of which the last has no address for mails."""
    world.assembly(roll_of=PEOPLE)
    world.at("2026-06-02 10:00")
    return world


def told(world: World, **changes: object) -> Received:
    asked = Received("M0003", "phone", TEXT, "", "", world.rt.token(16))
    return replace(asked, **changes)


def receive(world: World, received: Received, by: Role = Role.ENTRY) -> int:
    return received_inquiries.receive(world.rt, world.officer(by), world.origin, received)


def test_the_office_enters_a_question_for_a_member_that_finds_it_on_its_page(council: World) -> None:
    clerk = council.officer(Role.ENTRY)

    assert receive(council, told(council, member="M0002")) == 1

    (line,) = inquiries.desk(council.rt, clerk, council.origin).lines
    assert (line.member_id, line.original, line.came, line.entered_by) == ("M0002", TEXT, "phone", clerk.name)
    (own,) = asking.asking_page(council.rt, council.key("M0002")).own
    assert (own.number, own.text, own.state) == (1, TEXT, "waiting")


def test_it_is_answered_to_all_like_any_other(council: World) -> None:
    receive(council, told(council, member="架空3町"))
    draft(council, wording="施行日はいつですか。")
    answer(council, 1)

    (line,) = inquiries.desk(council.rt, council.officer(Role.ENTRY), council.origin).lines
    assert line.state == "answered"


def test_a_form_sent_twice_is_one_question_and_never_another_text(council: World) -> None:
    form = told(council)
    assert receive(council, form) == receive(council, form) == 1

    with pytest.raises(AskedAlready):
        receive(council, replace(form, text="別の質問です。"))


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"member": "どこにもない町"}, SenderUnknown),
        ({"member": "架空"}, InquirerAmbiguous),
        ({"way": "web"}, UnknownWay),
        ({"text": " "}, InquiryUnusable),
        ({"text": "\u200b\u00ad\u3000"}, InquiryUnusable),
        ({"text": "あ" * (LONGEST_INQUIRY + 1)}, InquiryUnusable),
        ({"text": "施行日は\u202e?"}, Unprintable),
        ({"asker": "あ" * 201}, AskerUnusable),
        ({"section": "企画課\n総務課"}, AskerUnusable),
    ],
)
def test_what_cannot_be_kept_is_refused_and_nothing_is_stored(
    council: World, changes: dict[str, str], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        receive(council, told(council, **changes))

    assert inquiries.desk(council.rt, council.officer(Role.ENTRY), council.origin).lines == ()


def test_nobody_outside_the_office_enters_a_question(council: World) -> None:
    with pytest.raises(NotAllowed):
        receive(council, told(council), by=Role.CHAIR)


def test_once_the_count_has_begun_none_is_entered_any_more(council: World) -> None:
    council.at("2026-06-11 09:00")
    assert receive(council, told(council)) == 1
    closing.tally(council.rt, council.officer(Role.ADMINISTRATOR), council.origin)

    with pytest.raises(RepliesOver):
        receive(council, told(council))


def test_a_name_that_fits_several_is_told_with_their_numbers(world: World) -> None:
    twins = (Member("M0001", "府中市", prefecture="東京都"), Member("M0002", "府中市", prefecture="広島県"))
    world.assembly(roll_of=twins)

    with pytest.raises(InquirerAmbiguous) as refused:
        receive(world, told(world, member="府中市"))

    assert refused.value.found == ("M0001 東京都 府中市", "M0002 広島県 府中市")


def test_what_the_office_enters_leaves_the_member_its_own_questions_of_the_day(council: World) -> None:
    for number in range(7):
        receive(council, told(council, member="M0001", text=f"{number}番目の質問"))

    assert asking.asking_page(council.rt, council.key("M0001")).left == MOST_A_DAY
    assert ask(council, "M0001") == 8
