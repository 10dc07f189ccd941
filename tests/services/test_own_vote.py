"""Was my vote counted?  Every member is told what the count made of what it sent, or of its silence."""

import zipfile
from collections import Counter
from dataclasses import replace
from io import BytesIO

import pytest

from tests.services.letterheads import TO_CHAIR
from tests.services.test_own_vote_adds_up import piles
from tests.world import ALL_FOR, COUNCIL, World, jst
from voting.core.ballots import Choice, Mark
from voting.core.effective import Place, Provenance, Side
from voting.core.motions import Method, Motion, MotionKind
from voting.core.permissions import Role
from voting.core.result import MotionResult
from voting.core.rules import Duplicates, NonSubmission, OutOfBase
from voting.ledger.canonical import instant_text
from voting.ledger.commitments import member_commitment
from voting.ledger.kinds import Fact
from voting.services.casting.own_vote import OwnVote, own_vote
from voting.services.desk.papers import Sheet
from voting.services.errors import NotThatFar
from voting.services.office.accounts import commitment_of
from voting.services.outcome import closing
from voting.services.proof.export import export
from voting.services.recording import recording
from voting.store import roll
from voting.store.roll import FactRow

AGAINST: dict[int, Choice] = {1: Mark.AGAINST, 2: Mark.AGAINST}
DEEMED_FOR = Place(Side.FOR, Provenance.DEEMED)


def publish(world: World) -> None:
    world.at("2026-06-11 09:00")
    world.certify()


def told(world: World, member: str) -> OwnVote:
    return own_vote(world.rt, world.key(member))


def by_paper(world: World, serial: str, sheet: Sheet, *, arrived: str) -> None:
    world.paper(sheet.member_id, serial=serial, arrived=arrived)
    world.enter(serial, sheet, by=Role.ENTRY)
    world.enter(serial, sheet, by=Role.CHECKER)


def fact(world: World, what: str, *, at: str, motion: int | None = None, member: str | None = None) -> None:
    """A recorded fact: a leaving, or a decision of the chair against."""
    instant, value = jst(at), None if member else "against"
    with recording(world.rt, world.origin) as book:
        persons = tuple(
            commitment_of(world.rt, book, world.officer(role).id) for role in (Role.CHAIR, Role.CHECKER)
        )
        voters = {each.member_id: each.commitment.hex() for each in roll.voters(book.tx, book.case.id)}
        index = book.append(
            Fact(
                what=what,
                motion=motion,
                member=voters[member] if member else None,
                at=instant,
                value=value,
                approvals=(persons[0], persons[1]),
            )
        )
        row = FactRow(index, what, motion, member, instant_text(instant), value)
        roll.put_fact(book.tx, book.case.id, row)


def test_a_vote_is_told_as_it_was_given_with_its_receipts_number(world: World) -> None:
    world.assembly()
    world.at("2026-06-02 10:00")
    receipt = world.cast("M0001", {1: Mark.FOR, 2: Mark.AGAINST})
    publish(world)

    own = told(world, "M0001")

    assert [line.counted for line in own.lines] == ["賛成", "反対"]
    assert [line.label for line in own.lines] == ["第1号議案", "第2号議案"]
    assert all(line.reason == "R-000003 の回答のとおり算入しました。" for line in own.lines)
    assert own.answer is not None
    assert (own.answer.number, own.answer.received) == ("R-000003", "令和8年6月2日(火)10時00分")
    assert own.treatments == {receipt.index: "有効な回答として集計しました。"}
    assert (own.is_silent, own.is_deemed) == (False, False)


def test_of_a_changed_vote_the_replaced_answer_names_the_one_that_counts(world: World) -> None:
    world.assembly()
    world.at("2026-06-02 10:00")
    first = world.cast("M0001", ALL_FOR)
    world.at("2026-06-03 10:00")
    second = world.cast("M0001", AGAINST)
    publish(world)

    own = told(world, "M0001")

    assert [line.counted for line in own.lines] == ["反対", "反対"]
    assert own.treatments == {
        first.index: "R-000004 を有効な回答としたため、集計には用いていません。",
        second.index: "有効な回答として集計しました。",
    }


