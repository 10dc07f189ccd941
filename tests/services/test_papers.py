"""Paper and fax: arrival at the door, entry, a blind second check; the hour of arrival counts."""

import pytest

from tests.scans import png
from tests.world import ALL_FOR, World
from voting.core.ballots import Channel, Mark
from voting.core.permissions import NotAllowed, Role
from voting.core.result import MotionResult
from voting.documents.scans import NotAScan
from voting.ledger.entries import decode_entry
from voting.ledger.kinds import Ballot, Paper, Refused
from voting.services import assemblies
from voting.services.desk import papers
from voting.services.desk.paper_refusals import (
    BadSerial,
    NothingToTakeBack,
    NotOnRoll,
    ScanThere,
    SerialTaken,
)
from voting.services.desk.papers import Sheet
from voting.services.errors import CountingDone, NotThatFar
from voting.services.outcome import closing
from voting.store import audit

AGAINST = {1: Mark.AGAINST, 2: Mark.AGAINST}


def arrive(world: World, serial: str, *, scan: bytes, sender: str = "", unclear: bool = False) -> None:
    papers.arrive(
        world.rt,
        world.officer(Role.ENTRY),
        world.origin,
        serial=serial,
        channel=Channel.FAX,
        arrived_at=world.clock(),
        scan=scan,
        sender=sender,
        unclear=unclear,
    )


def first_motion(world: World) -> MotionResult:
    closing.close_if_due(world.rt, world.origin)
    motion = closing.draft_count(world.rt, world.origin).result.motions[0]
    assert isinstance(motion, MotionResult)
    return motion


def test_a_fax_becomes_a_ballot_once_two_persons_read_the_same(world: World) -> None:
    world.assembly()
    world.at("2026-06-03 09:00")
    world.paper("M0001", serial="F-1", arrived="2026-06-02 16:03")
    sheet = Sheet("M0001", {1: Mark.FOR, 2: Mark.BLANK})

    assert world.enter("F-1", sheet, by=Role.ENTRY) is None
    receipt = world.enter("F-1", sheet, by=Role.CHECKER)

    assert receipt is not None
    recorded = decode_entry(world.entries()[receipt.index]).body
    assert isinstance(recorded, Ballot)
    assert (recorded.level, recorded.channel, recorded.signature) == ("KP", "fax", None)
    assert recorded.entered_by is not None
    assert len(set(recorded.entered_by)) == 2


def test_an_envelope_received_on_the_last_day_and_entered_three_days_later_counts(world: World) -> None:
    world.assembly(closes="2026-06-05 00:00")
    world.at("2026-06-04 16:00")
    world.paper("M0001", serial="P-1", arrived="2026-06-04 16:00", channel=Channel.POST)
    world.at("2026-06-07 10:00")

    world.enter("P-1", Sheet("M0001", AGAINST), by=Role.ENTRY)
    world.enter("P-1", Sheet("M0001", AGAINST), by=Role.CHECKER)

    assert first_motion(world).count.members.against.expressed == 1


def test_a_fax_that_ends_one_second_after_the_close_is_late_and_never_a_yes(world: World) -> None:
    world.assembly(closes="2026-06-05 00:00")
    world.at("2026-06-05 00:05")
    world.paper("M0001", serial="F-1", arrived="2026-06-05 00:00:01")

    world.enter("F-1", Sheet("M0001", AGAINST), by=Role.ENTRY)
    receipt = world.enter("F-1", Sheet("M0001", AGAINST), by=Role.CHECKER)

    assert receipt is not None
    assert isinstance(decode_entry(world.entries()[receipt.index]).body, Refused)
    assert first_motion(world).count.members.late == 1
    assert first_motion(world).count.members.in_favour.deemed == 4


def test_a_paper_logged_after_the_close_is_late_whatever_hour_it_claims(world: World) -> None:
    world.assembly(closes="2026-06-05 00:00")
    world.at("2026-06-05 09:00")
    world.paper("M0001", serial="F-1", arrived="2026-06-04 12:00")

    world.enter("F-1", Sheet("M0001", ALL_FOR), by=Role.ENTRY)
    receipt = world.enter("F-1", Sheet("M0001", ALL_FOR), by=Role.CHECKER)

    assert receipt is not None
    refused = decode_entry(world.entries()[receipt.index]).body
    assert isinstance(refused, Refused)
    assert refused.reason == "late"
    assert first_motion(world).count.members.late == 1


def test_the_hour_of_receipt_decides_between_fax_and_web_never_the_hour_of_entry(world: World) -> None:
    world.assembly()
    world.at("2026-06-02 10:00")
    world.cast("M0001", ALL_FOR)
    world.at("2026-06-03 16:05")
    world.paper("M0001", serial="F-1", arrived="2026-06-03 16:03")
    world.at("2026-06-04 11:00")
    world.cast("M0001", ALL_FOR)
    world.at("2026-06-04 12:00")

    world.enter("F-1", Sheet("M0001", AGAINST), by=Role.ENTRY)
    world.enter("F-1", Sheet("M0001", AGAINST), by=Role.CHECKER)

    world.at("2026-06-11 00:00")
    assert first_motion(world).count.members.in_favour.expressed == 1
    assert first_motion(world).count.members.against.expressed == 0


