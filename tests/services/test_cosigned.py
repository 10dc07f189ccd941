"""Cosignatures brought to us, and forged ones."""

from pathlib import Path

import pytest

from tests.witness.logs import Owner, Site, cosigner, published
from tests.world import World
from voting.ledger.checkpoint import Checkpoint, sign
from voting.ledger.cosignature import Cosigner
from voting.ledger.merkle import leaf_hash
from voting.ledger.note import Signer, split_note
from voting.ledger.tiles import entry_files, tile_files
from voting.services.casting import ballots
from voting.services.errors import NoSuchAssembly, Suspended
from voting.services.proof import contradictions, cosigned
from voting.services.proof.cosigned import NoCheckpointOfOurs, NotAWitness
from voting.services.proof.policies import policy_of
from voting.store import cosignatures
from voting.witness.client import ask
from voting.witness.desk import Desk
from voting.witness.state import State
from voting.witness.watching import watch

A, B, STRANGER = (
    cosigner(f"witness.example.or.jp/{name}", seed) for name, seed in (("a", 1), ("b", 2), ("x", 3))
)
POLICY = f"witness A {A.witness.vkey}\nwitness B {B.witness.vkey}\ngroup g any A B\nquorum g\n"
TIME = 1_781_000_000


@pytest.fixture
def voting(world: World) -> World:
    """A vote with two ballots; its policy names two witnesses without an address."""
    world.assembly(policy=POLICY)
    world.at("2026-06-02 10:00")
    world.cast("M0001")
    world.cast("M0002")
    return world


def newest(world: World) -> bytes:
    return world.rt.anchors.read(world.origin)


def line(key: Cosigner, note: bytes, *, time: int = TIME) -> bytes:
    return key.line(split_note(note)[0], time=time)


def signed(world: World, size: int, root: bytes = b"x" * 32) -> bytes:
    """A checkpoint that the log's own key has signed, whatever the store holds."""
    return sign(Checkpoint(world.origin, size, root), world.rt.keys.signer(world.origin))


def test_a_cosignature_that_is_brought_is_kept_once_and_handed_out(voting: World) -> None:
    note = newest(voting)

    assert cosigned.accept(voting.rt, voting.origin, note + line(A, note)) == 1
    assert cosigned.accept(voting.rt, voting.origin, note + line(A, note, time=TIME + 1)) == 0
    assert cosigned.accept(voting.rt, voting.origin, note + line(A, note) + line(B, note)) == 1

    with voting.rt.database.reading() as tx:
        whole = cosigned.with_cosignatures(tx, voting.case, 5, note)
    assert whole == note + line(A, note) + line(B, note)


def test_an_older_checkpoint_of_ours_may_still_be_cosigned(voting: World) -> None:
    note = newest(voting)
    voting.cast("M0003")

    assert cosigned.accept(voting.rt, voting.origin, note + line(A, note)) == 1
    assert cosigned.lines(voting.rt, voting.origin)[:2] == (
        "記録の立会人の連署　0/2　定めた数に達していません。",
        "A　5件まで連署　(witness.example.or.jp/a)",
    )


def test_a_forged_cosignature_is_not_taken(voting: World) -> None:
    note = newest(voting)
    other = signed(voting, 4)
    forged = {
        "by a key that is not in the policy": note + line(STRANGER, note),
        "over another checkpoint": note + line(A, other),
        "by a stranger in a witness's name": note + line(cosigner(A.name, 9), note),
        "none": note,
        "one right and one wrong": note + line(A, note) + line(B, other),
    }

    for what, body in forged.items():
        with pytest.raises(NotAWitness):
            cosigned.accept(voting.rt, voting.origin, body)
        with voting.rt.database.reading() as tx:
            assert cosignatures.everything(tx, voting.case.id) == (), what


def test_a_checkpoint_that_we_did_not_sign_is_not_taken(voting: World) -> None:
    note = newest(voting)
    thief = Signer.from_seed(voting.origin, bytes(32))
    forged = sign(Checkpoint(voting.origin, 99, bytes(32)), thief)
    elsewhere = sign(
        Checkpoint("other.example/log", 5, bytes(32)), Signer.from_seed("other.example/log", bytes(32))
    )

    for body in (forged + line(A, forged), elsewhere + line(A, elsewhere), b"hello", note[:-9], b"\xff"):
        with pytest.raises(NoCheckpointOfOurs):
            cosigned.accept(voting.rt, voting.origin, body)
    voting.cast("M0003")


@pytest.mark.parametrize("size", [3, 5, 80])
def test_a_checkpoint_that_we_signed_and_do_not_hold_suspends_the_vote_whoever_brings_it(
    voting: World, size: int
) -> None:
    evidence = signed(voting, size)

    with pytest.raises(Suspended):
        cosigned.accept(voting.rt, voting.origin, evidence)

    with pytest.raises(Suspended) as refused:
        voting.cast("M0003")
    assert (refused.value.stored, refused.value.signed) == (5, size)
    assert ballots.open_code(voting.rt, voting.codes["M0003"]).member_id == "M0003"


def test_an_incident_accounts_for_it_and_the_same_evidence_stops_nothing_again(voting: World) -> None:
    with pytest.raises(Suspended):
        cosigned.accept(voting.rt, voting.origin, signed(voting, 80))

    with voting.rt.database.transaction() as tx:
        contradictions.settle(tx, voting.case, index=5)

    voting.cast("M0003")
    for size in (80, 70):
        with pytest.raises(NotAWitness):
            cosigned.accept(voting.rt, voting.origin, signed(voting, size))
    voting.cast("M0004")
    with pytest.raises(Suspended):
        cosigned.accept(voting.rt, voting.origin, signed(voting, 81))


def test_an_assembly_whose_notice_is_not_out_takes_nothing(world: World) -> None:
    world.draft(policy=POLICY)

    for origin in (world.origin, "vote.example.or.jp/council/none"):
        with pytest.raises(NoSuchAssembly):
            cosigned.accept(world.rt, origin, newest(world))


def test_an_assembly_without_witnesses_takes_nothing(world: World) -> None:
    world.assembly()
    note = newest(world)

    with pytest.raises(NotAWitness):
        cosigned.accept(world.rt, world.origin, note + line(A, note))
    assert cosigned.lines(world.rt, world.origin)[0].startswith("記録の立会人　なし")


def test_the_witness_of_an_office_looks_at_the_published_tiles_and_its_cosignature_is_taken(
    voting: World, tmp_path: Path
) -> None:
    witness = Desk(State(tmp_path / "office"), A, voting.clock, Owner())
    witness.state.add(voting.rt.keys.signer(voting.origin).verifier, now=voting.clock())
    entries = voting.entries()
    tiles = {**tile_files([leaf_hash(each) for each in entries]), **entry_files(entries)}
    site = Site({"checkpoint": newest(voting), **tiles})
    with published(site) as address:
        assert watch(witness, ask, address, {})

    assert cosigned.accept(voting.rt, voting.origin, site.brought[0]) == 1

    with voting.rt.database.reading() as tx:
        policy = policy_of(tx, voting.case)
        note = cosigned.with_cosignatures(tx, voting.case, 5, newest(voting))
    assert policy is not None and policy.signed_by(note) == ["A"]
