"""What became of the notices stands in the ledger before it decides anything, and adds up in the bundle."""

from collections.abc import Callable
from dataclasses import replace
from email.message import EmailMessage

import pytest

from tests.verify.forge import caught, check
from tests.world import World, jst
from voting.core.errors import Broken
from voting.core.members import Member
from voting.core.permissions import NotAllowed, Role
from voting.ledger.entries import decode_entry
from voting.ledger.kinds import Delivery, Operator
from voting.mail.smtp import MailNotTaken
from voting.services import schedule
from voting.services.casting import ballots
from voting.services.errors import CountingDone
from voting.services.outcome import closing
from voting.services.period import deliveries
from voting.services.proof import agreement
from voting.services.proof.export import export
from voting.store.during_tables import delivery
from voting.verify.evidence import Held

TWO_WAYS = (
    Member("M0001", "架空1町", addresses=("m1@example.jp", "bad@example.jp")),
    Member("M0002", "架空2町", addresses=("bad@example.jp",)),
    Member("M0003", "架空3町"),
)


def refusing(mails: list[EmailMessage], bad: str) -> Callable[[EmailMessage], None]:
    """A relay that takes everything but what goes to one address."""

    def send(mail: EmailMessage) -> None:
        if bad in str(mail["To"]):
            raise MailNotTaken("550 no such user", for_good=True, relay_down=False)
        mails.append(mail)

    return send


def begin(world: World) -> World:
    world.rt = replace(world.rt, send=refusing(world.mails, "bad@"))
    world.assembly(roll_of=TWO_WAYS)
    return world


@pytest.fixture
def council(world: World) -> World:
    return begin(world)


def entries_of(world: World, kind: type) -> list:
    bodies = [decode_entry(each).body for each in world.entries()]
    return [each for each in bodies if isinstance(each, kind)]


def held(world: World) -> Held:
    return Held(world.rt.keys.signer(world.origin).verifier)


def test_the_tick_writes_down_what_became_of_the_mails_once(council: World) -> None:
    schedule.run_due(council.rt)
    schedule.run_due(council.rt)

    (found,) = entries_of(council, Delivery)
    assert (found.delivered, found.failed) == (1, 1)


def test_a_member_is_reached_where_one_of_its_addresses_was(council: World) -> None:
    schedule.run_due(council.rt)

    shown = deliveries.board(council.rt, council.officer(Role.AUDITOR), council.origin)

    assert (shown.delivered, shown.unreached, shown.pending) == (1, (("M0002", "架空2町"),), 1)
    assert [(each.member_id, each.state) for each in shown.troubles] == [
        ("M0001", "failed"),
        ("M0002", "failed"),
        ("M0003", "post"),
    ]


def test_who_could_not_be_reached_is_never_deemed_and_the_bundle_proves_it(council: World) -> None:
    council.at("2026-06-02 10:00")
    council.cast("M0001")
    council.at("2026-06-11 00:00")
    council.certify()

    counted = closing.draft_count(council.rt, council.origin)
    (first, _) = counted.result.motions

    assert (first.count.members.undelivered, first.count.members.in_favour.deemed) == (1, 1)
    for audience in ("public", "auditor"):
        findings = check(export(council.rt, council.origin, audience=audience), held(council))
        assert not caught(findings)
        assert findings[24].facts["undelivered"] == 1


def test_an_officer_records_that_a_letter_was_handed_over(council: World) -> None:
    schedule.run_due(council.rt)
    council.at("2026-06-03 10:00")

    deliveries.report(
        council.rt,
        council.officer(Role.ADMINISTRATOR),
        council.origin,
        member_id="M0002",
        channel="hand",
        is_delivered=True,
        at=jst("2026-06-03 09:00"),
    )

    shown = deliveries.board(council.rt, council.officer(Role.CHAIR), council.origin)
    assert (shown.delivered, shown.unreached) == (2, ())
    assert [each.action for each in entries_of(council, Operator)] == ["delivery: hand"]
    agreement.check(council.rt, council.origin)


def test_a_mail_that_came_back_later_goes_over_what_the_relay_said(council: World) -> None:
    council.at("2026-06-03 10:00")

    report(council, member="M0001", channel="mail", is_delivered=False)
    schedule.run_due(council.rt)

    shown = deliveries.board(council.rt, council.officer(Role.CHAIR), council.origin)
    assert [each for each, _ in shown.unreached] == ["M0001", "M0002"]


@pytest.mark.parametrize("role", [Role.ENTRY, Role.CHECKER, Role.AUDITOR])
def test_a_failure_that_changes_the_count_is_not_for_everybody_to_record(council: World, role: Role) -> None:
    with pytest.raises(NotAllowed):
        report(council, role=role)


def test_what_cannot_be_is_refused_in_words(council: World) -> None:
    council.at("2026-06-03 10:00")
    with pytest.raises(deliveries.NotOnTheRoll):
        report(council, member="M0099")
    with pytest.raises(deliveries.UnknownChannel):
        report(council, channel="pigeon")
    with pytest.raises(deliveries.NotThen):
        report(council, at="2026-06-03 10:01")
    council.at("2026-06-11 00:00")
    closing.tally(council.rt, council.officer(Role.ADMINISTRATOR), council.origin)
    with pytest.raises(CountingDone):
        report(council)


def test_a_delivery_changed_in_the_database_stops_the_count(council: World) -> None:
    schedule.run_due(council.rt)
    with council.rt.database.transaction() as tx:
        tx.run(
            delivery.insert(),
            assembly=council.case.id,
            idx=99,
            member_id="M0003",
            channel="mail",
            delivered=0,
            at="2026-06-01T00:00:00.000Z",
        )

    with pytest.raises(Broken, match="deliveries"):
        agreement.check(council.rt, council.origin)


def report(
    world: World,
    *,
    role: Role = Role.ADMINISTRATOR,
    member: str = "M0002",
    channel: str = "post",
    is_delivered: bool = False,
    at: str = "2026-06-02 09:00",
) -> None:
    deliveries.report(
        world.rt,
        world.officer(role),
        world.origin,
        member_id=member,
        channel=channel,
        is_delivered=is_delivered,
        at=jst(at),
    )


def test_whom_the_mail_reached_and_who_has_not_looked_is_counted_until_it_answers(world: World) -> None:
    world.assembly(size=3)
    world.at("2026-06-02 10:00")
    schedule.run_due(world.rt)
    who = world.officer(Role.ENTRY)
    assert deliveries.board(world.rt, who, world.origin).unopened == 3

    ballots.note_opening(world.rt, world.key("M0001"))
    world.cast("M0002")

    assert deliveries.board(world.rt, who, world.origin).unopened == 1