def test_one_person_cannot_do_both_readings(world: World) -> None:
    world.assembly()
    world.at("2026-06-03 09:00")
    world.paper("M0001", serial="F-1", arrived="2026-06-02 16:03")
    world.enter("F-1", Sheet("M0001", ALL_FOR), by=Role.ENTRY)

    with pytest.raises(papers.ReadByTheSame):
        world.enter("F-1", Sheet("M0001", ALL_FOR), by=Role.ENTRY)


def test_two_different_readings_make_no_ballot_and_stand_until_two_persons_agree(world: World) -> None:
    world.assembly()
    world.at("2026-06-03 09:00")
    world.paper("M0001", serial="F-1", arrived="2026-06-02 16:03")
    world.enter("F-1", Sheet("M0001", ALL_FOR), by=Role.ENTRY)

    for _ in range(2):
        with pytest.raises(papers.ReadingsDiffer):
            world.enter("F-1", Sheet("M0001", AGAINST), by=Role.CHECKER)
    assert papers.waiting(world.rt, world.origin) == ("F-1",)

    # The first one looks again, and sees what the other saw.
    assert world.enter("F-1", Sheet("M0001", AGAINST), by=Role.ENTRY) is not None


def test_a_third_person_decides_between_two_readings(world: World) -> None:
    world.assembly()
    world.at("2026-06-03 09:00")
    world.paper("M0001", serial="F-1", arrived="2026-06-02 16:03")
    world.enter("F-1", Sheet("M0001", ALL_FOR), by=Role.ENTRY)
    with pytest.raises(papers.ReadingsDiffer):
        world.enter("F-1", Sheet("M0001", AGAINST), by=Role.CHECKER)

    with pytest.raises(papers.ReadingsDiffer):
        world.enter("F-1", Sheet("M0002", AGAINST), by=Role.ADMINISTRATOR)
    receipt = world.enter("F-1", Sheet("M0001", ALL_FOR), by=Role.ADMINISTRATOR)

    assert receipt is not None
    ballot = decode_entry(world.entries()[receipt.index]).body
    assert isinstance(ballot, Ballot)
    with world.rt.database.reading() as tx:
        known = {each.id: each.commitment for each in audit.persons(tx, world.case.id)}
    assert ballot.entered_by == (known["entry-1"], known["administrator-1"])


def test_a_reading_is_taken_back_only_before_another_person_has_read_the_paper(world: World) -> None:
    world.assembly()
    world.at("2026-06-03 09:00")
    world.paper("M0001", serial="F-1", arrived="2026-06-02 16:03")
    entry, checker = world.officer(Role.ENTRY), world.officer(Role.CHECKER)
    with pytest.raises(NothingToTakeBack):
        papers.take_back(world.rt, entry, world.origin, serial="F-1")
    world.enter("F-1", Sheet("M0002", ALL_FOR), by=Role.ENTRY)
    with pytest.raises(NothingToTakeBack):
        papers.take_back(world.rt, checker, world.origin, serial="F-1")

    papers.take_back(world.rt, entry, world.origin, serial="F-1")

    assert world.enter("F-1", Sheet("M0001", ALL_FOR), by=Role.ENTRY) is None
    with pytest.raises(papers.ReadingsDiffer):
        world.enter("F-1", Sheet("M0001", AGAINST), by=Role.CHECKER)
    with pytest.raises(NothingToTakeBack):
        papers.take_back(world.rt, entry, world.origin, serial="F-1")


def test_two_persons_who_end_the_lines_of_an_opinion_elsewhere_read_the_same(world: World) -> None:
    world.assembly()
    world.at("2026-06-03 09:00")
    world.paper("M0001", serial="F-1", arrived="2026-06-02 16:03")

    world.enter("F-1", Sheet("M0001", ALL_FOR, opinion="異議は\nありません。"), by=Role.ENTRY)

    assert world.enter("F-1", Sheet("M0001", ALL_FOR, opinion="異議はありません。 "), by=Role.CHECKER)


def test_what_is_no_scan_is_no_paper(world: World) -> None:
    world.assembly()
    world.at("2026-06-03 09:00")

    with pytest.raises(NotAScan):
        arrive(world, "F-1", scan=b"<html>")

    assert papers.waiting(world.rt, world.origin) == ()


def test_the_same_file_is_not_logged_twice(world: World) -> None:
    world.assembly()
    world.at("2026-06-03 09:00")
    arrive(world, "F-1", scan=png("one"))

    with pytest.raises(ScanThere) as refused:
        arrive(world, "F-2", scan=png("one"))

    assert refused.value.serial == "F-1"


