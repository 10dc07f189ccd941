"""The minutes on the pages of the office: read, proposed, approved as the very paper, saved."""

from collections.abc import Callable

import pytest

from tests.services.test_correcting import correct
from tests.services.test_correcting import propose as ask
from tests.services.test_minutes import KEYS, LETTERHEAD
from tests.web.secretariat.conftest import ASSEMBLY, Desk
from tests.world import World
from voting.core.permissions import Role
from voting.services.office import approvals
from voting.services.printing import letterheads, minutes, paper_signing

Seat = Callable[..., Desk]
MINUTES = f"{ASSEMBLY}/minutes"


@pytest.fixture
def declared(world: World) -> World:
    world.cast("M0001")
    world.at("2026-06-11 00:00")
    world.certify()
    administrator = world.officer(Role.ADMINISTRATOR)
    letterheads.set_letterhead(world.rt, administrator, world.origin, LETTERHEAD)
    for signer, name in KEYS:
        paper_signing.create(world.rt, administrator, "council", signer=signer, name=name)
    return world


def propose(chair: Desk) -> str:
    chair.get(f"{ASSEMBLY}/sign-minutes")
    answer = chair.post(f"{ASSEMBLY}/sign-minutes", {"note": "御確認ください"})
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def test_attack_the_paper_is_changed_after_the_chair_has_read_it_and_before_it_is_proposed(
    declared: World, seat: Seat
) -> None:
    """What the chair has not seen is shown first; nothing is proposed."""
    chair = seat(Role.CHAIR)
    chair.get(f"{ASSEMBLY}/sign-minutes")
    clerk = declared.officer(Role.ADMINISTRATOR)
    letterheads.set_letterhead(
        declared.rt, clerk, declared.origin, LETTERHEAD.replace("記録 次郎", "別人 三郎")
    )

    refused = chair.post(f"{ASSEMBLY}/sign-minutes", {"note": "御確認ください"})

    assert refused.status_code == 409
    assert "まだ申請していません" in refused.text and "御確認ください" in refused.text
    assert approvals.waiting(declared.rt, declared.origin) == ()
    assert chair.post(f"{ASSEMBLY}/sign-minutes", {"note": ""}).status_code == 303


def test_both_read_the_very_paper_that_is_signed_and_it_is_saved_afterwards(
    declared: World, seat: Seat
) -> None:
    chair, auditor = seat(Role.CHAIR), seat(Role.AUDITOR)
    assert "議長 架空 一郎" in chair.get(MINUTES).text
    assert "まだ署名していません" in chair.get(f"{ASSEMBLY}/after-closing").text
    first = chair.get(f"{ASSEMBLY}/sign-minutes/paper.pdf").data

    address = propose(chair)

    assert f'href="{address}"' in auditor.get(f"{ASSEMBLY}/after-closing").text
    assert f'href="{address}/minutes.pdf"' in auditor.get(address).text
    assert auditor.get(f"{address}/minutes.pdf").data == first
    auditor.get(address)
    auditor.post(f"{address}/approve")
    assert "議事録に署名しました" in auditor.get(f"{ASSEMBLY}/after-closing").text
    assert f'href="{MINUTES}/1.pdf"' in auditor.get(MINUTES).text
    signed = auditor.get(f"{MINUTES}/1.pdf").data
    # Signatures are appended: the paper that both have read stands unchanged before them.
    assert signed.startswith(first) and len(signed) > len(first)
    assert signed == minutes.minutes(declared.rt, declared.officer(Role.ENTRY), declared.origin)
    assert auditor.get(f"{address}/minutes.pdf").data == signed
    assert auditor.get(f"{MINUTES}/2.pdf").status_code == 404


def test_a_request_whose_paper_has_changed_cannot_be_approved_and_says_so(
    declared: World, seat: Seat
) -> None:
    chair, auditor = seat(Role.CHAIR), seat(Role.AUDITOR)
    address = propose(chair)
    other = LETTERHEAD.replace("次郎", "四郎")
    letterheads.set_letterhead(declared.rt, declared.officer(Role.ADMINISTRATOR), declared.origin, other)

    shown = auditor.get(address).text

    assert "申請の後に、対象の内容が変わっています。" in shown
    assert "内容を確かめたので、承認して実行する" not in shown
    assert auditor.get(f"{address}/minutes.pdf").status_code == 409


def test_after_a_correction_of_the_result_the_page_asks_for_minutes_anew(declared: World, seat: Seat) -> None:
    chair, auditor = seat(Role.CHAIR), seat(Role.AUDITOR)
    address = propose(chair)
    auditor.get(address)
    auditor.post(f"{address}/approve")

    correct(declared)

    page = chair.get(MINUTES).text
    assert "訂正後の結果による議事録(第2版)を申請してください。" in page
    assert "まだ署名していません" in chair.get(f"{ASSEMBLY}/after-closing").text


def test_before_the_result_the_page_says_what_is_missing(world: World, seat: Seat) -> None:
    chair = seat(Role.CHAIR)

    page = chair.get(MINUTES)

    assert page.status_code == 200
    assert "まだ申請できません" in page.text
    assert chair.get(f"{ASSEMBLY}/sign-minutes").status_code == 409


def test_nobody_is_told_of_things_to_do_where_there_are_none(world: World, seat: Seat) -> None:
    heading = "内容を整える"

    assert heading not in seat(Role.CHAIR).get(MINUTES).text
    assert heading in seat(Role.ADMINISTRATOR).get(MINUTES).text


def test_a_request_about_something_else_has_no_minutes(world: World, seat: Seat) -> None:
    world.at("2026-06-11 00:00")
    world.certify()
    request = ask(world)

    assert seat(Role.AUDITOR).get(f"/office/waiting/{request}/minutes.pdf").status_code == 404


def test_where_a_key_is_missing_the_office_is_told_whom_to_ask(declared: World, seat: Seat) -> None:
    administrator = declared.officer(Role.ADMINISTRATOR)
    other = LETTERHEAD.replace('["chair", "auditor"]', '["chair", "witness-2"]')
    letterheads.set_letterhead(declared.rt, administrator, declared.origin, other)

    page = seat(Role.CHAIR).get(MINUTES).text

    told, _, commands = page.partition("運用担当者が使う命令:")
    assert (
        "witness-2の署名の鍵がまだありません。このサービスの運用担当者に、鍵を作るよう頼んでください。"
        in told
    )
    assert "voting keys" not in told
    assert "<code>voting keys create council --signer witness-2 --name NAME --as ID</code>" in commands
    asking = seat(Role.CHAIR).get(f"{ASSEMBLY}/sign-minutes").text
    assert "<li><code>voting keys create council --signer witness-2" in asking.partition("使う命令:")[2]
