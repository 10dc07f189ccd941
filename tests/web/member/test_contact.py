"""A member's own contact data on the web: looked at, confirmed, asked to be changed; without JavaScript."""

import logging
import re

import pytest

from tests.services.test_campaigns import BODY, admin, ask, code_for, edit, states
from tests.web.conftest import Browser
from tests.web.member.test_views_codes import unknown
from tests.world import World
from voting.services.office import limits
from voting.services.register import campaigns, member_list
from voting.store.campaigns import of_body
from voting.store.members import register

WHO = {"section": "企画課", "person": "架空 花子"}
ALLOWED = limits.CONTACT_CODES_FROM_ADDRESS.amount


@pytest.fixture
def code(world: World) -> str:
    """The code of the first member's mail."""
    edit(world, "M0001", addresses="first@example.jp", phone="00-1111-2222")
    world.send()
    world.mails.clear()
    ask(world)
    return code_for(world, "first@example.jp")


def known(browser: Browser, code: str) -> dict[str, str]:
    """Open the page; the answer is what its form carries."""
    browser.get("/contact")
    assert browser.post("/contact", {"code": code}).status_code == 200
    return browser.hidden()


def phone(world: World) -> str:
    return member_list.member_page(world.rt, admin(world), BODY, "M0001").member.phone


def test_a_member_sees_what_is_registered_and_says_that_it_is_right(
    world: World, browser: Browser, code: str
) -> None:
    form = known(browser, code)
    assert "00-1111-2222" in browser.page and "first@example.jp" in browser.page
    assert "令和8年6月30日" in browser.page and "ここでは表決はできません。" in browser.page

    answer = browser.post("/contact/confirm", form | WHO)

    assert answer.status_code == 200 and "登録の内容に変わりがないことを記録しました。" in answer.text
    assert states(world)["M0001"] == "confirmed"


def test_without_the_name_of_who_answers_nothing_is_recorded(
    world: World, browser: Browser, code: str
) -> None:
    answer = browser.post("/contact/confirm", known(browser, code) | WHO | {"person": " "})

    assert answer.status_code == 422 and 'href="#person"' in answer.text
    assert states(world)["M0001"] == "silent"


def test_a_change_is_asked_for_and_the_register_stays(world: World, browser: Browser, code: str) -> None:
    browser.post("/contact/change-form", known(browser, code) | WHO)
    assert 'value="00-1111-2222"' in browser.page and 'value="架空 花子"' in browser.page

    answer = browser.post("/contact/change", browser.hidden() | WHO | {"wanted-phone": "00-3333-4444"})

    assert answer.status_code == 200 and "名簿は、事務局が確かめてから改めます。" in answer.text
    assert states(world)["M0001"] == "change" and phone(world) == "00-1111-2222"


def test_what_cannot_be_kept_is_told_beside_its_field(world: World, browser: Browser, code: str) -> None:
    browser.post("/contact/change-form", known(browser, code) | WHO)

    answer = browser.post("/contact/change", browser.hidden() | WHO | {"wanted-addresses": "no address"})

    assert answer.status_code == 422 and 'href="#wanted-addresses"' in answer.text
    assert states(world)["M0001"] == "silent"


def test_another_section_is_named(world: World, browser: Browser, code: str) -> None:
    browser.post("/contact/elsewhere-form", known(browser, code) | WHO)

    browser.post("/contact/elsewhere", browser.hidden() | WHO | {"remark": "総務課 soumu@example.jp"})

    assert states(world)["M0001"] == "elsewhere"


def test_a_register_changed_meanwhile_is_shown_before_it_is_confirmed(
    world: World, browser: Browser, code: str
) -> None:
    form = known(browser, code)
    edit(world, "M0001", phone="00-5555-6666")

    answer = browser.post("/contact/confirm", form | WHO)

    assert answer.status_code == 422 and "00-5555-6666" in answer.text
    assert "この画面を開いた後に" in answer.text and states(world)["M0001"] == "silent"
    browser.post("/contact/confirm", browser.hidden() | WHO)
    assert states(world)["M0001"] == "confirmed"


