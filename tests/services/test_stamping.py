"""Checkpoints are stamped when it is due, the bundle holds what was stamped, and no answer waits for it."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from tests.services.backups import back_up, restore
from tests.services.witnesses import introduce, policy, witnesses
from tests.stamping import Query, Server, listening
from tests.verify.conftest import play
from tests.verify.forge import Forge, caught, check, failed
from tests.verify.tsa import Authority as Keys
from tests.witness.logs import cosigner
from tests.world import World, jst
from voting.core.errors import Broken
from voting.core.permissions import Act, Role
from voting.ledger.checkpoint import Checkpoint, sign
from voting.ledger.note import split_note
from voting.services import schedule
from voting.services.errors import Suspended
from voting.services.proof import stamped, stamping
from voting.services.proof.cosigned import accept
from voting.services.proof.export import export, is_witnessed
from voting.services.proof.incidents import Report, record_incident
from voting.services.proof.stamped import StampAwaitsWitnesses, StampMissing
from voting.services.proof.stamping import NoStamper
from voting.services.proof.tiles import checkpoint
from voting.stamps.authority import Authority, StampNotGiven, StampRejected
from voting.verify.bundle import read_bundle
from voting.verify.evidence import Held

WITNESSES = cosigner("witness.example.or.jp/a", 1), cosigner("witness.example.or.jp/b", 2)
BOTH = "\n".join(
    [
        *(f"witness {name} {key.witness.vkey}" for name, key in zip("AB", WITNESSES, strict=True)),
        "group both all A B",
        "quorum both\n",
    ]
)


@pytest.fixture
def server(world: World) -> Iterator[Server]:
    """The authority, which the world's service asks; both have one clock."""
    with listening(world.clock) as found:
        world.rt = replace(world.rt, stamper=found.client())
        yield found


def sizes(world: World) -> list[int]:
    return [each.size for each in stamped.state(world.rt, world.origin).obtained]


def tick(world: World) -> schedule.Done:
    return schedule.run_due(world.rt)


def held(world: World) -> Held:
    return Held(world.rt.keys.signer(world.origin).verifier)


def test_stamps_are_got_at_freeze_opening_daily_close_and_for_the_last_checkpoint(
    world: World, server: Server
) -> None:
    world.draft()
    assert tick(world).stamped == ()
    world.two(Act.FREEZE, Role.ADMINISTRATOR, Role.CHECKER)
    assert tick(world).stamped == ((world.origin, 2),)
    assert tick(world).stamped == ()
    world.two(Act.SEND, Role.ADMINISTRATOR, Role.CHECKER)
    assert tick(world).stamped == ()
    world.at("2026-06-01 00:00")
    assert tick(world).stamped == ((world.origin, 4),)
    world.send()
    world.read_codes()
    world.at("2026-06-01 23:59")
    world.cast("M0001")
    assert tick(world).stamped == ()
    world.at("2026-06-02 00:00")
    assert tick(world).stamped == ((world.origin, 5),)
    world.at("2026-06-03 00:00")
    assert tick(world).stamped == ()
    world.at("2026-06-11 00:00")
    assert tick(world).stamped == ((world.origin, 6),)
    world.certify()
    assert tick(world).stamped == ((world.origin, 9),)
    assert tick(world).stamped == ()

    assert sizes(world) == [2, 4, 5, 6, 9]
    # Five for checkpoints, and one for the signature on each paper of the result.
    assert len(server.asked) == 7


def test_a_stamped_assembly_is_exported_and_the_sixth_check_passes(world: World, server: Server) -> None:
    play(world)
    tick(world)

    for audience in ("public", "auditor"):
        findings = check(export(world.rt, world.origin, audience=audience), held(world))
        assert not caught(findings)
        assert findings[5].items == 1
        assert findings[5].notes[0].code == "stamped"


def test_the_same_bundle_without_its_last_stamp_fails_the_sixth_check(world: World, server: Server) -> None:
    play(world)
    tick(world)
    forge = Forge.of(export(world.rt, world.origin, audience="public"), world.rt.keys.signer(world.origin))
    (path,) = [path for path in forge.files if path.startswith("timestamps/")]
    del forge.files[path]

    assert failed(check(forge.zipped(), held(world))) == {6}


def test_a_bundle_waits_for_the_stamp_over_its_last_checkpoint(world: World, server: Server) -> None:
    play(world)

    with pytest.raises(StampMissing) as refused:
        export(world.rt, world.origin, audience="public")

    assert refused.value.size == len(world.entries())
    tick(world)
    assert export(world.rt, world.origin, audience="public")


