"""名簿確認 at the office's desks: asked by two, watched, settled, saved, ended."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.services.test_campaigns import BODY, PLANNING, ask, ask_change, code_for, edit, states
from tests.services.test_deliveries import refusing
from tests.web.secretariat.conftest import Desk
from tests.world import World
from voting.core.permissions import Role
from voting.services.register.campaign_proposals import Asking
from voting.services.register.contact_letters import REMIND
from voting.store.members import register

HERE = "/office/members/council/contacts"
TYPED = {
    "scope": "everybody",
    "last_day": "令和8年6月30日",
    "words": "年度初めの異動の時期です。",
    "contact": "架空協議会事務局(電話 00-0000-0000)",
}


@pytest.fixture
def clerk(seat: Callable[..., Desk], world: World) -> Desk:
    edit(world, "M0001", addresses="first@example.jp", phone="=00-1111")
    world.send()
    world.mails.clear()
    return seat(Role.ADMINISTRATOR)


def change(world: World, **wanted: str) -> str:
    """Ask, and let the first member want a change; the answer is the address of what it wants."""
    campaign = ask(world)
    ask_change(world.rt, code_for(world, "first@example.jp"), PLANNING, wanted, remark="<b>至急</b>")
    return f"{HERE}/request?campaign={campaign}&number=M0001"


def act(address: str, what: str) -> str:
    return address.replace("/request?", f"/request/{what}?")


def test_members_are_asked_at_one_desk_and_approved_at_another(
    clerk: Desk, seat: Callable[..., Desk], world: World
) -> None:
    second = seat(Role.CHECKER)
    clerk.get(f"{HERE}/new")
    shown = clerk.post(f"{HERE}/new", TYPED)
    assert "年度初めの異動の時期です。" in shown.text and "令和8年6月30日(火)までに" in shown.text
    world.send()
    assert world.mails == []

    asked = clerk.post(f"{HERE}/new", clerk.hidden() | {"note": "確認をお願いします"})
    read = second.get(asked.location)
    assert "年度初めの異動の時期です。" in read.text and "first@example.jp" not in read.text
    second.post(f"{asked.location}/approve")
    world.send()

    assert "first@example.jp" in [each["To"] for each in world.mails]
    assert "未回答" in clerk.get(HERE).text


def test_a_list_is_sorted_by_its_heads_and_says_which_address_failed_and_why(
    clerk: Desk, world: World
) -> None:
    edit(world, "M0003", addresses="good@example.jp\nbad@example.jp", kana="あ")
    world.rt = replace(world.rt, send=refusing(world.mails, "bad@"))
    asked = change(world, section="総務課")

    board = clerk.get(HERE).text

    assert "bad@example.jp: " in board and "good@example.jp: " not in board
    names = re.compile(r'<th scope="row"><a [^>]*>([^<]*)</a>')
    assert names.findall(clerk.get(f"{HERE}?sort=name").text)[0] == "架空3町"
    assert names.findall(clerk.get(f"{HERE}?sort=state").text)[0] == "架空1町"
    assert names.findall(clerk.get(f"{HERE}?sort=-number").text)[-1] == "架空1町"
    # A reminder that reached it tells more than the first mail that did not.
    world.rt = replace(world.rt, send=world.mails.append)
    ask(world, Asking(REMIND, campaign=asked.partition("campaign=")[2].partition("&")[0]))
    assert "bad@example.jp: " not in clerk.get(HERE).text


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"last_day": "令和8年6月1日"}, "last_day"),
        ({"last_day": "いつか"}, "last_day"),
        ({"contact": ""}, "contact"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field_and_what_was_typed_stays(
    clerk: Desk, wrong: dict[str, str], field: str
) -> None:
    clerk.get(f"{HERE}/new")

    answer = clerk.post(f"{HERE}/new", TYPED | wrong)

    assert answer.status_code == 422 and f'href="#{field}"' in answer.text
    assert "年度初めの異動の時期です。" in answer.text


def test_a_request_stands_beside_what_is_known_and_is_taken_over_field_by_field(
    clerk: Desk, world: World
) -> None:
    address = change(world, section="総務課", phone="00-2222")
    page = clerk.get(address).text
    assert "=00-1111" in page and "00-2222" in page and "&lt;b&gt;至急&lt;/b&gt;" in page

    clerk.post(act(address, "take"), clerk.hidden() | {"field": ["section"]})

    with world.rt.database.reading() as tx:
        first = register(tx, BODY)[0]
    assert (first.section, first.phone) == ("総務課", "=00-1111")
    assert states(world)["M0001"] == "settled"


def test_nothing_chosen_and_no_reason_given_are_both_told(clerk: Desk, world: World) -> None:
    address = change(world, section="総務課")
    clerk.get(address)

    none = clerk.post(act(address, "take"), clerk.hidden())
    assert none.status_code == 422 and "名簿に反映する項目を選んでください。" in none.text
    unsaid = clerk.post(act(address, "refuse"), clerk.hidden() | {"why": " "})
    assert unsaid.status_code == 422 and states(world)["M0001"] == "change"

    clerk.post(act(address, "refuse"), clerk.hidden() | {"why": "電話で確かめた"})
    assert "電話で確かめた" in clerk.get(address).text


def test_attack_the_member_answers_anew_while_the_office_looks_at_the_old_answer(
    clerk: Desk, world: World
) -> None:
    address = change(world, phone="00-2222")
    clerk.get(address)
    form = clerk.hidden()
    world.at("2026-06-02 10:05")
    ask_change(world.rt, code_for(world, "first@example.jp"), PLANNING, {"phone": "00-6666"})

    answer = clerk.post(act(address, "take"), form | {"field": ["phone"]})

    assert answer.status_code == 409
    with world.rt.database.reading() as tx:
        assert register(tx, BODY)[0].phone == "=00-1111"


def test_the_list_for_the_telephone_holds_those_without_an_answer_and_no_formula(
    clerk: Desk, world: World
) -> None:
    change(world, section="総務課")

    every = clerk.get(f"{HERE}/list.csv").data.decode("utf-8-sig")
    silent = clerk.get(f"{HERE}/list.csv?only=silent").data.decode("utf-8-sig")

    assert "M0001" in every and "'=00-1111" in every and "変更の申出" in every
    assert "M0001" not in silent and "M0002" in silent
    assert (
        "only=silent" in re.findall(r'href="([^"]+list.csv[^"]*)"', clerk.get(f"{HERE}?only=silent").text)[0]
    )


def test_it_is_ended_on_a_page_of_its_own(clerk: Desk, world: World) -> None:
    campaign = ask(world)
    clerk.get(f"{HERE}/end?campaign={campaign}")

    done = clerk.post(f"{HERE}/end", clerk.hidden() | {"campaign": campaign})

    assert done.status_code == 303 and "に終えました" in clerk.get(HERE).text
