"""The audit bundle as the service makes it: complete, the same every time, and for its audience only."""

import subprocess
import sys
import threading
from hashlib import sha256
from pathlib import Path

import pytest

from tests.verify.conftest import play
from tests.verify.forge import caught, check
from tests.world import World, empty_database, world_at
from voting.core.errors import Broken
from voting.core.permissions import Role
from voting.ledger.bundle_zip import MOST_FILES
from voting.ledger.kinds import Key
from voting.ledger.note import Signer
from voting.services.desk import papers
from voting.services.errors import NoSuchAssembly, NotThatFar, Suspended
from voting.services.outcome import closing
from voting.services.proof.export import TooManyFiles, export
from voting.services.recording import recording
from voting.store import audit, ledger
from voting.verify.bundle import Bundle, read_bundle
from voting.verify.evidence import Held


def bundle(world: World, audience: str = "public") -> Bundle:
    return read_bundle(export(world.rt, world.origin, audience=audience))


def held(world: World) -> Held:
    receipts = tuple((f"receipt {place}", each) for place, each in enumerate(world.receipts))
    return Held(world.rt.keys.signer(world.origin).verifier, receipts=receipts)


@pytest.mark.parametrize("audience", ["public", "auditor"])
def test_a_certified_assembly_is_exported_and_verified_with_every_receipt(
    world: World, audience: str
) -> None:
    play(world)

    findings = check(export(world.rt, world.origin, audience=audience), held(world))

    assert not caught(findings)
    assert findings[8].items == 8


def test_the_same_assembly_gives_the_same_bytes_whenever_it_is_exported(world: World) -> None:
    play(world)
    first = export(world.rt, world.origin, audience="auditor")
    world.at("2027-01-01 00:00")

    assert export(world.rt, world.origin, audience="auditor") == first


def test_another_process_gives_the_same_bytes(world: World, tmp_path: Path) -> None:
    play(world)
    here = sha256(export(world.rt, world.origin, audience="public")).hexdigest()
    program = (
        "import sys\n"
        "from hashlib import sha256\n"
        "from pathlib import Path\n"
        "from tests.world import world_at\n"
        "from voting.services.proof.export import export\n"
        "folder = Path(sys.argv[1])\n"
        "world = world_at(folder, f'sqlite:///{folder}/voting.db', start='2028-01-01 00:00')\n"
        "print(sha256(export(world.rt, sys.argv[2], audience='public')).hexdigest())\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path), world.origin],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
        env={"PYTHONHASHSEED": "12345", "PYTHONPATH": str(Path(__file__).parents[2])},
    )

    assert done.stdout.strip() == here


def test_the_public_gets_no_name_of_a_member_and_no_name_of_an_officer(world: World) -> None:
    play(world)

    data = export(world.rt, world.origin, audience="public")

    assert bundle(world).under("roll/") == ["roll/public.jsonl"]
    for secret in ("架空1町", "M0001", "担当1", "entry-1", "企画課", "担当 花子"):
        assert secret.encode() not in data


def test_codes_and_addresses_are_in_no_bundle(world: World) -> None:
    play(world)
    data = export(world.rt, world.origin, audience="auditor")

    assert b"@example.jp" not in data
    assert not any(code.encode() in data for code in world.codes.values())


def test_before_the_count_nobody_gets_a_bundle(world: World) -> None:
    world.assembly()
    world.at("2026-06-02 10:00")
    world.cast("M0001")

    for audience in ("public", "auditor"):
        with pytest.raises(NotThatFar):
            export(world.rt, world.origin, audience=audience)


def test_the_auditors_can_check_the_count_before_they_sign_it(world: World) -> None:
    world.assembly()
    world.at("2026-06-11 00:00")
    closing.tally(world.rt, world.officer(Role.ADMINISTRATOR), world.origin)

    with pytest.raises(NotThatFar):
        export(world.rt, world.origin, audience="public")
    assert not caught(check(export(world.rt, world.origin, audience="auditor"), held(world)))


def test_an_assembly_that_nobody_answered_is_exported_too(world: World) -> None:
    world.assembly()
    world.at("2026-06-11 00:00")
    world.certify()

    assert not caught(check(export(world.rt, world.origin, audience="public"), held(world)))