def test_without_an_authority_nothing_is_promised_and_nothing_asked(world: World) -> None:
    play(world)

    done = tick(world)

    assert (done.stamped, done.unstamped) == ((), ())
    assert not stamped.state(world.rt, world.origin).promised
    assert check(export(world.rt, world.origin, audience="public"), held(world))[5].notes[0].code == (
        "no-timestamps"
    )


def test_an_authority_configured_after_the_draft_stamps_nothing(world: World) -> None:
    world.assembly()
    with listening(world.clock) as server:
        world.rt = replace(world.rt, stamper=server.client())
        assert tick(world).stamped == ()
        assert server.asked == []


def test_an_authority_taken_out_of_the_configuration_is_missed_aloud(world: World, server: Server) -> None:
    world.assembly()
    world.rt = replace(world.rt, stamper=None)

    ((origin, refused),) = tick(world).unstamped

    assert (origin, type(refused)) == (world.origin, NoStamper)


def test_an_authority_that_is_down_is_told_and_asked_again_the_next_minute(
    world: World, server: Server
) -> None:
    world.assembly()
    server.status = 503
    done = tick(world)
    assert [type(each) for _, each in done.unstamped] == [StampNotGiven]
    assert done.stamped == ()

    server.status = 200
    assert tick(world).stamped == ((world.origin, 4),)


def test_a_stamp_by_a_certificate_that_genesis_does_not_name_is_not_kept(
    world: World, server: Server
) -> None:
    world.assembly()
    server.keys = Keys(key=ec.derive_private_key(8, ec.SECP256R1()))
    world.rt = replace(world.rt, stamper=server.client())

    assert [type(each) for _, each in tick(world).unstamped] == [StampRejected]
    assert sizes(world) == []


@pytest.mark.parametrize("wrong", ["nonce", "imprint"])
def test_a_stamp_for_another_request_or_other_bytes_is_not_kept(
    world: World, server: Server, wrong: str
) -> None:
    world.assembly()

    def reply(server: Server, query: Query) -> bytes:
        other = Query(bytes(32), query.nonce) if wrong == "imprint" else Query(query.imprint, 1)
        return server.right(other)

    server.reply = reply

    assert [type(each) for _, each in tick(world).unstamped] == [StampRejected]
    assert sizes(world) == []


def test_an_authority_that_never_answers_holds_up_no_ballot(world: World, server: Server) -> None:
    world.assembly()
    world.at("2026-06-02 10:00")
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        world.rt = replace(world.rt, stamper=Authority(url, (server.keys.certificate,), seconds=30))

        receipt = world.cast("M0001")

    assert receipt.index == 3


def test_a_checkpoint_is_not_stamped_while_the_store_is_behind_it(world: World, server: Server) -> None:
    world.assembly()
    right = world.rt.anchors.read(world.origin)
    signer = world.rt.keys.signer(world.origin)
    world.rt.anchors.swap(world.origin, sign(Checkpoint(world.origin, 99, bytes(range(32))), signer))

    with pytest.raises(Suspended):
        stamping.stamp_if_due(world.rt, world.origin)

    assert server.asked == []
    world.rt.anchors.swap(world.origin, right)


def test_a_quicker_run_has_stamped_it_already_and_its_stamp_stays(world: World, server: Server) -> None:
    world.assembly()
    slow, state = server.client(), stamped.state

    class Overtaken(Authority):
        def stamp(self, data: bytes) -> bytes:
            world.rt = replace(world.rt, stamper=slow)
            stamping.stamp_if_due(world.rt, world.origin)
            return super().stamp(data)

    world.rt = replace(world.rt, stamper=Overtaken(slow.url, slow.certificates))
    assert stamping.stamp_if_due(world.rt, world.origin) == 3

    assert len(server.asked) == 2
    assert len(state(world.rt, world.origin).obtained) == 1


def test_a_stamp_is_kept_for_ever(world: World, server: Server) -> None:
    world.assembly()
    tick(world)
    connection = world.rt.database.engine.raw_connection()
    for change in ("DELETE FROM timestamp", "UPDATE timestamp SET size = 1"):
        with pytest.raises(Exception, match="append-only"):
            connection.cursor().execute(change)
    connection.close()


def test_the_last_checkpoint_is_stamped_with_its_witnesses_signatures_and_both_checks_pass(
    world: World, server: Server, tmp_path: Path
) -> None:
    with witnesses(world, tmp_path) as running:
        world.assembly(policy=policy(running))
        introduce(world, running)
        world.at("2026-06-11 00:00")
        world.certify()

        done = tick(world)

        assert (done.cosigned, done.stamped) == (2, ((world.origin, len(world.entries())),))
        findings = check(export(world.rt, world.origin, audience="public"), held(world))
        assert not caught(findings)
        assert (findings[4].items, findings[5].items) == (2, 1)


