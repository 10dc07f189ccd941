"""The letterhead of an assembly: how an office heads its papers, and how it writes figures."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.documents.reading import squeezed, text_of
from tests.services.letterheads import LETTERHEAD
from tests.world import COUNCIL, World
from voting.core.letterhead import Counter, PaperKind
from voting.core.members import Member
from voting.core.permissions import Act, NotAllowed, Role
from voting.core.votes import ONE_VOTE
from voting.services.errors import NoSuchAssembly
from voting.services.printing import letterhead_pages, letterheads
from voting.services.printing.letterheads import CounterUntrue, ProxiesFixed, letterhead_of, style_of
from voting.sheets.letterhead_toml import LetterheadFaults
from voting.store import roll
from voting.store.assemblies import published
from voting.store.letterheads import find

ADMINISTRATOR = Role.ADMINISTRATOR


def test_what_an_office_has_set_is_kept_as_it_wrote_it(world: World) -> None:
    world.assembly()
    who = world.officer(ADMINISTRATOR)

    letterheads.set_letterhead(world.rt, who, world.origin, "# old\n")
    letterheads.set_letterhead(world.rt, who, world.origin, LETTERHEAD)

    assert letterheads.stored(world.rt, who, world.origin) == LETTERHEAD
    with world.rt.database.reading() as tx:
        found = letterhead_of(tx, world.case)
    assert found.numbers[PaperKind.NOTICE] == "架協第41号"
    assert found.sender[1:] == ("共同代表　架空県知事　架空 太郎", "共同代表　見本町長　見本 花子")


def test_without_a_letterhead_the_body_and_its_chair_write(world: World) -> None:
    world.assembly()

    with world.rt.database.reading() as tx:
        found = letterhead_of(tx, world.case)

    assert found.sender == ("架空協議会", "議長 架空 一郎")
    assert found.returns.to == "架空協議会事務局　御中"


def test_a_letterhead_with_a_fault_leaves_the_old_one(world: World) -> None:
    world.assembly()
    who = world.officer(ADMINISTRATOR)
    letterheads.set_letterhead(world.rt, who, world.origin, LETTERHEAD)

    with pytest.raises(LetterheadFaults):
        letterheads.set_letterhead(world.rt, who, world.origin, "[leter]\n")

    assert letterheads.stored(world.rt, who, world.origin) == LETTERHEAD


@pytest.mark.parametrize("role", [Role.ENTRY, Role.CHECKER, Role.CHAIR, Role.AUDITOR])
def test_only_the_administrator_sets_it(world: World, role: Role) -> None:
    world.assembly()

    with pytest.raises(NotAllowed):
        letterheads.set_letterhead(world.rt, world.officer(role), world.origin, LETTERHEAD)

    with world.rt.database.reading() as tx:
        assert find(tx, world.case.id) is None


def test_an_assembly_that_is_not_there_has_none(world: World) -> None:
    with pytest.raises(NoSuchAssembly):
        letterheads.set_letterhead(world.rt, world.officer(ADMINISTRATOR), "nowhere/a/b", "")
    with pytest.raises(NoSuchAssembly):
        letterheads.stored(world.rt, world.officer(ADMINISTRATOR), "nowhere/a/b")


def test_the_result_is_headed_as_the_office_heads_its_letters(world: World, tmp_path: Path) -> None:
    world.assembly()
    letterheads.set_letterhead(world.rt, world.officer(ADMINISTRATOR), world.origin, LETTERHEAD)
    world.at("2026-06-12 09:00")
    world.certify()

    with world.rt.database.reading() as tx:
        pdf = published(tx, world.case.id, "result.pdf")

    text = squeezed(text_of(pdf or b"", tmp_path))
    places = [
        text.index(each) for each in ("架協第48号", "令和8年6月12日", "会員各位", "見本花子", "（公印省略）")
    ]
    assert places == sorted(places)


def test_votes_are_counted_in_organisations_only_where_each_has_one(world: World) -> None:
    people = (Member("M1", "甲町"), Member("M2", "乙町", votes=3 * ONE_VOTE))
    world.assembly(roll_of=people, rules=COUNCIL)
    with world.rt.database.reading() as tx:
        voters = roll.voters(tx, world.case.id)
        plain = letterhead_of(tx, world.case)

    def counted_in(counter: Counter) -> str:
        return style_of(replace(plain, counter=counter), voters)("賛成4票")

    assert counted_in(Counter.RIGHTS) == "賛成4個"
    with pytest.raises(CounterUntrue):
        counted_in(Counter.ORGANISATIONS)


def test_attack_an_earlier_version_taken_up_to_change_what_members_were_told_on_proxies(world: World) -> None:
    world.draft()
    who = world.officer(ADMINISTRATOR)
    letterheads.set_letterhead(world.rt, who, world.origin, '[proxy]\nclause = "規約第14条"\n')
    letterheads.set_letterhead(world.rt, who, world.origin, LETTERHEAD)
    world.two(Act.FREEZE, ADMINISTRATOR, Role.CHECKER)
    world.two(Act.SEND, ADMINISTRATOR, Role.CHECKER)

    with pytest.raises(ProxiesFixed):
        letterhead_pages.restore(world.rt, who, world.origin, 1)

    assert letterheads.stored(world.rt, who, world.origin) == LETTERHEAD
    assert [each.number for each in letterhead_pages.overview(world.rt, who, world.origin).versions] == [2, 1]


@pytest.mark.parametrize("role", [Role.ENTRY, Role.CHECKER, Role.CHAIR, Role.AUDITOR])
def test_only_the_administrator_fills_in_the_form_or_takes_up_an_earlier_one(
    world: World, role: Role
) -> None:
    world.assembly()
    letterheads.set_letterhead(world.rt, world.officer(ADMINISTRATOR), world.origin, LETTERHEAD)
    who = world.officer(role)

    for act in (
        lambda: letterhead_pages.revise(world.rt, who, world.origin, "letter", {}, shown=""),
        lambda: letterhead_pages.restore(world.rt, who, world.origin, 1),
        lambda: letterhead_pages.preview(world.rt, who, world.origin, "letter", {}),
    ):
        with pytest.raises(NotAllowed):
            act()
