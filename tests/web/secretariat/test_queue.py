"""The queue of two persons: what is shown before it is approved, and what becomes of a request."""

import html
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256

import pytest
from flask import Flask
from sqlalchemy import bindparam, update

from tests.officers import hire
from tests.web.conftest import SECRET
from tests.web.secretariat.conftest import ASSEMBLY, Desk
from tests.world import World
from voting.app import create_app
from voting.core.docket_json import docket_json
from voting.core.permissions import Act, Role
from voting.ledger import canonical
from voting.services.office import approvals
from voting.services.outcome import certifying, closing
from voting.services.printing import letterheads, minutes
from voting.store import members
from voting.store.tables import assembly


@pytest.fixture
def app(drafted: World) -> Flask:
    return create_app(drafted.rt, secret=SECRET, secure_cookies=False)


@pytest.fixture
def seat(app: Flask, drafted: World) -> Callable[..., Desk]:
    def sit(role: Role, *, number: int = 1) -> Desk:
        desk = Desk(app.test_client())
        desk.sign_in(hire(drafted, role, number=number))
        return desk

    return sit


def proposed(desk: Desk, act: str = "freeze", note: str = "", confirm: str = "") -> str:
    """The address of a request that was just proposed."""
    desk.get(f"{ASSEMBLY}/{act}")
    answer = desk.post(f"{ASSEMBLY}/{act}", {"note": note, "confirm": confirm})
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def _sentence(world: World) -> str:
    return str(certifying.required_terms(world.rt, world.origin)["confirmed"])


def test_a_freeze_goes_from_one_desk_to_another(drafted: World, seat: Callable[..., Desk]) -> None:
    clerk, checker = seat(Role.ADMINISTRATOR), seat(Role.CHECKER)
    page = clerk.get(f"{ASSEMBLY}/").text
    assert "次の手続: 規則確定・名簿凍結" in page
    address = proposed(clerk, note="名簿は5月20日に確認済み")
    mine = clerk.get(address).text
    assert "申請しました。別の担当者の承認を待っています。" in mine
    assert "承認して実行する" not in mine

    assert '<span class="unseen">件数</span> 1' in checker.get("/office/").text
    shown = checker.get(address).text
    for each in (
        "名簿は5月20日に確認済み",
        "架空5町",
        "m5@example.jp",
        "事業計画について",
        "規約第12条第3項",
    ):
        assert each in shown
    answer = checker.post(f"{address}/approve")

    assert answer.location == address
    assert "承認し、実行しました。" in checker.get(address).text
    assert drafted.case.frozen_index is not None


def test_the_document_on_the_page_is_the_one_whose_digest_is_approved(
    drafted: World, seat: Callable[..., Desk]
) -> None:
    address = proposed(seat(Role.ADMINISTRATOR))

    page = seat(Role.CHECKER).get(address).text

    document = re.search(r"<pre [^>]*>(.*?)</pre>", page, re.S)
    digest = re.search(r'title="([0-9a-f]{64})"', page)
    assert document is not None and digest is not None
    assert sha256(html.unescape(document[1]).encode()).hexdigest() == digest[1]


def test_attack_the_proposer_sends_the_form_of_the_second_person(
    drafted: World, seat: Callable[..., Desk]
) -> None:
    clerk = seat(Role.ADMINISTRATOR)
    address = proposed(clerk)
    clerk.get(address)

    answer = clerk.post(f"{address}/approve")

    assert answer.status_code == 409
    assert "申請した本人" in answer.text
    assert drafted.case.frozen_index is None


@pytest.mark.parametrize("role", [Role.ENTRY, Role.CHAIR, Role.AUDITOR])
def test_attack_a_role_that_may_not_approve_sends_the_form(
    drafted: World, seat: Callable[..., Desk], role: Role
) -> None:
    address = proposed(seat(Role.ADMINISTRATOR))
    other = seat(role)
    assert "承認して実行する" not in other.get(address).text

    for act in ("approve", "refuse", "withdraw"):
        answer = other.post(f"{address}/{act}", {"why": "…"})
        assert answer.status_code == 403, act
        assert "権限がありません" in answer.text

    assert drafted.case.frozen_index is None