def test_silence_is_told_with_what_it_counts_for_and_by_which_clause(world: World) -> None:
    motions = (
        Motion(1, "事業計画について"),
        Motion(2, "規約の改正について", non_submission=NonSubmission.NOT_COUNTED),
    )
    world.assembly(motions=motions)
    publish(world)

    own = told(world, "M0002")

    assert [line.counted for line in own.lines] == ["賛成(未提出によるみなし)", "未算入"]
    assert own.lines[0].reason == (
        "受付期間内に受け付けた表決書がないため、"
        "規約第12条第3項により、賛成の表決があったものとみなして算入しました。"
    )
    assert own.lines[1].reason == "受付期間内に受け付けた表決書がないため、賛否のいずれにも算入していません。"
    assert (own.answer, own.treatments) == (None, {})
    assert own.is_silent and own.is_deemed


@pytest.mark.parametrize(
    ("late", "counted", "why"),
    [
        (OutOfBase.EXCLUDED, "除外", "R-000004 の表決書は期限を過ぎて到着したため、算定から除きました。"),
        (
            OutOfBase.NOT_SUBMITTED,
            "賛成(未提出によるみなし)",
            "R-000004 の表決書は期限を過ぎて到着し、提出がなかったものとして取り扱うため、"
            "規約第12条第3項により、賛成の表決があったものとみなして算入しました。",
        ),
    ],
)
def test_a_late_answer_is_told_with_its_record_and_what_the_rules_make_of_it(
    world: World, late: OutOfBase, counted: str, why: str
) -> None:
    world.assembly(rules=replace(COUNCIL, late=late))
    world.at("2026-06-11 00:00")
    receipt = world.cast("M0001", AGAINST)
    publish(world)

    own = told(world, "M0001")

    assert [(line.counted, line.reason) for line in own.lines] == [(counted, why)] * 2
    assert own.treatments == {receipt.index: "期限を過ぎて到着したため、表決に算入できません。"}
    assert own.answer is None
    assert own.is_silent is (late is OutOfBase.NOT_SUBMITTED)


def test_an_answer_before_the_opening_is_told_as_early_and_the_member_as_silent(world: World) -> None:
    world.assembly()
    world.at("2026-05-25 10:00")
    receipt = world.cast("M0001", AGAINST)
    publish(world)

    own = told(world, "M0001")

    assert [line.place for line in own.lines] == [DEEMED_FOR, DEEMED_FOR]
    assert own.lines[0].reason.startswith("受付期間内に受け付けた表決書がないため、")
    assert own.treatments[receipt.index].startswith("受付開始前に到着したため")


def test_between_paper_and_web_the_rule_of_the_assembly_is_told(world: World) -> None:
    world.assembly(rules=replace(COUNCIL, duplicates=Duplicates.PAPER))
    world.at("2026-06-03 09:00")
    by_paper(world, "F-1", Sheet("M0001", AGAINST), arrived="2026-06-02 16:03")
    world.at("2026-06-04 09:00")
    web = world.cast("M0001", ALL_FOR)
    publish(world)

    own = told(world, "M0001")

    assert own.answer is not None
    assert own.answer.channel == "FAX"
    assert [line.counted for line in own.lines] == ["反対", "反対"]
    assert own.treatments[web.index] == (
        f"{own.answer.number} を有効な回答としたため、集計には用いていません。"
    )


def test_a_blank_on_paper_is_told_as_deemed_and_both_marks_as_void(world: World) -> None:
    world.assembly(rules=replace(COUNCIL, clauses={**COUNCIL.clauses, "blank": "規約第12条第4項"}))
    world.at("2026-06-03 09:00")
    by_paper(world, "F-1", Sheet("M0001", {1: Mark.BLANK, 2: Mark.BOTH}), arrived="2026-06-02 16:03")
    publish(world)

    first, second = told(world, "M0001").lines

    assert first.counted == "賛成(無記入によるみなし)"
    assert first.reason.endswith(
        "の回答に賛否の記入がないため、規約第12条第4項により、賛成の表決があったものとみなして算入しました。"
    )
    assert second.counted == "無効"
    assert second.reason.endswith("の回答に賛成及び反対の両方に記入があるため、無効としました。")


