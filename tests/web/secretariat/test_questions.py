"""The secretariat's pages of questions: drafted at one desk, proposed at it, approved at another."""

import re
from collections.abc import Callable

import pytest

from tests.officers import hire
from tests.services.test_asking import ask
from tests.services.test_replies import PEOPLE, answer, draft
from tests.web.conftest import SECRET
from tests.web.secretariat.conftest import ASSEMBLY, Desk
from tests.world import World
from voting.app import create_app
from voting.core.permissions import Role
from voting.services.period import inquiries

PAGE = f"{ASSEMBLY}/questions"
WORDING, REPLY = "負担金は、来年度も同じですか。", "来年度も同じ額です。"


@pytest.fixture
def asked(world: World) -> World:
    """One question that names a person."""
    ask(world, "M0001", "架空1町の山田課長が言う負担金は、来年度も同じですか。")
    return world


def write(desk: Desk, number: int = 1, **typed: str) -> str:
    """Fill in the draft of a question; the text of the page that follows."""
    desk.get(f"{PAGE}/{number}")
    fields = {"seen": desk.hidden()["seen"], "wording": WORDING, "reply": REPLY}
    answer = desk.post(f"{PAGE}/{number}", fields | typed)
    return desk.get(answer.location).text if answer.status_code == 303 else answer.text


def propose(desk: Desk, *numbers: str) -> str:
    """Choose replies on the list and propose them; the address of the request."""
    desk.get(f"{PAGE}/send?" + "&".join(f"number={each}" for each in numbers or ("1",)))
    answer = desk.post(f"{PAGE}/send", {"number": list(numbers or ("1",)), "note": "確認をお願いします"})
    assert answer.status_code == 303, answer.text
    return answer.location


def test_a_question_by_telephone_is_entered_at_a_desk_and_faults_stand_beside_their_fields(
    seat: Callable[..., Desk], world: World
) -> None:
    desk = seat(Role.ENTRY)
    assert f"{PAGE}/receive" in desk.get(PAGE).text
    desk.get(f"{PAGE}/receive")

    empty = desk.post(f"{PAGE}/receive", {})
    assert empty.status_code == 422
    assert all(f'id="{each}-fault"' in empty.text for each in ("member", "way", "question"))
    wrong = desk.post(f"{PAGE}/receive", {"member": "ない町", "way": "phone", "question": "施行日は?"})
    assert wrong.status_code == 422
    assert 'id="member-fault"' in wrong.text and "施行日は?" in wrong.text

    long = desk.post(
        f"{PAGE}/receive", {"member": "M0002", "way": "phone", "question": "施行日は?", "asker": "あ" * 201}
    )
    assert 'id="asker-fault"' in long.text and 'id="section-fault"' not in long.text

    typed = {"member": "M0002", "way": "phone", "question": "施行日は?", "asker": "架空 太郎"}
    shown = desk.get(desk.post(f"{PAGE}/receive", desk.hidden() | typed).location).text
    assert "質問1を登録しました。" in shown and "電話 (入力 " in shown and "架空 太郎" in shown
    assert f"{PAGE}/receive" not in seat(Role.CHAIR).get(PAGE).text


def test_a_question_is_answered_from_one_desk_and_approved_at_another(
    seat: Callable[..., Desk], asked: World
) -> None:
    first, second = seat(Role.ADMINISTRATOR), seat(Role.CHECKER)

    told = write(first)
    shown = first.get(f"{PAGE}/send?number=1").text
    request = propose(first)
    read = second.get(request).text
    done = second.post(f"{request}/approve")
    asked.send()

    assert "質問1の回答案を保存しました。" in told
    for page in (shown, read):
        assert "■ 質問1への回答\n　来年度も同じ額です。" in page
        assert "山田" not in page
    assert "質問への回答の送付" in read
    assert "承認し、実行しました。" in second.get(done.location).text
    assert len([each for each in asked.mails if "質問への回答" in each["Subject"]]) == 5
    assert "回答済み" in first.get(PAGE).text
    assert "質問への回答" in first.get(f"{ASSEMBLY}/deliveries").text


