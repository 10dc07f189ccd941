"""Papers at the desk: the arrival, whose it is, the list, and the one page that says how it stands."""

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from werkzeug.test import TestResponse

from tests import scans
from tests.web.secretariat.conftest import ASSEMBLY, Desk
from tests.world import ALL_FOR, World
from voting import resources
from voting.core.ballots import Mark
from voting.core.permissions import Role
from voting.services.desk.papers import Sheet

Seat = Callable[..., Desk]
PAPERS, NEW = f"{ASSEMBLY}/papers", f"{ASSEMBLY}/new-paper"
FILLED = {"serial": "F-1", "channel": "fax", "arrived": "2026-06-02T09:12", "sender": "M0001"}


def register(desk: Desk, scan: bytes | None = None, **typed: str) -> TestResponse:
    desk.get(NEW)
    content = scans.png(typed.get("serial", "F-1")) if scan is None else scan
    fields = FILLED | typed | {"scan": (BytesIO(content), "scan.png")}
    return desk.post(NEW, fields, content_type="multipart/form-data")


def test_a_paper_is_registered_at_the_door(world: World, seat: Seat) -> None:
    clerk = seat(Role.ENTRY)
    form = clerk.get(NEW).text
    assert 'value="0001"' in form
    assert 'value="2026-06-02T10:0' in form

    answer = register(clerk)

    assert answer.location == f"{PAPERS}/F-1"
    page = clerk.get(answer.location).text
    assert "書面 F-1 の到着を登録しました。" in page
    assert "一人目の入力待ち" in page
    assert "M0001 架空1町" in page
    assert "9時12分" in page


def test_after_the_count_nobody_fills_in_a_form_for_nothing(world: World, seat: Seat) -> None:
    world.at("2026-06-11 09:00")
    world.certify()

    clerk = seat(Role.ENTRY)
    led = clerk.get(NEW)

    assert (led.status_code, led.location) == (303, PAPERS)
    assert "集計が終わっています。新しい書面は登録できません。" in clerk.get(PAPERS).text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"serial": ""}, "整理番号を入力してください。"),
        ({"serial": "F/1"}, "整理番号「F/1」は使えません"),
        ({"channel": ""}, "届いた方法を選んでください。"),
        ({"channel": "web"}, "届いた方法を選んでください。"),
        ({"arrived": "2026-06-02"}, "到着の日付と時刻を"),
        ({"arrived": "きのう"}, "到着の日付と時刻を"),
        ({"arrived": "2026-06-02T12:00"}, "現在より後です"),
        ({"sender": ""}, "差出人を入力するか"),
        ({"sender": "M9999"}, "名簿にありません"),
        ({"sender": "架空"}, "会員が、複数あります"),
        ({"sender": "1111-1111"}, "この総会のものではありません"),
    ],
)
def test_what_is_wrong_is_said_beside_the_form_and_what_was_typed_stays(
    world: World, seat: Seat, typed: dict[str, str], said: str
) -> None:
    clerk = seat(Role.ENTRY)

    answer = register(clerk, **typed)

    assert answer.status_code == 422
    assert answer.text.count(said) == 2  # above the heading, and beside the control
    filled = FILLED | typed
    assert filled["arrived"] in answer.text and filled["sender"] in answer.text
    assert "ファイルは、もう一度選んでください。" in answer.text
    assert "ありません。" in clerk.get(PAPERS).text


@pytest.mark.parametrize(
    ("scan", "said"),
    [
        (b"", "書面を読み取ったファイルを選んでください。"),
        (b"<html><script>alert(1)</script></html>", "画像として表示できないファイルです"),
        (b"II*\0 a fax as TIFF", "TIFFやHEICは使えません"),
        (scans.png("a")[:-9], "もう一度読み取ってください"),
        (scans.png("a") + b"\0" * 20 * 2**20, "上限20メガバイト"),
    ],
)
def test_a_scan_that_is_no_picture_is_refused_with_a_remedy(
    world: World, seat: Seat, scan: bytes, said: str
) -> None:
    answer = register(seat(Role.ENTRY), scan)

    assert answer.status_code == 422
    assert said in answer.text


