"""Two persons: one proposes, another approves exactly that, and the approval performs it."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.world import World, empty_database, jst, world_at
from voting.core.docket_json import docket_json
from voting.core.errors import Refusal
from voting.core.members import Member
from voting.core.permissions import Act, NotAllowed, Role
from voting.i18n import sentence
from voting.ledger import canonical
from voting.services import assemblies, schedule
from voting.services.assemblies import Draft
from voting.services.errors import NotThatFar, OverBeforeNotice
from voting.services.faults import UnsoundDocket
from voting.services.office import accounts, approvals, office_requests, recovery
from voting.services.office.approvals import RequestEnded
from voting.store import assemblies as stored
from voting.store import checkpoint_mails, members
from voting.store.tables import outbox

SECRETS = select(outbox.c.address, outbox.c.secret)


@pytest.fixture
def either_world(tmp_path: Path, database_url: str) -> Iterator[World]:
    """The world on SQLite and on PostgreSQL: what happens at once is decided by the database."""
    empty_database(database_url).close()
    world = world_at(tmp_path, database_url)
    yield world
    world.check()
    world.rt.database.close()


def propose(world: World, act: Act, role: Role = Role.ADMINISTRATOR) -> str:
    return approvals.request(world.rt, world.officer(role), world.origin, act).id


def test_an_approved_freeze_fixes_rules_motions_and_roll(world: World) -> None:
    world.draft()

    world.two(Act.FREEZE, Role.ADMINISTRATOR, Role.CHECKER)

    assert world.case.frozen_index == 1
    assert world.case.sealed_docket is not None
    assert approvals.waiting(world.rt, world.origin) == ()


def test_who_proposed_cannot_approve(world: World) -> None:
    world.draft()
    asked = propose(world, Act.FREEZE)

    with pytest.raises(approvals.SamePerson):
        approvals.approve(world.rt, world.officer(Role.ADMINISTRATOR), asked)

    assert world.case.frozen_index is None


@pytest.mark.parametrize("is_locked", [True, False])
def test_attack_what_a_locked_or_demoted_officer_has_proposed_is_approved(
    world: World, *, is_locked: bool
) -> None:
    """A stolen account is locked; what it has put into the queue must not wait for a tired colleague."""
    world.draft()
    asked, boss = propose(world, Act.FREEZE), world.officer(Role.ADMINISTRATOR, number=2)
    thief = world.officer(Role.ADMINISTRATOR).id
    if is_locked:
        accounts.lock(world.rt, boss, thief)
    else:
        accounts.set_role(world.rt, boss, thief, Role.ENTRY)

    with pytest.raises(approvals.ProposerOut):
        approvals.approve(world.rt, world.officer(Role.CHECKER), asked)

    assert world.case.frozen_index is None
    assert [each.id for each in approvals.waiting(world.rt, world.origin)] == [asked]


def test_another_administrator_may_approve(world: World) -> None:
    world.draft()
    asked = propose(world, Act.FREEZE)

    approvals.approve(world.rt, world.officer(Role.ADMINISTRATOR, number=2), asked)

    assert world.case.frozen_index == 1


def test_what_changed_since_it_was_proposed_is_not_approved(world: World) -> None:
    world.draft()
    asked = propose(world, Act.FREEZE)
    with world.rt.database.transaction() as tx:
        changed = replace(members.register(tx, "council")[0], votes=5_000_000)
        members.put(tx, "council", (changed,), now="2026-05-20T00:00:00.000Z")

    with pytest.raises(approvals.ChangedSince):
        approvals.approve(world.rt, world.officer(Role.CHECKER), asked)

    assert world.case.frozen_index is None


def test_one_request_is_approved_once(world: World) -> None:
    world.draft()
    asked = propose(world, Act.FREEZE)
    approvals.approve(world.rt, world.officer(Role.CHECKER), asked)

    with pytest.raises(approvals.ApprovedAlready):
        approvals.approve(world.rt, world.officer(Role.CHECKER, number=2), asked)


def test_two_clerks_who_propose_the_same_freeze_get_it_once(world: World) -> None:
    world.draft()
    first, second = propose(world, Act.FREEZE), propose(world, Act.FREEZE)
    approvals.approve(world.rt, world.officer(Role.CHECKER), first)

    with pytest.raises(RequestEnded):
        approvals.approve(world.rt, world.officer(Role.CHECKER), second)

    assert len(world.entries()) == 2


def test_ballots_are_not_sent_before_the_freeze(world: World) -> None:
    world.draft()

    with pytest.raises(NotThatFar):
        propose(world, Act.SEND)


def test_the_result_is_not_certified_before_the_count(world: World) -> None:
    world.assembly()

    with pytest.raises(NotThatFar):
        propose(world, Act.CERTIFY, Role.CHAIR)


@pytest.mark.parametrize("role", [Role.ENTRY, Role.CHECKER, Role.CHAIR, Role.AUDITOR])
def test_only_an_administrator_proposes_a_freeze(world: World, role: Role) -> None:
    world.draft()

    with pytest.raises(NotAllowed):
        propose(world, Act.FREEZE, role)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.ENTRY, Role.CHECKER, Role.AUDITOR])
def test_only_the_chair_certifies(world: World, role: Role) -> None:
    world.assembly()
    world.at("2026-06-11 00:00")

    with pytest.raises(NotAllowed):
        propose(world, Act.CERTIFY, role)


def test_every_member_with_an_address_gets_one_mail_and_the_code_is_wiped(world: World) -> None:
    world.draft(
        roll_of=(
            Member("M0001", "架空一町", addresses=("a@example.jp", "b@example.jp")),
            Member("M0002", "架空二町", addresses=("c@example.jp",)),
            Member("M0003", "架空三町"),
        )
    )
    world.two(Act.FREEZE, Role.ADMINISTRATOR, Role.CHECKER)
    world.two(Act.SEND, Role.ADMINISTRATOR, Role.CHECKER)

    schedule.send_mails(world.rt, limit=100)

    assert sorted(str(mail["To"]) for mail in world.mails) == ["a@example.jp", "b@example.jp", "c@example.jp"]
    world.read_codes()
    assert set(world.codes) == {"M0001", "M0002"}
    with world.rt.database.reading() as tx:
        secrets = {(row[0], row[1] is not None) for row in tx.all(SECRETS)}
    # Whoever has no address still needs the code: it waits for the printed form.
    assert secrets == {("a@example.jp", False), ("b@example.jp", False), ("c@example.jp", False), ("", True)}


def test_other_addresses_for_the_codes_are_not_approved_unseen(world: World) -> None:
    world.draft()
    asked = propose(world, Act.FREEZE)
    with world.rt.database.transaction() as tx:
        changed = [replace(each, addresses=("evil@example.jp",)) for each in members.register(tx, "council")]
        members.put(tx, "council", changed, now="2026-05-20T00:00:00.000Z")

    with pytest.raises(approvals.ChangedSince):
        approvals.approve(world.rt, world.officer(Role.CHECKER), asked)


@pytest.mark.parametrize("what", ["contact", "checkpoint_mail"])
def test_attack_whom_to_ask_or_what_evidence_is_mailed_changes_behind_the_second_person(
    world: World, what: str
) -> None:
    world.draft()
    asked = propose(world, Act.FREEZE)
    with world.rt.database.transaction() as tx:
        case = world.case
        if what == "contact":
            docket = canonical.encode(docket_json(case.docket, barred=str)).decode()
            stored.redraft(tx, case.id, docket=docket, chair=case.chair, contact="03-0000-0000")
        else:
            checkpoint_mails.choose(tx, case.id, "daily")

    with pytest.raises(approvals.ChangedSince):
        approvals.approve(world.rt, world.officer(Role.CHECKER), asked)


def test_an_assembly_whose_period_is_over_is_neither_frozen_nor_sent(world: World) -> None:
    world.draft(closes="2026-06-11 00:00")
    world.at("2026-06-10 10:00")
    frozen = propose(world, Act.FREEZE)
    world.at("2026-06-11 00:00")

    with pytest.raises(UnsoundDocket) as refused:
        approvals.approve(world.rt, world.officer(Role.CHECKER), frozen)

    assert [type(each) for each in refused.value.faults] == [OverBeforeNotice]
    assert world.case.frozen_index is None


def test_a_second_request_for_the_freeze_leaves_the_queue_when_the_first_is_done(either_world: World) -> None:
    world = either_world
    world.draft()
    done, left = propose(world, Act.FREEZE), propose(world, Act.FREEZE)
    approvals.approve(world.rt, world.officer(Role.CHECKER), done)

    assert approvals.waiting(world.rt, world.origin) == ()
    shown = office_requests.request_page(world.rt, world.officer(Role.CHECKER), left)
    assert shown.line.state == "overtaken" and not shown.line.is_for_me
    assert shown.ended is not None and shown.ended[1].startswith("checker 担当1")
    with pytest.raises(RequestEnded) as refused:
        approvals.approve(world.rt, world.officer(Role.CHECKER, number=2), left)
    assert "同じ手続が別の申請で実行済み" in sentence(refused.value)


def test_a_sent_notice_ends_its_twin_and_leaves_a_reminder_waiting(world: World) -> None:
    world.draft()
    world.two(Act.FREEZE, Role.ADMINISTRATOR, Role.CHECKER)
    done, twin = propose(world, Act.SEND), propose(world, Act.SEND)
    approvals.approve(world.rt, world.officer(Role.CHECKER), done)
    world.at("2026-06-02 10:00")
    who = world.officer(Role.ADMINISTRATOR)
    reminders = [
        approvals.request(world.rt, who, world.origin, Act.SEND, terms={"kind": "reminder"}).id
        for _ in range(2)
    ]
    approvals.approve(world.rt, world.officer(Role.CHECKER), reminders[0])

    assert [each.id for each in approvals.waiting(world.rt, world.origin)] == [reminders[1]]
    with world.rt.database.reading() as tx:
        assert approvals.find(tx, twin).ended_as == "overtaken"


def test_another_assemblys_request_is_not_overtaken(world: World) -> None:
    world.draft()
    first, case, who = world.origin, world.case, world.officer(Role.ADMINISTRATOR)
    bare = replace(case.docket, motions=tuple(replace(each, documents=()) for each in case.docket.motions))
    other = assemblies.draft(world.rt, who, Draft("council", "2026-08", bare, {}, case.contact))
    left = approvals.request(world.rt, who, other, Act.FREEZE).id
    world.two(Act.FREEZE, Role.ADMINISTRATOR, Role.CHECKER)

    assert [each.id for each in approvals.waiting(world.rt, other)] == [left]
    assert approvals.waiting(world.rt, first) == ()


# --- what is shown, and when a request ends -------------------------------------------------------------


def test_a_request_keeps_the_very_document_whose_digest_is_approved(world: World) -> None:
    world.draft()
    asked = approvals.request(
        world.rt, world.officer(Role.ADMINISTRATOR), world.origin, Act.FREEZE, note="よろしくお願いします。"
    )

    assert sha256(asked.document.encode()).hexdigest() == asked.digest
    content = json.loads(asked.document)
    assert content["act"] == "freeze"
    assert content["log"] == world.origin
    assert [each[0] for each in content["subject"]["roll"]] == [f"M{number:04d}" for number in range(1, 6)]
    assert asked.note == "よろしくお願いします。"


def test_a_freeze_names_no_address_of_who_gets_no_code(world: World) -> None:
    world.draft(
        roll_of=(
            Member("M0001", "架空一町", addresses=("a@example.jp",)),
            Member("M0002", "賛助会員", addresses=("b@example.jp",), votes=0),
            Member("M0003", "退会した町", addresses=("c@example.jp",), left=date(2026, 4, 1)),
        )
    )

    asked = propose(world, Act.FREEZE)

    with world.rt.database.reading() as tx:
        document = json.loads(approvals.find(tx, asked).document)
    assert document["subject"]["addresses"] == [["M0001", "a@example.jp"]]


@pytest.mark.parametrize(("at", "is_open"), [("2026-05-27 09:59", True), ("2026-05-27 10:00", False)])
def test_a_request_can_be_approved_for_a_week(world: World, at: str, is_open: bool) -> None:
    world.draft()
    asked = propose(world, Act.FREEZE)
    world.at(at)

    if is_open:
        approvals.approve(world.rt, world.officer(Role.CHECKER), asked)
    else:
        assert approvals.waiting(world.rt, world.origin) == ()
        with pytest.raises(approvals.RequestExpired) as refused:
            approvals.approve(world.rt, world.officer(Role.CHECKER), asked)
        assert refused.value.expired_at == jst("2026-05-27 10:00")

    assert (world.case.frozen_index is not None) is is_open


def test_a_request_is_taken_back_with_a_reason_and_then_not_approved(world: World) -> None:
    world.draft()
    asked = propose(world, Act.FREEZE)
    administrator = world.officer(Role.ADMINISTRATOR)
    with pytest.raises(approvals.ReasonMissing):
        approvals.withdraw(world.rt, administrator, asked, why=" 　")

    approvals.withdraw(world.rt, administrator, asked, why="議案の誤字を直すため")

    assert approvals.waiting(world.rt, world.origin) == ()
    with pytest.raises(approvals.RequestEnded) as refused:
        approvals.approve(world.rt, world.officer(Role.CHECKER), asked)
    assert refused.value.what == "withdrawn"
    assert world.case.frozen_index is None


@pytest.mark.parametrize("role", list(Role))
def test_only_who_proposed_takes_it_back(world: World, role: Role) -> None:
    world.draft()
    asked = propose(world, Act.FREEZE)

    with pytest.raises(NotAllowed):
        approvals.withdraw(world.rt, world.officer(role, number=2), asked, why="…")


def test_the_second_person_refuses_with_a_reason(world: World) -> None:
    world.draft()
    asked = propose(world, Act.FREEZE)
    checker = world.officer(Role.CHECKER)
    with pytest.raises(approvals.ReasonMissing):
        approvals.refuse(world.rt, checker, asked, why="")

    approvals.refuse(world.rt, checker, asked, why="名簿に未加入の団体がある")

    with pytest.raises(approvals.RequestEnded) as refused:
        approvals.approve(world.rt, checker, asked)
    assert refused.value.what == "refused"


def test_who_proposed_does_not_refuse_and_other_roles_neither(world: World) -> None:
    world.draft()
    asked = propose(world, Act.FREEZE)

    with pytest.raises(approvals.SamePerson):
        approvals.refuse(world.rt, world.officer(Role.ADMINISTRATOR), asked, why="…")
    for role in (Role.ENTRY, Role.CHAIR, Role.AUDITOR):
        with pytest.raises(NotAllowed):
            approvals.refuse(world.rt, world.officer(role), asked, why="…")


def test_what_has_ended_is_neither_taken_back_nor_refused(world: World) -> None:
    world.draft()
    world.two(Act.FREEZE, Role.ADMINISTRATOR, Role.CHECKER)
    world.two(Act.SEND, Role.ADMINISTRATOR, Role.CHECKER)
    world.at("2026-06-02 10:00")
    approved, old = (
        approvals.request(
            world.rt, world.officer(Role.ADMINISTRATOR), world.origin, Act.SEND, terms={"kind": "reminder"}
        ).id
        for _ in range(2)
    )
    approvals.approve(world.rt, world.officer(Role.CHECKER), approved)

    with pytest.raises(approvals.ApprovedAlready):
        approvals.withdraw(world.rt, world.officer(Role.ADMINISTRATOR), approved, why="…")
    world.at("2026-06-09 10:00")
    with pytest.raises(approvals.RequestExpired):
        approvals.refuse(world.rt, world.officer(Role.CHECKER), old, why="…")


def test_a_request_that_is_not_there(world: World) -> None:
    checker = world.officer(Role.CHECKER)

    for verb in (approvals.withdraw, approvals.refuse):
        with pytest.raises(approvals.NoSuchRequest):
            verb(world.rt, checker, "0" * 16, why="…")
    with pytest.raises(approvals.NoSuchRequest):
        approvals.approve(world.rt, checker, "0" * 16)


def test_a_request_about_an_account_is_not_approved_as_an_assemblys(world: World) -> None:
    asked = recovery.request(world.rt, world.officer(Role.CHECKER), "checker-1", why="紛失")

    with pytest.raises(approvals.NoSuchRequest):
        approvals.approve(world.rt, world.officer(Role.ADMINISTRATOR), asked.id)


def together(*deeds: Callable[[], object]) -> list[Refusal | None]:
    """Do all at once; the answer is what each was refused for."""
    answers: list[Refusal | None] = [None] * len(deeds)
    gate = threading.Barrier(len(deeds))

    def do(place: int, deed: Callable[[], object]) -> None:
        gate.wait()
        try:
            deed()
        except Refusal as refused:
            answers[place] = refused

    threads = [threading.Thread(target=do, args=item) for item in enumerate(deeds)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return answers


def test_two_clerks_who_freeze_at_once_freeze_once(either_world: World) -> None:
    """Two requests for the same freeze, approved by two persons at the same moment."""
    world = either_world
    world.draft()
    requests = [propose(world, Act.FREEZE), propose(world, Act.FREEZE)]
    checkers = [world.officer(Role.CHECKER, number=1), world.officer(Role.CHECKER, number=2)]

    refused = together(
        *(
            lambda who=who, asked=asked: approvals.approve(world.rt, who, asked)  # type: ignore[misc]
            for who, asked in zip(checkers, requests, strict=True)
        )
    )

    assert refused.count(None) == 1
    assert [type(each) for each in refused if each is not None] == [RequestEnded]
    assert [entry for entry in world.entries() if b'"freeze"' in entry] == [world.entries()[1]]


def test_two_clerks_who_approve_one_request_at_once_do_it_once(either_world: World) -> None:
    world = either_world
    world.draft()
    asked = propose(world, Act.FREEZE)

    refused = together(
        lambda: approvals.approve(world.rt, world.officer(Role.CHECKER, number=1), asked),
        lambda: approvals.approve(world.rt, world.officer(Role.CHECKER, number=2), asked),
    )

    assert refused.count(None) == 1
    assert [type(each) for each in refused if each is not None] == [approvals.ApprovedAlready]
    assert len(world.entries()) == 2


def test_a_request_approved_and_taken_back_at_once_is_one_of_the_two(either_world: World) -> None:
    world = either_world
    world.draft()
    asked = propose(world, Act.FREEZE)

    refused = together(
        lambda: approvals.approve(world.rt, world.officer(Role.CHECKER), asked),
        lambda: approvals.withdraw(world.rt, world.officer(Role.ADMINISTRATOR), asked, why="…"),
    )

    assert refused.count(None) == 1
    assert (world.case.frozen_index is not None) is (refused[0] is None)