def test_the_list_shows_who_asked_to_the_office_with_the_state_of_each_question(
    seat: Callable[..., Desk], asked: World
) -> None:
    ask(asked, "M0002", "ほかの質問")
    checker, why = asked.officer(Role.CHECKER), "取下げの連絡があったため"
    inquiries.set_aside(asked.rt, checker, asked.origin, 2, why=why)

    page = seat(Role.AUDITOR).get(PAGE).text

    for text in ("架空1町", "M0002", "未回答", "回答しない", "取下げの連絡があったため"):
        assert text in page
    assert 'type="checkbox"' not in page


def test_the_dashboard_counts_the_questions(seat: Callable[..., Desk], asked: World) -> None:
    page = seat(Role.ENTRY).get(f"{ASSEMBLY}/").text

    assert re.search(r"<dt>未回答</dt><dd>1</dd>", page)
    assert f'href="{PAGE}"' in page


def test_attack_one_person_alone_cannot_approve_its_own_replies(
    seat: Callable[..., Desk], asked: World
) -> None:
    desk = seat(Role.ADMINISTRATOR)
    write(desk)
    request = propose(desk)

    own = desk.post(f"{request}/approve")

    assert own.status_code in (403, 409)
    assert "回答済み" not in desk.get(PAGE).text


def test_attack_a_reply_changed_after_the_proposal_is_not_sent(
    seat: Callable[..., Desk], asked: World
) -> None:
    first, second = seat(Role.ADMINISTRATOR), seat(Role.CHECKER)
    write(first)
    request = propose(first)
    write(second, reply="来年度は増額します。")

    page = second.get(request).text
    refused = second.post(f"{request}/approve")

    assert "申請の後に、対象の内容が変わっています。" in page
    assert refused.status_code == 409
    assert "回答済み" not in first.get(PAGE).text


def test_attack_a_draft_changed_between_the_page_and_its_button_is_not_proposed(
    seat: Callable[..., Desk], asked: World
) -> None:
    first = seat(Role.ADMINISTRATOR)
    write(first)
    first.get(f"{PAGE}/send?number=1")
    draft(asked, wording=WORDING, reply="別の人の案", role=Role.CHECKER)

    answer = first.post(f"{PAGE}/send", {"number": "1", "note": "お願いします"})

    assert answer.status_code == 422
    assert "別の人の案" in answer.text
    assert ">お願いします</textarea>" in answer.text
    assert "承認待ち</td>" not in first.get(PAGE).text


def test_of_two_officers_the_later_one_keeps_its_text_on_the_page_and_loses_nobodys(
    seat: Callable[..., Desk], asked: World
) -> None:
    first, second = seat(Role.ADMINISTRATOR), seat(Role.CHECKER)
    second.get(f"{PAGE}/1")
    seen = second.hidden()["seen"]
    write(first)

    late = second.post(f"{PAGE}/1", {"seen": seen, "wording": WORDING, "reply": "後の人の案"})

    assert late.status_code == 422
    assert "別の人が変えたか、送られました" in late.text
    assert "後の人の案" in late.text
    assert REPLY in first.get(f"{PAGE}/1").text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"wording": " "}, "公表する質問の文を、2000文字以内で"),
        ({"reply": "あ" * 4001}, "回答は4000文字以内で"),
        ({"reply": "同じ\x1b額"}, "使えない文字(制御文字など)があります。"),
    ],
)
def test_what_cannot_be_published_is_told_beside_its_field(
    seat: Callable[..., Desk], asked: World, typed: dict[str, str], said: str
) -> None:
    assert said in write(seat(Role.CHECKER), **typed)


