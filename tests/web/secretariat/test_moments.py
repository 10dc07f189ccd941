"""Hours typed into the pages during a period: one that says less or more than an hour is not guessed at."""

from collections.abc import Callable

import pytest

from tests.web.secretariat.conftest import ASSEMBLY, Desk
from tests.world import World, jst
from voting.core.permissions import Role

FORMS = (
    ("extend", "extend", "closes", {"reason": "郵便の遅れ"}),
    ("facts", "facts/left", "at", {"member": "M0001"}),
    ("deliveries", "deliveries", "at", {"member": "M0001", "channel": "post", "status": "failed"}),
)


@pytest.mark.parametrize("typed", ["2026-06-18", "0001-01-01T00:00", "9999-12-31T23:59-09:00"])
@pytest.mark.parametrize(("page", "sent", "field", "rest"), FORMS)
def test_attack_a_day_without_an_hour_or_an_hour_out_of_all_calendars(
    seat: Callable[..., Desk],
    world: World,
    page: str,
    sent: str,
    field: str,
    rest: dict[str, str],
    typed: str,
) -> None:
    """A day alone was read as its first minute; an hour before year 1 was a fault of the program."""
    desk, before = seat(Role.ADMINISTRATOR), len(world.entries())
    desk.get(f"{ASSEMBLY}/{page}")

    answer = desk.post(f"{ASSEMBLY}/{sent}", rest | {field: typed})

    assert answer.status_code == 422
    assert f'id="{field}-fault"' in answer.text
    assert len(world.entries()) == before


@pytest.mark.parametrize(
    "typed", ["令和8年6月18日 午後5時", "2026/6/18 17時", "２０２６年６月１８日１７：００"]
)
def test_an_hour_is_understood_as_an_office_types_it(
    seat: Callable[..., Desk], world: World, typed: str
) -> None:
    desk, second = seat(Role.ADMINISTRATOR), seat(Role.CHECKER)
    desk.get(f"{ASSEMBLY}/extend")

    asked = desk.post(f"{ASSEMBLY}/extend", {"closes": typed, "reason": "郵便の遅れ"})
    second.get(asked.location)
    second.post(f"{asked.location}/approve")

    assert world.case.docket.assembly.schedule.closes_at == jst("2026-06-18 17:00")


def test_an_hour_with_its_zone_is_that_hour(seat: Callable[..., Desk], world: World) -> None:
    desk, second = seat(Role.ADMINISTRATOR), seat(Role.CHECKER)
    desk.get(f"{ASSEMBLY}/extend")

    asked = desk.post(f"{ASSEMBLY}/extend", {"closes": "2026-06-18T08:00Z", "reason": "郵便の遅れ"})
    second.get(asked.location)
    second.post(f"{asked.location}/approve")

    assert world.case.docket.assembly.schedule.closes_at == jst("2026-06-18 17:00")
