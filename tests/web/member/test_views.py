"""From the code to the receipt, as a member's office goes through it without JavaScript."""

from collections.abc import Callable
from hashlib import sha256

import pytest

from tests.web.conftest import FORM, Browser
from tests.world import COUNCIL, World
from voting.app import create_app
from voting.core.ballots import Mark
from voting.core.motions import Method, Motion, MotionKind
from voting.core.permissions import Role
from voting.core.rules import Duplicates, Rules
from voting.ledger.receipt_file import parse_receipt
from voting.services import closing

Another = Callable[[], Browser]


def voted(world: World) -> int:
    """How many entries there are beyond genesis, freeze and issue."""
    return len(world.entries()) - 3


# --- the code ---------------------------------------------------------------------------------------


def test_a_code_opens_the_members_own_ballot(world: World, browser: Browser) -> None:
    answer = browser.open(world.codes["M0002"])

    assert answer.status_code == 200
    assert "架空2町" in answer.text and "M0002" in answer.text
    assert "架空1町" not in answer.text


def test_a_code_is_taken_however_it_is_typed(world: World, browser: Browser) -> None:
    typed = world.codes["M0001"].replace("-", " ").lower().replace("0", "o").replace("1", "l")

    assert browser.open(typed).status_code == 200


def test_opening_shows_the_period_the_rules_and_what_silence_means(world: World, browser: Browser) -> None:
    page = browser.open(world.codes["M0001"]).text

    for text in (
        "令和8年6月10日(水)23時59分(日本時間)",
        "残り8日と14時間",
        "期限までに書面表決書の提出がない場合は、各議案に賛成の表決があったものとみなします",
        "第1号議案の可決を条件とします",
        "締切後、団体名を伏せて公表します",
    ):
        assert text in page


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("", "回答コードの形ではありません"),
        ("ABCD-EFGH", "回答コードの形ではありません"),
        ("0000-0000-0000-0000-0000-0000", "投票用紙が見つかりませんでした"),
    ],
    ids=["nothing", "too short", "well-formed and unknown"],
)
def test_a_wrong_code_is_named_and_opens_nothing(browser: Browser, code: str, said: str) -> None:
    browser.get("/v")

    answer = browser.post("/v", {"code": code})

    assert answer.status_code == 422
    assert said in answer.text
    assert browser.client.get_cookie("ballot") is None


def test_a_wrong_code_is_not_repeated_on_the_page(world: World, browser: Browser) -> None:
    almost = world.codes["M0001"][:-1] + "*"
    browser.get("/v")

    assert almost not in browser.post("/v", {"code": almost}).text


def test_the_address_never_carries_the_code(world: World, browser: Browser) -> None:
    browser.get("/v")

    answer = browser.post("/v", {"code": world.codes["M0001"]})

    assert (answer.status_code, answer.location) == (303, "/vote")
    assert browser.client.get("/v?code=" + world.codes["M0001"]).status_code == 200
    assert world.codes["M0001"] not in browser.client.get("/v?code=" + world.codes["M0001"]).text


# --- filling in ---------------------------------------------------------------------------------------


def test_nothing_is_ticked_beforehand(world: World, browser: Browser) -> None:
    page = browser.open(world.codes["M0001"]).text

    assert page.count('type="radio"') == 4
    assert " checked" not in page


def test_one_answer_for_all_is_shown_and_not_submitted(world: World, browser: Browser) -> None:
    browser.open(world.codes["M0001"])

    page = browser.post("/vote/fill", {"all": "against", "section": "企画課"}).text

    assert page.count(" checked") == 2
    assert 'value="against" checked' in page and 'value="for" checked' not in page
    assert "まだ提出されていません" in page
    assert 'value="企画課"' in page
    assert voted(world) == 0


def test_the_first_button_of_the_ballot_ticks_nothing(world: World, browser: Browser) -> None:
    """The Enter key presses it."""
    page = browser.open(world.codes["M0001"]).text
    form = page[page.index('<form class="ballot"') :]
    first = form[form.index("<button") : form.index("</button>")]

    assert "formaction" not in first and "name=" not in first


def test_what_is_missing_is_listed_with_a_link_to_each_field(world: World, browser: Browser) -> None:
    browser.open(world.codes["M0001"])

    answer = browser.post("/vote/review", {"m1": "for"})

    assert answer.status_code == 422
    for target in ("m2-for", "section", "respondent"):
        assert f'href="#{target}"' in answer.text and f'id="{target}"' in answer.text
    assert "第1号議案の回答を選んでください" not in answer.text
    assert "第2号議案の回答を選んでください" in answer.text
    assert 'id="m1-for" name="m1" value="for" checked' in answer.text
    assert voted(world) == 0


def test_the_confirmation_repeats_every_choice_in_words(world: World, browser: Browser) -> None:
    browser.open(world.codes["M0001"])

    browser.confirm({"opinion": "<b>賛成ですが</b>", "opinion_public": "yes"})

    for text in ("第1号議案", "<strong>賛成</strong>", "第2号議案", "<strong>反対</strong>", "架空　花子"):
        assert text in browser.page
    assert "&lt;b&gt;賛成ですが" in browser.page
    assert "団体名を伏せて公表してよい" in browser.page
    assert voted(world) == 0


def test_going_back_from_the_confirmation_keeps_everything(world: World, browser: Browser) -> None:
    browser.open(world.codes["M0001"])
    form = browser.confirm({"opinion": "一\r\n二"})

    page = browser.post("/vote/fill", form).text

    assert page.count(" checked") == 2
    assert 'value="架空　花子"' in page and "一\n二</textarea>" in page


