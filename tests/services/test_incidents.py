"""Incidents: what kept members from voting is written down, and a turned-back store says what it lost."""

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from tests.services.backups import back_up, database_file, restore
from tests.verify.forge import caught, check, failed
from tests.world import ALL_FOR, World, jst
from voting.core.ballots import Mark
from voting.core.errors import Broken
from voting.core.permissions import NotAllowed, Role
from voting.i18n import sentence
from voting.ledger.canonical import b64
from voting.ledger.checkpoint import Checkpoint, sign
from voting.ledger.entries import decode_entry
from voting.ledger.kinds import Incident, Operator
from voting.ledger.receipt_file import format_receipt
from voting.mail.troubles import MailTroubleTold
from voting.services import schedule
from voting.services.casting import pages
from voting.services.errors import NotThatFar, Suspended
from voting.services.outcome import closing
from voting.services.outcome.result_page import result_page
from voting.services.proof import agreement, incidents, tiles
from voting.services.proof.export import export
from voting.services.proof.incidents import (
    AnchorStillThere,
    AnchorUnusable,
    CountUnderWay,
    IncidentNote,
    IncidentPeriod,
    Outcome,
    Report,
    UnknownIncident,
    record_incident,
)
from voting.services.recording import recompute, settle
from voting.store import incidents as stored
from voting.store.anchor import AnchorMissing, Anchors
from voting.verify.evidence import Held

RESTORE = Report("restore", jst("2026-06-02 09:00"), jst("2026-06-02 11:00"))


def record(world: World, report: Report = RESTORE, role: Role = Role.ADMINISTRATOR) -> Outcome:
    return record_incident(world.rt, world.officer(role), world.origin, report)


def lose_a_ballot(world: World, number: str = "M0002") -> bytes:
    """A ballot is received, and the database then restored from before it; what had been signed."""
    world.assembly()
    world.at("2026-06-02 10:00")
    world.cast("M0001")
    backup = back_up(world)
    world.cast(number)
    signed = world.rt.anchors.read(world.origin)
    world.at("2026-06-02 12:00")
    restore(world, backup)
    return signed


def lost_receipts(world: World) -> list[str]:
    """The receipts that no longer fit; they are proof, and the world need not hold them good."""
    return [format_receipt(world.receipts.pop()).decode()]


def said(world: World, done: Outcome) -> str:
    """What the ledger says of an incident, right behind it."""
    incident, act = (decode_entry(each).body for each in world.entries()[done.index : done.index + 2])
    assert isinstance(incident, Incident)
    assert isinstance(act, Operator)
    assert act.target == f"entry:{done.index}"
    assert act.action.startswith(f"{incident.what}: ")
    return act.action


def told(world: World) -> None:
    """Send what is owed, and keep the mails about the incident only."""
    world.mails.clear()
    world.send()
    world.mails[:] = [each for each in world.mails if "回答のご確認" in str(each["Subject"])]


def test_an_outage_is_written_down_with_its_hours_and_told_to_everybody(world: World) -> None:
    world.assembly()
    world.at("2026-06-03 09:00")
    report = Report("outage", jst("2026-06-02 22:00"), jst("2026-06-03 01:30"), "停電  のため")

    done = record(world, report)

    body = decode_entry(world.entries()[done.index]).body
    assert body == Incident(from_=report.began, to=report.ended, what="outage")
    assert said(world, done) == "outage: 停電 のため"
    told = "令和8年6月2日(火)22時00分から令和8年6月3日(水)1時30分まで　停止　停電 のため"
    assert result_page(world.rt, world.origin).incidents == (told,)
    assert pages.member_page(world.rt, world.key("M0001")).incidents == (told,)
    assert (done.told, done.untold) == (0, 0)


@pytest.mark.parametrize("role", [Role.ENTRY, Role.CHECKER, Role.CHAIR, Role.AUDITOR])
def test_only_an_administrator_records_an_incident(world: World, role: Role) -> None:
    world.assembly()

    with pytest.raises(NotAllowed):
        record(world, role=role)


@pytest.mark.parametrize(
    ("began", "ended"),
    [("2026-06-02 10:00", "2026-06-02 09:59"), ("2026-06-02 10:00", "2026-06-02 12:01")],
    ids=["ends before it begins", "excuses what has not happened yet"],
)
def test_an_incident_lies_in_the_past_the_right_way_round(world: World, began: str, ended: str) -> None:
    world.assembly()
    world.at("2026-06-02 12:00")
    size = len(world.entries())
    for kind in ("outage", "restore"):
        with pytest.raises(IncidentPeriod):
            record(world, Report(kind, jst(began), jst(ended)))

    assert len(world.entries()) == size