def test_what_changed_since_is_said_and_cannot_be_approved(drafted: World, seat: Callable[..., Desk]) -> None:
    address, checker = proposed(seat(Role.ADMINISTRATOR)), seat(Role.CHECKER)
    checker.get(address)
    with drafted.rt.database.transaction() as tx:
        changed = [replace(each, addresses=("evil@example.jp",)) for each in members.register(tx, "council")]
        members.put(tx, "council", changed, now="2026-05-20T00:00:00.000Z")

    answer = checker.post(f"{address}/approve")

    assert answer.status_code == 409
    assert "申請の後に内容が変わった" in answer.text
    page = checker.get(address).text
    assert "申請の後に、対象の内容が変わっています。" in page
    assert "承認して実行する" not in page
    assert "evil@example.jp" not in page  # what is shown is what was proposed
    assert drafted.case.frozen_index is None


def test_a_request_is_withdrawn_with_a_reason_that_stays_on_the_page(
    drafted: World, seat: Callable[..., Desk]
) -> None:
    clerk, checker = seat(Role.ADMINISTRATOR), seat(Role.CHECKER)
    address = proposed(clerk)
    clerk.get(address)
    empty = clerk.post(f"{address}/withdraw", {"why": " "})
    assert empty.status_code == 422
    assert empty.text.count("理由を入力してください。") == 2

    clerk.post(f"{address}/withdraw", {"why": "議案の誤字を直すため"})

    page = checker.get(address).text
    assert "取下げ" in page and "議案の誤字を直すため" in page
    checker.get("/office/waiting")
    assert checker.post(f"{address}/approve").status_code == 409


def test_the_second_person_refuses_with_a_reason(drafted: World, seat: Callable[..., Desk]) -> None:
    clerk, checker = seat(Role.ADMINISTRATOR), seat(Role.CHECKER)
    address = proposed(clerk)
    checker.get(address)
    assert checker.post(f"{address}/refuse", {"why": ""}).status_code == 422

    checker.post(f"{address}/refuse", {"why": "名簿に<b>未加入</b>の団体がある"})

    page = clerk.get(address).text
    assert "却下" in page
    assert "名簿に&lt;b&gt;未加入&lt;/b&gt;の団体がある" in page


def test_a_request_expires_and_says_so(drafted: World, seat: Callable[..., Desk]) -> None:
    address = proposed(seat(Role.ADMINISTRATOR))
    drafted.at("2026-05-28 10:00")
    checker = seat(Role.CHECKER)

    page = checker.get(address).text
    assert "期限切れ" in page
    assert "承認して実行する" not in page
    answer = checker.post(f"{address}/approve")

    assert answer.status_code == 409
    assert "期限切れです" in answer.text
    queue = checker.get("/office/waiting").text
    assert queue.index("終わったもの") < queue.index("期限切れ")


def test_an_approval_takes_the_second_factor_of_these_minutes(
    drafted: World, seat: Callable[..., Desk]
) -> None:
    address = proposed(seat(Role.ADMINISTRATOR))
    person = hire(drafted, Role.CHECKER)
    checker = Desk(seat(Role.ENTRY).client.application.test_client())
    checker.sign_in(person)
    drafted.clock.at += timedelta(minutes=10)
    page = checker.get(address).text
    assert "承認して実行する" not in page
    assert f'href="/office/step-up?next={address}"' in page

    sent_away = checker.post(f"{address}/approve")
    assert sent_away.location == "/office/step-up?next=" + address.replace("/", "%2F")
    checker.get(sent_away.location)
    wrong = checker.post("/office/step-up", checker.hidden() | {"code": "12345"})
    assert wrong.status_code == 422
    back = checker.post("/office/step-up", checker.hidden() | {"code": person.fresh_code()})

    assert back.location == address
    checker.get(address)
    checker.post(f"{address}/approve")
    assert drafted.case.frozen_index is not None


