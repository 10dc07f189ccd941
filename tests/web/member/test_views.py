"""From the code to the confirmation, as an office goes through it without JavaScript."""

import html
import re

import pytest

from tests.web.conftest import FORM, Browser
from tests.world import World
from voting.ledger.canonical import instant_text
from voting.store import openings


def voted(world: World) -> int:
    """How many entries there are beyond genesis, freeze and issue."""
    return len(world.entries()) - 3


def test_a_code_opens_the_members_own_ballot(world: World, browser: Browser) -> None:
    answer = browser.open(world.codes["M0002"])

    assert answer.status_code == 200
    assert "架空2町" in answer.text and "M0002" in answer.text
    assert "架空1町" not in answer.text


def test_typing_the_code_is_what_opens_a_ballot_and_looking_again_writes_nothing(
    world: World, browser: Browser
) -> None:
    browser.get("/v")
    with world.rt.database.reading() as tx:
        assert openings.opened(tx, world.case.id) == {}

    browser.open(world.codes["M0001"])
    at = instant_text(world.clock())
    world.at("2026-06-03 10:00")
    browser.get("/vote")
    browser.open(world.codes["M0001"])

    with world.rt.database.reading() as tx:
        assert openings.opened(tx, world.case.id) == {"M0001": at}


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
    form = page.index('<form class="ballot"')
    # Also one in the heading of the page that says which form it belongs to.
    its_own = [
        each[0]
        for each in re.finditer("<button[^>]*>", page)
        if each.start() > form or 'form="ballot"' in each[0]
    ]

    assert 'name="language"' in its_own[1]
    assert "formaction" not in its_own[0] and "name=" not in its_own[0]


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


def test_the_key_that_checks_everything_stands_on_the_ballot_and_in_the_mail(
    world: World, browser: Browser
) -> None:
    page = browser.open(world.codes["M0001"]).text

    assert world.case.vkey in html.unescape(page)
    assert world.case.vkey in world.mails[0].get_content()