def test_an_incident_has_a_kind_and_few_words(world: World) -> None:
    world.assembly()
    world.at("2026-06-02 12:00")

    with pytest.raises(UnknownIncident):
        record(world, replace(RESTORE, kind="flood"))
    with pytest.raises(IncidentNote):
        record(world, replace(RESTORE, note="長" * 2001))


def test_before_the_ballots_are_issued_there_is_nothing_to_excuse(world: World) -> None:
    world.draft()
    world.at("2026-06-02 12:00")

    for kind in ("outage", "restore"):
        with pytest.raises(NotThatFar):
            record(world, replace(RESTORE, kind=kind))


def test_between_count_and_result_the_ledger_has_no_place_for_an_incident(world: World) -> None:
    world.assembly()
    world.at("2026-06-11 00:00")
    closing.tally(world.rt, world.officer(Role.ADMINISTRATOR), world.origin)

    for kind in ("outage", "restore"):
        with pytest.raises(CountUnderWay):
            record(world, replace(RESTORE, kind=kind))


def test_a_database_restored_behind_the_anchor_takes_no_ballot_until_the_loss_is_recorded(
    world: World,
) -> None:
    signed = lose_a_ballot(world)
    size = len(world.entries())
    for attempt in (
        lambda: world.cast("M0003"),
        lambda: record(world, replace(RESTORE, kind="outage")),
        lambda: settle(world.rt, world.origin),
        lambda: recompute(world.rt, world.origin),
    ):
        with pytest.raises(Suspended):
            attempt()
    assert len(world.entries()) == size
    assert world.rt.anchors.read(world.origin) == signed

    done = record(world, replace(RESTORE, note="ディスクの故障"))

    (lost,) = done.lost
    assert said(world, done) == (
        "restore: 記録4番の1件を失った"
        f"(署名済みのチェックポイント 5件 ルート {b64(lost.root)})。 ディスクの故障"
    )
    lost_receipts(world)
    world.cast("M0003")
    world.cast("M0002")
    assert recompute(world.rt, world.origin) is not None


def test_what_was_signed_and_lost_is_kept_for_ever_as_proof(world: World) -> None:
    signed = lose_a_ballot(world)
    done = record(world)
    lost_receipts(world)

    (kept,) = database_file(world).parent.glob("anchors/*.lost")
    assert kept.read_bytes() == signed
    assert kept.name.endswith(f"{sha256(signed).hexdigest()}.lost")
    with world.rt.database.reading() as tx:
        assert stored.lost(tx, world.case.id) == (signed,)
        assert stored.told_by(tx, world.case.id, signed) == done.index
    connection = world.rt.database.engine.raw_connection()
    for table in ("lost_checkpoint", "incident"):
        with pytest.raises(Exception, match="append-only"):
            connection.cursor().execute(f"DELETE FROM {table}")
    connection.close()


def test_members_with_addresses_are_asked_to_look_and_answer_again(world: World) -> None:
    lose_a_ballot(world)
    done = record(world)
    lost_receipts(world)
    told(world)

    assert (done.told, done.untold) == (5, 0)
    assert sorted(str(mail["To"]) for mail in world.mails) == [f"m{n}@example.jp" for n in range(1, 6)]
    text = world.mails[0].get_content()
    for each in (
        "令和8年6月2日(火)9時00分から",
        "令和8年6月2日(火)11時00分まで",
        "もう一度ご回答ください",
        "受け付けた証拠です",
        world.case.contact,
        f"{world.rt.site.base_url}/v",
    ):
        assert each in text
    assert "回答コード" not in text


def test_after_the_period_nobody_is_asked_to_answer_again(world: World) -> None:
    lose_a_ballot(world)
    world.at("2026-06-12 09:00")
    record(world)
    lost_receipts(world)
    told(world)

    assert "もう一度ご回答ください" not in world.mails[0].get_content()
    assert "表決の期間は終了しています" in world.mails[0].get_content()


def test_the_member_whose_answer_was_lost_sees_it_gone_and_answers_again(world: World) -> None:
    lose_a_ballot(world)
    record(world)
    lost_receipts(world)
    key = world.key("M0002")
    assert pages.member_page(world.rt, key).standing is None

    world.cast("M0002", {1: Mark.AGAINST, 2: Mark.AGAINST})

    assert pages.member_page(world.rt, key).standing is not None


