"""A member asks on the web, without JavaScript: what it sees before and after, and what it must not get."""

import re
import sqlite3
from collections.abc import Callable
from hashlib import sha256

import pytest

from tests.services.letterheads import LETTERHEAD
from tests.services.test_replies import answer, draft
from tests.web.conftest import Browser
from tests.web.test_languages_in_use import require_english, titles
from tests.world import World
from voting.core.permissions import Role
from voting.ledger.entries import decode_entry
from voting.ledger.kinds import Operator
from voting.services.period import inquiries
from voting.services.printing.letterheads import set_letterhead

TYPED = {"question": "負担金は、来年度も同じですか。", "section": "企画課", "asker": "架空　花子"}


def kept(world: World) -> tuple[inquiries.InquiryLine, ...]:
    return inquiries.desk(world.rt, world.officer(Role.ENTRY), world.origin).lines


@pytest.fixture
def member(browser: Browser, world: World) -> Browser:
    browser.open(world.codes["M0001"])
    return browser


def ask(member: Browser, **typed: str) -> str:
    """Open the form, send it, follow to the page that says it was received; the page's text."""
    member.get("/vote/questions")
    answer = member.post("/vote/questions", member.hidden() | TYPED | typed)
    return member.get(answer.location).text if answer.status_code == 303 else answer.text


def test_the_ballot_leads_to_the_form_and_the_form_says_that_asking_is_not_voting(member: Browser) -> None:
    assert 'href="/vote/questions"' in member.get("/vote").text

    page = member.get("/vote/questions").text

    assert "質問をしても、表決をしたことにはなりません。" in page
    assert "質問の受付は、令和8年6月5日(金)までです。" in page
    assert "質問した会員の名称は出しません。" in page


def test_where_no_questions_are_taken_the_ballot_offers_none_and_the_page_says_whom_to_ask(
    member: Browser, world: World
) -> None:
    off = LETTERHEAD.replace("[notice]", '[notice]\nquestions = "off"')
    set_letterhead(world.rt, world.officer(Role.ADMINISTRATOR), world.origin, off)

    assert "/vote/questions" not in member.get("/vote").text
    page = member.get("/vote/questions").text
    assert "画面では質問を受け付けていません" in page and "<textarea" not in page


def test_a_question_is_received_with_a_number_and_nothing_is_voted(member: Browser, world: World) -> None:
    before = world.entries()

    page = ask(member)

    assert "質問を受け付けました" in page
    assert "<strong>1</strong>" in page
    assert "回答は会員全員にお知らせします。" in page
    (found,) = kept(world)
    assert (found.original, found.section, found.asker) == tuple(TYPED.values())
    assert world.entries() == before
    assert "回答をお待ちください" in member.get("/vote/questions").text


def test_opening_the_form_writes_nothing(member: Browser, world: World) -> None:
    watcher = sqlite3.connect(str(world.rt.database.engine.url.database))
    before = watcher.execute("PRAGMA data_version").fetchone()

    assert member.get("/vote/questions").status_code == 200

    assert watcher.execute("PRAGMA data_version").fetchone() == before
    watcher.close()


def test_the_same_form_sent_twice_is_one_question(member: Browser, world: World) -> None:
    member.get("/vote/questions")
    form = member.hidden() | TYPED

    first, second = (member.post("/vote/questions", form) for _ in range(2))

    assert first.location == second.location == "/vote/questions/1"
    assert len(kept(world)) == 1


def test_another_text_in_a_form_that_was_sent_is_told_and_stays_in_the_form(
    member: Browser, world: World
) -> None:
    member.get("/vote/questions")
    form = member.hidden() | TYPED
    member.post("/vote/questions", form)

    again = member.post("/vote/questions", form | {"question": "ほかの質問です。"})

    assert again.status_code == 409
    assert "質問1として受け付け済みです" in again.text
    assert ">ほかの質問です。</textarea>" in again.text
    assert len(kept(world)) == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"question": " "}, "質問の内容を入力してください。"),
        ({"question": "あ" * 2001}, "質問の内容は2000文字以内で入力してください。"),
        ({"question": "改\x08行"}, "質問の内容に使えない文字"),
        ({"section": ""}, "部署名を入力してください。"),
        ({"asker": "花\n子"}, "質問される方の氏名に使えない文字"),
    ],
    ids=["nothing", "too long", "control", "no section", "two lines"],
)
def test_what_is_missing_is_told_beside_its_field_and_what_was_typed_stays(
    member: Browser, world: World, typed: dict[str, str], said: str
) -> None:
    member.get("/vote/questions")

    answer = member.post("/vote/questions", member.hidden() | TYPED | typed)

    assert answer.status_code == 422
    assert said in answer.text
    assert "まだ受け付けていません。" in answer.text
    if "question" not in typed:
        assert TYPED["question"] in answer.text
    assert kept(world) == ()


def test_the_sixth_question_of_a_day_is_refused_and_its_text_stays(member: Browser, world: World) -> None:
    for _ in range(5):
        ask(member)

    page = ask(member, question="六つめの質問です。")

    assert "質問は、1日に5件までです。" in page
    assert "六つめの質問です。" in page
    assert len(kept(world)) == 5


def test_attack_a_question_after_the_last_day_is_not_taken(member: Browser, world: World) -> None:
    set_letterhead(world.rt, world.officer(Role.ADMINISTRATOR), world.origin, LETTERHEAD)
    assert "令和8年6月5日(金)まで" in member.get("/vote").text
    member.get("/vote/questions")
    form = member.hidden() | TYPED
    world.at("2026-06-06 00:00")
    member.client.delete_cookie("ballot")
    member.open(world.codes["M0001"])

    late = member.post("/vote/questions", form)

    assert late.status_code == 409
    assert "質問の受付は終了しました" in late.text
    assert "架空協議会事務局 電話000-0000-0000" in late.text
    assert kept(world) == ()
    assert 'href="/vote/questions"' not in member.get("/vote").text


