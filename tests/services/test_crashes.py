"""A process killed anywhere between commit and answer loses nothing that could have been promised.

The killing is done by the parts that the runtime is given: a key ring that dies when asked to sign, an
anchor that dies before or after it is swapped.
"""

import multiprocessing
import os
import signal
import sqlite3
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.world import ALL_FOR, World
from voting.core.errors import Broken
from voting.credentials.log_keys import LogKeys
from voting.ledger.checkpoint import Checkpoint, sign
from voting.ledger.note import Signer
from voting.runtime import Runtime
from voting.services.casting import ballots
from voting.services.casting.answers import Answer
from voting.services.casting.ballots import Cast, Key
from voting.services.errors import ClockWentBack, Suspended
from voting.services.recording import recompute, settle
from voting.store.anchor import AnchorMissing, Anchors
from voting.store.transaction import Database

REQUEST = b"0123456789abcdef"


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class DyingKeys(LogKeys):
    """Dies when it is asked to sign a second time: the entry is committed, no checkpoint over it is."""

    def __init__(self, keys: LogKeys) -> None:
        self._keys = keys
        self._asked = 0

    def signer(self, origin: str) -> Signer:
        self._asked += 1
        if self._asked > 1:
            die()
        return self._keys.signer(origin)


class DyingAnchors(Anchors):
    """Dies before or after the swap: the checkpoint is stored, the member has no answer."""

    def __init__(self, anchors: Anchors, *, after: bool) -> None:
        self._anchors, self._after = anchors, after

    def read(self, origin: str) -> bytes:
        return self._anchors.read(origin)

    def swap(self, origin: str, note: bytes) -> None:
        if self._after:
            self._anchors.swap(origin, note)
        die()


class SlowAnchors(Anchors):
    """Waits before the first swap until it is let go, and tells when it has come there."""

    def __init__(self, anchors: Anchors) -> None:
        self._anchors = anchors
        self.reached, self.go = threading.Event(), threading.Event()

    def read(self, origin: str) -> bytes:
        return self._anchors.read(origin)

    def swap(self, origin: str, note: bytes) -> None:
        self.reached.set()
        assert self.go.wait(20)
        self._anchors.swap(origin, note)


def cast(rt: Runtime, key: Key, request: bytes = REQUEST) -> None:
    answer = Answer(choices=ALL_FOR, section="企画課", respondent="担当 花子")
    base = ballots.view(rt, key).case.sealed_base
    ballots.cast(rt, Cast(key, answer, request, base))


def cast_in_a_child(world: World, arm: Callable[[Runtime], Runtime]) -> int | None:
    """Cast in a process of its own, on a connection of its own; the answer is how it ended."""
    key = world.key("M0001")
    url = str(world.rt.database.engine.url)

    def child() -> None:
        cast(arm(replace(world.rt, database=Database(url))), key)

    process = multiprocessing.get_context("fork").Process(target=child)
    process.start()
    process.join()
    return process.exitcode


@pytest.mark.parametrize(
    "arm",
    [
        lambda rt: replace(rt, keys=DyingKeys(rt.keys)),
        lambda rt: replace(rt, anchors=DyingAnchors(rt.anchors, after=False)),
        lambda rt: replace(rt, anchors=DyingAnchors(rt.anchors, after=True)),
    ],
    ids=["after the commit, before signing", "before the anchor is swapped", "after the anchor is swapped"],
)
def test_a_process_killed_between_commit_and_answer_loses_nothing(
    world: World, arm: Callable[[Runtime], Runtime]
) -> None:
    world.assembly()
    world.at("2026-06-02 10:00")
    size = len(world.entries())

    assert cast_in_a_child(world, arm) == -signal.SIGKILL

    assert len(world.entries()) == size + 1
    receipt = world.cast("M0001", request=REQUEST)
    assert len(world.entries()) == size + 1
    assert receipt.index == size
    world.cast("M0002")


def test_the_same_child_unarmed_ends_well(world: World) -> None:
    world.assembly()
    world.at("2026-06-02 10:00")

    assert cast_in_a_child(world, lambda rt: rt) == 0


def test_a_commit_that_was_never_acknowledged_is_settled_at_start(world: World) -> None:
    world.assembly()
    world.at("2026-06-02 10:00")
    cast_in_a_child(world, lambda rt: replace(rt, keys=DyingKeys(rt.keys)))

    settle(world.rt, world.origin)

    found = recompute(world.rt, world.origin)
    assert found is not None
    assert found.size == len(world.entries())


