"""Who voted how, by the level of disclosure; and in any assembly it adds up to what was counted."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from tests.core.invented import World as Invented
from tests.core.invented import ballots_of, docket_of, facts_of, roll_of, worlds
from tests.documents.reading import squeezed, text_of
from tests.verify.conftest import play
from tests.world import World
from voting.core.docket import Docket
from voting.core.members import Member, Roll
from voting.core.tally import count
from voting.documents.result_tables import check_sums
from voting.documents.roll_call_tables import DIGITS, MOST, roll_call_tables
from voting.services.outcome.counting_facts import result_facts
from voting.services.outcome.result_files import download
from voting.services.outcome.roll_call import RollCall, roll_call
from voting.store import roll
from voting.store.roll import Voter


def voters_of(docket: Docket, entries: Roll) -> tuple[Voter, ...]:
    return tuple(
        Voter(
            member_id=each.member_id,
            name=f"架空{each.member_id}町",
            kana="",
            category=each.category,
            prefecture="",
            votes=each.votes,
            addresses=(),
            salt=b"",
            commitment=each.member_id.encode().rjust(32, b"\0"),
        )
        for each in entries.entries
    )


@settings(max_examples=200)
@given(worlds())
def test_in_any_assembly_ways_and_roll_call_add_up_to_what_was_counted(invented: Invented) -> None:
    docket, entries, facts = docket_of(invented), roll_of(invented), facts_of(invented)
    sent = ballots_of(invented)
    found = result_facts(
        docket, entries, sent, facts, result=count(docket, entries, sent, facts), content=b"{}"
    )
    called = roll_call(docket, voters_of(docket, entries), sent, facts, disclosure="L0")

    check_sums(found)
    assert isinstance(called, RollCall)
    # Making the tables compares them with the count, place by place.
    tables = list(roll_call_tables(replace(found, roll_call=called)))

    assert [len(each.rows) for each in tables] == [entries.members] * len(tables)
    assert all(len(each.columns) <= MOST + 3 for each in tables)


def papers(world: World, folder) -> dict[str, str]:
    names = ("result.pdf", "result-summary.pdf")
    return {name: squeezed(text_of(download(world.rt, world.origin, name) or b"", folder)) for name in names}


def test_with_l0_the_report_names_each_member_with_its_vote(world: World, tmp_path) -> None:
    play(world, disclosure="L0")

    report = papers(world, tmp_path)["result.pdf"]

    call = report[report.index("会員ごとの表決の一覧") :]
    for words in (
        "M0001架空1町反対賛成",
        "M0002架空2町賛成賛成",
        "M0003架空3町賛成賛成(無)",
        "M0004架空4町無効無効",
        "M0005架空5町除外除外",
        "M0007架空7町賛成(み)賛成(み)",
    ):
        assert words in call


def test_with_l1_votes_stand_under_the_commitments_in_their_order_and_no_name_does(
    world: World, tmp_path
) -> None:
    play(world)
    with world.rt.database.reading() as tx:
        voters = roll.voters(tx, world.case.id)

    report = papers(world, tmp_path)["result.pdf"]

    call = report[report.index("会員ごとの表決の一覧") :]
    marks = sorted(each.commitment.hex()[:DIGITS] for each in voters)
    assert [call.index(each) for each in marks] == sorted(call.index(each) for each in marks)
    first = next(each.commitment.hex()[:DIGITS] for each in voters if each.member_id == "M0001")
    assert f"{first}反対賛成" in call
    assert "架空1町" not in report and "M0001" not in report


@pytest.mark.parametrize("level", ["L1", "L2"])
def test_below_l0_no_paper_names_a_member(world: World, tmp_path, level: str) -> None:
    play(world, disclosure=level)

    for text in papers(world, tmp_path).values():
        assert not any(f"M000{number}" in text or f"架空{number}町" in text for number in range(1, 9))


def test_with_l2_there_is_no_roll_call_at_all(world: World, tmp_path) -> None:
    play(world, disclosure="L2")
    with world.rt.database.reading() as tx:
        voters = roll.voters(tx, world.case.id)

    report = papers(world, tmp_path)["result.pdf"]

    assert "会員ごとの表決の一覧" not in report
    assert not any(each.commitment.hex()[:DIGITS] in report for each in voters)
    assert "会員ごとの表決の内容は公表しません" in report


@pytest.mark.parametrize("level", ["L0", "L1", "L2"])
def test_the_ways_of_submission_are_told_apart_and_add_up(world: World, tmp_path, level: str) -> None:
    play(world, disclosure=level)

    report = papers(world, tmp_path)["result.pdf"]

    table = report[report.index("提出方法ごとの内訳") :]
    for words in (
        "第1号議案Web1100022第1号議案FAX1000011第1号議案郵送0001011第1号議案提出なし2000244第1号議案計4101288",
        "第2号議案Web2000022第2号議案FAX1000011第2号議案郵送0001011第2号議案提出なし2000244第2号議案計5001288",
    ):
        assert words in table


def test_two_members_of_one_name_are_told_apart_by_their_prefecture(world: World, tmp_path) -> None:
    twins = [Member("M0001", "府中市", prefecture="東京都"), Member("M0002", "府中 市", code="342084")]
    world.assembly(roll_of=(*twins, Member("M0003", "那須町", prefecture="栃木県")), disclosure="L0")
    world.at("2026-06-11 00:05")
    world.certify()

    report = papers(world, tmp_path)["result.pdf"]

    for words in ("M0001府中市(東京都)賛成(み)", "M0002府中市(広島県)賛成(み)", "M0003那須町賛成(み)"):
        assert words in report