def test_a_question_is_set_aside_with_a_reason_and_taken_up_again(
    seat: Callable[..., Desk], asked: World
) -> None:
    desk = seat(Role.CHECKER)
    desk.get(f"{PAGE}/1")

    without = desk.post(f"{PAGE}/1/aside", {"why": " "})
    aside = desk.post(f"{PAGE}/1/aside", {"why": "議案に関する質問ではないため"})
    told = desk.get(aside.location).text
    desk.get(f"{PAGE}/1")
    again = desk.post(f"{PAGE}/1/take-up")

    assert without.status_code == 422
    assert "議案に関する質問ではないため" in told
    assert "質問1を、回答する質問に戻しました。" in desk.get(again.location).text


def test_who_types_papers_reads_a_question_and_finds_no_form(seat: Callable[..., Desk], asked: World) -> None:
    desk = seat(Role.ENTRY)

    page = desk.get(f"{PAGE}/1").text

    assert "山田課長" in page
    assert 'name="reply"' not in page
    assert desk.post(f"{PAGE}/1", {"wording": "x", "reply": "y"}).status_code == 403
    assert desk.get(f"{PAGE}/send?number=1").status_code == 403


@pytest.mark.parametrize("chosen", ["", "?number=1", "?number=99", "?number=x", "?number=1e1"])
def test_what_cannot_be_sent_is_told_instead_of_a_text(
    seat: Callable[..., Desk], asked: World, chosen: str
) -> None:
    page = seat(Role.ADMINISTRATOR).get(f"{PAGE}/send{chosen}")

    assert page.status_code in (409, 422)
    assert "今は送れません" in page.text


def test_a_supplement_is_written_below_what_was_sent(seat: Callable[..., Desk], asked: World) -> None:
    draft(asked)
    answer(asked)
    desk = seat(Role.ADMINISTRATOR)

    page = desk.get(f"{PAGE}/1").text
    assert "送った回答は変えられません。" in page
    assert 'id="wording"' not in page
    shown = desk.hidden()
    kept = {name: shown[name] for name in ("seen", "wording")}
    desk.post(f"{PAGE}/1", kept | {"reply": "根拠は6ページです。"})

    assert "■ 質問1への補足\n　根拠は6ページです。" in desk.get(f"{PAGE}/send?number=1").text


def test_members_without_an_address_are_named_before_replies_are_sent(
    empty_world: World,
) -> None:
    empty_world.assembly(roll_of=PEOPLE)
    empty_world.at("2026-06-02 10:00")
    ask(empty_world, "M0001")
    draft(empty_world)
    app = create_app(empty_world.rt, secret=SECRET, secure_cookies=False)
    desk = Desk(app.test_client())
    desk.sign_in(hire(empty_world, Role.ADMINISTRATOR))

    page = desk.get(f"{PAGE}/send?number=1").text

    assert "2会員に3通のメールが届きます。" in page
    assert "宛先のない会員が1会員あります。" in page
    assert "架空3町(M0003)" in page


def test_what_was_sent_is_printed_for_those_without_an_address(
    seat: Callable[..., Desk], asked: World
) -> None:
    desk = seat(Role.ENTRY)
    assert desk.get(f"{PAGE}/replies.pdf").status_code == 409
    draft(asked)
    answer(asked)

    assert f"{PAGE}/replies.pdf" in desk.get(PAGE).text
    for ending in ("", "?language=en"):
        printed = desk.get(f"{PAGE}/replies.pdf{ending}")
        assert printed.data.startswith(b"%PDF-")
        assert printed.headers["Content-Disposition"].startswith("attachment")


def test_html_in_a_question_is_text_at_the_office(seat: Callable[..., Desk], world: World) -> None:
    ask(world, "M0001", "<script>alert(1)</script>")
    desk = seat(Role.ADMINISTRATOR)
    write(desk, wording="<script>alert(1)</script>", reply="<b>太字</b>")

    for address in (PAGE, f"{PAGE}/1", f"{PAGE}/send?number=1", propose(desk)):
        page = desk.get(address).text
        assert "&lt;script&gt;" in page
        assert "<script>alert" not in page and "<b>太字" not in page
