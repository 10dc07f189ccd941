"""A sheet answers the motions under which it arrived; what was put again afterwards it cannot answer."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

import pytest

from tests.services.test_amending import again, begin, held, require_verified, two
from tests.verify.forge import Forge, caught, check, failed
from tests.verify.forge import check as verified_here
from tests.world import ALL_FOR, World, jst
from voting.core.ballots import Channel, Choice, Mark
from voting.core.errors import Broken
from voting.core.permissions import Act, Role
from voting.core.result_json import result_json
from voting.core.tally import count
from voting.ledger.answered import NewTexts
from voting.ledger.canonical import encode
from voting.ledger.merkle import leaf_hash
from voting.services.casting import own_vote, pages, receipt_page
from voting.services.casting.answers import BadChoices
from voting.services.desk import paper_list, paper_pages, paper_readings
from voting.services.desk.paper_refusals import ReadingsDiffer
from voting.services.desk.papers import Sheet
from voting.services.office import office_pages
from voting.services.outcome import after_closing, closing, result_page
from voting.services.period import participation, reminders, turnout
from voting.services.proof import agreement
from voting.services.proof.export import export
from voting.store.tables import paper as paper_table
from voting.verify import recount

AGAINST = {1: Mark.AGAINST, 2: Mark.AGAINST}
WITHDRAWN = {"kind": "texts", "motion": 2, "withdrawn": True, "reason": "再検討"}
__all__ = ["begin", "check"]


@pytest.fixture
def council(world: World) -> World:
    return begin(world)


def arrives(world: World, member: str, serial: str, arrived: str = "2026-06-09 09:00") -> None:
    world.paper(member, serial=serial, arrived=arrived, channel=Channel.POST)


def read(world: World, member: str, serial: str, choices: Mapping[int, Choice] = AGAINST) -> None:
    for role in (Role.ENTRY, Role.CHECKER):
        world.enter(serial, Sheet(member, choices), by=role)


def put_again(world: World) -> None:
    world.at("2026-06-09 12:00")
    two(world, Act.AMEND, again())
    world.at("2026-06-09 15:00")


def finished(world: World) -> closing.Counted:
    world.at("2026-06-11 00:00")
    world.certify()
    return closing.draft_count(world.rt, world.origin)


def sides(whole: closing.Counted) -> list[tuple[int, int, int]]:
    """For each motion the members against, deemed for, and not counted."""
    found = [each.count.members for each in whole.result.motions]
    return [(each.against.expressed, each.in_favour.deemed, each.not_counted) for each in found]


def clerk_sees(world: World, serial: str) -> paper_pages.EntryPage:
    return paper_pages.entry_page(world.rt, world.officer(Role.CHECKER), world.origin, serial)


# --- what it is worth ----------------------------------------------------------------------------------


def test_a_form_that_arrived_before_the_motion_was_put_again_is_void_though_it_is_read_after(
    council: World,
) -> None:
    arrives(council, "M0001", "P-1")
    put_again(council)
    read(council, "M0001", "P-1")

    whole = finished(council)

    # Exactly as a vote by the web on the old text: in no side, and never deemed to agree.
    assert sides(whole) == [(0, 4, 1), (0, 4, 1)]
    require_verified(council)
    findings = check(export(council.rt, council.origin, audience="public"), held(council))
    assert [findings[24].facts[each] for each in ("sent", "counted", "void")] == [1, 0, 1]


def test_a_form_void_on_paper_counts_like_one_void_on_the_web(council: World) -> None:
    arrives(council, "M0001", "P-1")
    council.cast("M0002", AGAINST)
    put_again(council)
    read(council, "M0001", "P-1")
    finished(council)

    told = [own_vote.own_vote(council.rt, council.key(each)) for each in ("M0001", "M0002")]

    assert [each.is_deemed for each in told] == [False, False]
    assert told[0].lines == told[1].lines
    assert [*told[0].treatments.values()] == [*told[1].treatments.values()]


def test_a_form_that_lay_at_the_door_when_the_motion_was_put_again_is_void_by_its_hour(
    council: World,
) -> None:
    put_again(council)
    arrives(council, "M0001", "P-1", arrived="2026-06-09 11:59")
    read(council, "M0001", "P-1")

    assert sides(finished(council)) == [(0, 4, 1), (0, 4, 1)]
    require_verified(council)


def test_a_form_printed_again_for_the_new_text_arrives_later_and_counts(council: World) -> None:
    arrives(council, "M0001", "P-1")
    put_again(council)
    arrives(council, "M0001", "P-2", arrived="2026-06-09 14:00")
    read(council, "M0001", "P-2")
    # Read last, though it came first: it takes nothing from the one that counts.
    read(council, "M0001", "P-1", ALL_FOR)

    assert sides(finished(council)) == [(1, 4, 0), (1, 4, 0)]
    require_verified(council)


def test_a_void_form_takes_nothing_from_an_answer_on_the_web_to_the_new_text(council: World) -> None:
    arrives(council, "M0001", "P-1")
    put_again(council)
    council.cast("M0001", ALL_FOR)
    read(council, "M0001", "P-1")

    whole = finished(council)

    assert sides(whole) == [(0, 4, 0), (0, 4, 0)]
    assert whole.result.motions[0].count.members.in_favour.expressed == 1
    require_verified(council)


def test_blanks_of_a_new_form_are_never_filled_from_a_void_one(council: World) -> None:
    arrives(council, "M0001", "P-1")
    put_again(council)
    arrives(council, "M0001", "P-2", arrived="2026-06-09 14:00")
    read(council, "M0001", "P-2", {1: Mark.AGAINST, 2: Mark.BLANK})
    read(council, "M0001", "P-1")

    first, second = finished(council).result.motions

    assert (first.count.members.against.expressed, second.count.members.against.expressed) == (1, 0)


def test_a_form_between_two_amendments_names_the_texts_of_the_first(council: World) -> None:
    put_again(council)
    arrives(council, "M0001", "P-1", arrived="2026-06-09 14:00")
    two(council, Act.AMEND, again(title="予算(再修正)について"))
    council.at("2026-06-09 16:00")
    read(council, "M0001", "P-1")

    opened = council.receipts[-1].opening
    assert opened is not None
    amend = next(each for each in council.entries() if b'"kind":"amend"' in each)
    assert opened.ballot["base"] == leaf_hash(amend).hex()
    assert sides(finished(council)) == [(0, 4, 1), (0, 4, 1)]
    require_verified(council)


def test_an_extension_of_the_period_makes_no_form_void(council: World) -> None:
    arrives(council, "M0001", "P-1")
    two(council, Act.EXTEND, {"closes_at": "2026-06-11T15:00:00.000Z", "reason": "郵便の遅れのため"})
    council.at("2026-06-09 15:00")
    read(council, "M0001", "P-1")

    page = pages.member_page(council.rt, council.key("M0001"))

    assert page.standing is not None
    assert not page.is_void


# --- at the desk ---------------------------------------------------------------------------------------


def test_what_one_person_read_before_the_amendment_is_checked_after_it_by_another(council: World) -> None:
    """Both read the motions that the sheet was asked: nothing is forgotten, nothing has to be read again."""
    arrives(council, "M0001", "P-1")
    council.enter("P-1", Sheet("M0001", AGAINST), by=Role.ENTRY)
    two(council, Act.AMEND, WITHDRAWN)
    council.at("2026-06-09 15:00")

    assert [each.title for each in clerk_sees(council, "P-1").motions] == ["事業計画について", "予算について"]
    receipt = council.enter("P-1", Sheet("M0001", AGAINST), by=Role.CHECKER)

    assert receipt is not None
    assert receipt.words == {"1": "反対", "2": "反対"}
    (motion,) = finished(council).result.motions
    assert (motion.count.members.against.expressed, motion.count.members.not_counted) == (0, 1)
    require_verified(council)


def test_readings_that_differ_are_settled_over_the_motions_of_the_sheet(council: World) -> None:
    arrives(council, "M0001", "P-1")
    council.enter("P-1", Sheet("M0001", AGAINST), by=Role.ENTRY)
    two(council, Act.AMEND, WITHDRAWN)
    with pytest.raises(ReadingsDiffer):
        council.enter("P-1", Sheet("M0001", ALL_FOR), by=Role.CHECKER)
    (mine, _) = clerk_sees(council, "P-1").readings

    assert [label for label, _ in mine.words] == ["第1号議案", "第2号議案"]
    assert paper_readings.adopt(
        council.rt, council.officer(Role.ADMINISTRATOR), council.origin, "P-1", mine.mark
    )


def test_the_motions_of_the_new_text_cannot_be_entered_for_a_sheet_that_was_asked_others(
    council: World,
) -> None:
    arrives(council, "M0001", "P-1")
    two(council, Act.AMEND, WITHDRAWN)

    with pytest.raises(BadChoices):
        council.enter("P-1", Sheet("M0001", {1: Mark.FOR}), by=Role.ENTRY)


def test_the_clerk_is_told_before_entering_that_the_marks_are_not_counted(council: World) -> None:
    arrives(council, "M0001", "P-1")
    put_again(council)
    arrives(council, "M0002", "P-2", arrived="2026-06-09 14:00")

    old, new = clerk_sees(council, "P-1").page, clerk_sees(council, "P-2").page

    assert (old.overtaken, new.overtaken) == (("第2号議案",), ())
    listed = paper_list.paper_list(council.rt, council.officer(Role.ENTRY), council.origin)
    assert {each.serial: each.is_overtaken for each in listed.open} == {"P-1": True, "P-2": False}


def test_a_void_form_stands_as_void_in_the_lists_of_the_office(council: World) -> None:
    arrives(council, "M0001", "P-1")
    put_again(council)
    council.cast("M0001")
    read(council, "M0001", "P-1")
    clerk = council.officer(Role.ENTRY)

    page = paper_pages.paper_page(council.rt, clerk, council.origin, "P-1")

    assert page.line.state == "void"
    assert [(each.refused, each.stands) for each in page.answers] == [("void", False), ("", True)]
    council.at("2026-06-11 00:00")
    closing.close_if_due(council.rt, council.origin)
    page_after = after_closing.after_closing(council.rt, council.officer(Role.ADMINISTRATOR), council.origin)
    ((paper, web),) = [each.answers for each in page_after.lists.doubled]
    assert (paper.refused, web.refused) == ("void", "")


def test_a_member_whose_only_form_is_void_has_not_answered_and_is_reminded(council: World) -> None:
    arrives(council, "M0001", "P-1")
    arrives(council, "M0002", "P-2")
    read(council, "M0002", "P-2")
    put_again(council)
    read(council, "M0001", "P-1")
    arrives(council, "M0003", "P-3", arrived="2026-06-09 14:00")
    read(council, "M0003", "P-3")
    chair, clerk = council.officer(Role.CHAIR), council.officer(Role.ENTRY)

    assert turnout.overview(council.rt, chair, council.origin).whole.answered == 1
    assert office_pages.dashboard(council.rt, chair, council.origin).answered == 1
    assert reminders.audience(council.rt, clerk, council.origin).members == 4
    lines = participation.participation(council.rt, clerk, council.origin).lines
    assert [each.remark for each in lines[:3]] == ["議案の変更前の回答", "議案の変更前の回答", ""]


# --- what the member sees ------------------------------------------------------------------------------


def test_the_member_is_told_by_mail_page_and_receipt_that_the_form_is_void(council: World) -> None:
    arrives(council, "M0001", "P-1")
    put_again(council)
    read(council, "M0001", "P-1")
    council.mails.clear()
    council.send()

    (mail,) = [each for each in council.mails if each["To"] == "m1@example.jp" and "R-" in each.get_content()]
    page = pages.member_page(council.rt, council.key("M0001"))

    assert "すべての議案について無効です。" in mail.get_content()
    assert "貴団体の表決を受け付けました。" not in mail.get_content()
    assert (page.is_void, page.standing) == (True, None)
    assert "変更される前の議案への回答" in page.history[0].refused
    paper = receipt_page.pdf(council.rt, council.key("M0001"), page.history[0].index)
    assert paper.startswith(b"%PDF-")


def test_after_the_result_the_member_reads_that_the_form_was_void(council: World) -> None:
    arrives(council, "M0001", "P-1")
    put_again(council)
    read(council, "M0001", "P-1")
    finished(council)

    own = own_vote.own_vote(council.rt, council.key("M0001"))

    assert (own.is_silent, own.is_deemed) == (False, False)
    assert [each.counted for each in own.lines] == ["未算入", "未算入"]
    assert "変更される前" in own.lines[0].reason
    assert result_page.result_page(council.rt, council.origin).changes


# --- and whoever counts it all the same ----------------------------------------------------------------


def counted_all_the_same(council: World) -> Forge:
    """A bundle whose result has a form of before on the new text; all else is made anew."""
    arrives(council, "M0001", "P-1")
    put_again(council)
    read(council, "M0001", "P-1")
    whole = finished(council)
    forge = Forge.of(
        export(council.rt, council.origin, audience="auditor"), council.rt.keys.signer(council.origin)
    )
    assert not caught(check(forge.zipped(), held(council)))
    # What was counted until it was seen: the place of the ballot, not that of the sheet.
    sent = tuple(replace(each, paper=None) for each in whole.submissions)
    counted = count(
        whole.case.docket, whole.roll, closing.submissions_for_count(whole.case, sent), whole.facts
    )
    extra = closing._from_ledger(whole.case, sent, whole.facts, (), (whole.case.texts_index or 0,))
    assert [each.count.members.against.expressed for each in counted.motions] == [1, 1]

    forge.publish(encode(result_json(whole.case.docket, counted, extra)))
    return forge


def test_a_result_that_counts_a_form_of_before_is_refuted(council: World) -> None:
    forge = counted_all_the_same(council)

    assert failed(check(forge.zipped(), held(council))) == {21, 23}


def by_the_place_of_the_ballot(
    texts: NewTexts, *, index: int, paper: int | None, received_at: datetime
) -> bool:
    """What decided before."""
    return index > texts.index


def test_where_the_place_of_the_ballot_decides_nobody_sees_it(
    council: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    forge = counted_all_the_same(council)
    # Only here: the verifier itself cannot be told so.
    monkeypatch.setattr(recount, "answers", by_the_place_of_the_ballot)

    assert failed(verified_here(forge.zipped(), held(council))) == set()


def test_a_form_of_before_whose_ballot_names_the_new_texts_is_refuted(council: World) -> None:
    arrives(council, "M0001", "P-1")
    put_again(council)
    read(council, "M0001", "P-1")
    finished(council)
    forge = Forge.of(
        export(council.rt, council.origin, audience="auditor"), council.rt.keys.signer(council.origin)
    )
    amend = next(each["index"] for each in forge.entries if each["kind"] == "amend")
    ballot = next(each["index"] for each in forge.entries if each["kind"] == "ballot")
    leaf = leaf_hash(forge.data()[amend]).hex()

    def rename(lines: list[dict[str, object]]) -> None:
        for line in lines:
            line["ballot"] = {**line["ballot"], "base": leaf}  # type: ignore[dict-item]

    forge.change("openings.jsonl", rename)
    forge.recommit(ballot)
    forge.recount()

    receipts = replace(held(council), receipts=())
    assert failed(check(forge.zipped(), receipts)) == {17}


def test_a_sheet_moved_behind_the_amendment_in_the_database_stops_the_count(council: World) -> None:
    arrives(council, "M0001", "P-1")
    put_again(council)
    read(council, "M0001", "P-1")
    agreement.check(council.rt, council.origin)
    with council.rt.database.transaction() as tx:
        tx.run(paper_table.update().values(idx=99))

    with pytest.raises(Broken, match="kept otherwise than it was signed"):
        agreement.check(council.rt, council.origin)


def test_the_hour_of_an_amendment_changed_in_the_database_stops_the_count(council: World) -> None:
    put_again(council)
    agreement.check(council.rt, council.origin)
    connection = council.rt.database.engine.raw_connection()
    cursor = connection.cursor()
    cursor.execute("DROP TRIGGER amendment_no_update")
    cursor.execute("UPDATE amendment SET amended_at = '2026-06-01T00:00:00.000Z'")
    connection.commit()
    connection.close()

    assert council.case.new_texts == NewTexts(3, jst("2026-06-01 09:00"))
    with pytest.raises(Broken, match="amendments kept"):
        agreement.check(council.rt, council.origin)