def test_a_paper_of_nobody_on_the_roll_is_in_the_bundle_and_opens_to_nothing(world: World) -> None:
    world.assembly()
    world.at("2026-06-03 09:00")
    world.paper("M9999", serial="F-1", arrived="2026-06-02 16:03")
    for role in (Role.ENTRY, Role.CHECKER):
        papers.reject(world.rt, world.officer(role), world.origin, serial="F-1")
    world.at("2026-06-11 00:00")
    world.certify()

    findings = check(export(world.rt, world.origin, audience="public"), held(world))

    assert not caught(findings)
    assert (findings[15].items, findings[16].items, findings[18].items) == (1, 0, 1)


def test_an_assembly_that_is_not_there_has_no_bundle(world: World) -> None:
    with pytest.raises(NoSuchAssembly):
        export(world.rt, "vote.example.or.jp/council/none", audience="public")


def test_there_are_two_audiences(world: World) -> None:
    play(world)

    with pytest.raises(Broken):
        export(world.rt, world.origin, audience="press")


def test_a_store_that_is_behind_what_was_signed_exports_nothing(world: World, tmp_path: Path) -> None:
    play(world)
    newest = world.rt.anchors.read(world.origin)
    old = tmp_path / "old"
    old.mkdir()
    empty_database(f"sqlite:///{old / 'voting.db'}").close()
    behind = world_at(old, f"sqlite:///{old / 'voting.db'}")
    behind.assembly(size=8)
    # The same log, restored from a backup of its first day, and the anchor of today.
    behind.rt.anchors.swap(behind.origin, newest)

    with pytest.raises(Suspended):
        export(behind.rt, behind.origin, audience="public")
    behind.rt.database.close()


def test_ballots_do_not_wait_for_an_export_nor_an_export_for_them(world: World) -> None:
    play(world)
    made: list[bytes] = []

    def work() -> None:
        made.append(export(world.rt, world.origin, audience="public"))

    exporter = threading.Thread(target=work, daemon=True)
    # Whoever records something holds this turn.
    with world.rt.database.ledger_turn(world.origin):
        exporter.start()
        exporter.join(timeout=60)

    assert made == [export(world.rt, world.origin, audience="public")]


def test_a_promise_that_a_crash_left_open_is_made_before_the_export(world: World) -> None:
    world.assembly()
    world.at("2026-06-11 00:00")
    before = world.rt.anchors.read(world.origin)
    closing.tally(world.rt, world.officer(Role.ADMINISTRATOR), world.origin)
    whole = world.rt.anchors.read(world.origin)
    world.rt.anchors.swap(world.origin, before)

    data = export(world.rt, world.origin, audience="auditor")

    assert read_bundle(data).read("checkpoint") == whole == world.rt.anchors.read(world.origin)
    assert not caught(check(data, held(world)))


def test_a_log_of_more_commits_than_a_zip_can_count_is_refused_with_their_number(world: World) -> None:
    play(world)
    with world.rt.database.transaction() as tx:
        for size in range(1_000_000, 1_000_000 + MOST_FILES):
            ledger.put_checkpoint(tx, world.case.id, size=size, note=b"-")

    with pytest.raises(TooManyFiles) as refused:
        export(world.rt, world.origin, audience="public")

    stored = len(bundle_checkpoints(world))
    assert (refused.value.checkpoints, refused.value.most) == (stored, 65_534)
    assert refused.value.files > stored > MOST_FILES


def bundle_checkpoints(world: World) -> set[int]:
    """The sizes of all checkpoints there are."""
    with world.rt.database.reading() as tx:
        return {*audit.checkpoints(tx, world.case.id), len(ledger.entries(tx, world.case.id))}


def test_what_the_store_does_not_keep_is_refused_rather_than_left_out(world: World) -> None:
    play(world)
    with recording(world.rt, world.origin) as book:
        book.append(Key(operation="rotate", vkey=Signer.from_seed(world.origin, b"\x05" * 32).vkey))

    with pytest.raises(Broken, match="key"):
        export(world.rt, world.origin, audience="public")
