"""Every list of members is in the order of official lists: by prefecture and code, then by reading."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.documents.reading import text_of
from tests.services.letterheads import LETTERHEAD
from tests.web.secretariat.conftest import ASSEMBLY, Desk
from tests.world import ALL_FOR, World
from voting.core.members import Member
from voting.core.permissions import Role
from voting.services.desk.papers import Sheet
from voting.services.drafting import checklist
from voting.services.drafting.checklist import WithoutAddress
from voting.services.outcome.result_files import download
from voting.services.outcome.roll_call import NAMED
from voting.services.period import participation
from voting.services.printing import forms, letterheads, post
from voting.services.printing.post import Asked

_WHERE = (("郵便番号", "329-0001"), ("住所", "架空県架空市1-1"))
# Their numbers say nothing of their order, as in a roll that grew over the years.
PEOPLE = (
    Member("M1", "架空沖縄町", prefecture="沖縄県", code="473014", other=_WHERE),
    Member("M2", "架空組合い", kana="カクウクミアイイ", other=_WHERE),
    Member("M3", "架空長野町", prefecture="長野県", code="203211", other=_WHERE),
    Member("M4", "架空札幌市", prefecture="北海道", code="011002", other=_WHERE),
    Member("M5", "架空長野県", prefecture="長野県", code="200000", other=_WHERE),
    Member("M6", "架空組合あ", kana="カクウクミアイア", other=_WHERE),
    Member("M7", "架空長野県組合", kana="カクウナガノケンクミアイ", prefecture="長野県", other=_WHERE),
)
ORDER = ["M4", "M5", "M3", "M7", "M1", "M6", "M2"]
NAMES = {each.member_id: each.name for each in PEOPLE}


@pytest.fixture
def world(empty_world: World) -> World:
    """Everybody without a mail address: the papers of all members are printed, and all notices go by post."""
    empty_world.assembly(roll_of=PEOPLE, disclosure=NAMED)
    letterheads.set_letterhead(
        empty_world.rt, empty_world.officer(Role.ADMINISTRATOR), empty_world.origin, LETTERHEAD
    )
    empty_world.at("2026-06-02 10:00")
    return empty_world


def numbers(text: str) -> list[str]:
    """The member numbers of a text, each where it stands first."""
    return list(dict.fromkeys(re.findall(r"\bM[1-7]\b", text)))


def names(text: str, among: Iterable[str] = ORDER) -> list[str]:
    """The members of a text by their names, each where it stands first."""
    found = {number: re.search(rf"{NAMES[number]}(?!組合)", text) for number in among}
    assert None not in found.values(), text
    return sorted(found, key=lambda number: found[number].start())  # type: ignore[union-attr]


@pytest.mark.parametrize("page", ["participation/names?show=all", "participation.csv?show=not-answered"])
def test_the_list_of_who_has_answered(world: World, seat: Callable[..., Desk], page: str) -> None:
    clerk = seat(Role.ADMINISTRATOR)
    clerk.get(f"{ASSEMBLY}/participation/names")
    clerk.post(f"{ASSEMBLY}/participation/names")

    assert numbers(clerk.get(f"{ASSEMBLY}/{page}").text) == ORDER


def test_the_sheets_of_who_has_answered(world: World) -> None:
    facts = participation.participation(world.rt, world.officer(Role.ADMINISTRATOR), world.origin)

    assert [each.member_id for each in facts.lines] == ORDER


def test_the_notices_that_have_not_arrived(world: World, seat: Callable[..., Desk]) -> None:
    page = seat(Role.ENTRY).get(f"{ASSEMBLY}/deliveries").text

    assert numbers(page[page.index("届いていない通知") :]) == ORDER


def test_the_lists_of_sorting(world: World, seat: Callable[..., Desk]) -> None:
    for number in NAMES:
        for copy in "ab":
            serial = f"F-{number}-{copy}"
            world.paper(number, serial=serial, arrived="2026-06-02 09:00")
            for role in (Role.ENTRY, Role.CHECKER):
                world.enter(serial, Sheet(number, ALL_FOR), by=role)

    page = seat(Role.ENTRY).get(f"{ASSEMBLY}/after-closing").text

    assert names(page[page.index("複数の回答のある会員") :]) == ORDER


def test_forms_and_labels(world: World, tmp_path: Path) -> None:
    who = world.officer(Role.ADMINISTRATOR)
    made = forms.ballot_forms(world.rt, who, world.origin)
    labels = post.labels(world.rt, who, world.origin, Asked()).pdf

    assert numbers(text_of(made, tmp_path)) == ORDER
    assert names(text_of(labels, tmp_path)) == ORDER


def test_the_roll_call_of_a_result(world: World, tmp_path: Path) -> None:
    world.at("2026-06-11 00:00")
    world.certify()

    report = text_of(download(world.rt, world.origin, "result.pdf") or b"", tmp_path)

    assert numbers(report[report.index("会員ごとの表決の一覧") :]) == ORDER


def test_the_check_list_names_members_without_an_address(empty_world: World) -> None:
    empty_world.draft(roll_of=PEOPLE)
    with empty_world.rt.database.reading() as tx:
        found = checklist.checklist(empty_world.rt, tx, empty_world.case).warnings

    (without,) = [each for each in found if isinstance(each, WithoutAddress)]
    assert numbers(" ".join(without.members)) == ORDER[: len(without.members)]


@pytest.mark.parametrize("page", ["register", "files/csv"])
def test_the_register(world: World, seat: Callable[..., Desk], page: str) -> None:
    assert numbers(seat(Role.ENTRY).get(f"/office/members/council/{page}").text) == ORDER
