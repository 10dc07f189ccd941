"""Asking real witnesses over HTTP, in the midst of a vote: what they sign, and what they find out."""

import shutil
import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.services.backups import back_up, restore
from tests.services.witnesses import introduce, policy, witnesses
from tests.verify.forge import caught, check, failed
from tests.witness.logs import Site, published
from tests.world import World
from voting.core.permissions import Role
from voting.ledger.checkpoint import Checkpoint, sign
from voting.ledger.note import Signer
from voting.services import schedule
from voting.services.errors import Suspended
from voting.services.outcome import result_page
from voting.services.proof import contradictions, cosigned, tiles
from voting.services.proof.export import export, is_witnessed
from voting.services.proof.incidents import Outcome, Report, record_incident
from voting.services.proof.witnessing import ask_all
from voting.store import cosignatures, incidents
from voting.verify.evidence import Held
from voting.witness.client import Answer, Ask, held_path
from voting.witness.errors import Unreachable
from voting.witness.judging import stated
from voting.witness.state import State


def play(world: World, *members: str) -> None:
    world.at("2026-06-02 10:00")
    for each in members:
        world.cast(each)


def newest(world: World) -> bytes:
    return world.rt.anchors.read(world.origin)


def test_each_tick_brings_the_cosignatures_of_all_witnesses_over_the_newest_checkpoint(
    world: World, tmp_path: Path
) -> None:
    with witnesses(world, tmp_path) as running:
        world.assembly(policy=policy(running))
        introduce(world, running)
        play(world, "M0001")
        first = schedule.run_due(world.rt)
        play(world, "M0002", "M0003")

        second = schedule.run_due(world.rt)
        third = schedule.run_due(world.rt)

        assert [each.cosigned for each in (first, second, third)] == [2, 2, 0]
        assert second.unwitnessed == second.contradicted == ()
        for desk, _ in running.values():
            assert desk.state.held(world.origin) == newest(world)
        note = tiles.checkpoint(world.rt, world.origin)
        assert note.startswith(newest(world))
        assert note.count(b"witness.example.or.jp/") == 2


def test_a_result_with_witnesses_is_verified_with_its_policy(world: World, tmp_path: Path) -> None:
    with witnesses(world, tmp_path) as running:
        world.assembly(policy=policy(running))
        introduce(world, running)
        play(world, "M0001")
        schedule.run_due(world.rt)
        world.at("2026-06-11 00:00")
        schedule.run_due(world.rt)
        world.certify()
        unwitnessed = export(world.rt, world.origin, audience="public")
        held = Held(world.rt.keys.signer(world.origin).verifier, checkpoints=(("kept", newest(world)),))

        assert not is_witnessed(world.rt, world.origin)
        assert failed(check(unwitnessed, held)) == {5}

        schedule.run_due(world.rt)

        findings = check(export(world.rt, world.origin, audience="public"), held)
        assert is_witnessed(world.rt, world.origin)
        assert not caught(findings)
        assert (findings[4].items, findings[4].notes[0].facts["names"]) == (2, "A, B")


def test_a_witness_that_is_down_during_casting_holds_up_no_vote(world: World, tmp_path: Path) -> None:
    with witnesses(world, tmp_path) as running:
        text = policy(running)
    world.assembly(policy=text)
    play(world, "M0001", "M0002")

    done = schedule.run_due(world.rt)
    world.cast("M0003")

    assert done.cosigned == 0
    assert [each.split(":")[0] for each in done.unwitnessed] == ["A", "B"]
    assert stated(newest(world)).size == 7
    with witnesses(world, tmp_path) as running:
        introduce(world, running)
    world.at("2026-06-11 00:00")
    world.certify()
    assert "記録の立会人の連署　0/2　定めた数に達していません。" in "".join(
        result_page.result_page(world.rt, world.origin).witnesses
    )


def test_one_witness_that_is_down_holds_up_no_other(world: World, tmp_path: Path) -> None:
    with witnesses(world, tmp_path, "A") as gone:
        pass
    with witnesses(world, tmp_path, "B") as there:
        world.assembly(policy=policy(gone | there))
        introduce(world, there)

        done = schedule.run_due(world.rt)

    assert (done.cosigned, len(done.unwitnessed)) == (1, 1)