def test_the_door_is_told_that_a_paper_must_be_registered_before_the_close(seat: Seat) -> None:
    """The hour of arrival alone does not make a paper in time (docs/adr/0004)."""
    page = seat(Role.ENTRY).get(NEW).text

    assert "締切の前に到着を登録した書面です" in page
    assert "締切の後に登録した書面は、届いた日時にかかわらず期限後になります。" in page


def test_a_file_beyond_all_measure_is_not_even_read(world: World, seat: Seat) -> None:
    answer = register(seat(Role.ENTRY), b"\0" * 22 * 2**20)

    assert answer.status_code == 413
    assert "大きすぎます" in answer.text
    assert "合わせて20メガバイトまでです" in answer.text
    assert "解像度を下げる" in answer.text


def test_a_way_that_was_not_chosen_is_marked_as_every_other_field(seat: Seat) -> None:
    page = register(seat(Role.ENTRY), channel="").text

    (way,) = re.findall(r'<fieldset class="field wrong" id="channel".*?</fieldset>', page, re.DOTALL)
    assert 'aria-describedby="channel-fault"' in way and 'id="channel-fault"' in way
    assert way.count('aria-invalid="true"') == 4
    # A rule for frames without a line must leave the bar of a wrong one alone.
    assert "fieldset.field {" not in (resources.static() / "css" / "office.css").read_text("utf-8")


def test_in_english_one_member_is_no_members(world: World, seat: Seat) -> None:
    clerk = seat(Role.ENTRY)
    register(clerk)
    clerk.client.set_cookie("language", "en")

    for page in (PAPERS, f"{PAPERS}/F-1", f"{PAPERS}/F-1/entry"):
        main = clerk.get(page).text.partition("<main")[2]
        assert not re.search(r"<(th|dt|label)\b[^>]*>Members<", main), page


def test_two_clerks_give_two_papers_the_same_number(world: World, seat: Seat) -> None:
    register(seat(Role.ENTRY))

    answer = register(seat(Role.CHECKER), scans.png("another"))

    assert answer.status_code == 422
    assert "整理番号 F-1 は、別の書面に使われています" in answer.text


def test_the_same_file_twice_names_the_paper_that_has_it(world: World, seat: Seat) -> None:
    clerk = seat(Role.ENTRY)
    register(clerk, scans.png("one"))

    answer = register(clerk, scans.png("one"), serial="F-2")

    assert answer.status_code == 422
    assert "整理番号 F-1 の書面として登録されています" in answer.text


def test_after_the_close_the_form_says_that_a_paper_will_be_late(world: World, seat: Seat) -> None:
    world.at("2026-06-11 09:00")
    clerk = seat(Role.ENTRY)
    assert "期限後の書面として扱われます" in clerk.get(NEW).text

    register(clerk, arrived="2026-06-09T09:00")
    for role in (Role.ENTRY, Role.CHECKER):
        world.enter("F-1", Sheet("M0001", ALL_FOR), by=role)

    page = clerk.get(f"{PAPERS}/F-1").text
    assert "期限後に届いた書面として記録しました" in page
    assert "締切の後に登録されたため、到着の時刻にかかわらず期限後です。" in page


def test_the_four_times_are_kept_apart(world: World, seat: Seat) -> None:
    clerk = seat(Role.ENTRY)
    register(clerk)
    world.at("2026-06-03 11:00")
    world.enter("F-1", Sheet("M0001", ALL_FOR), by=Role.ENTRY)
    world.at("2026-06-04 13:00")
    world.enter("F-1", Sheet("M0001", ALL_FOR), by=Role.CHECKER)
    world.at("2026-06-11 00:00")
    world.certify()

    page = seat(Role.AUDITOR).get(f"{PAPERS}/F-1").text

    times = page[page.index("到着から集計までの日時") :]
    for said in (
        "6月2日(火)9時12分",
        "6月3日(水)11時00分 entry 担当1",
        "6月4日(木)13時00分 checker 担当1",
    ):
        assert said in times
    assert "6月11日(木)0時00分" in times