def test_the_result_names_the_incident_and_the_bundle_is_verified_without_the_lost_receipt(
    world: World,
) -> None:
    signed = lose_a_ballot(world)
    record(world)
    held = world.receipts[-1]
    lost_receipts(world)
    world.cast("M0002")
    world.at("2026-06-11 00:00")
    world.certify()

    bundle = export(world.rt, world.origin, audience="public")
    verifier = world.rt.keys.signer(world.origin).verifier
    receipts = tuple((f"receipt {place}", each) for place, each in enumerate(world.receipts))
    findings = check(bundle, Held(verifier, receipts=receipts))
    assert not caught(findings)
    assert any(note.code == "incident" for note in findings[25].notes)
    # Whoever held on to what was lost refutes it: that is what a receipt is for.
    assert failed(check(bundle, Held(verifier, receipts=(("lost", held),)))) == {9}
    assert failed(check(bundle, Held(verifier, checkpoints=(("lost", signed),)))) == {9}
    assert len(result_page(world.rt, world.origin).incidents) == 1
    assert b'"incidents":[4]' in bundle


def test_a_crash_after_the_incident_and_before_the_anchor_leaves_the_ledger_suspended_until_it_is_repeated(
    world: World,
) -> None:
    class Dying(Anchors):
        def __init__(self, anchors: Anchors) -> None:
            self._anchors, self._folder, self._paths = anchors, anchors._folder, {}

        def swap(self, origin: str, note: bytes) -> None:
            raise OSError("the volume is full")

    lose_a_ballot(world)
    whole = world.rt
    world.rt = replace(whole, anchors=Dying(whole.anchors))
    with pytest.raises(OSError, match="full"):
        record(world)
    world.rt = whole
    size = len(world.entries())
    # The incident stands at the very index that the lost ballot had: the anchor is no checkpoint over it.
    with pytest.raises((Suspended, Broken)):
        world.cast("M0003")

    done = record(world)

    assert done.index == size - 1
    assert len(world.entries()) == size + 1
    assert "記録4番" in said(world, done)
    lost_receipts(world)
    world.cast("M0003")


def test_a_file_that_cannot_be_written_beside_the_anchor_changes_nothing(world: World) -> None:
    class Full(Anchors):
        def __init__(self, anchors: Anchors) -> None:
            self._folder, self._paths = anchors._folder, {}

        def keep_lost(self, origin: str, note: bytes) -> None:
            raise OSError("the volume is full")

    lose_a_ballot(world)
    whole, size = world.rt, len(world.entries())
    world.rt = replace(whole, anchors=Full(whole.anchors))

    with pytest.raises(OSError, match="full"):
        record(world)

    world.rt = whole
    assert len(world.entries()) == size
    record(world)
    lost_receipts(world)


def anchor_file(world: World) -> Path:
    (file,) = database_file(world).parent.glob("anchors/*.checkpoint")
    return file


SPOILT: dict[str, Callable[[World], object]] = {
    "missing": lambda world: anchor_file(world).unlink(),
    "torn": lambda world: anchor_file(world).write_bytes(b"\0" * 8192),
    "another log's": lambda world: world.rt.anchors.swap(
        world.origin,
        sign(Checkpoint("vote.example.or.jp/other", 1, bytes(32)), other_signer(world)),
    ),
}


def other_signer(world: World):
    return world.rt.keys.create("vote.example.or.jp/other", bytes(32))


@pytest.mark.parametrize("how", SPOILT)
def test_a_database_restored_without_the_anchor_is_no_fresh_start_unless_its_loss_is_said_by_name(
    world: World, how: str
) -> None:
    lose_a_ballot(world)
    SPOILT[how](world)
    size = len(world.entries())
    before = list(database_file(world).parent.glob("anchors/*"))
    with pytest.raises(Exception) as refused:
        world.cast("M0003")
    assert not isinstance(refused.value, AssertionError)
    for name in ("", "vote.example.or.jp/council/2026-05", "council/2026-06"):
        with pytest.raises(AnchorUnusable):
            record(world, replace(RESTORE, lost_anchor=name))
    assert len(world.entries()) == size
    assert list(database_file(world).parent.glob("anchors/*")) == before

    done = record(world, replace(RESTORE, lost_anchor=world.origin))

    assert said(world, done).startswith(f"restore: 記録の控えを失い、{size}件の記録(ルート ")
    if how != "missing":
        assert len(list(database_file(world).parent.glob("anchors/*.unusable"))) == 1
    lost_receipts(world)
    world.cast("M0003")


def test_an_anchor_that_is_there_is_not_given_up(world: World) -> None:
    lose_a_ballot(world)
    size = len(world.entries())

    with pytest.raises(AnchorStillThere):
        record(world, replace(RESTORE, lost_anchor=world.origin))

    assert len(world.entries()) == size
    record(world)
    lost_receipts(world)


