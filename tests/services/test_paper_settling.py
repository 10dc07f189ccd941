"""Whose paper is it: found by number, code, QR code or name; an unclear one waits and blocks the count."""

import pytest

from tests.scans import png
from tests.world import ALL_FOR, World
from voting.core.ballots import Channel
from voting.core.members import Member
from voting.core.permissions import NotAllowed, Role
from voting.credentials.form_codes import form_code, form_qr
from voting.services.desk import papers
from voting.services.desk.paper_finding import find_member
from voting.services.desk.paper_refusals import (
    FormOfAnother,
    HowFoundOut,
    ReadingsDiffer,
    SenderAmbiguous,
    SenderUnclear,
    SenderUnknown,
    SettledAlready,
)
from voting.services.desk.paper_settling import settle
from voting.services.desk.papers import Sheet
from voting.services.outcome import closing
from voting.store import paper_senders, roll

PEOPLE = (
    Member("M0001", "府中市", prefecture="東京都", addresses=("m1@example.jp",)),
    Member("M0002", "府中市", prefecture="広島県", addresses=("m2@example.jp",)),
    Member("M0003", "那須町", prefecture="栃木県", addresses=("m3@example.jp",)),
    Member("M0004", "那須塩原市", prefecture="栃木県", addresses=("m4@example.jp",)),
)


@pytest.fixture
def two_cities(world: World) -> World:
    world.assembly(roll_of=PEOPLE)
    world.at("2026-06-03 09:00")
    return world


def found(world: World, typed: str) -> str:
    with world.rt.database.reading() as tx:
        return find_member(roll.voters(tx, world.case.id), world.origin, typed).member_id


def arrive(world: World, serial: str, sender: str, *, unclear: bool = False) -> None:
    papers.arrive(
        world.rt,
        world.officer(Role.ENTRY),
        world.origin,
        serial=serial,
        channel=Channel.POST,
        arrived_at=world.clock(),
        scan=png(serial),
        sender=sender,
        unclear=unclear,
    )


def settled(world: World, member: str, why: str, *, by: Role = Role.CHECKER) -> None:
    settle(world.rt, world.officer(by), world.origin, serial="P-1", member=member, why=why)


def put_aside(world: World, by: Role, why: str) -> bool:
    return papers.reject(world.rt, world.officer(by), world.origin, serial="P-1", why=why)


def test_a_member_is_found_by_number_code_qr_code_and_name(two_cities: World) -> None:
    origin = two_cities.origin
    code = form_code(origin, "M0003")

    assert found(two_cities, "M0003") == "M0003"
    assert found(two_cities, "Ｍ０００３") == "M0003"
    assert found(two_cities, "m0003") == "M0003"
    assert found(two_cities, code) == "M0003"
    assert found(two_cities, code.lower().replace("-", "")) == "M0003"
    assert found(two_cities, form_qr(origin, "M0003")) == "M0003"
    assert found(two_cities, form_qr(origin, "M0003").replace("\n", " ")) == "M0003"
    assert found(two_cities, "那須町") == "M0003"
    assert found(two_cities, "広島県 府中市") == "M0002"


def test_a_name_that_several_members_have_is_nobodys(two_cities: World) -> None:
    with pytest.raises(SenderAmbiguous) as refused:
        found(two_cities, "府中市")

    assert refused.value.found == ("M0001 東京都 府中市", "M0002 広島県 府中市")


def test_a_part_of_a_name_offers_members_and_takes_none(two_cities: World) -> None:
    for typed, offered in (
        ("那須", ("M0003 栃木県 那須町", "M0004 栃木県 那須塩原市")),
        ("塩原", ("M0004 栃木県 那須塩原市",)),
    ):
        with pytest.raises(SenderAmbiguous) as refused:
            found(two_cities, typed)
        assert refused.value.found == offered


def test_a_form_of_last_year_is_noticed(two_cities: World) -> None:
    last_year = "vote.example.or.jp/council/2025-06"

    with pytest.raises(FormOfAnother):
        found(two_cities, form_qr(last_year, "M0003"))
    with pytest.raises(FormOfAnother):
        found(two_cities, form_code(last_year, "M0003"))


@pytest.mark.parametrize("typed", ["", " ", "M9999", "存在しない町", "%", "_"])
def test_nobody_is_found_by_what_is_nobodys(two_cities: World, typed: str) -> None:
    with pytest.raises(SenderUnknown):
        found(two_cities, typed)


def test_an_unclear_paper_is_not_read_and_blocks_the_count(two_cities: World) -> None:
    arrive(two_cities, "P-1", "府中市(県名なし)", unclear=True)

    with pytest.raises(SenderUnclear):
        two_cities.enter("P-1", Sheet("M0001", ALL_FOR), by=Role.ENTRY)
    two_cities.at("2026-06-11 00:00")
    with pytest.raises(closing.PapersWaiting):
        closing.tally(two_cities.rt, two_cities.officer(Role.ADMINISTRATOR), two_cities.origin)


def test_an_unclear_paper_is_read_once_somebody_has_found_out_whose_it_is(two_cities: World) -> None:
    arrive(two_cities, "P-1", "府中市(県名なし)", unclear=True)
    with pytest.raises(HowFoundOut):
        settled(two_cities, "M0002", " ")

    settled(two_cities, "M0002", "電話で確認(総務課 佐藤様)")

    with two_cities.rt.database.reading() as tx:
        kept = paper_senders.find(tx, two_cities.case.id, "P-1")
    assert kept is not None
    assert (kept.as_written, kept.member_id, kept.settled_by) == ("府中市(県名なし)", "M0002", "checker-1")
    assert kept.settled_why == "電話で確認(総務課 佐藤様)"
    with pytest.raises(SettledAlready):
        settled(two_cities, "M0001", "…")
    two_cities.enter("P-1", Sheet("M0002", ALL_FOR), by=Role.ENTRY)
    assert two_cities.enter("P-1", Sheet("M0002", ALL_FOR), by=Role.CHECKER) is not None


def test_an_unclear_paper_is_put_aside_by_two_persons_each_with_a_reason(two_cities: World) -> None:
    arrive(two_cities, "P-1", "府中市", unclear=True)

    assert not put_aside(two_cities, Role.ENTRY, "二つの市に確認")
    assert put_aside(two_cities, Role.CHECKER, "どちらの市も提出していない")

    assert papers.waiting(two_cities.rt, two_cities.origin) == ()


def test_one_puts_a_paper_aside_and_the_other_reads_it(two_cities: World) -> None:
    arrive(two_cities, "P-1", "那須町")
    put_aside(two_cities, Role.ENTRY, "判読不能")

    with pytest.raises(ReadingsDiffer):
        two_cities.enter("P-1", Sheet("M0003", ALL_FOR), by=Role.CHECKER)


@pytest.mark.parametrize("role", [Role.CHAIR, Role.AUDITOR])
def test_the_chair_and_the_auditor_settle_nothing(two_cities: World, role: Role) -> None:
    arrive(two_cities, "P-1", "府中市", unclear=True)

    with pytest.raises(NotAllowed):
        settled(two_cities, "M0001", "…", by=role)