def test_a_paper_nobody_has_finished_blocks_the_count(world: World) -> None:
    world.assembly()
    world.at("2026-06-03 09:00")
    world.paper("M0001", serial="F-1", arrived="2026-06-02 16:03")
    world.at("2026-06-11 00:00")

    with pytest.raises(closing.PapersWaiting) as refused:
        closing.tally(world.rt, world.officer(Role.ADMINISTRATOR), world.origin)

    assert refused.value.serials == ("F-1",)


def test_a_paper_is_entered_once(world: World) -> None:
    world.assembly()
    world.at("2026-06-03 09:00")
    world.paper("M0001", serial="F-1", arrived="2026-06-02 16:03")
    world.enter("F-1", Sheet("M0001", ALL_FOR), by=Role.ENTRY)
    world.enter("F-1", Sheet("M0001", ALL_FOR), by=Role.CHECKER)

    with pytest.raises(papers.PaperDone):
        world.enter("F-1", Sheet("M0001", ALL_FOR), by=Role.ENTRY)


def test_a_serial_number_is_given_once(world: World) -> None:
    world.assembly()
    world.at("2026-06-03 09:00")
    world.paper("M0001", serial="F-1", arrived="2026-06-02 16:03")

    with pytest.raises(SerialTaken):
        world.paper("M0002", serial="F-1", arrived="2026-06-02 16:04")


def test_a_paper_cannot_arrive_in_the_future(world: World) -> None:
    world.assembly()
    world.at("2026-06-03 09:00")

    with pytest.raises(papers.ArrivesInFuture):
        world.paper("M0001", serial="F-1", arrived="2026-06-03 09:01")


def test_a_sender_who_is_not_on_the_roll_is_not_entered_as_anybody(world: World) -> None:
    world.assembly()
    world.at("2026-06-03 09:00")
    world.paper("M9999", serial="F-1", arrived="2026-06-02 16:03")

    with pytest.raises(NotOnRoll):
        world.enter("F-1", Sheet("M9999", ALL_FOR), by=Role.ENTRY)


def test_the_chair_does_not_enter_papers(world: World) -> None:
    world.assembly()
    world.at("2026-06-03 09:00")
    world.paper("M0001", serial="F-1", arrived="2026-06-02 16:03")

    with pytest.raises(NotAllowed):
        world.enter("F-1", Sheet("M0001", ALL_FOR), by=Role.CHAIR)


def test_after_the_count_no_paper_is_logged(world: World) -> None:
    world.assembly()
    world.at("2026-06-11 00:00")
    world.certify()

    with pytest.raises(CountingDone):
        world.paper("M0001", serial="F-1", arrived="2026-06-10 16:03")


def test_a_sheet_from_nobody_on_the_roll_is_put_aside_by_two_persons(
    world: World,
) -> None:
    world.assembly()
    world.at("2026-06-03 09:00")
    world.paper("M9999", serial="F-1", arrived="2026-06-02 16:03")

    assert not papers.reject(world.rt, world.officer(Role.ENTRY), world.origin, serial="F-1")
    assert papers.reject(world.rt, world.officer(Role.CHECKER), world.origin, serial="F-1")

    refused = decode_entry(world.entries()[-1]).body
    assert isinstance(refused, Refused)
    assert (refused.reason, refused.member) == ("not_on_roll", None)
    assert papers.waiting(world.rt, world.origin) == ()
    world.at("2026-06-11 00:00")
    world.certify()


def test_a_reading_and_a_rejection_of_one_sheet_differ(world: World) -> None:
    world.assembly()
    world.at("2026-06-03 09:00")
    world.paper("M0001", serial="F-1", arrived="2026-06-02 16:03")
    world.enter("F-1", Sheet("M0001", ALL_FOR), by=Role.ENTRY)

    with pytest.raises(papers.ReadingsDiffer):
        papers.reject(world.rt, world.officer(Role.CHECKER), world.origin, serial="F-1")


def test_the_scan_of_a_ballot_is_no_public_document(world: World) -> None:
    world.assembly()
    world.at("2026-06-03 09:00")
    world.paper("M0001", serial="F-1", arrived="2026-06-02 16:03")
    logged = decode_entry(world.entries()[-1]).body
    assert isinstance(logged, Paper)

    assert assemblies.document(world.rt, logged.scan_sha256) is None
    motion = world.case.docket.motions[0].documents[0]
    assert assemblies.document(world.rt, motion.sha256) is not None


def test_no_paper_is_logged_before_the_ballots_are_out(world: World) -> None:
    world.draft()

    with pytest.raises(NotThatFar):
        world.paper("M0001", serial="F-1", arrived="2026-05-20 09:00")


@pytest.mark.parametrize("serial", ["", "  ", " F-1", "F" * 33, "F/1", "F?1", "..", "F\n1"])
def test_a_serial_that_cannot_be_written_on_a_sheet_is_refused(world: World, serial: str) -> None:
    world.assembly()
    world.at("2026-06-03 09:00")

    with pytest.raises(BadSerial):
        world.paper("M0001", serial=serial, arrived="2026-06-02 16:03")