def test_a_member_that_voted_on_the_web_as_well_has_both_answers_on_the_page(
    world: World, seat: Seat
) -> None:
    world.cast("M0001", {1: Mark.AGAINST, 2: Mark.AGAINST})
    clerk = seat(Role.ENTRY)
    register(clerk, arrived="2026-06-02T09:00")

    before = clerk.get(f"{PAPERS}/F-1").text
    assert "同じ会員から、ほかにも回答があります" in before
    for role in (Role.ENTRY, Role.CHECKER):
        world.enter("F-1", Sheet("M0001", ALL_FOR), by=role)

    page = clerk.get(f"{PAPERS}/F-1").text
    assert page.count("現在、有効") == 1
    assert "別の回答が有効" in page
    rows = page[page.index("この会員の回答") :]
    assert rows.index("Web") > rows.index("FAX")  # in the order of receipt
    assert "反対" not in page
    assert "重複 2件" in clerk.get(PAPERS).text


def test_a_paper_whose_sender_is_unclear_waits_for_somebody_who_knows(world: World, seat: Seat) -> None:
    clerk, checker = seat(Role.ENTRY), seat(Role.CHECKER)
    register(clerk, sender="架空町(番号なし)", unclear="yes")
    assert "差出人不明" in clerk.get(PAPERS).text
    assert clerk.get(f"{PAPERS}/F-1/entry").location == f"{PAPERS}/F-1/sender"
    form = checker.get(f"{PAPERS}/F-1/sender").text
    assert "架空町(番号なし)" in form

    wrong = checker.post(f"{PAPERS}/F-1/sender", {"member": "架空", "why": "電話で確認"})
    assert wrong.status_code == 422 and "会員が、複数あります" in wrong.text and "電話で確認" in wrong.text
    silent = checker.post(f"{PAPERS}/F-1/sender", {"member": "M0002", "why": ""})
    assert silent.status_code == 422 and "どのように確認したか" in silent.text
    checker.get(f"{PAPERS}/F-1/sender")
    checker.post(f"{PAPERS}/F-1/sender", {"member": "M0002", "why": "6月3日に電話で確認"})

    page = clerk.get(f"{PAPERS}/F-1").text
    assert "6月3日に電話で確認" in page and "M0002 架空2町" in page
    assert "6月3日に電話で確認" in clerk.get(f"{PAPERS}/F-1/entry").text
    assert clerk.get(f"{PAPERS}/F-1/sender").location == f"{PAPERS}/F-1"


def test_the_list_shows_the_papers_that_wait_for_me(world: World, seat: Seat) -> None:
    clerk, checker, chair = seat(Role.ENTRY), seat(Role.CHECKER), seat(Role.CHAIR)
    for serial in ("F-1", "F-2"):
        register(clerk, serial=serial)
    world.enter("F-1", Sheet("M0001", ALL_FOR), by=Role.ENTRY)

    mine = clerk.get(f"{PAPERS}?only=mine").text
    assert "F-2" in mine and ">F-1<" not in mine
    assert f'href="{PAPERS}/F-2/entry"' in mine
    others = checker.get(f"{PAPERS}?only=mine").text
    assert ">F-1<" in others and ">F-2<" in others
    assert "別の担当者の確認を待つ" in clerk.get(PAPERS).text
    world.enter("F-2", Sheet("M0002", ALL_FOR), by=Role.ENTRY)
    none = clerk.get(f"{PAPERS}?only=mine").text
    assert "自分が行う書面はありません。ほかの担当者が行う書面が2件あります。" in none
    seen = chair.get(PAPERS).text
    assert ">F-1<" in seen and "entry" not in seen.partition("<main")[2]


def test_a_paper_that_is_not_there(world: World, seat: Seat) -> None:
    clerk = seat(Role.ENTRY)

    for part in ("", "/entry", "/sender", "/scan", "/scan/1"):
        answer = clerk.get(f"{PAPERS}/F-9{part}")
        assert answer.status_code == 404
        assert "整理番号 F-9 の書面は登録されていません" in answer.text