def test_a_change_typed_over_an_old_entry_is_not_sent_as_if_over_the_new_one(
    world: World, browser: Browser, code: str
) -> None:
    browser.post("/contact/change-form", known(browser, code) | WHO)
    form = browser.hidden() | WHO | {"wanted-section": "総務課", "wanted-phone": "00-1111-2222"}
    edit(world, "M0001", phone="00-5555-6666")

    # A fault in the form comes first; the page that names it must not make the old entry a new one.
    again = browser.post("/contact/change", form | {"person": ""})
    answer = browser.post("/contact/change", form | browser.hidden() | {"person": "架空 花子"})

    assert again.status_code == answer.status_code == 422
    assert "この画面を開いた後に" in answer.text and states(world)["M0001"] == "silent"


def test_looking_records_nothing_and_no_address_takes_an_answer_by_get(
    world: World, browser: Browser, code: str
) -> None:
    known(browser, code)
    for address in ("confirm", "change", "elsewhere", "change-form", "elsewhere-form"):
        assert browser.get(f"/contact/{address}").status_code == 405
    assert states(world)["M0001"] == "silent"


@pytest.mark.parametrize("address", ["", "/confirm", "/change", "/elsewhere", "/change-form"])
def test_attack_contact_codes_are_guessed_one_after_another(
    world: World, browser: Browser, code: str, address: str
) -> None:
    form = known(browser, code) | WHO | {"remark": "総務課"}
    for _ in range(ALLOWED):
        assert browser.post(f"/contact{address}", form | {"code": unknown(world)}).status_code == 422

    answer = browser.post("/contact/confirm", form)

    assert answer.status_code == 429 and states(world)["M0001"] == "silent"


def test_attack_who_guesses_contact_codes_keeps_nobody_from_voting(
    world: World, browser: Browser, code: str
) -> None:
    known(browser, code)
    for _ in range(ALLOWED):
        browser.post("/contact", {"code": unknown(world)})

    browser.get("/v")
    assert browser.post("/v", {"code": world.codes["M0001"]}).status_code == 303


def test_attack_html_in_a_remark_is_text_for_everybody_who_reads_it(
    world: World, browser: Browser, code: str
) -> None:
    browser.post("/contact/change-form", known(browser, code) | WHO)

    answer = browser.post(
        "/contact/change",
        browser.hidden() | WHO | {"person": '"><b>x</b>', "remark": "<script>alert(1)</script>"},
    )

    assert "<b>x</b>" not in answer.text and "&lt;b&gt;x&lt;/b&gt;" in answer.text
    assert states(world)["M0001"] == "change"


def test_after_the_campaign_was_ended_the_page_says_so(world: World, browser: Browser, code: str) -> None:
    form = known(browser, code)
    with world.rt.database.reading() as tx:
        (campaign,) = of_body(tx, BODY)
    campaigns.end(world.rt, admin(world), BODY, campaign.id)

    for address in ("", "/confirm"):
        answer = browser.post(f"/contact{address}", form | WHO)
        assert "この名簿確認は終わりました。" in answer.text and "first@example.jp" not in answer.text
    with world.rt.database.reading() as tx:
        assert register(tx, BODY)[0].phone == "00-1111-2222"


def test_no_code_name_or_address_goes_into_the_log(
    world: World, browser: Browser, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    form = known(browser, code)
    browser.post("/contact/confirm", form | WHO)
    browser.post("/contact", {"code": unknown(world)})

    assert not re.search(rf"{code}|first@example|架空|花子", caplog.text)


def test_the_code_is_in_no_address_and_no_cookie(browser: Browser, code: str) -> None:
    known(browser, code)

    answer = browser.post("/contact", {"code": code})

    assert "no-store" in answer.headers["Cache-Control"] and code not in str(answer.headers)
    assert f"?{code}" not in answer.text and f"/{code}" not in answer.text and f"#{code}" not in answer.text
