"""The pages of changes after the freeze."""

from collections.abc import Callable
from io import BytesIO

import pytest

from tests.web.secretariat.conftest import ASSEMBLY, Desk
from tests.world import GIAN, World, jst
from voting.core.permissions import Role
from voting.services.office import approvals

PDF = GIAN + b"% corrected\n"
ACTIVE = GIAN.replace(b"/Pages 2 0 R", b"/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>")


def approve(second: Desk, address: str) -> str:
    page = second.get(address).text
    second.post(f"{address}/approve")
    return page


def upload(name: str, content: bytes = PDF) -> tuple[BytesIO, str]:
    return BytesIO(content), name


def test_the_period_is_made_longer_at_two_desks(seat: Callable[..., Desk], world: World) -> None:
    first, second = seat(Role.ADMINISTRATOR), seat(Role.CHECKER)
    first.get(f"{ASSEMBLY}/extend")

    asked = first.post(f"{ASSEMBLY}/extend", {"closes": "2026-06-18T17:00", "reason": "郵便の遅れ"})
    read = approve(second, asked.location)

    assert "変更後 令和8年6月18日(木)17時" in read
    assert world.case.docket.assembly.schedule.closes_at == jst("2026-06-18 17:00")
    assert "令和8年6月18日(木)17時00分" in first.get(f"{ASSEMBLY}/extend").text


@pytest.mark.parametrize("page", ["extend", "amend", "erratum"])
def test_after_the_close_the_page_says_what_can_be_done_instead(
    seat: Callable[..., Desk], world: World, page: str
) -> None:
    world.at("2026-06-11 00:00")

    shown = seat(Role.ADMINISTRATOR).get(f"{ASSEMBLY}/{page}")

    assert shown.status_code == 409
    assert "この総会は令和8年6月10日(水)23時59分に締め切りました。" in shown.text
    for address in ("after-closing", "incidents"):
        assert f'href="{ASSEMBLY}/{address}"' in shown.text


def test_what_is_wrong_is_told_beside_its_field_and_what_was_typed_stays(seat: Callable[..., Desk]) -> None:
    desk = seat(Role.ADMINISTRATOR)
    desk.get(f"{ASSEMBLY}/extend")

    none = desk.post(f"{ASSEMBLY}/extend", {"closes": "来週", "reason": "郵便の遅れ"})
    sooner = desk.post(f"{ASSEMBLY}/extend", {"closes": "2026-06-10T17:00", "reason": "郵便の遅れ"})
    silent = desk.post(f"{ASSEMBLY}/extend", {"closes": "2026-06-18T17:00"})

    assert [each.status_code for each in (none, sooner, silent)] == [422, 422, 422]
    assert "郵便の遅れ" in none.text
    assert 'id="closes-fault"' in sooner.text
    assert 'id="reason-fault"' in silent.text


def test_a_motion_is_put_again_with_a_paper_that_the_second_person_opens(
    seat: Callable[..., Desk], world: World, browser: Desk
) -> None:
    first, second = seat(Role.ADMINISTRATOR), seat(Role.CHECKER)
    world.cast("M0001")
    first.get(f"{ASSEMBLY}/amend")

    fields = {"motion": "2", "how": "again", "title": "予算(修正)について", "reason": "金額の誤り"}
    asked = first.post(f"{ASSEMBLY}/amend", fields | {"paper": upload("修正.pdf")})
    read = second.get(asked.location).text
    address = read.split("/amend/papers/")[1].split('"')[0]
    paper = second.get(f"{ASSEMBLY}/amend/papers/{address}")
    assert "この申請は終わっています。" not in read
    approve(second, asked.location)
    assert "この申請は終わっています。" in second.get(asked.location).text

    assert "すべての議案について無効になります" in read
    assert (paper.status_code, paper.data) == (200, PDF)
    assert world.case.docket.motions[1].documents[0].name == "修正.pdf"
    assert "変更後「予算(修正)について」" in browser.get("/assemblies/council/2026-06").text
    assert "もう一度ご回答ください" in browser.open(world.codes["M0001"]).text


def test_a_title_left_empty_stays_as_it_is(seat: Callable[..., Desk], world: World) -> None:
    first, second = seat(Role.ADMINISTRATOR), seat(Role.CHECKER)
    before = world.case.docket.motions[1].title
    first.get(f"{ASSEMBLY}/amend")
    fields = {"motion": "2", "how": "again", "reason": "金額の誤り"}

    nothing = first.post(f"{ASSEMBLY}/amend", fields)
    asked = first.post(f"{ASSEMBLY}/amend", fields | {"paper": upload("修正.pdf")})
    approve(second, asked.location)

    assert (nothing.status_code, asked.status_code) == (422, 303)
    assert 'id="title-fault"' in nothing.text
    assert world.case.docket.motions[1].title == before
    assert world.case.docket.motions[1].documents[0].name == "修正.pdf"


def test_an_erratum_is_uploaded_approved_and_shown_to_everybody(
    seat: Callable[..., Desk], world: World, browser: Desk
) -> None:
    first, second = seat(Role.ADMINISTRATOR), seat(Role.CHECKER)
    first.get(f"{ASSEMBLY}/erratum")

    missing = first.post(f"{ASSEMBLY}/erratum", {"reason": "数字の誤り"})
    word = first.post(f"{ASSEMBLY}/erratum", {"reason": "数字の誤り", "paper": upload("a.docx", b"PK")})
    asked = first.post(f"{ASSEMBLY}/erratum", {"reason": "数字の誤り", "paper": upload("正誤表.pdf")})
    approve(second, asked.location)

    assert [each.status_code for each in (missing, word, asked)] == [422, 422, 303]
    for page in (browser.get("/assemblies/council/2026-06"), browser.open(world.codes["M0001"])):
        assert "正誤表.pdf" in page.text


def test_a_paper_that_nobody_proposed_is_not_shown(seat: Callable[..., Desk], world: World) -> None:
    named = world.case.docket.motions[0].documents[0].sha256

    assert seat(Role.CHECKER).get(f"{ASSEMBLY}/amend/papers/{named}").status_code == 404


@pytest.mark.parametrize(("page", "field"), [("amend", {"motion": "2", "how": "again"}), ("erratum", {})])
@pytest.mark.parametrize(
    ("name", "content"), [("修正.pdf", ACTIVE), ("修正.pdf", b"%PDF-1.7 cut off"), ("x" * 121 + ".pdf", PDF)]
)
def test_attack_a_paper_that_no_draft_would_take_comes_to_members_as_a_change(
    seat: Callable[..., Desk], world: World, page: str, field: dict[str, str], name: str, content: bytes
) -> None:
    """A program that starts on opening, a file that nobody can open, a name that no list has room for."""
    desk = seat(Role.ADMINISTRATOR)
    desk.get(f"{ASSEMBLY}/{page}")
    typed = field | {"title": "予算(修正)について", "reason": "金額の誤り"}

    answer = desk.post(f"{ASSEMBLY}/{page}", typed | {"paper": upload(name, content)})

    assert answer.status_code == 422
    assert 'id="paper-fault"' in answer.text
    assert approvals.waiting(world.rt, world.origin) == ()


def test_the_folder_of_an_uploaded_paper_is_told_to_nobody(seat: Callable[..., Desk]) -> None:
    desk = seat(Role.ADMINISTRATOR)
    desk.get(f"{ASSEMBLY}/erratum")

    asked = desk.post(f"{ASSEMBLY}/erratum", {"reason": "誤記", "paper": upload("/home/secret/正誤表.pdf")})

    read = desk.get(asked.location).text
    assert "正誤表.pdf" in read and "secret" not in read
