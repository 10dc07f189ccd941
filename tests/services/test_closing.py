"""From the close to the certified result."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import update

from tests.world import World
from voting.core.ballots import Mark
from voting.core.errors import Broken
from voting.core.motions import Method, Motion, MotionKind
from voting.core.permissions import Act, Role
from voting.ledger.entries import decode_entry
from voting.services import schedule
from voting.services.casting import ballots, pages
from voting.services.casting.answers import Answer
from voting.services.errors import DoneAlready, NotThatFar, OutcomePending
from voting.services.outcome import closing, results
from voting.services.outcome.result_files import download
from voting.services.outcome.result_page import result_page
from voting.store import outbox, tables


def kinds(world: World) -> list[str]:
    return [decode_entry(each).kind for each in world.entries()]


def test_time_closes_the_vote_and_the_schedule_only_writes_it_down(world: World) -> None:
    world.assembly(closes="2026-06-11 00:00")
    world.at("2026-06-10 23:59")
    assert schedule.run_due(world.rt).closed == ()

    world.at("2026-06-11 00:00")

    assert schedule.run_due(world.rt).closed == (world.origin,)
    assert schedule.run_due(world.rt).closed == ()
    assert kinds(world).count("close") == 1


def test_the_ledger_tells_the_whole_story_in_order(world: World) -> None:
    world.assembly()
    world.at("2026-06-02 10:00")
    world.cast("M0001")
    world.at("2026-06-11 00:00")
    world.certify()

    assert kinds(world) == ["genesis", "freeze", "issue", "ballot", "close", "deemed", "tally", "result"]


def test_the_silent_are_counted_as_yes_and_told_apart_everywhere(world: World) -> None:
    world.assembly(size=5)
    world.at("2026-06-02 10:00")
    world.cast("M0001")
    world.cast("M0002", {1: Mark.AGAINST, 2: Mark.FOR})
    world.at("2026-06-11 00:00")
    world.certify()

    page = result_page(world.rt, world.origin)
    assert page.motions[0].headline == "賛成4票(うち未提出によるみなし賛成3票)、反対1票"
    content = download(world.rt, world.origin, "result.json")
    assert content is not None
    motion = json.loads(content)["motions"][0]
    assert (motion["for"]["expressed"], motion["for"]["deemed"], motion["total"]) == ("1", "3", "5")


def test_before_the_close_nobody_can_count(world: World) -> None:
    world.assembly()
    world.at("2026-06-02 10:00")

    with pytest.raises(NotThatFar):
        closing.tally(world.rt, world.officer(Role.ADMINISTRATOR), world.origin)
    with pytest.raises(NotThatFar):
        closing.draft_count(world.rt, world.origin)


def test_the_count_is_made_once(world: World) -> None:
    world.assembly()
    world.at("2026-06-11 00:00")
    closing.tally(world.rt, world.officer(Role.ADMINISTRATOR), world.origin)

    with pytest.raises(DoneAlready):
        closing.tally(world.rt, world.officer(Role.ADMINISTRATOR), world.origin)


def test_a_seat_that_waits_for_a_lot_cannot_be_tallied(world: World) -> None:
    names = ("甲町", "乙町")
    election = Motion(
        1,
        "代表の選出について",
        kind=MotionKind.ELECTION,
        method=Method.CONFIDENCE,
        seats=1,
        candidates=names,
    )
    world.assembly(size=2, motions=(election,))
    world.at("2026-06-11 00:00")

    # After the tally the ledger would take no lot any more.
    with pytest.raises(OutcomePending) as refused:
        closing.tally(world.rt, world.officer(Role.ADMINISTRATOR), world.origin)

    assert refused.value.motions == (1,)
    assert world.case.deemed_index is None


def test_nothing_is_published_before_chair_and_auditor_have_signed(world: World) -> None:
    world.assembly()
    world.at("2026-06-11 00:00")
    closing.tally(world.rt, world.officer(Role.ADMINISTRATOR), world.origin)
    world.ask_certification()

    assert download(world.rt, world.origin, "result.json") is None
    assert result_page(world.rt, world.origin).stage == "closed"


def test_page_paper_and_table_are_made_of_the_same_facts(world: World) -> None:
    world.assembly()
    world.at("2026-06-02 10:00")
    world.cast("M0001")
    world.at("2026-06-11 00:00")
    world.certify()

    with world.rt.database.reading() as tx:
        facts = results.facts(world.rt, tx, world.case, certified_at=None, certified_by=(), witnesses=())
    assert facts.result_json == download(world.rt, world.origin, "result.json")
    assert facts.channels == (("web", 1),)


def test_a_mail_that_cannot_be_written_holds_up_no_other(world: World) -> None:
    world.draft()
    world.two(Act.FREEZE, Role.ADMINISTRATOR, Role.CHECKER)
    world.two(Act.SEND, Role.ADMINISTRATOR, Role.CHECKER)
    with world.rt.database.transaction() as tx:
        first = outbox.due(tx, now="9999", limit=1)[0]
        tx.run(update(tables.outbox).where(tables.outbox.c.message_id == first.message_id).values(kind="odd"))

    with pytest.raises(Broken):
        schedule.send_mails(world.rt, limit=100)

    assert len(world.mails) == 4


def opinion(world: World, text: str, *, public: bool) -> None:
    answer = Answer(
        choices={1: Mark.FOR, 2: Mark.FOR},
        section="企画課",
        respondent="担当 花子",
        opinion=text,
        opinion_public=public,
    )
    ballots.cast(
        world.rt, ballots.Cast(world.key("M0001"), answer, world.rt.token(16), world.case.sealed_base)
    )


def test_no_character_of_an_opinion_can_stop_the_result(world: World) -> None:
    world.assembly()
    world.at("2026-06-02 10:00")
    opinion(world, "賛成\tです👍\u200b한글", public=True)
    world.at("2026-06-11 00:00")

    world.certify()

    assert result_page(world.rt, world.origin).stage == "declared"


def test_an_opinion_taken_back_is_not_published(world: World) -> None:
    world.assembly()
    world.at("2026-06-02 10:00")
    opinion(world, "撤回する意見", public=True)
    opinion(world, "", public=False)
    world.at("2026-06-11 00:00")
    world.certify()

    with world.rt.database.reading() as tx:
        facts = results.facts(world.rt, tx, world.case, certified_at=None, certified_by=(), witnesses=())
    assert facts.opinions == ()


def test_the_same_request_with_another_opinion_is_not_passed_over(world: World) -> None:
    world.assembly()
    world.at("2026-06-02 10:00")
    key, choices = world.key("M0001"), {1: Mark.FOR, 2: Mark.FOR}
    first = Answer(choices=choices, section="企画課", respondent="花子")
    base = world.case.sealed_base
    ballots.cast(world.rt, ballots.Cast(key, first, b"0123456789abcdef", base))

    with pytest.raises(ballots.RequestReused):
        ballots.cast(world.rt, ballots.Cast(key, replace(first, opinion="追記"), b"0123456789abcdef", base))


def test_a_member_that_answered_late_is_not_told_that_it_agreed(world: World) -> None:
    world.assembly()
    world.at("2026-06-11 00:00")
    world.cast("M0001", {1: Mark.AGAINST, 2: Mark.AGAINST})

    late = " ".join(pages.member_page(world.rt, world.key("M0001")).without_answer)
    silent = " ".join(pages.member_page(world.rt, world.key("M0002")).without_answer)

    assert "期限を過ぎて到着しました" in late
    assert "賛成の表決があったものとみなします" not in late
    assert "賛成の表決があったものとみなします" in silent