def test_the_draft_shows_the_intended_answer_and_keeps_nothing(world: World, browser: Browser) -> None:
    browser.open(world.codes["M0001"])

    page = browser.post("/vote/draft", FORM).text

    assert "書面表決の回答案" in page
    assert "■ 賛成" in page and "□ 反対" in page and "■ 反対" in page
    assert voted(world) == 0


# --- casting ------------------------------------------------------------------------------------------


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


# --- late and early -----------------------------------------------------------------------------------


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
    assert browser.get(f"/vote/receipt/{index}.pdf").status_code == 404


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

    assert "次の回答により集計されました" in page
    assert 'href="/assemblies/council/2026-06"' in page


# --- papers to keep ---------------------------------------------------------------------------------


def test_the_receipt_file_proves_the_answer(world: World, browser: Browser) -> None:
    browser.open(world.codes["M0001"])
    browser.cast()

    answer = browser.get("/vote/receipt/3.tlog-proof")

    assert "attachment" in answer.headers["Content-Disposition"]
    receipt = parse_receipt(answer.data)
    assert receipt.words == {"1": "賛成", "2": "反対"}
    world.receipts.append(receipt)


def test_the_receipt_is_there_as_a_paper(world: World, browser: Browser) -> None:
    browser.open(world.codes["M0001"])
    browser.cast()

    answer = browser.get("/vote/receipt/3.pdf")

    assert answer.data.startswith(b"%PDF-")
    assert answer.mimetype == "application/pdf"


@pytest.mark.parametrize("kind", ["pdf", "tlog-proof"])
def test_attack_another_members_receipt_is_not_there(
    world: World, browser: Browser, another_browser: Another, kind: str
) -> None:
    browser.open(world.codes["M0001"])
    browser.cast()
    stranger = another_browser()
    stranger.open(world.codes["M0002"])

    foreign, missing = stranger.get(f"/vote/receipt/3.{kind}"), stranger.get(f"/vote/receipt/999.{kind}")

    assert foreign.status_code == missing.status_code == 404
    assert foreign.text.replace("R-000003", "") == missing.text.replace("R-000999", "")
    assert stranger.get(f"/vote/receipt/0.{kind}").status_code == 404
    assert stranger.get(f"/vote/receipt/{2**70}.{kind}").status_code == 404


def test_the_issued_ballot_can_be_kept_with_its_signature(world: World, browser: Browser) -> None:
    browser.open(world.codes["M0001"])

    assert browser.get("/vote/ballot.txt").text.startswith(
        "voting/issued/v1\nvote.example.or.jp/council/2026-06\n"
    )


def test_a_motions_paper_is_saved_and_never_shown_inside_the_site(world: World, browser: Browser) -> None:
    digest = sha256(b"%PDF-1.7 one").hexdigest()
    page = browser.open(world.codes["M0001"]).text
    assert f'href="/documents/{digest}/' in page and "(1 KB)" in page

    answer = browser.get(f"/documents/{digest}/第1号議案.pdf")

    assert answer.data == b"%PDF-1.7 one"
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''%E7%AC%AC1")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_attack_a_papers_name_cannot_become_a_header(world: World, browser: Browser) -> None:
    digest = sha256(b"%PDF-1.7 one").hexdigest()

    answer = browser.get(f"/documents/{digest}/a%22%0d%0aSet-Cookie:%20x=1")

    assert (
        answer.headers["Content-Disposition"]
        == "attachment; filename*=UTF-8''a%22%0D%0ASet-Cookie%3A%20x%3D1"
    )
    assert "Set-Cookie" not in answer.headers


# --- elections ----------------------------------------------------------------------------------------


def test_elections_are_voted_by_candidate_and_by_name(empty_world: World) -> None:
    motions = (
        Motion(
            1,
            "監事の選出",
            MotionKind.ELECTION,
            method=Method.CONFIDENCE,
            seats=2,
            candidates=("甲市", "乙町"),
        ),
        Motion(
            2,
            "部会長の選出",
            MotionKind.ELECTION,
            method=Method.PLURALITY,
            seats=1,
            candidates=("丙村", "丁区"),
        ),
    )
    empty_world.assembly(motions=motions, rules=COUNCIL)
    empty_world.at("2026-06-02 10:00")
    browser = Browser(create_app(empty_world.rt, secret=b"x" * 32, secure_cookies=False).test_client())
    page = browser.open(empty_world.codes["M0001"]).text
    assert "不信任" in page and "いずれの候補者も選ばない" in page

    person = {"section": "企画課", "respondent": "花子"}
    browser.post("/vote/review", person | {"m1c1": "for", "m1c2": "against", "m2": "2"})
    page = browser.post("/vote/cast", browser.hidden()).text

    assert "乙町：不信任、甲市：信任" in page
    assert "丁区" in page


# --- hostile names ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7 * 7 }}", "' or 1=1 --", "%s%(x)s"],
)
def test_attack_whatever_is_typed_is_printed_as_text(world: World, browser: Browser, text: str) -> None:
    browser.open(world.codes["M0001"])

    browser.confirm({"section": text, "respondent": text, "opinion": text})
    confirmation = browser.page
    receipt = browser.post("/vote/cast", browser.hidden()).text
    ballot = browser.get("/vote").text

    for page in (confirmation, receipt, ballot):
        assert "<script>" not in page and "<img" not in page and ">49<" not in page
    assert voted(world) == 1
