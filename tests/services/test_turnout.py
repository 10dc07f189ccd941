"""Who has answered is shown, never how; who looks at the names stands in the ledger."""

import pytest

from tests.world import World, jst
from voting.core.members import Member
from voting.core.permissions import Role
from voting.core.prefectures import NAMES, prefecture_of, short_name
from voting.ledger.entries import decode_entry
from voting.ledger.kinds import Operator
from voting.services.casting import ballots
from voting.services.errors import NotThatFar
from voting.services.outcome import closing
from voting.services.period import turnout
from voting.services.period.turnout import NamesNotOpened, Share
from voting.services.period.turnout_csv import members_csv
from voting.web.secretariat.pictures import curve, tile_map

PEOPLE = (
    Member("M0001", "架空東町", category="町", prefecture="長野県", addresses=("a@example.jp",)),
    Member("M0002", "架空西町", category="町", prefecture="長野", addresses=("b@example.jp",)),
    Member("M0003", "架空南市", category="市", prefecture="沖縄県", phone="000-1111-2222", addresses=()),
    Member("M0004", "架空組合", category="", prefecture="架空国", addresses=("d@example.jp",)),
)


@pytest.fixture
def council(world: World) -> World:
    world.assembly(roll_of=PEOPLE)
    world.at("2026-06-02 10:00")
    return world


def reads(world: World) -> list[Operator]:
    bodies = [decode_entry(each).body for each in world.entries()]
    return [each for each in bodies if isinstance(each, Operator)]


def test_the_47_prefectures_are_known_with_and_without_their_last_character() -> None:
    assert len(NAMES) == len(set(NAMES)) == 47
    assert [prefecture_of(each) for each in ("長野県", "長野", " 東京 都", "京都", "北海道", "県", "")] == [
        "長野県",
        "長野県",
        "東京都",
        "京都府",
        "北海道",
        "",
        "",
    ]
    assert [short_name(each) for each in ("京都府", "東京都", "北海道", "神奈川県")] == [
        "京都",
        "東京",
        "北海道",
        "神奈川",
    ]


def test_sums_are_told_by_prefecture_category_and_day(council: World) -> None:
    council.cast("M0001")
    council.at("2026-06-03 00:30")
    council.cast("M0001")
    council.cast("M0004")

    shown = turnout.overview(council.rt, council.officer(Role.AUDITOR), council.origin)

    by_name = {each.name: each for each in shown.prefectures}
    assert by_name["長野県"] == Share("長野県", 1, 2)
    assert by_name["沖縄県"] == Share("沖縄県", 0, 1)
    assert by_name["東京都"] == Share("東京都", 0, 0)
    assert shown.prefectures[-1] == Share("", 1, 1)
    assert shown.categories == (Share("市", 0, 1), Share("町", 1, 2), Share("", 1, 1))
    assert [(each.day.isoformat(), each.new, each.total) for each in shown.days] == [
        ("2026-06-01", 0, 0),
        ("2026-06-02", 1, 1),
        ("2026-06-03", 1, 2),
    ]
    assert (shown.whole, shown.whole.percent, shown.without_address) == (Share("", 2, 4), "50.0%", 1)


def test_before_the_notice_there_is_nobody_to_have_answered(world: World) -> None:
    world.draft()

    with pytest.raises(NotThatFar):
        turnout.overview(world.rt, world.officer(Role.CHECKER), world.origin)


def test_names_are_shown_only_after_they_were_opened_that_day(council: World) -> None:
    checker = council.officer(Role.CHECKER)
    council.cast("M0002")
    with pytest.raises(NamesNotOpened):
        turnout.names(council.rt, checker, council.origin)

    turnout.open_names(council.rt, checker, council.origin)

    found = {each.member_id: each for each in turnout.names(council.rt, checker, council.origin).members}
    assert [each.answered_at is not None for each in found.values()] == [False, True, False, False]
    assert (found["M0003"].phone, found["M0003"].addresses) == ("000-1111-2222", 0)
    with pytest.raises(NamesNotOpened):
        turnout.names(council.rt, council.officer(Role.CHAIR), council.origin)


def test_opening_is_in_the_ledger_once_for_each_officer_and_day_in_japan(council: World) -> None:
    checker, chair = council.officer(Role.CHECKER), council.officer(Role.CHAIR)
    for officer in (checker, checker, chair, checker):
        turnout.open_names(council.rt, officer, council.origin)
    council.at("2026-06-02 23:59")
    turnout.open_names(council.rt, checker, council.origin)
    council.at("2026-06-03 00:00")
    turnout.open_names(council.rt, checker, council.origin)

    found = reads(council)

    assert [each.action for each in found] == [
        "read-participation: 2026-06-02",
        "read-participation: 2026-06-02",
        "read-participation: 2026-06-03",
    ]
    assert found[0].by == found[2].by != found[1].by


def test_after_the_close_names_are_open_and_nothing_is_recorded(council: World) -> None:
    council.at("2026-06-11 00:00")
    closing.close_if_due(council.rt, council.origin)
    officer = council.officer(Role.ENTRY)

    turnout.open_names(council.rt, officer, council.origin)

    assert len(turnout.names(council.rt, officer, council.origin).members) == 4
    assert reads(council) == []


def test_the_pictures_have_every_prefecture_and_end_where_the_answers_are(council: World) -> None:
    council.cast("M0001")
    council.at("2026-06-06 00:00")
    shown = turnout.overview(council.rt, council.officer(Role.CHAIR), council.origin)

    drawn, line = tile_map(shown.prefectures), curve(shown)

    assert {each.share.name for each in drawn.tiles} == set(NAMES)
    assert len({(each.x, each.y) for each in drawn.tiles}) == 47
    assert [each.filled for each in drawn.tiles if each.name == "長野"] == [30]
    # Half of the period is over, and one of four has answered.
    assert line.end == ((line.left + line.right) // 2, line.bottom - (line.bottom - line.top) // 4)


def test_who_has_opened_its_ballot_is_on_the_list_for_the_telephone_and_in_its_file(world: World) -> None:
    world.assembly(size=3)
    world.at("2026-06-02 10:00")
    ballots.note_opening(world.rt, world.key("M0001"))
    world.at("2026-06-03 10:00")
    ballots.note_opening(world.rt, world.key("M0001"))
    who = world.officer(Role.ENTRY)
    with pytest.raises(NamesNotOpened):
        turnout.names(world.rt, who, world.origin)
    turnout.open_names(world.rt, who, world.origin)

    lines = {each.member_id: each for each in turnout.names(world.rt, who, world.origin).members}

    assert lines["M0001"].opened_at == jst("2026-06-02 10:00")
    assert lines["M0002"].opened_at is None
    text = members_csv(lines.values()).decode("utf-8-sig")
    assert text.count("に開いた") == 1


def test_opening_a_ballot_is_no_entry_of_the_ledger(world: World) -> None:
    world.assembly(size=2)
    before = world.entries()

    ballots.note_opening(world.rt, world.key("M0001"))

    assert world.entries() == before


def test_a_member_without_a_prefecture_stands_in_that_of_its_public_code(world: World) -> None:
    coded = Member("M0001", "架空市", code="132063", addresses=("a@example.jp",))
    world.assembly(roll_of=(coded, Member("M0002", "架空組合", addresses=("b@example.jp",))))
    world.at("2026-06-02 10:00")

    shown = turnout.overview(world.rt, world.officer(Role.ENTRY), world.origin)

    assert [each for each in shown.prefectures if each.members] == [Share("東京都", 0, 1), Share("", 0, 1)]
