"""Entering a paper beside its picture: blind twice, and once more where two persons read it differently."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from tests import scans
from tests.officers import hire
from tests.services.letterheads import TO_CHAIR
from tests.web.conftest import SECRET
from tests.web.secretariat.conftest import ASSEMBLY, Desk
from tests.world import ALL_FOR, World
from voting.app import create_app
from voting.core.ballots import Channel
from voting.core.motions import Method, Motion, MotionKind
from voting.core.permissions import Act, Role
from voting.credentials.form_codes import form_code
from voting.ledger.entries import decode_entry
from voting.ledger.kinds import Ballot
from voting.services.desk import papers
from voting.services.desk.papers import Sheet
from voting.services.office import approvals
from voting.services.outcome import closing
from voting.store import ballots

Seat = Callable[..., Desk]
PAPER = f"{ASSEMBLY}/papers/F-1"
FOR = {"member": "M0001", "m1": "for", "m2": "for"}
AGAINST = {"member": "M0001", "m1": "against", "m2": "blank"}


def arrive(world: World, serial: str = "F-1", *, scan: bytes | None = None) -> None:
    papers.arrive(
        world.rt,
        world.officer(Role.ENTRY, number=2),
        world.origin,
        serial=serial,
        channel=Channel.FAX,
        arrived_at=world.clock(),
        scan=scans.png(serial) if scan is None else scan,
    )


def enter(desk: Desk, filled: dict[str, Any], *, paper: str = PAPER) -> str:
    """Fill in the form; the answer is the page that one comes to."""
    desk.get(f"{paper}/entry")
    answer = desk.post(f"{paper}/entry", filled)
    assert answer.status_code == 303, answer.text
    return desk.get(answer.location).text


@pytest.fixture
def paper(world: World) -> World:
    arrive(world)
    return world


def test_two_persons_read_the_same_and_it_is_a_ballot(paper: World, seat: Seat) -> None:
    clerk, checker = seat(Role.ENTRY), seat(Role.CHECKER)

    first = enter(clerk, FOR)
    assert "書面 F-1 を入力しました。別の担当者の確認を待っています。" in first
    second = enter(checker, {**FOR, "member": form_code(paper.origin, "M0001")})

    assert "二人の入力が一致しました。" in second
    assert "期限内の回答として受け付けました。" in second
    last = decode_entry(paper.entries()[-1]).body
    assert isinstance(last, Ballot) and last.level == "KP"


def test_the_second_person_sees_the_picture_and_an_empty_form(paper: World, seat: Seat) -> None:
    enter(seat(Role.ENTRY), AGAINST | {"opinion": "反対の理由があります"})

    page = seat(Role.CHECKER).get(f"{PAPER}/entry").text

    form = page[page.index("<main") :]
    assert f'src="{PAPER}/scan/1"' in form
    assert "checked" not in form and "selected" not in form.replace('value="" selected', "")
    assert "反対の理由" not in form and "M0001" not in form


def test_whoever_has_entered_a_paper_is_told_to_leave_it_to_another(paper: World, seat: Seat) -> None:
    clerk = seat(Role.ENTRY)
    enter(clerk, FOR)

    page = clerk.get(f"{PAPER}/entry").text
    assert "自分の入力が済んでいます" in page
    assert 'name="m1"' not in page
    again = clerk.post(f"{PAPER}/entry", AGAINST)
    assert again.status_code == 303
    assert "何も変わっていません。" in clerk.get(again.location).text

    clerk.post(f"{PAPER}/take-back")
    assert "自分の入力を取り消しました。" in clerk.get(f"{PAPER}/entry").text
    enter(clerk, AGAINST)
    assert "二人の入力が一致しました。" in enter(seat(Role.CHECKER), AGAINST)


def test_two_clerks_take_the_same_paper_at_once(paper: World, seat: Seat) -> None:
    """Both open it as the first; whoever sends later has checked it blind."""
    clerk, checker = seat(Role.ENTRY), seat(Role.CHECKER)
    for desk in (clerk, checker):
        desk.get(f"{PAPER}/entry")

    clerk.post(f"{PAPER}/entry", FOR)
    answer = checker.post(f"{PAPER}/entry", FOR)

    assert "二人の入力が一致しました。" in checker.get(answer.location).text
    third = seat(Role.ADMINISTRATOR)
    done = third.get(f"{PAPER}/entry")
    assert done.status_code == 409 and "既に処理が済んでいます" in done.text


def test_readings_that_differ_are_shown_side_by_side_and_a_third_person_decides(
    paper: World, seat: Seat
) -> None:
    enter(seat(Role.ENTRY), FOR)
    page = enter(seat(Role.CHECKER), AGAINST)
    assert "別の担当者の入力と一致しません。" in page
    third = seat(Role.ADMINISTRATOR)

    shown = third.get(f"{PAPER}/entry").text
    assert "entry 担当1の入力" in shown and "checker 担当1の入力" in shown
    assert "無記入" in shown
    marks = re.findall(r'name="reading" value="([0-9a-f]{16})"', shown)
    assert len(marks) == 2
    answer = third.post(f"{PAPER}/adopt", {"reading": marks[1]})

    assert "二人の入力が一致しました。" in third.get(answer.location).text
    with paper.rt.database.reading() as tx:
        (sent,) = ballots.all_submissions(tx, paper.case.id)
    assert sent.ballot()["choices"] == {"1": "against", "2": "blank"}


def test_one_of_the_two_looks_again_and_agrees_with_the_other(paper: World, seat: Seat) -> None:
    clerk = seat(Role.ENTRY)
    enter(clerk, FOR)
    enter(seat(Role.CHECKER), AGAINST)

    assert "二人の入力が一致しました。" in enter(clerk, AGAINST)


def test_attack_adopting_ones_own_reading_is_no_second_person(paper: World, seat: Seat) -> None:
    clerk = seat(Role.ENTRY)
    enter(clerk, FOR)
    enter(seat(Role.CHECKER), AGAINST)
    third = seat(Role.ADMINISTRATOR).get(f"{PAPER}/entry").text
    (own, _) = re.findall(r'name="reading" value="([0-9a-f]{16})"', third)
    page = clerk.get(f"{PAPER}/entry").text
    assert own not in page

    clerk.post(f"{PAPER}/adopt", {"reading": own})

    assert papers.waiting(paper.rt, paper.origin) == ("F-1",)


def test_a_reading_that_has_changed_since_is_not_adopted(paper: World, seat: Seat) -> None:
    clerk, third = seat(Role.ENTRY), seat(Role.ADMINISTRATOR)
    enter(clerk, FOR)
    enter(seat(Role.CHECKER), AGAINST)
    (first, _) = re.findall(r'name="reading" value="([0-9a-f]{16})"', third.get(f"{PAPER}/entry").text)
    enter(clerk, FOR | {"m2": "both"})

    third.post(f"{PAPER}/adopt", {"reading": first})

    assert papers.waiting(paper.rt, paper.origin) == ("F-1",)


@pytest.mark.parametrize(
    ("filled", "said"),
    [
        ({}, "第1号議案の記載を選んでください。"),
        ({"m1": "perhaps", "m2": "for"}, "第1号議案の記載を選んでください。"),
        ({"member": ""}, "会員番号、用紙の番号、会員の名称のいずれかを入力してください。"),
        ({"member": "M9999", "m1": "for"}, "に当たる会員は、名簿にありません"),
        ({"defect": "なんとなく"}, "不備を一覧から選んでください。"),
        ({"opinion": "あ" * 2001}, "意見は2000文字までです。"),
    ],
)
def test_what_is_missing_is_said_and_what_was_ticked_stays(
    paper: World, seat: Seat, filled: dict[str, str], said: str
) -> None:
    clerk = seat(Role.ENTRY)
    clerk.get(f"{PAPER}/entry")

    answer = clerk.post(f"{PAPER}/entry", {"member": "M0001", "m2": "against"} | filled)

    assert answer.status_code == 422
    assert answer.text.count(said) == 2
    if "m2" not in filled:
        assert 'id="m2-against" name="m2" value="against" checked' in answer.text


def test_every_kind_of_question_is_entered_as_it_stands_on_the_paper(
    empty_world: World,
) -> None:
    world = empty_world
    confidence = Motion(
        1,
        "監事の選出",
        MotionKind.ELECTION,
        method=Method.CONFIDENCE,
        seats=2,
        candidates=("田辺市", "那須町"),
    )
    plurality = Motion(
        2,
        "部会長の選出",
        MotionKind.ELECTION,
        method=Method.PLURALITY,
        seats=1,
        candidates=("葛城市", "高山村"),
    )
    world.assembly(motions=(confidence, plurality))
    world.at("2026-06-02 10:00")
    arrive(world)
    app = create_app(world.rt, secret=SECRET, secure_cookies=False)
    filled = MultiDict([("member", "M0001"), ("m1c1", "for"), ("m1c2", "both"), ("m2", "1"), ("m2", "2")])

    for role in (Role.ENTRY, Role.CHECKER):
        desk = Desk(app.test_client())
        desk.sign_in(hire(world, role))
        desk.get(f"{PAPER}/entry")
        answer = desk.client.post(
            f"{PAPER}/entry", data=MultiDict([("csrf_token", desk.token), *filled.items(multi=True)])
        )
        assert answer.status_code == 303, answer.text

    with world.rt.database.reading() as tx:
        (sent,) = ballots.all_submissions(tx, world.case.id)
    assert sent.ballot()["choices"] == {"1": {"田辺市": "for", "那須町": "both"}, "2": ["葛城市", "高山村"]}


def test_a_paper_is_put_aside_by_two_persons_who_say_why(paper: World, seat: Seat) -> None:
    clerk, checker = seat(Role.ENTRY), seat(Role.CHECKER)
    clerk.get(f"{PAPER}/entry")
    empty = clerk.post(f"{PAPER}/aside", {"aside": " "})
    assert empty.status_code == 422 and empty.text.count("除く理由を入力してください。") == 2

    for desk, why in ((clerk, "会員でない団体"), (checker, "名簿を二度確認")):
        desk.get(f"{PAPER}/entry")
        answer = desk.post(f"{PAPER}/aside", {"aside": why})
        page = desk.get(answer.location).text

    assert "差出人が名簿にない書面として除きました。" in page
    assert "entry 担当1: 会員でない団体" in page and "checker 担当1: 名簿を二度確認" in page


def test_one_person_would_put_it_aside_and_the_other_enters_it(paper: World, seat: Seat) -> None:
    clerk, checker = seat(Role.ENTRY), seat(Role.CHECKER)
    clerk.get(f"{PAPER}/entry")
    clerk.post(f"{PAPER}/aside", {"aside": "会員でない団体"})

    page = enter(checker, FOR)

    assert "会員でない団体" in page and "賛成" in page
    (mark,) = re.findall(r'name="reading" value="([0-9a-f]{16})"', page)
    checker.post(f"{PAPER}/adopt", {"reading": mark})
    assert "名簿にない" in checker.get(PAPER).text


def test_the_picture_is_locked_into_itself(world: World, seat: Seat) -> None:
    arrive(world, scan=scans.jpeg("sheet"))
    clerk = seat(Role.ENTRY)

    for address in (f"{PAPER}/scan", f"{PAPER}/scan/1"):
        answer = clerk.get(address)
        assert answer.mimetype == "image/jpeg"
        assert answer.data == scans.jpeg("sheet")
        assert answer.headers["Content-Security-Policy"] == (
            "default-src 'none'; sandbox; frame-ancestors 'none'"
        )
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
    assert clerk.get(f"{PAPER}/scan/2").status_code == 404


def test_a_pdf_is_shown_by_its_pages_and_saved_as_a_file(world: World, seat: Seat) -> None:
    arrive(world, scan=scans.scanned_pdf("one", "two"))
    clerk = seat(Role.ENTRY)

    page = clerk.get(f"{PAPER}/entry").text
    assert f'src="{PAPER}/scan/1"' in page and f'src="{PAPER}/scan/2"' in page
    assert clerk.get(f"{PAPER}/scan/2").mimetype == "image/png"
    whole = clerk.get(f"{PAPER}/scan")
    assert whole.headers["Content-Disposition"] == "attachment; filename*=UTF-8''F-1.pdf"


def test_a_pdf_that_shows_more_than_a_picture_is_offered_as_a_file(world: World, seat: Seat) -> None:
    arrive(world, scan=scans.overwritten_pdf("against", "for"))

    page = seat(Role.ENTRY).get(f"{PAPER}/entry").text

    assert "<img" not in page
    assert "ファイルを開いて、書面をご覧ください。" in page


def test_before_the_close_only_those_who_read_a_paper_see_its_picture_once_it_is_done(
    paper: World, seat: Seat
) -> None:
    for role in (Role.ENTRY, Role.CHECKER):
        paper.enter("F-1", Sheet("M0001", ALL_FOR), by=role)

    assert seat(Role.ENTRY).get(f"{PAPER}/scan").status_code == 200
    hidden = seat(Role.ADMINISTRATOR).get(f"{PAPER}/scan")
    assert hidden.status_code == 403 and "画像を表示できません" in hidden.text
    assert "書面の画像を開く" not in seat(Role.ADMINISTRATOR).get(PAPER).text
    for role in (Role.CHAIR, Role.AUDITOR):
        assert seat(role).get(f"{PAPER}/scan").status_code == 403


def test_auditors_see_the_pictures_after_the_close(paper: World, seat: Seat) -> None:
    for role in (Role.ENTRY, Role.CHECKER):
        paper.enter("F-1", Sheet("M0001", ALL_FOR), by=role)
    before = seat(Role.AUDITOR).get(f"{PAPER}/evidence")
    assert before.status_code == 409

    paper.at("2026-06-11 00:00")
    auditor = seat(Role.AUDITOR)
    closing.close_if_due(paper.rt, paper.origin)

    assert "書面の画像を開く" in auditor.get(PAPER).text
    assert auditor.get(f"{PAPER}/evidence/1").data == scans.png("F-1")
    assert seat(Role.CHAIR).get(f"{PAPER}/evidence").status_code == 403


def put_again(world: World) -> None:
    terms = {"kind": "texts", "motion": 2, "title": "予算(修正)について", "reason": "金額の誤り"}
    first = world.officer(Role.ADMINISTRATOR)
    asked = approvals.request(world.rt, first, world.origin, Act.AMEND, terms=terms)
    approvals.approve(world.rt, world.officer(Role.CHECKER), asked.id)


def test_a_sheet_that_came_before_a_motion_was_put_again_says_so_before_it_is_entered(
    paper: World, seat: Seat
) -> None:
    paper.at("2026-06-03 12:00")
    put_again(paper)
    clerk, checker = seat(Role.ENTRY), seat(Role.CHECKER)

    page = clerk.get(f"{PAPER}/entry").text
    listed = clerk.get(f"{ASSEMBLY}/papers").text
    enter(clerk, AGAINST)
    done = enter(checker, AGAINST)

    assert "第2号議案の再提出又は取下げの前に届いたため、印は数えません" in page
    assert "第2号議案　予算について" in page
    assert "議案の変更前に到着" in listed
    assert "無効(議案の変更前)" in done
    assert "賛成とみなすこともありません。" in done


def test_a_sheet_that_comes_after_a_motion_was_put_again_is_entered_as_any_other(
    world: World, seat: Seat
) -> None:
    put_again(world)
    world.at("2026-06-03 12:00")
    arrive(world)

    page = seat(Role.ENTRY).get(f"{PAPER}/entry").text

    assert "印は数えません" not in page
    assert "第2号議案　予算(修正)について" in page


# --- proxies ---------------------------------------------------------------------------------------------


@pytest.fixture
def proxied(empty_world: World) -> World:
    """An assembly whose rules let members name the chair, with a form at the door."""
    empty_world.assembly(letterhead=TO_CHAIR)
    empty_world.at("2026-06-02 10:00")
    arrive(empty_world)
    return empty_world


@pytest.fixture
def allowed(proxied: World) -> Seat:
    app = create_app(proxied.rt, secret=SECRET, secure_cookies=False)

    def sit(role: Role) -> Desk:
        desk = Desk(app.test_client())
        desk.sign_in(hire(proxied, role))
        return desk

    return sit


PROXY = {"member": "M0001", "proxy": "yes"}


def test_two_persons_enter_a_proxy_instead_of_marks(proxied: World, allowed: Seat) -> None:
    clerk, checker = allowed(Role.ENTRY), allowed(Role.CHECKER)
    assert "根拠 規約第14条。" in clerk.get(f"{PAPER}/entry").text

    enter(clerk, PROXY)
    assert "checked" not in checker.get(f"{PAPER}/entry").text
    enter(checker, PROXY)

    with proxied.rt.database.reading() as tx:
        (sent,) = ballots.all_submissions(tx, proxied.case.id)
    assert (sent.ballot()["proxy"], sent.ballot()["choices"]) == (True, {})


def test_a_proxy_and_marks_on_one_form_are_a_slip_of_the_clerk(proxied: World, allowed: Seat) -> None:
    answer = allowed(Role.ENTRY).post(f"{PAPER}/entry", PROXY | {"m1": "for"})

    assert answer.status_code == 422
    assert "「委任状」と議案の記載の両方が選ばれています。" in answer.text
    assert 'name="proxy" value="yes" checked' in answer.text


def test_two_who_read_a_proxy_and_marks_see_both_beside_each_other(proxied: World, allowed: Seat) -> None:
    enter(allowed(Role.ENTRY), PROXY)
    page = enter(allowed(Role.CHECKER), FOR)

    assert "<dt>表決</dt><dd>議長に委任</dd>" in page
    third = allowed(Role.ADMINISTRATOR)
    marks = re.findall(r'name="reading" value="([0-9a-f]{16})"', third.get(f"{PAPER}/entry").text)
    answer = third.post(f"{PAPER}/adopt", {"reading": marks[0]})
    assert "二人の入力が一致しました。" in third.get(answer.location).text
    with proxied.rt.database.reading() as tx:
        assert len(ballots.with_proxy(tx, proxied.case.id)) == 1


def test_without_a_clause_the_page_says_with_which_defect_a_proxy_is_entered(
    paper: World, seat: Seat
) -> None:
    clerk, checker = seat(Role.ENTRY), seat(Role.CHECKER)
    assert "議長への委任を認める定めがありません" in clerk.get(f"{PAPER}/entry").text

    refused = clerk.post(f"{PAPER}/entry", PROXY)
    assert refused.status_code == 422
    assert "この総会には、議長への委任を認める規約の定めがないため" in refused.text
    for desk in (clerk, checker):
        enter(desk, PROXY | {"defect": "委任を認める定めがない"})

    with paper.rt.database.reading() as tx:
        (sent,) = ballots.all_submissions(tx, paper.case.id)
    assert sent.ballot()["defect"] == "委任を認める定めがない"


def test_until_it_is_recorded_pages_ask_for_the_chair_s_decision(proxied: World, allowed: Seat) -> None:
    for role in (Role.ENTRY, Role.CHECKER):
        enter(allowed(role), PROXY)
    chair = allowed(Role.CHAIR)
    warning = "議長の決定が記録されていない議案があります"
    for page in ("/", "/after-closing", "/facts"):
        assert warning in chair.get(ASSEMBLY + page).text, page

    wrong = chair.post(f"{ASSEMBLY}/facts/decision", {"motion": "chair_decision:1", "value": ""})
    assert wrong.status_code == 422 and 'href="#decision-1"' in wrong.text
    for number in (1, 2):
        chair.get(f"{ASSEMBLY}/facts")
        chair.post(f"{ASSEMBLY}/facts/decision", {"motion": f"chair_decision:{number}", "value": "against"})
        clerk = proxied.officer(Role.ADMINISTRATOR)
        (asked,) = approvals.waiting(proxied.rt, proxied.origin)
        approvals.approve(proxied.rt, clerk, asked.id)

    assert warning not in chair.get(f"{ASSEMBLY}/").text
    assert "今、議長の決定やくじを待っている議案はありません。" in chair.get(f"{ASSEMBLY}/facts").text


ELECTIONS = tuple(
    Motion(number, "選出", kind=MotionKind.ELECTION, method=method, seats=1, candidates=("甲町", "乙町"))
    for number, method in ((1, Method.CONFIDENCE), (2, Method.PLURALITY))
)


def test_in_an_election_the_chair_s_page_asks_by_candidate(empty_world: World) -> None:
    empty_world.assembly(motions=ELECTIONS, letterhead=TO_CHAIR)
    empty_world.at("2026-06-02 10:00")
    chair = Desk(create_app(empty_world.rt, secret=SECRET, secure_cookies=False).test_client())
    chair.sign_in(hire(empty_world, Role.CHAIR))
    sent = {"motion": "chair_decision:1", "c1": "for"}
    chair.get(f"{ASSEMBLY}/facts")

    assert chair.post(f"{ASSEMBLY}/facts/decision", sent).status_code == 422
    assert chair.post(f"{ASSEMBLY}/facts/decision", sent | {"c2": "against"}).status_code == 303
    for values, status in ((["1", "2"], 422), (["0", "1"], 422), ([], 422), (["9"], 422), (["2"], 303)):
        chair.get(f"{ASSEMBLY}/facts")
        answer = chair.post(f"{ASSEMBLY}/facts/decision", {"motion": "chair_decision:2", "value": values})
        assert answer.status_code == status, values
    page = chair.get(answer.location).text
    assert '<dd lang="ja">乙町</dd>' in page