def test_the_next_ballot_is_stored_beside_a_promise_and_answered_only_after_it(world: World) -> None:
    world.assembly()
    world.at("2026-06-02 10:00")
    size = len(world.entries())
    anchors = SlowAnchors(world.rt.anchors)
    slow = replace(world.rt, anchors=anchors)
    answered: list[str] = []

    def send(member: str, key: Key) -> None:
        cast(slow, key, member.encode() * 3 + b"-")
        answered.append(member)

    keys = {member: world.key(member) for member in ("M0001", "M0002")}
    senders = [threading.Thread(target=send, args=item) for item in keys.items()]
    senders[0].start()
    assert anchors.reached.wait(20)
    senders[1].start()
    for _ in range(1000):
        if len(world.entries()) == size + 2:
            break
        time.sleep(0.01)
    assert len(world.entries()) == size + 2
    assert answered == []

    anchors.go.set()
    for sender in senders:
        sender.join(20)

    assert answered == ["M0001", "M0002"]
    found = recompute(world.rt, world.origin)
    assert found is not None
    assert found.size == size + 2


def test_an_anchor_that_signed_other_entries_makes_no_promise(world: World) -> None:
    world.assembly()
    world.at("2026-06-02 10:00")
    world.cast("M0001")
    right = world.rt.anchors.read(world.origin)
    other = Checkpoint(world.origin, len(world.entries()), bytes(32))
    world.rt.anchors.swap(world.origin, sign(other, world.rt.keys.signer(world.origin)))
    size = len(world.entries())

    with pytest.raises(Broken, match="anchor is not the checkpoint"):
        cast(world.rt, world.key("M0002"))

    assert len(world.entries()) == size
    world.rt.anchors.swap(world.origin, right)


def test_an_act_that_fails_before_its_commit_leaves_no_trace(world: World) -> None:
    world.assembly()
    world.at("2026-06-02 10:00")
    size, anchor = len(world.entries()), world.rt.anchors.read(world.origin)
    broken = replace(world.rt, token=lambda size: b"too short")

    with pytest.raises(ValueError, match="salt"):
        cast(broken, world.key("M0001"))

    assert len(world.entries()) == size
    assert world.rt.anchors.read(world.origin) == anchor


def test_a_database_restored_from_a_backup_takes_no_ballot(world: World, tmp_path: Path) -> None:
    world.assembly()
    world.at("2026-06-02 10:00")
    file = Path(str(world.rt.database.engine.url.database))
    key = world.key("M0002")
    copy(file, tmp_path / "backup.db")
    world.cast("M0001")
    copy(file, tmp_path / "newest.db")

    restored = replace(world.rt, database=Database(f"sqlite:///{tmp_path / 'backup.db'}"))
    with pytest.raises(Suspended) as refused:
        cast(restored, key)

    assert (refused.value.stored, refused.value.signed) == (3, 4)
    whole = replace(world.rt, database=Database(f"sqlite:///{tmp_path / 'newest.db'}"))
    assert recompute(whole, world.origin) is not None


def copy(source: Path, target: Path) -> None:
    """A consistent copy of a database in use, as a backup tool makes it."""
    with sqlite3.connect(source) as old, sqlite3.connect(target) as new:
        old.backup(new)
    old.close()
    new.close()


def test_a_missing_anchor_is_an_error_and_never_a_fresh_start(world: World, tmp_path: Path) -> None:
    world.assembly()
    world.at("2026-06-02 10:00")
    elsewhere = Anchors(tmp_path / "nowhere")

    with pytest.raises(AnchorMissing):
        cast(replace(world.rt, anchors=elsewhere), world.key("M0001"))


def test_an_entry_changed_in_the_database_file_is_found_at_the_next_start(world: World) -> None:
    world.assembly()
    world.at("2026-06-02 10:00")
    world.cast("M0001")
    connection = world.rt.database.engine.raw_connection()
    cursor = connection.cursor()
    cursor.execute("DROP TRIGGER ledger_entry_no_update")
    cursor.execute("SELECT entry FROM ledger_entry WHERE idx = 3")
    (entry,) = cursor.fetchone()
    cursor.execute("UPDATE ledger_entry SET entry = ? WHERE idx = 3", (entry.replace(b"web", b"fax"),))

    with pytest.raises(Broken):
        recompute(world.rt, world.origin)

    cursor.execute("UPDATE ledger_entry SET entry = ? WHERE idx = 3", (entry,))
    connection.close()


def test_a_clock_that_goes_back_stops_the_ledger(world: World) -> None:
    world.assembly()
    world.at("2026-06-02 10:00")
    world.cast("M0001")
    world.at("2026-06-02 09:59")

    with pytest.raises(ClockWentBack):
        world.cast("M0002")