def test_a_signature_that_comes_after_the_stamp_does_not_change_what_was_stamped(
    world: World, server: Server, tmp_path: Path
) -> None:
    with witnesses(world, tmp_path) as running:
        world.assembly(policy=policy(running))
        # The witnesses do not know the log yet: the first stamp is over the bare checkpoint.
        assert (tick(world).stamped, world.case.tally_index) == (((world.origin, 4),), None)
        bare = world.rt.anchors.read(world.origin)
        introduce(world, running)
        assert tick(world).cosigned == 2
        cosigned = checkpoint(world.rt, world.origin)
        world.at("2026-06-11 00:00")
        world.certify()
        tick(world)

        bundle = export(world.rt, world.origin, audience="public")

    opened = read_bundle(bundle)
    kept = {path: opened.read(path) or b"" for path in opened.spans if path.startswith("checkpoint")}
    assert kept["checkpoints/4"] == bare
    findings = check(bundle, held(world))
    assert not caught(findings)
    assert (findings[4].items, findings[5].items) == (2, 2)
    # With their signatures it is another file than the one that was stamped.
    assert cosigned.startswith(bare)
    forge = Forge.of(bundle, world.rt.keys.signer(world.origin))
    forge.last.append(lambda files: files.update(kept | {"checkpoints/4": cosigned}))
    assert failed(check(forge.zipped(), held(world))) == {6}


def test_the_last_checkpoint_waits_for_its_witnesses_for_what_is_stamped_stays_as_it_is(
    world: World, server: Server
) -> None:
    world.assembly(policy=BOTH)
    world.at("2026-06-11 00:00")
    world.certify()

    assert tick(world).stamped == ()
    with pytest.raises(StampAwaitsWitnesses) as refused:
        export(world.rt, world.origin, audience="public")

    assert refused.value.until == stamped.state(world.rt, world.origin).waits_until == jst("2026-06-18 00:00")


def test_a_witness_that_never_signs_again_does_not_keep_the_bundle_back_for_ever(
    world: World, server: Server
) -> None:
    world.assembly(policy=BOTH)
    world.at("2026-06-11 00:00")
    world.certify()
    world.at("2026-06-17 23:59")
    assert tick(world).stamped == ()

    world.at("2026-06-18 00:00")
    assert tick(world).stamped == ((world.origin, len(world.entries())),)

    # It says itself what it lacks, and it lacks nothing else.
    bundle = export(world.rt, world.origin, audience="public")
    assert failed(check(bundle, held(world))) == {5}
    assert not is_witnessed(world.rt, world.origin)
    # Nor is anything added when they sign after all: it would not be what was stamped.
    note = world.rt.anchors.read(world.origin)
    for key in WITNESSES:
        accept(world.rt, world.origin, note + key.line(split_note(note)[0], time=1_781_800_000))
    assert not is_witnessed(world.rt, world.origin)
    assert export(world.rt, world.origin, audience="public") == bundle


def test_a_checkpoint_of_another_history_is_not_stamped_for_its_stamp_would_stay_in_the_bundle(
    world: World, server: Server
) -> None:
    """As after a crash between an incident and the anchor: as many entries, and others."""
    world.assembly()
    right = world.rt.anchors.read(world.origin)
    other = Checkpoint(world.origin, len(world.entries()), bytes(range(32)))
    world.rt.anchors.swap(world.origin, sign(other, world.rt.keys.signer(world.origin)))

    with pytest.raises(Broken, match="does not continue what was signed"):
        stamping.stamp_if_due(world.rt, world.origin)

    assert server.asked == []
    world.rt.anchors.swap(world.origin, right)
    assert tick(world).stamped == ((world.origin, 4),)


def test_a_store_turned_back_while_the_authority_was_asked_keeps_no_stamp(
    world: World, server: Server
) -> None:
    world.assembly()
    backup = back_up(world)
    world.at("2026-06-02 10:00")
    world.cast("M0001")

    def reply(server: Server, query: Query) -> bytes:
        restore(world, backup)
        return server.right(query)

    server.reply = reply
    running = world.rt
    with pytest.raises(Suspended):
        stamping.stamp_if_due(running, world.origin)

    assert sizes(world) == []
    world.receipts.clear()
    record_incident(
        world.rt,
        world.officer(Role.ADMINISTRATOR),
        world.origin,
        Report("restore", jst("2026-06-02 09:00"), jst("2026-06-02 10:00")),
    )
