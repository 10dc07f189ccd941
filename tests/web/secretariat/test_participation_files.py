"""Who has answered as files: in the encoding that is asked for, and never before the names are opened."""

from collections.abc import Callable
from io import BytesIO

import openpyxl
import pytest

from tests.web.secretariat.conftest import ASSEMBLY, Desk
from tests.world import World
from voting.core.members import Member
from voting.core.permissions import Role

PEOPLE = (Member("M0001", "甲町", addresses=("m1@example.jp",)), Member("M0003", "𠮷野町"))


@pytest.fixture
def world(empty_world: World) -> World:
    """Two members, one of them with a character that CP932 does not have."""
    empty_world.assembly(roll_of=PEOPLE)
    empty_world.at("2026-06-02 10:00")
    return empty_world


def test_a_program_that_takes_shift_jis_gets_it_and_what_is_lost_is_said(
    seat: Callable[..., Desk], world: World
) -> None:
    desk = seat(Role.ADMINISTRATOR)
    desk.get(f"{ASSEMBLY}/participation/names")
    page = desk.get(desk.post(f"{ASSEMBLY}/participation/names").location).text

    answer = desk.get(f"{ASSEMBLY}/participation.csv?show=all&encoding=cp932")

    assert "M0003,〓野町" in answer.data.decode("cp932")
    assert answer.headers["Content-Type"] == "text/csv; charset=Shift_JIS"
    assert "「𠮷野町」の「𠮷」(U+20BB7)は「〓」になります。" in page
    assert desk.get(f"{ASSEMBLY}/participation.csv?show=all&encoding=utf-7").status_code == 404


def test_the_workbook_has_to_be_opened_as_well(seat: Callable[..., Desk], world: World) -> None:
    desk, address = seat(Role.ENTRY), f"{ASSEMBLY}/participation.xlsx"
    assert desk.get(address).location == f"{ASSEMBLY}/participation/names"

    desk.get(f"{ASSEMBLY}/participation/names")
    desk.post(f"{ASSEMBLY}/participation/names")

    sheets = openpyxl.load_workbook(BytesIO(desk.get(address).data)).sheetnames
    assert sheets == ["会員別", "都道府県別", "区分別", "日別"]
