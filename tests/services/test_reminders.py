"""Reminders: to those who have not answered, by two persons, in words that press for neither answer."""

import pytest

from tests.world import World
from voting.core.members import Member
from voting.core.permissions import Act, NotAllowed, Role
from voting.ledger.entries import decode_entry
from voting.ledger.kinds import Operator
from voting.services.errors import NotThatFar, PeriodOver
from voting.services.office import approvals
from voting.services.period import turnout
from voting.services.period.reminders import NobodyToRemind, NotOpenYet
from voting.services.proof import agreement
from voting.store import outbox

TERMS = {"kind": "reminder"}
PEOPLE = (
    Member("M0001", "架空1町", addresses=("m1@example.jp",)),
    Member("M0002", "架空2町", addresses=("m2@example.jp", "other@example.jp")),
    Member("M0003", "架空3町"),
)


@pytest.fixture
def council(world: World) -> World:
    world.assembly(roll_of=PEOPLE)
    world.mails.clear()
    world.at("2026-06-02 10:00")
    return world


def propose(world: World, role: Role = Role.ADMINISTRATOR) -> str:
    return approvals.request(world.rt, world.officer(role), world.origin, Act.SEND, terms=TERMS).id


def remind(world: World) -> None:
    approvals.approve(world.rt, world.officer(Role.CHECKER), propose(world))


def test_a_reminder_goes_to_every_address_of_those_who_have_not_answered(council: World) -> None:
    council.cast("M0001")
    council.send()
    council.mails.clear()

    remind(council)
    council.send()

    assert sorted(each["To"] for each in council.mails) == ["m2@example.jp", "other@example.jp"]
    assert council.mails[0]["Subject"] == "【書面表決 ご提出の確認】令和8年度総会"


def test_whoever_answers_between_proposal_and_approval_is_not_reminded(council: World) -> None:
    asked = propose(council)
    council.cast("M0002")
    council.send()
    council.mails.clear()

    approvals.approve(council.rt, council.officer(Role.CHECKER), asked)
    council.send()

    assert [each["To"] for each in council.mails] == ["m1@example.jp"]


def test_it_repeats_what_silence_means_and_asks_for_no_yes(council: World) -> None:
    remind(council)
    council.send()

    (text,) = [each.get_content() for each in council.mails if each["To"] == "m1@example.jp"]

    assert "令和8年6月2日(火)10時00分現在、貴団体の表決書を受け付けておりません。" in text
    assert "規約第12条第3項により、期限までに書面表決書の提出がない場合は" in text
    assert "賛成をお願い" not in text
    assert "ご賛同" not in text
    assert council.codes["M0001"] not in text


def test_both_persons_stand_in_the_ledger_and_the_day_in_the_picture(council: World) -> None:
    remind(council)

    acts = [body for each in council.entries() if isinstance(body := decode_entry(each).body, Operator)]
    shown = turnout.overview(council.rt, council.officer(Role.CHAIR), council.origin)

    assert [each.action for each in acts] == ["reminder-proposed: 2 members", "reminder: 2 members"]
    assert acts[0].by != acts[1].by
    assert [each.members for each in shown.reminders] == [2]
    assert [each.reminders for each in shown.days] == [0, 1]
    agreement.check(council.rt, council.origin)


def test_one_person_alone_reminds_nobody(council: World) -> None:
    asked = propose(council)

    with pytest.raises(approvals.SamePerson):
        approvals.approve(council.rt, council.officer(Role.ADMINISTRATOR), asked)
    with pytest.raises(NotAllowed):
        propose(council, Role.ENTRY)
    with council.rt.database.reading() as tx:
        assert outbox.counts(tx, council.case.id, "reminder").queued == 0


def test_outside_of_the_period_nobody_is_reminded(world: World) -> None:
    world.draft(roll_of=PEOPLE)
    with pytest.raises(NotThatFar):
        propose(world)
    world.two(Act.FREEZE, Role.ADMINISTRATOR, Role.CHECKER)
    world.two(Act.SEND, Role.ADMINISTRATOR, Role.CHECKER)

    with pytest.raises(NotOpenYet):
        remind(world)
    world.at("2026-06-11 00:00")
    with pytest.raises(PeriodOver):
        remind(world)


def test_where_all_have_answered_there_is_nobody_to_remind(council: World) -> None:
    council.cast("M0001")
    council.cast("M0002")

    with pytest.raises(NobodyToRemind):
        remind(council)
