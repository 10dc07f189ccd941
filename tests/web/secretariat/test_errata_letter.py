"""正誤表 from a form: the letter of the command, faults beside their rows, nothing kept."""

from collections.abc import Callable

import pytest

from tests.services.test_errata_letter import ROW
from tests.web.secretariat.conftest import ASSEMBLY, Desk
from tests.world import World
from voting.core.permissions import Role
from voting.services.printing.errata_letter import errata_letter

Seat = Callable[..., Desk]
HERE = f"{ASSEMBLY}/errata-letter"
PAPER = "1:第1号議案.pdf"


def rows(*filled: tuple[str, str, str]) -> dict[str, list[str]]:
    """The form's rows: place, wrong, right; one blank row before and after."""
    every = (("", "", ""), *filled, ("", "", ""))
    return {
        "paper": [PAPER] * len(every),
        **{name: [row[at] for row in every] for at, name in enumerate(("place", "wrong", "right"))},
    }


@pytest.mark.parametrize("language", ["ja", "en"])
def test_it_is_the_letter_of_the_command(world: World, seat: Seat, language: str) -> None:
    desk, entries = seat(Role.ENTRY), world.entries()
    desk.get(HERE)

    answer = desk.post(HERE, {**rows(("3ページ2行目", "4月1日", "5月1日")), "language": language})

    source = ROW.replace("motion = 1\n", 'motion = 1\ndocument = "第1号議案.pdf"\n')
    who = world.officer(Role.ENTRY)
    assert answer.data == errata_letter(world.rt, who, world.origin, source, language=language)
    assert world.entries() == entries


def test_a_fault_stands_beside_its_row_and_what_was_typed_stays(world: World, seat: Seat) -> None:
    desk = seat(Role.ENTRY)
    desk.get(HERE)

    answer = desk.post(HERE, rows(("3ページ", "同じ", "同じ"), ("", "誤", "正")) | {"date": ["六月"]})

    assert answer.status_code == 422
    for field in ("row.2.right", "row.3.place", "date"):
        assert f'href="#{field}"' in answer.text
    assert answer.text.count('value="同じ"') == 2


def test_an_empty_form_makes_nothing(world: World, seat: Seat) -> None:
    desk = seat(Role.ENTRY)
    desk.get(HERE)

    answer = desk.post(HERE, rows())

    assert answer.status_code == 422
    assert "誤りを一つ以上入力してください。" in answer.text


def test_rows_are_added_without_losing_what_was_typed(world: World, seat: Seat) -> None:
    desk = seat(Role.ENTRY)
    desk.get(HERE)

    answer = desk.post(HERE, rows(("3ページ", "誤り", "正しく")) | {"then": ["more"], "reason": ["転記"]})

    assert answer.status_code == 200
    assert answer.text.count('name="place"') == 7
    assert 'value="正しく"' in answer.text and "転記" in answer.text


def test_attack_a_row_about_a_paper_that_members_never_had(world: World, seat: Seat) -> None:
    desk = seat(Role.ENTRY)
    desk.get(HERE)

    answer = desk.post(HERE, rows(("1ページ", "誤", "正")) | {"paper": ["9:他.pdf"] * 3})

    assert answer.status_code == 422
    assert 'href="#row.2.paper"' in answer.text


def test_the_page_of_errata_leads_to_it(world: World, seat: Seat) -> None:
    desk = seat(Role.ADMINISTRATOR)

    assert f'href="{HERE}"' in desk.get(f"{ASSEMBLY}/erratum").text
    assert f'href="{HERE}"' in desk.get(f"{ASSEMBLY}/prints").text
    assert f'href="{ASSEMBLY}/erratum"' in desk.get(HERE).text


@pytest.mark.parametrize("paper", ["", "0:前の資料.pdf", "1:前の資料.pdf"])
def test_attack_a_row_about_a_paper_that_is_gone_is_not_taken_for_one_about_the_only_one(
    world: World, seat: Seat, paper: str
) -> None:
    desk = seat(Role.ENTRY)
    desk.get(HERE)

    answer = desk.post(HERE, rows(("1ページ", "誤", "正")) | {"paper": [paper] * 3})

    assert answer.status_code == 422
    assert '<a href="#row.2.paper">資料を選んでください。</a>' in answer.text


def test_sixty_rows_that_the_page_offers_are_taken(world: World, seat: Seat) -> None:
    desk = seat(Role.ENTRY)
    desk.get(HERE)
    column = {"paper": PAPER, "place": "3ページ2行目", "wrong": "誤" * 60, "right": "正" * 60}

    answer = desk.post(HERE, {name: [cell] * 60 for name, cell in column.items()})

    assert answer.status_code == 200
    assert answer.data.startswith(b"%PDF-")