def test_a_blank_filled_from_an_earlier_answer_names_both(world: World) -> None:
    world.assembly(rules=replace(COUNCIL, blank_overrides=False))
    world.at("2026-06-02 10:00")
    web = world.cast("M0001", AGAINST)
    world.at("2026-06-03 09:00")
    by_paper(world, "F-1", Sheet("M0001", {1: Mark.FOR, 2: Mark.BLANK}), arrived="2026-06-02 16:03")
    publish(world)

    own = told(world, "M0001")

    assert own.answer is not None
    assert [line.counted for line in own.lines] == ["賛成", "反対"]
    assert own.lines[1].reason == (
        f"{own.answer.number} の回答に賛否の記入がないため、"
        "それより前に受け付けた R-000003 の回答により算入しました。"
    )
    assert own.treatments[web.index] == (
        f"{own.answer.number} を有効な回答とし、第2号議案については規則によりこの回答を用いました。"
    )


def test_a_defective_sheet_is_void_and_never_silence(world: World) -> None:
    world.assembly()
    world.at("2026-06-03 09:00")
    by_paper(world, "F-1", Sheet("M0001", AGAINST, defect="記名なし"), arrived="2026-06-02 16:03")
    publish(world)

    own = told(world, "M0001")

    assert [line.counted for line in own.lines] == ["無効", "無効"]
    assert "記載に不備があり補正されなかったため" in own.lines[0].reason
    assert own.answer is not None and not own.is_silent


@pytest.mark.parametrize(
    ("decided", "counted", "why"),
    [
        (True, "反対(委任)", "議長の決定に従い、反対に算入しました。"),
        (False, "棄権(委任)", "議長の決定がないときの定めにより、棄権として算入しました。"),
    ],
)
def test_a_proxy_is_told_with_what_the_chair_decided(
    world: World, decided: bool, counted: str, why: str
) -> None:
    world.assembly(letterhead=TO_CHAIR)
    world.at("2026-06-03 09:00")
    by_paper(world, "F-1", Sheet("M0001", {}, proxy=True), arrived="2026-06-02 16:03")
    if decided:
        fact(world, "chair_decision", at="2026-06-03 09:00", motion=1)
    publish(world)

    line = told(world, "M0001").lines[0]

    assert line.counted == counted
    assert "により議長に委任されたため、" in line.reason and line.reason.endswith(why)


def test_a_barred_member_is_told_on_which_motion_it_has_no_vote(world: World) -> None:
    world.assembly(motions=(Motion(1, "契約について", barred=("M0001",)), Motion(2, "予算について")))
    world.at("2026-06-02 10:00")
    world.cast("M0001", AGAINST)
    publish(world)

    first, second = told(world, "M0001").lines

    assert (first.counted, second.counted) == ("除斥", "反対")
    assert "利害関係があり議決権がない" in first.reason


def test_a_member_that_left_keeps_what_it_sent_before_and_nothing_after(world: World) -> None:
    world.assembly()
    world.at("2026-06-02 10:00")
    before = world.cast("M0001", AGAINST)
    world.at("2026-06-05 10:00")
    fact(world, "left", at="2026-06-05 00:00", member="M0001")
    fact(world, "left", at="2026-06-05 00:00", member="M0002")
    after = world.cast("M0001", ALL_FOR)
    useless = world.cast("M0002", ALL_FOR)
    publish(world)

    answered, silent = told(world, "M0001"), told(world, "M0002")

    assert [line.counted for line in answered.lines] == ["反対", "反対"]
    assert answered.treatments == {
        before.index: "有効な回答として集計しました。",
        after.index: "退会の後に受け付けたため、算入していません。",
    }
    assert [line.counted for line in silent.lines] == ["除外", "除外"]
    assert silent.lines[0].reason == "退会までに受け付けた表決書がないため、算定から除きました。"
    assert silent.treatments == {useless.index: "退会の後に受け付けたため、算入していません。"}
    assert (silent.answer, silent.is_silent) == (None, False)


