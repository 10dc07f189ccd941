"""Labels and covers of a real assembly: of the frozen roll, with the addresses of today."""

from dataclasses import replace

import pytest

from tests.documents.english import left_in_japanese
from tests.documents.reading import squeezed, text_of
from tests.services.letterheads import LETTERHEAD
from tests.world import World
from voting.core.members import Member
from voting.core.permissions import Role
from voting.documents.facts_post import Way
from voting.services.errors import NotThatFar
from voting.services.printing import letterheads, post
from voting.services.printing.forms import NobodyForPaper, NotOnRollForPaper
from voting.services.printing.post import AddressesMissing, Asked, NoSuchPlace
from voting.store import members
from voting.wording.papers import PAPERS

WHERE = (("郵便番号", "329-0001"), ("住所", "架空県架空市1-1"), ("FAX番号", "00-0000-0001"))
PEOPLE = (
    Member("M1", "甲町", section="企画課", other=WHERE),
    Member("M2", "乙町", addresses=("m2@example.jp",), other=WHERE[:2]),
    Member("M3", "丙町", other=(("住所", "架空県架空市3-3"),)),
)


def asked(world: World, people: tuple[Member, ...] = PEOPLE) -> World:
    world.assembly(roll_of=people)
    letterheads.set_letterhead(world.rt, world.officer(Role.ADMINISTRATOR), world.origin, LETTERHEAD)
    return world


def labels(world: World, *of: str, **options: object) -> post.Made:
    leave_out = bool(options.pop("leave_out", False))
    return post.labels(
        world.rt,
        world.officer(Role.ENTRY),
        world.origin,
        Asked(of, leave_out=leave_out),
        **options,  # type: ignore[arg-type]
    )


def covers(world: World, *of: str, way: Way = Way.POST, language: str = "ja") -> post.Made:
    who = world.officer(Role.ENTRY)
    return post.covers(world.rt, who, world.origin, Asked(of), way=way, language=language)


def test_a_member_without_an_address_stops_everything_and_is_named(world):
    asked(world)

    with pytest.raises(AddressesMissing) as refused:
        labels(world)

    assert refused.value.lines == ("M3 丙町 (郵便番号がありません)",)


def test_left_out_on_demand_it_is_still_named(world, tmp_path):
    asked(world)

    made = labels(world, leave_out=True)

    assert [each.member_id for each in made.left_out] == ["M3"]
    text = squeezed(text_of(made.pdf, tmp_path))
    assert "企画課御中" in text
    assert "乙町御中" in text
    assert "丙町" not in text


def test_where_nobody_has_an_address_nothing_can_be_left_out(world):
    asked(world)

    with pytest.raises(AddressesMissing):
        labels(world, "M3", leave_out=True)


def test_addresses_are_those_of_today_and_names_those_of_the_frozen_roll(world, tmp_path):
    asked(world)
    moved = replace(PEOPLE[0], name="新甲市", other=(("郵便番号", "111-1111"), ("住所", "移転先1")))
    with world.rt.database.transaction() as tx:
        members.put(tx, "council", [moved], now="2026-06-01T00:00:00.000Z")

    text = squeezed(text_of(labels(world, "M1").pdf, tmp_path))

    assert "〒111-1111M1移転先1甲町" in text
    assert "新甲市" not in text


def test_a_fax_needs_a_number_and_no_address(world, tmp_path):
    asked(world)

    assert "00-0000-0001" in squeezed(text_of(covers(world, "M1", way=Way.FAX).pdf, tmp_path))
    with pytest.raises(AddressesMissing) as refused:
        covers(world, "M1", "M2", way=Way.FAX)
    assert refused.value.lines == ("M2 乙町 (FAX番号がありません)",)


def test_a_cover_lists_what_the_office_says_it_encloses(world, tmp_path):
    asked(world)

    text = squeezed(text_of(covers(world, "M1").pdf, tmp_path))

    assert "議案書1部" in text
    assert "令和8年5月25日" in text
    assert "架協第41号" not in text


@pytest.mark.parametrize("way", Way)
def test_the_translation_of_a_cover_goes_to_the_same_address_by_the_same_hour(world, tmp_path, way):
    asked(world)

    text = " ".join(text_of(covers(world, "M1", way=way, language="en").pdf, tmp_path).split())

    where = ("00-0000-0001",) if way is Way.FAX else ("〒329-0001", "架空県架空市1-1")
    assert all(each in text for each in ("25 May 2026", "甲町", "企画課 御中", "議案書 1 copy", *where))
    assert f"arrives by {PAPERS['en'].closing(world.case.docket.assembly.schedule)}." in text
    assert "in Japanese prevails." in text
    assert "公印" not in text
    docket = world.case.docket
    given = (LETTERHEAD, docket.assembly.title, docket.body.name, world.case.contact, "甲町", "企画課御中")
    assert left_in_japanese(text, (*given, "架空県架空市", "御中")) == []


@pytest.mark.parametrize("used", [-1, 12, 99])
def test_more_empty_places_than_a_sheet_has_are_refused(world, used):
    asked(world)

    with pytest.raises(NoSuchPlace):
        labels(world, "M1", used=used)


def test_members_are_chosen_as_for_forms(world):
    asked(world, PEOPLE[1:2])
    everybody = Asked(unmailed=True)

    with pytest.raises(NobodyForPaper):
        post.labels(world.rt, world.officer(Role.ENTRY), world.origin, everybody)
    with pytest.raises(NotOnRollForPaper):
        labels(world, "M9")


def test_before_the_freeze_there_is_nothing_to_send(world):
    world.draft()

    with pytest.raises(NotThatFar):
        labels(world)
    with pytest.raises(NotThatFar):
        covers(world)