def test_a_witness_that_knows_of_more_than_we_remember_is_asked_again_from_there(
    world: World, tmp_path: Path
) -> None:
    with witnesses(world, tmp_path, "A") as running:
        world.assembly(policy=policy(running))
        introduce(world, running)
        schedule.run_due(world.rt)
        play(world, "M0001")
        # The answer to an earlier question was lost on its way.
        connection = sqlite3.connect(str(world.rt.database.engine.url.database))
        connection.execute("DELETE FROM cosignature")
        connection.commit()
        connection.close()

        assert schedule.run_due(world.rt).cosigned == 1


def test_a_witness_that_is_new_is_asked_from_nothing(world: World, tmp_path: Path) -> None:
    with witnesses(world, tmp_path, "A") as running:
        world.assembly(policy=policy(running))
        introduce(world, running)
        schedule.run_due(world.rt)
        play(world, "M0001")
        # What no auditor should do: its memory is lost, and the log added anew.
        (tmp_path / "witness-A" / "witness.db").unlink()
        State(tmp_path / "witness-A")
        introduce(world, running)

        assert schedule.run_due(world.rt).cosigned == 1


def turn_back(world: World, tmp_path: Path, *members: str) -> None:
    """Restore database and anchor from a copy made now, after *members* have cast and been witnessed."""
    folder = tmp_path / "backup"
    folder.mkdir()
    file = Path(str(world.rt.database.engine.url.database))
    source, copy = sqlite3.connect(file), sqlite3.connect(folder / "voting.db")
    source.backup(copy)
    source.close()
    copy.close()
    shutil.copytree(tmp_path / "anchors", folder / "anchors")
    play(world, *members)
    world.receipts.clear()
    assert schedule.run_due(world.rt).cosigned == 1
    world.rt.database.close()
    for each in (file, file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm")):
        each.unlink(missing_ok=True)
    shutil.copy(folder / "voting.db", file)
    shutil.rmtree(tmp_path / "anchors")
    shutil.copytree(folder / "anchors", tmp_path / "anchors")


@pytest.mark.parametrize("cast_since", [(), ("M0003",), ("M0003", "M0004"), ("M0003", "M0004", "M0005")])
def test_a_database_rolled_back_with_its_anchor_is_found_out_by_the_witness(
    world: World, tmp_path: Path, cast_since: tuple[str, ...]
) -> None:
    with witnesses(world, tmp_path, "A") as running:
        world.assembly(policy=policy(running), size=6)
        introduce(world, running)
        play(world)
        schedule.run_due(world.rt)
        turn_back(world, tmp_path, "M0001", "M0002")
        # Until the witness is asked, nothing shows it: ballots are taken on a branch of the log.
        play(world, *cast_since)

        done = schedule.run_due(world.rt)

    assert done.contradicted == (world.origin,)
    with pytest.raises(Suspended):
        world.cast("M0006")
    assert stated(world.case.contradiction or b"").size == 6

    report = Report("restore", world.clock() - timedelta(hours=1), world.clock())
    told = record_incident(world.rt, world.officer(Role.ADMINISTRATOR), world.origin, report)

    # The incident accounts for what the witness holds; it is kept as proof, and the vote goes on.
    assert [each.size for each in told.lost] == [6]
    assert world.case.contradiction_settled == told.index
    world.receipts.clear()
    world.cast("M0006")


def lose_what_was_witnessed(world: World) -> Checkpoint:
    """The database alone goes back: the anchor and the witness both have the checkpoint that is lost."""
    backup = back_up(world)
    play(world, "M0001", "M0002")
    world.receipts.clear()
    assert schedule.run_due(world.rt).cosigned == 1
    restore(world, backup)
    return stated(newest(world))


def test_no_witness_is_blamed_for_a_log_that_is_behind_its_anchor(world: World, tmp_path: Path) -> None:
    with witnesses(world, tmp_path, "A") as running:
        world.assembly(policy=policy(running), size=6)
        introduce(world, running)
        schedule.run_due(world.rt)
        lost = lose_what_was_witnessed(world)

        done = schedule.run_due(world.rt)

    assert (done.unwitnessed, done.contradicted) == ((), ())
    ((origin, fault),) = done.faults
    assert isinstance(fault, Suspended)
    assert (origin, fault.stored, fault.signed) == (world.origin, 4, lost.size)
    record_the_loss(world)


def record_the_loss(world: World) -> Outcome:
    report = Report("restore", world.clock() - timedelta(hours=1), world.clock())
    return record_incident(world.rt, world.officer(Role.ADMINISTRATOR), world.origin, report)


@pytest.mark.parametrize("cast_since", [(), ("M0003",), ("M0003", "M0004", "M0005")])
def test_an_incident_that_names_what_the_witness_holds_is_not_asked_for_again(
    world: World, tmp_path: Path, cast_since: tuple[str, ...]
) -> None:
    with witnesses(world, tmp_path, "A") as running:
        world.assembly(policy=policy(running), size=6)
        introduce(world, running)
        schedule.run_due(world.rt)
        lost = lose_what_was_witnessed(world)
        assert record_the_loss(world).lost == (lost,)
        play(world, *cast_since)

        done = schedule.run_due(world.rt)

        assert done.contradicted == ()
        (failure,) = done.unwitnessed
        assert f"失われた署名済みの記録({lost.size}件)" in failure
        assert stated(running["A"][0].state.held(world.origin) or b"") == lost
        world.cast("M0006")


def cut_off(world: World, address: str) -> Ask:
    """From now on one witness does not answer; the answer is how it was asked before."""
    before = world.rt.ask

    def ask(url: str, body: bytes | None) -> Answer:
        if url.startswith(address):
            raise Unreachable(url, "cut off")
        return before(url, body)

    world.rt = replace(world.rt, ask=ask)
    return before


def lose_what_each_witness_has_another_part_of(world: World, address: str) -> list[Checkpoint]:
    """The database alone goes back.  The anchor knows most of what is lost, the second witness least."""
    backup, lost = back_up(world), []
    play(world, "M0001")
    schedule.run_due(world.rt)
    lost.append(stated(newest(world)))
    ask = cut_off(world, address)
    play(world, "M0002")
    schedule.run_due(world.rt)
    lost.append(stated(newest(world)))
    play(world, "M0006")
    lost.append(stated(newest(world)))
    world.receipts.clear()
    restore(world, backup)
    world.rt = replace(world.rt, ask=ask)
    return lost[::-1]


def test_what_the_witnesses_hold_of_a_lost_branch_is_told_by_one_incident(
    world: World, tmp_path: Path
) -> None:
    with witnesses(world, tmp_path) as running:
        world.assembly(policy=policy(running), size=6)
        introduce(world, running)
        schedule.run_due(world.rt)
        lost = lose_what_each_witness_has_another_part_of(world, running["B"][1])

        told = record_the_loss(world)

        assert (told.lost, told.silent) == (tuple(lost), ())
        play(world, "M0003", "M0004")
        done = schedule.run_due(world.rt)
        assert done.contradicted == ()
        assert [
            f"({each.size}件)" in said for each, said in zip(lost[1:], done.unwitnessed, strict=True)
        ] == [
            True,
            True,
        ]
        world.cast("M0005")


def test_a_witness_that_did_not_answer_at_the_incident_is_named_and_suspends_when_it_shows_a_lost_record(
    world: World, tmp_path: Path
) -> None:
    with witnesses(world, tmp_path) as running:
        world.assembly(policy=policy(running), size=6)
        introduce(world, running)
        schedule.run_due(world.rt)
        lost = lose_what_each_witness_has_another_part_of(world, running["B"][1])
        ask = cut_off(world, running["B"][1])
        told = record_the_loss(world)
        assert (told.lost, told.silent) == (tuple(lost[:2]), ("B",))
        play(world, "M0003")
        world.rt = replace(world.rt, ask=ask)

        done = schedule.run_due(world.rt)

        assert done.contradicted == (world.origin,)
        with pytest.raises(Suspended):
            world.cast("M0004")
        again = record_the_loss(world)
        # What was told is not told twice.
        assert (again.lost, again.silent) == ((lost[2],), ())
        play(world, "M0004")
        assert schedule.run_due(world.rt).contradicted == ()


def test_what_a_witness_says_without_the_log_s_signature_is_not_told_as_lost(
    world: World, tmp_path: Path
) -> None:
    origin = "vote.example.or.jp/council/2026-06"
    forged = sign(Checkpoint(origin, 90, bytes(32)), Signer.from_seed(origin, b"\x07" * 32))
    lie = Site({held_path(origin): forged})
    with published(lie) as address, witnesses(world, tmp_path, "A") as running:
        world.assembly(policy=policy({"A": (running["A"][0], address)}))
        assert world.origin == origin

        told = record_the_loss(world)

    assert lie.asked == [held_path(origin)]
    assert (told.lost, told.silent) == ((), ("A",))


def test_with_the_anchor_lost_the_witness_still_tells_what_was_signed(world: World, tmp_path: Path) -> None:
    with witnesses(world, tmp_path, "A") as running:
        world.assembly(policy=policy(running), size=6)
        introduce(world, running)
        schedule.run_due(world.rt)
        lost = lose_what_was_witnessed(world)
        for each in (tmp_path / "anchors").iterdir():
            each.unlink()
        now = world.clock()
        report = Report("restore", now - timedelta(hours=1), now, lost_anchor=world.origin)

        told = record_incident(world.rt, world.officer(Role.ADMINISTRATOR), world.origin, report)

        assert told.lost == (lost,)
        (said,) = incident_sentences(world)
        assert (
            "記録4番から5番までの2件を失った" in said
            and "このほかに署名した記録の有無は確かめられない" in said
        )
        play(world, "M0003")
        assert schedule.run_due(world.rt).contradicted == ()


def incident_sentences(world: World) -> list[str]:
    with world.rt.database.reading() as tx:
        return [each.what for each in incidents.incidents(tx, world.case.id)]


@pytest.mark.parametrize("size", [5, 6, 9], ids=["smaller", "as large, and another", "larger"])
def test_after_an_incident_a_witness_that_shows_another_lost_checkpoint_suspends_again(
    world: World, tmp_path: Path, size: int
) -> None:
    with witnesses(world, tmp_path, "A") as running:
        world.assembly(policy=policy(running), size=6)
        introduce(world, running)
        schedule.run_due(world.rt)
        lost = lose_what_was_witnessed(world)
        record_the_loss(world)
        assert lost.size == 6
        other = Checkpoint(world.origin, size, bytes(range(32)))
        note = sign(other, world.rt.keys.signer(world.origin))

        assert contradictions.find(world.rt, world.case, note)

        with pytest.raises(Suspended) as refused:
            world.cast("M0006")
        assert refused.value.signed == size
        assert record_the_loss(world).lost == (other,)
        world.cast("M0006")


def test_what_was_told_as_lost_and_stands_against_the_ledger_all_the_same_is_settled_by_repeating_it(
    world: World,
) -> None:
    """As services before this version left it: the incident told of it, then a witness has shown it."""
    world.assembly()
    backup = back_up(world)
    play(world, "M0001")
    world.receipts.clear()
    lost = newest(world)
    restore(world, backup)
    told, size = record_the_loss(world), len(world.entries())
    with world.rt.database.transaction() as tx:
        cosignatures.contradict(tx, world.case.id, lost)
    with pytest.raises(Suspended):
        world.cast("M0002")

    assert record_the_loss(world).index == told.index

    assert len(world.entries()) == size
    world.cast("M0002")


def test_a_witness_signs_nothing_that_the_stored_ledger_does_not_continue(
    world: World, tmp_path: Path
) -> None:
    """As after a crash between an incident and the anchor: as many entries, and others."""
    with witnesses(world, tmp_path, "A") as running:
        world.assembly(policy=policy(running))
        introduce(world, running)
        right = newest(world)
        other = Checkpoint(world.origin, stated(right).size, bytes(range(32)))
        world.rt.anchors.swap(world.origin, sign(other, world.rt.keys.signer(world.origin)))

        done = ask_all(world.rt)

        assert (done.cosigned, done.failures) == (0, [])
        assert [origin for origin, _ in done.faults] == [world.origin]
        assert running["A"][0].state.held(world.origin) is None
        world.rt.anchors.swap(world.origin, right)
        assert ask_all(world.rt).cosigned == 1


def test_a_witness_that_only_says_that_it_holds_more_stops_nothing(world: World, tmp_path: Path) -> None:
    """Whoever answers at its address could otherwise stop a vote with a number."""
    lies = Site({"checkpoint": b""}, status=409)
    with published(lies) as address, witnesses(world, tmp_path, "A") as running:
        world.assembly(policy=policy({"A": (running["A"][0], address)}))

        done = ask_all(world.rt)
        play(world, "M0001")

    assert (done.cosigned, done.contradicted, len(done.failures)) == (0, [], 1)


def test_a_cosignature_of_another_key_is_not_taken_for_the_witness_s(world: World, tmp_path: Path) -> None:
    with witnesses(world, tmp_path) as running:
        a, b = running["A"], running["B"]
        # B answers where A is asked.
        world.assembly(policy=policy({"A": (a[0], b[1])}))
        introduce(world, running)

        done = ask_all(world.rt)

    assert (done.cosigned, len(done.failures)) == (0, 1)
    assert cosigned.lines(world.rt, world.origin)[0].startswith("記録の立会人の連署　0/1")