def test_ballots_are_sent_and_a_result_is_certified_by_the_same_way(
    drafted: World, seat: Callable[..., Desk]
) -> None:
    clerk, checker = seat(Role.ADMINISTRATOR), seat(Role.CHECKER)
    chair, auditor = seat(Role.CHAIR), seat(Role.AUDITOR)
    assert clerk.get(f"{ASSEMBLY}/send").status_code == 409
    for act in ("freeze", "send"):
        address = proposed(clerk, act)
        checker.get(address)
        assert checker.post(f"{address}/approve").status_code == 303
    assert "5通のメール" in checker.get(address).text
    assert "送信待ち" in clerk.get(f"{ASSEMBLY}/deliveries").text
    assert chair.get(f"{ASSEMBLY}/certify").status_code == 409
    drafted.send()
    drafted.at("2026-06-11 00:00")
    closing.tally(drafted.rt, drafted.officer(Role.ADMINISTRATOR), drafted.origin)

    chair, auditor = seat(Role.CHAIR, number=2), seat(Role.AUDITOR, number=2)
    address = proposed(chair, "certify", confirm=_sentence(drafted))
    shown = auditor.get(address).text
    assert "賛成5票(うち未提出によるみなし賛成5票)" in shown
    auditor.post(f"{address}/approve")

    assert drafted.case.result_index is not None
    assert "賛成5票" in auditor.get(address).text


_MINUTES = '[minutes]\nauthor = "記録 次郎"\nsigners = ["body"]\n'


def test_minutes_are_signed_by_an_auditor_who_sees_what_they_are_made_of(
    drafted: World, seat: Callable[..., Desk]
) -> None:
    for act in (Act.FREEZE, Act.SEND):
        drafted.two(act, Role.ADMINISTRATOR, Role.CHECKER)
    drafted.at("2026-06-11 00:00")
    drafted.certify()
    administrator = drafted.officer(Role.ADMINISTRATOR)
    letterheads.set_letterhead(drafted.rt, administrator, drafted.origin, _MINUTES)
    asked = approvals.request(drafted.rt, drafted.officer(Role.CHAIR), drafted.origin, Act.SIGN_MINUTES)
    auditor = seat(Role.AUDITOR)

    shown = auditor.get(f"/office/waiting/{asked.id}").text

    assert "署名する議事録" in shown
    assert "記録 次郎" in shown
    assert auditor.post(f"/office/waiting/{asked.id}/approve").status_code == 303
    assert b"/ByteRange" in minutes.minutes(drafted.rt, administrator, drafted.origin)


def test_what_is_missing_for_a_freeze_is_listed_and_nothing_can_be_proposed(
    drafted: World, seat: Callable[..., Desk]
) -> None:
    """A member that has left is still named among those barred from a motion."""
    docket = drafted.case.docket
    motions = (replace(docket.motions[0], barred=("M0001",)), *docket.motions[1:])
    with drafted.rt.database.transaction() as tx:
        (member,) = [each for each in members.register(tx, "council") if each.member_id == "M0001"]
        members.put(tx, "council", (replace(member, left=date(2026, 5, 1)),), now="2026-05-20T00:00:00.000Z")
        text = canonical.encode(docket_json(replace(docket, motions=motions))).decode()
        tx.run(update(assembly).values(docket=bindparam("text")), text=text)
    clerk = seat(Role.ADMINISTRATOR)

    board = clerk.get(f"{ASSEMBLY}/").text
    page = clerk.get(f"{ASSEMBLY}/freeze")

    assert "確定できません: 1件を直してください" in board
    assert "第1号議案の表決に加わらない会員: 除斥される会員 M0001 が名簿にありません" in board
    assert page.status_code == 409
    assert "まだ申請できません" in page.text
    assert "この内容で申請する" not in page.text
    assert clerk.post(f"{ASSEMBLY}/freeze").status_code == 409


def test_a_recovery_is_approved_by_another_administrator_who_is_shown_the_password_once(
    drafted: World, seat: Callable[..., Desk]
) -> None:
    first, second = seat(Role.ADMINISTRATOR), seat(Role.ADMINISTRATOR, number=2)
    hire(drafted, Role.ENTRY)
    first.get("/office/officers/entry-1")
    first.post("/office/officers/entry-1/recover", {"why": "電話で確認した"})
    queue = second.get("/office/waiting").text
    address = "/office/waiting/" + queue.split("/office/waiting/")[1][:16]
    shown = second.get(address).text
    assert "電話で確認した" in shown and "消去する" in shown

    answer = second.post(f"{address}/approve")

    assert answer.status_code == 200
    assert "二度と表示できません" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert second.post(f"{address}/approve").status_code == 409


def test_a_request_that_is_not_there(seat: Callable[..., Desk]) -> None:
    checker = seat(Role.CHECKER)

    answer = checker.get("/office/waiting/0123456789abcdef")

    assert answer.status_code == 404
    assert "承認待ちの申請 0123456789abcdef はありません" in answer.text
