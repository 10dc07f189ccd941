"""Who has answered, for the secretariat: by the rules of the count, and without a single choice."""

import pytest

from tests.verify.conftest import play
from tests.world import World, empty_database, world_at
from voting.core.ballots import Mark
from voting.core.members import Member
from voting.core.permissions import Role
from voting.documents.participation_sheets import render_participation_csv
from voting.ledger.entries import decode_entry
from voting.services.errors import NoSuchAssembly, NotThatFar
from voting.services.period.participation import participation

ROLL = (
    Member("M0001", "札幌市", code="011002", prefecture="北海道", category="市町村", addresses=("a@x.jp",)),
    Member("M0002", "会社", prefecture="長野県", category="民間", votes=2_500_000, addresses=("b@x.jp",)),
)


def test_each_member_of_the_roll_has_a_line_with_the_answer_that_counts(world: World) -> None:
    play(world)

    found = participation(world.rt, world.officer(Role.ADMINISTRATOR), world.origin)

    lines = {each.member_id: each for each in found.lines}
    assert {member: each.channel for member, each in lines.items() if each.has_answered} == {
        "M0001": "web",
        "M0002": "web",
        "M0003": "fax",
        "M0004": "post",
    }
    assert str(lines["M0001"].received_at) == "2026-06-03 00:00:00+00:00"
    assert str(lines["M0002"].received_at) == "2026-06-10 03:00:00+00:00"
    assert [member for member, each in lines.items() if each.remark == "期限後に到着"] == ["M0005", "M0006"]
    assert [member for member, each in lines.items() if each.is_deemed] == ["M0007", "M0008"]


def test_codes_names_and_votes_are_those_of_roll_and_register(world: World) -> None:
    world.assembly(roll_of=ROLL)

    first, second = participation(world.rt, world.officer(Role.ENTRY), world.origin).lines

    assert (first.code, first.name, first.prefecture, first.category, first.votes) == (
        "011002",
        "札幌市",
        "北海道",
        "市町村",
        "1",
    )
    assert (second.code, second.votes) == ("", "2.5")


def test_during_the_period_nobody_is_deemed_and_the_days_end_today(world: World) -> None:
    world.assembly(size=2)
    world.at("2026-06-02 10:00")
    world.cast("M0001")

    found = participation(world.rt, world.officer(Role.AUDITOR), world.origin)

    assert [each.is_deemed for each in found.lines] == [None, None]
    assert [str(each) for each in found.days] == ["2026-06-01", "2026-06-02"]
    assert not found.is_closed


def test_two_votes_that_differ_only_in_what_they_say_give_the_same_file(world: World, tmp_path) -> None:
    def told(one: World, mark: Mark) -> bytes:
        one.assembly(size=2)
        one.at("2026-06-02 10:00")
        one.cast("M0001", {1: mark, 2: mark})
        return render_participation_csv(participation(one.rt, one.officer(Role.CHECKER), one.origin))

    (tmp_path / "other").mkdir()
    url = f"sqlite:///{tmp_path / 'other' / 'voting.db'}"
    empty_database(url).close()
    other = world_at(tmp_path / "other", url)

    assert told(world, Mark.FOR) == told(other, Mark.AGAINST)
    other.rt.database.close()


def test_looking_leaves_the_ledger_as_it_is(world: World) -> None:
    world.assembly(size=2)
    before = world.entries()

    participation(world.rt, world.officer(Role.ADMINISTRATOR), world.origin)

    assert world.entries() == before
    assert [decode_entry(each).kind for each in before] == ["genesis", "freeze", "issue"]


def test_there_is_nothing_to_see_before_the_ballots_are_issued_or_elsewhere(world: World) -> None:
    world.draft()

    with pytest.raises(NotThatFar):
        participation(world.rt, world.officer(Role.ADMINISTRATOR), world.origin)
    with pytest.raises(NoSuchAssembly):
        participation(world.rt, world.officer(Role.ADMINISTRATOR), "vote.example.or.jp/council/none")