def test_a_restore_that_lost_nothing_is_written_down_as_that(world: World) -> None:
    world.assembly()
    world.at("2026-06-02 10:00")
    world.cast("M0001")
    restore(world, back_up(world))
    world.at("2026-06-02 12:00")

    done = record(world)

    assert done.lost == ()
    assert "欠けは見付からず" in said(world, done)
    world.cast("M0002")


def test_a_store_restored_to_another_history_of_the_same_length_keeps_what_was_signed(world: World) -> None:
    lose_a_ballot(world)
    # Somebody set the anchor back to the restored state by hand, voted, and then the true anchor came back.
    true = world.rt.anchors.read(world.origin)
    world.rt.anchors.renew(world.origin)
    lost_receipts(world)
    world.cast("M0003", ALL_FOR)
    world.rt.anchors.swap(world.origin, true)
    with pytest.raises(Broken):
        world.cast("M0004")

    done = record(world)

    assert [each.size for each in done.lost] == [5]
    assert "署名した5件と異なる記録に戻った" in said(world, done)
    world.cast("M0004")


def test_a_second_loss_is_a_second_incident(world: World) -> None:
    lose_a_ballot(world)
    record(world)
    lost_receipts(world)
    backup = back_up(world)
    world.cast("M0003")
    restore(world, backup)

    done = record(world, replace(RESTORE, began=jst("2026-06-02 11:30"), ended=jst("2026-06-02 11:59")))

    assert [each.size for each in done.lost] == [7]
    lost_receipts(world)
    with world.rt.database.reading() as tx:
        assert len(stored.lost(tx, world.case.id)) == 2
        assert len(incidents.indices(tx, world.case)) == 2


def test_an_incident_in_the_tables_that_the_ledger_does_not_have_is_found(world: World) -> None:
    world.assembly()
    with world.rt.database.transaction() as tx:
        stored.put(tx, world.case.id, stored.Recorded(99, "-", "-", "outage"))

    with pytest.raises(Broken, match="incidents"):
        agreement.check(world.rt, world.origin)


def test_the_minutes_work_goes_on_for_other_assemblies_and_says_that_this_one_is_suspended(
    world: World,
) -> None:
    lose_a_ballot(world)

    ((origin, fault),) = schedule.run_due(world.rt).faults
    assert (origin, type(fault)) == (world.origin, Suspended)

    record(world)
    lost_receipts(world)
    world.clock.at = jst("2026-06-02 13:30")
    assert world.origin in schedule.run_due(world.rt).checked


def test_a_missing_anchor_is_an_error_until_then(world: World) -> None:
    world.assembly()
    world.at("2026-06-02 10:00")
    anchor_file(world).rename(anchor_file(world).with_suffix(".away"))

    with pytest.raises(AnchorMissing):
        world.cast("M0001")

    (away,) = database_file(world).parent.glob("anchors/*.away")
    away.rename(away.with_suffix(".checkpoint"))


def test_a_mail_that_waits_for_the_ledger_says_so_in_its_words(world: World) -> None:
    world.assembly()
    world.at("2026-06-02 10:00")
    world.cast("M0001")
    anchor_file(world).rename(anchor_file(world).with_suffix(".away"))

    done = schedule.run_due(world.rt)

    ((_, fault),) = done.faults
    assert isinstance(fault, AnchorMissing)
    assert done.put_off == 1
    assert isinstance(done.reason, MailTroubleTold)
    assert (done.reason.what, done.reason.detail) == ("not-written", sentence(fault))
    (away,) = database_file(world).parent.glob("anchors/*.away")
    away.rename(away.with_suffix(".checkpoint"))


def test_a_process_that_has_lived_through_a_restore_gives_out_the_tiles_of_the_new_history(
    world: World,
) -> None:
    world.assembly(size=280)
    world.at("2026-06-02 10:00")
    backup, kept = back_up(world), tiles.Nodes()
    everybody = [f"M{number:04}" for number in range(1, 281)]
    for each in everybody:
        world.cast(each)
    before = tiles.tile(world.rt, kept, world.origin, "tile/1/000.p/1")
    world.receipts.clear()
    world.at("2026-06-02 12:00")
    restore(world, backup)
    record(world)
    for each in reversed(everybody):
        world.cast(each)

    after = tiles.tile(world.rt, kept, world.origin, "tile/1/000.p/1")

    assert before is not None and after is not None
    assert after == tiles.tile(world.rt, tiles.Nodes(), world.origin, "tile/1/000.p/1") != before
