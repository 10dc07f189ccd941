"""From the confirmation to the receipt: in time, twice, late, too late."""

from collections.abc import Callable

import pytest

from tests.web.conftest import Browser
from tests.world import World
from voting.app import create_app
from voting.core.ballots import Mark
from voting.core.permissions import Role
from voting.core.rules import Duplicates, Rules
from voting.ledger.receipt_file import parse_receipt
from voting.services.outcome import closing

Another = Callable[[], Browser]


def voted(world: World) -> int:
    """How many entries there are beyond genesis, freeze and issue."""
    return len(world.entries()) - 3


def test_the_answer_to_casting_is_the_receipt(world: World, browser: Browser) -> None:
    browser.open(world.codes["M0001"])

    answer = browser.cast()

    assert answer.status_code == 200
    for text in ("表決を受け付けました", "R-000003", "令和8年6月2日(火)10時00分", "架空　花子"):
        assert text in answer.text
    note = world.rt.anchors.read(world.origin).decode().split("\n")[:3]
    assert "\n".join(note).replace("+", "&#43;") in answer.text.replace("+", "&#43;")
    assert voted(world) == 1


def test_sending_the_same_form_again_gives_the_same_receipt_and_records_nothing(
    world: World, browser: Browser
) -> None:
    browser.open(world.codes["M0001"])
    form = browser.confirm()

    first = browser.post("/vote/cast", form).text
    world.at("2026-06-02 10:30")
    second = browser.post("/vote/cast", form).text

    assert first == second
    assert voted(world) == 1


def test_the_same_form_with_another_answer_is_refused_and_the_first_stands(
    world: World, browser: Browser
) -> None:
    browser.open(world.codes["M0001"])
    form = browser.confirm()
    browser.post("/vote/cast", form)

    answer = browser.post("/vote/cast", form | {"m1": "against"})

    assert answer.status_code == 409
    assert "先に受け付けた回答(受付番号 R-000003)はそのまま有効です" in answer.text
    assert voted(world) == 1


@pytest.mark.parametrize(
    "change", [{"request_key": ""}, {"request_key": "zz"}, {"m1": ""}, {"m1": "abstain"}, {"respondent": ""}]
)
def test_a_cast_that_did_not_come_from_the_confirmation_records_nothing(
    world: World, browser: Browser, change: dict[str, str]
) -> None:
    browser.open(world.codes["M0001"])

    answer = browser.post("/vote/cast", browser.confirm() | change)

    assert answer.status_code == 422
    assert "確認へ進む" in answer.text
    assert voted(world) == 0


def test_the_ballot_page_then_shows_who_answered_when_and_what(
    world: World, browser: Browser, another_browser: Another
) -> None:
    browser.open(world.codes["M0001"])
    browser.cast()

    page = another_browser().open(world.codes["M0001"]).text

    for text in ("受け付けられています", "R-000003", "企画課 架空　花子", "令和8年6月2日(火)10時00分"):
        assert text in page
    assert "期限(令和8年6月10日(水)23時59分)までは何度でも変更できます" in page


def test_a_changed_answer_replaces_the_first_which_stays_in_the_history(
    world: World, browser: Browser
) -> None:
    browser.open(world.codes["M0001"])
    browser.cast()
    world.at("2026-06-03 09:00")
    browser.open(world.codes["M0001"])

    browser.cast({"m1": "against", "respondent": "次郎"})
    page = browser.get("/vote").text

    assert page.index("R-000004") < page.index("R-000003")
    assert "変更前" in page and "有効" in page
    assert voted(world) == 2


def test_where_the_first_answer_counts_no_second_one_is_asked_for(empty_world: World) -> None:
    empty_world.assembly(rules=Rules(duplicates=Duplicates.FIRST))
    empty_world.at("2026-06-02 10:00")
    browser = Browser(create_app(empty_world.rt, secret=b"x" * 32, secure_cookies=False).test_client())
    browser.open(empty_world.codes["M0001"])
    browser.cast()

    page = browser.get("/vote").text

    assert "最初に受け付けた内容が有効となり、変更はできません" in page
    assert 'action="/vote/review"' not in page


def test_a_late_answer_is_refused_clearly_and_has_its_receipt(world: World, browser: Browser) -> None:
    world.at("2026-06-10 23:58")
    browser.open(world.codes["M0001"])
    form = browser.confirm()
    world.at("2026-06-11 00:00")

    answer = browser.post("/vote/cast", form)

    assert answer.status_code == 200
    assert "<h1>表決に算入できません</h1>" in answer.text
    assert "期限を過ぎて到着したため、表決に算入できません" in answer.text
    assert "表決を受け付けました" not in answer.text
    index = len(world.entries()) - 1
    assert f"R-{index:06d}" in answer.text
    file = browser.get(f"/vote/receipt/{index}.tlog-proof")
    world.receipts.append(parse_receipt(file.data))
    assert browser.get(f"/vote/receipt/{index}.pdf").data.startswith(b"%PDF")


def test_after_the_close_the_page_says_what_silence_came_to(world: World, browser: Browser) -> None:
    world.at("2026-06-11 09:00")

    page = browser.open(world.codes["M0001"]).text

    assert "受付は終了しました" in page
    assert "貴団体からの提出はありませんでした" in page
    assert "賛成の表決があったものとみなします" in page
    assert 'action="/vote/review"' not in page


def test_a_confirmation_after_the_close_warns_before_anything_is_sent(world: World, browser: Browser) -> None:
    world.at("2026-06-10 23:50")
    browser.open(world.codes["M0001"])
    world.at("2026-06-11 00:10")

    browser.confirm()

    assert "期限を過ぎています。提出しても表決には算入されません" in browser.page


def test_after_the_count_nothing_is_taken_any_more(world: World, browser: Browser) -> None:
    world.at("2026-06-10 23:50")
    browser.open(world.codes["M0001"])
    form = browser.confirm()
    world.at("2026-06-11 09:00")
    closing.tally(world.rt, world.officer(Role.ADMINISTRATOR), world.origin)

    answer = browser.post("/vote/cast", form)

    assert answer.status_code == 409
    assert "集計が終わったため" in answer.text


def test_before_the_opening_everything_can_be_read_and_nothing_sent(world: World, browser: Browser) -> None:
    world.at("2026-05-25 10:00")

    page = browser.open(world.codes["M0001"]).text

    assert "まだ受付を開始していません" in page
    assert "第1号議案.pdf" in page
    assert 'action="/vote/review"' not in page


def test_once_published_the_page_leads_to_the_result(world: World, browser: Browser) -> None:
    world.cast("M0001", {1: Mark.FOR, 2: Mark.AGAINST})
    world.at("2026-06-11 09:00")
    world.certify()

    page = browser.open(world.codes["M0001"]).text

    assert "結果が公表されました" in page
    assert 'href="/assemblies/council/2026-06"' in page
