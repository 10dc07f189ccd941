"""Labels and covers on the page of papers: counted beforehand, and whoever cannot be written to is named."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.documents.reading import squeezed, text_of
from tests.services.test_post import PEOPLE
from tests.web.secretariat.conftest import ASSEMBLY, Desk
from tests.world import World
from voting.core.permissions import Role
from voting.services.printing import post

Seat = Callable[..., Desk]
PRINTS = f"{ASSEMBLY}/prints"


@pytest.fixture
def world(empty_world: World) -> World:
    """Three members: two with an address, one of them without mail; one whose postcode is missing."""
    empty_world.assembly(roll_of=PEOPLE)
    empty_world.at("2026-06-02 10:00")
    return empty_world


def test_labels_are_counted_before_they_are_made_and_are_those_of_the_command(
    world: World, seat: Seat
) -> None:
    desk, who = seat(Role.ENTRY), world.officer(Role.ENTRY)
    query = "whose=all&members=&sheet=12&used=11&leave_out=yes"

    page = desk.get(f"{PRINTS}/labels?{query}").text

    assert "2会員分、A4で2枚" in page
    assert "M3 丙町 (郵便番号がありません)" in page
    made = post.labels(world.rt, who, world.origin, post.Asked(leave_out=True), sheet=12, used=11)
    assert desk.get(f"{PRINTS}/labels.pdf?{query}").data == made.pdf


def test_a_member_without_an_address_is_shown_and_nothing_is_made_unless_it_is_left_out(
    world: World, seat: Seat
) -> None:
    desk = seat(Role.ENTRY)

    shown = desk.get(f"{PRINTS}/labels")

    assert shown.status_code == 200
    assert "M3 丙町 (郵便番号がありません)" in shown.text
    assert "このままでは作れません。" in shown.text
    assert "PDFを保存する" not in shown.text
    assert desk.get(f"{PRINTS}/labels.pdf").status_code == 409


def test_covers_for_fax_say_their_sheets(world: World, seat: Seat, tmp_path: Path) -> None:
    desk, who = seat(Role.ENTRY), world.officer(Role.ENTRY)
    query = "whose=some&members=M1&way=fax&pages=3"

    assert "1会員分、A4で1枚" in desk.get(f"{PRINTS}/covers?{query}").text
    pdf = desk.get(f"{PRINTS}/covers.pdf?{query}").data

    asked = post.Asked(("M1",))
    assert pdf == post.covers(world.rt, who, world.origin, asked, way=post.Way.FAX, pages=3).pdf
    assert "00-0000-0001" in squeezed(text_of(pdf, tmp_path))


def test_covers_are_translated_where_english_is_chosen(world: World, seat: Seat) -> None:
    desk, who = seat(Role.ENTRY), world.officer(Role.ENTRY)
    query = "whose=some&members=M1&way=post&language=en"

    page = desk.get(f"{PRINTS}/covers?{query}").text
    answer = desk.get(f"{PRINTS}/covers.pdf?{query}")

    assert "英訳は参考で、日本語の書類が優先します。" in page
    assert "提出には使えません" not in page
    assert "covers-en.pdf" in answer.headers["Content-Disposition"]
    asked = post.Asked(("M1",))
    made = post.covers(world.rt, who, world.origin, asked, way=post.Way.POST, language="en")
    assert answer.data == made.pdf
    assert "書類の言語" in page
    assert "書類の言語" not in desk.get(f"{PRINTS}/labels").text


def test_papers_of_those_without_mail(world: World, seat: Seat) -> None:
    desk = seat(Role.ENTRY)

    assert "2会員分、A4で2枚" in desk.get(f"{PRINTS}/forms?whose=unmailed").text