def test_attack_the_question_of_another_member_is_not_shown_by_its_number(
    member: Browser, world: World, another_browser: Callable[[], Browser]
) -> None:
    ask(member)
    other = another_browser()
    other.open(world.codes["M0002"])

    found = other.get("/vote/questions/1")

    assert found.status_code == 404
    assert TYPED["question"] not in found.text
    assert TYPED["question"] not in other.get("/vote/questions").text
    assert member.get("/vote/questions/1").status_code == 200


def test_attack_a_question_from_another_site_or_without_its_token_is_refused(
    member: Browser, world: World
) -> None:
    member.get("/vote/questions")
    form = member.hidden() | TYPED

    foreign = member.client.post("/vote/questions", data=form, headers={"Sec-Fetch-Site": "cross-site"})
    bare = member.client.post("/vote/questions", data=TYPED | {"request_key": form["request_key"]})

    assert (foreign.status_code, bare.status_code) == (403, 400)
    assert kept(world) == ()


def test_attack_without_a_code_nobody_asks(browser: Browser, world: World) -> None:
    assert browser.get("/vote/questions").location == "/v"
    browser.get("/v")

    assert browser.post("/vote/questions", TYPED | {"request_key": "0" * 32}).status_code == 403
    assert kept(world) == ()


def test_attack_a_nul_in_a_question_is_no_text(member: Browser, world: World) -> None:
    member.get("/vote/questions")

    answer = member.post("/vote/questions", member.hidden() | TYPED | {"question": "負担\0金"})

    assert answer.status_code == 400
    assert kept(world) == ()


def test_attack_html_in_a_question_is_text_on_every_page(
    member: Browser, world: World, another_browser: Callable[[], Browser]
) -> None:
    evil = "<script>alert(1)</script><b>太字</b>"
    page = ask(member, question=evil, asker="<i>花子</i>")
    draft(world, wording=evil, reply="<img src=x onerror=alert(2)>")
    answer(world)
    other = another_browser()

    ballot = other.open(world.codes["M0002"]).text

    for text in (page, ballot, other.get("/vote/questions").text):
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
        assert not re.search(r"<(script>alert|b>太字|i>花子|img src=x)", text)


def test_every_member_reads_the_reply_before_and_after_its_vote_and_nobody_who_asked(
    member: Browser, world: World, another_browser: Callable[[], Browser]
) -> None:
    ask(member, asker="質問　太郎")
    draft(world, wording="負担金の額について", reply="来年度も同じ額です。")
    answer(world)
    other = another_browser()
    other.open(world.codes["M0002"])

    before = other.get("/vote").text
    other.cast()
    after = other.get("/vote").text

    for page in (before, after):
        assert "負担金の額について" in page
        assert "来年度も同じ額です。" in page
        assert "質問　太郎" not in page
        assert "架空1町" not in page
    assert "会員全員に回答しました" in member.get("/vote/questions").text


def test_what_was_sent_is_saved_byte_for_byte_as_the_ledger_names_it(member: Browser, world: World) -> None:
    ask(member)
    draft(world, wording="負担金の額について", reply="来年度も同じ額です。")
    answer(world)
    page = member.get("/vote/questions").text
    address = re.findall(r'href="(/vote/questions/replies-\d+\.txt)"', page)[0]

    saved = member.get(address)

    digest = sha256(saved.data).hexdigest()
    actions = [
        body.action for each in world.entries() if isinstance(body := decode_entry(each).body, Operator)
    ]
    assert actions[-1] == f"answers: {digest}"
    assert digest in page
    assert saved.headers["Content-Disposition"].startswith("attachment")
    assert member.get("/vote/questions/replies-3.txt").status_code == 404


def test_after_the_close_and_the_result_the_replies_are_still_there_and_nobody_asks(
    member: Browser, world: World
) -> None:
    ask(member)
    draft(world, wording="負担金の額について", reply="来年度も同じ額です。")
    answer(world)
    for act in (lambda: world.at("2026-06-11 00:00"), world.certify):
        act()
        page = member.open(world.codes["M0001"]).text

        assert "来年度も同じ額です。" in page
        assert "質問する" not in page
    assert "結果が公表されました" in page


def test_a_member_whose_question_is_set_aside_reads_why(member: Browser, world: World) -> None:
    ask(member)
    inquiries.set_aside(
        world.rt, world.officer(Role.CHECKER), world.origin, 1, why="議案に関する質問ではないため"
    )

    page = member.get("/vote/questions/1").text

    assert "理由: 議案に関する質問ではないため" in page
    assert "電話000-0000-0000" in page


def test_asking_and_reading_a_reply_is_there_in_english(member: Browser, world: World) -> None:
    member.get("/vote/questions")
    member.post("/language", member.hidden() | {"language": "en", "back": "/vote/questions"})
    given = (*titles(world), *TYPED.values(), "負担金の額について", "同じ額です。")

    require_english(member.get("/vote/questions").text, *given)
    require_english(ask(member), *given)
    require_english(ask(member, section=""), *given)
    draft(world, wording="負担金の額について", reply="同じ額です。")
    answer(world)
    require_english(member.get("/vote/questions").text, *given)
    require_english(member.get("/vote").text, *given)
