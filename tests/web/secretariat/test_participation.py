"""The pages of participation: sums and pictures for all, names only by a form that is recorded."""

from collections.abc import Callable

from tests.web.secretariat.conftest import ASSEMBLY, Desk
from tests.world import World
from voting.core.permissions import Role
from voting.store import office_acts


def test_the_pictures_say_what_they_show(seat: Callable[..., Desk], world: World) -> None:
    world.cast("M0001")

    answer = seat(Role.CHAIR).get(f"{ASSEMBLY}/participation")

    assert answer.status_code == 200
    assert "5会員のうち1会員(20.0%)が回答しています" in answer.text
    assert answer.text.count('role="img"') == 2
    assert "架空1町" not in answer.text


def test_looking_at_the_page_of_names_records_nothing_and_opening_them_does(
    seat: Callable[..., Desk], world: World
) -> None:
    desk = seat(Role.ENTRY)
    world.cast("M0001")

    before = desk.get(f"{ASSEMBLY}/participation/names")
    csv = desk.get(f"{ASSEMBLY}/participation.csv")

    assert "架空2町" not in before.text
    assert csv.location == f"{ASSEMBLY}/participation/names"
    assert acts(world) == ()

    desk.get(f"{ASSEMBLY}/participation/names")
    opened = desk.get(desk.post(f"{ASSEMBLY}/participation/names").location)

    assert "架空2町" in opened.text
    assert "架空1町" not in opened.text
    assert [each.account for each in acts(world)] == ["entry-1"]


def test_the_list_is_saved_as_a_spreadsheet_that_excel_opens(seat: Callable[..., Desk], world: World) -> None:
    desk = seat(Role.ADMINISTRATOR)
    desk.get(f"{ASSEMBLY}/participation/names")
    desk.post(f"{ASSEMBLY}/participation/names")

    answer = desk.get(f"{ASSEMBLY}/participation.csv?show=all")

    lines = answer.data.decode("utf-8-sig").split("\r\n")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert lines[0].startswith("会員番号,名称,都道府県")
    assert len(lines) == 1 + 5 + 1
    assert "M0003,架空3町" in answer.text


def acts(world: World) -> tuple[office_acts.OfficeAct, ...]:
    with world.rt.database.reading() as tx:
        return office_acts.everything(tx, world.case.id)
