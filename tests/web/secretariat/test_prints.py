"""Papers are made on the page of the office as by the command; what is missing for one is said."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.web.secretariat.conftest import ASSEMBLY, Desk
from tests.world import World
from voting.core.permissions import Role
from voting.services.printing import letters
from voting.web.secretariat.prints import PRINTS


@pytest.mark.parametrize("paper", ["notice", "forms", "handover"])
def test_a_paper_is_saved_as_a_pdf(world: World, seat: Callable[..., Desk], paper: str) -> None:
    desk = seat(Role.ENTRY)
    assert f'href="{ASSEMBLY}/prints/{paper}.pdf" download' in desk.get(f"{ASSEMBLY}/prints").text

    answer = desk.get(f"{ASSEMBLY}/prints/{paper}.pdf")

    assert answer.status_code == 200
    assert answer.data.startswith(b"%PDF-")
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_it_is_the_very_paper_of_the_command(world: World, seat: Callable[..., Desk]) -> None:
    saved = seat(Role.CHECKER).get(f"{ASSEMBLY}/prints/notice.pdf").data

    assert saved == letters.notice(world.rt, world.officer(Role.CHECKER), world.origin)


@pytest.mark.parametrize("paper", ["minutes", "proxies", "forms-unmailed"])
def test_what_is_missing_for_a_paper_is_said_on_a_page(
    world: World, seat: Callable[..., Desk], paper: str
) -> None:
    answer = seat(Role.ADMINISTRATOR).get(f"{ASSEMBLY}/prints/{paper}.pdf")

    assert answer.status_code == 409
    assert "<h1>" in answer.text


def test_a_paper_that_nobody_offers_is_not_found(app: Flask, seat: Callable[..., Desk]) -> None:
    assert "labels" not in PRINTS
    assert seat(Role.ADMINISTRATOR).get(f"{ASSEMBLY}/prints/labels.pdf").status_code == 404