def test_names_filled_from_an_earlier_answer_name_both(world: World) -> None:
    election = Motion(
        1, "部会長の選出", MotionKind.ELECTION, method=Method.PLURALITY, seats=1, candidates=("甲市", "乙町")
    )
    world.assembly(motions=(election,), rules=replace(COUNCIL, blank_overrides=False))
    world.at("2026-06-02 10:00")
    web = world.cast("M0001", {1: ("乙町",)})
    world.at("2026-06-03 09:00")
    by_paper(world, "F-1", Sheet("M0001", {1: ()}), arrived="2026-06-02 16:03")
    publish(world)

    own = told(world, "M0001")

    assert own.answer is not None
    assert (own.lines[0].counted, own.lines[0].source) == ("乙町", web.index)
    assert own.lines[0].reason == (
        f"{own.answer.number} の回答に候補者の記入がないため、"
        "それより前に受け付けた R-000003 の回答により算入しました。"
    )
    assert own.treatments[web.index].endswith("第1号議案については規則によりこの回答を用いました。")


def test_an_election_by_name_tells_for_whom_the_vote_was_counted(world: World) -> None:
    names = ("甲市", "乙町", "丙村")
    election = Motion(
        1, "部会長の選出", MotionKind.ELECTION, method=Method.PLURALITY, seats=1, candidates=names
    )
    world.assembly(motions=(election,))
    world.at("2026-06-03 09:00")
    world.cast("M0001", {1: ("乙町",)})
    world.cast("M0002", {1: ()})
    by_paper(world, "F-1", Sheet("M0003", {1: ("甲市", "乙町")}), arrived="2026-06-02 16:03")
    publish(world)

    said = {member: told(world, member).lines[0] for member in ("M0001", "M0002", "M0003", "M0004")}

    assert {member: line.counted for member, line in said.items()} == {
        "M0001": "乙町",
        "M0002": "白票",
        "M0003": "無効",
        "M0004": "未算入",
    }
    assert "定数(1人)を超える記入がある" in said["M0003"].reason
    assert said["M0004"].reason.endswith("いずれの候補者の票にも算入していません。")


def test_the_name_in_the_record_is_opened_for_the_member_itself(world: World) -> None:
    world.assembly()
    publish(world)

    own = told(world, "M0003")

    opened = member_commitment(world.origin, "M0003", bytes.fromhex(own.salt))
    assert own.member == opened.hex()
    assert sum(own.member.encode() in each for each in bundled(world)) == 1


def bundled(world: World) -> list[bytes]:
    """The lines of the deemed in the public bundle."""
    with zipfile.ZipFile(BytesIO(export(world.rt, world.origin, audience="public"))) as bundle:
        return bundle.read("deemed.jsonl").splitlines()


@pytest.mark.parametrize("hour", ["2026-06-05 10:00", "2026-06-11 09:00"])
def test_nothing_is_told_before_the_result_is_published(world: World, hour: str) -> None:
    world.assembly()
    world.at("2026-06-02 10:00")
    world.cast("M0001")
    world.at(hour)
    closing.close_if_due(world.rt, world.origin)

    with pytest.raises(NotThatFar):
        told(world, "M0001")


def test_what_all_members_are_told_adds_up_to_the_published_result(world: World) -> None:
    motions = (Motion(1, "契約について", barred=("M0007",)), Motion(2, "予算について"))
    world.assembly(size=9, motions=motions, letterhead=TO_CHAIR)
    world.at("2026-06-02 10:00")
    world.cast("M0001", AGAINST)
    world.cast("M0002", ALL_FOR)
    world.at("2026-06-03 09:00")
    world.cast("M0002", AGAINST)
    by_paper(world, "F-1", Sheet("M0003", {1: Mark.FOR, 2: Mark.BLANK}), arrived="2026-06-02 16:03")
    by_paper(world, "F-2", Sheet("M0004", {}, proxy=True), arrived="2026-06-02 16:03")
    by_paper(world, "F-3", Sheet("M0005", AGAINST, defect="記名なし"), arrived="2026-06-02 16:03")
    world.cast("M0007", AGAINST)
    fact(world, "left", at="2026-06-03 00:00", member="M0008")
    world.at("2026-06-11 00:00")
    world.cast("M0006", AGAINST)
    publish(world)

    lines = [told(world, member).lines for member in world.codes]

    result = closing.draft_count(world.rt, world.origin).result
    assert len(lines) == 9
    for place, motion in enumerate(result.motions):
        assert isinstance(motion, MotionResult)
        assert Counter(each[place].place for each in lines) == piles(motion.count.members)
