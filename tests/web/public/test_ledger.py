"""The ledger over HTTP: a stranger rebuilds it from its files, and gets nothing that was not promised."""

import threading
import urllib.request
from collections.abc import Iterator
from hashlib import sha256

import pytest
from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from tests import reference
from tests.log_client import LogClient, place, status_of
from tests.web.conftest import SECRET, Browser
from tests.world import World
from voting.app import create_app
from voting.ledger.checkpoint import Checkpoint, sign
from voting.ledger.commitments import person_commitment
from voting.ledger.kinds import Operator
from voting.ledger.merkle import verify_consistency, verify_inclusion
from voting.services.errors import Suspended
from voting.services.proof.export import export
from voting.services.recording import recording
from voting.verify.bundle import read_bundle

LOG = "vote.example.or.jp/council/2026-06"


class Silent(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing is logged."""


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Silent)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def lengthen(world: World, entries: int) -> None:
    """Let an officer do *entries* things that are written down, in one commit."""
    by = person_commitment("entry-1", "entry 担当1", "entry", sha256(b"salt").digest()).hex()
    with recording(world.rt, world.origin) as book:
        for _ in range(entries):
            book.append(Operator(action="read-roll", by=by, target=None))


def fetched(address: str) -> bytes:
    with urllib.request.urlopen(address) as answer:
        content: bytes = answer.read()
    return content


def client(world: World, address: str) -> LogClient:
    return LogClient(f"{address}/ledger/{LOG}", world.case.vkey)


def test_a_stranger_rebuilds_the_root_from_the_tiles_during_the_vote(world: World, address: str) -> None:
    for number in range(1, 4):
        world.cast(f"M000{number}")
    lengthen(world, 600)

    log = client(world, address)

    assert log.size == len(world.entries()) > 512
    assert log.hash_of(0, log.size) == log.root
    assert log.entries() == world.entries()
    assert reference.root(log.entries()) == log.root
    assert {"tile/0/000", "tile/0/001", "tile/1/000.p/2"} <= set(log.fetch_all())


def test_every_receipt_is_included_and_every_checkpoint_is_a_beginning_by_the_tiles_alone(
    world: World, address: str
) -> None:
    receipts = [world.cast("M0001")]
    lengthen(world, 300)
    receipts.append(world.cast("M0002"))
    early = client(world, address)
    lengthen(world, 400)

    log = client(world, address)

    for receipt in receipts:
        proof = log.inclusion(receipt.index, 0, log.size)
        leaf = sha256(b"\0" + receipt.entry).digest()
        verify_inclusion(leaf, index=receipt.index, size=log.size, proof=proof, root=log.root)
    for old in (1, 255, 256, 257, early.size, log.size):
        root = reference.root(log.entries()[:old])
        verify_consistency(
            log.consistency(old), old_size=old, old_root=root, new_size=log.size, new_root=log.root
        )
    assert reference.root(log.entries()[: early.size]) == early.root


def test_the_files_after_the_result_are_those_of_the_bundle_byte_for_byte(world: World, address: str) -> None:
    world.cast("M0001")
    lengthen(world, 520)
    world.at("2026-06-11 00:00")
    world.certify()
    bundle = read_bundle(export(world.rt, world.origin, audience="public"))

    log = client(world, address)

    assert log.note == bundle.read("checkpoint")
    assert log.fetch_all() == {path: bundle.read(path) for path in bundle.under("tile/")}


def test_what_no_checkpoint_promises_is_not_given_out(world: World, address: str) -> None:
    world.cast("M0001")
    size = len(world.entries())
    prefix = f"{address}/ledger/{LOG}/tile"
    promised = world.rt.anchors.read(world.origin)
    world.cast("M0002")
    # The entry is stored, its promise was never made: the writer died between commit and anchor.
    world.rt.anchors.swap(world.origin, promised)

    for level in ("0", "entries"):
        assert status_of(f"{prefix}/{level}/000.p/{size}") == 200
        assert status_of(f"{prefix}/{level}/000.p/{size + 1}") == 404
    world.cast("M0003")
    assert status_of(f"{prefix}/entries/000.p/{size + 2}") == 200


def test_a_store_that_was_turned_back_gives_out_what_it_still_has_and_owns_to_what_it_lost(
    world: World, address: str
) -> None:
    lengthen(world, 300)
    prefix, size = f"{address}/ledger/{LOG}", len(world.entries())
    before = client(world, address).fetch_all()
    # As after a restore: more was signed than is stored.
    promised = world.rt.anchors.read(LOG)
    signed = sign(Checkpoint(LOG, size + 5, bytes(range(32))), world.rt.keys.signer(LOG))
    world.rt.anchors.swap(LOG, signed)

    assert {path: fetched(f"{prefix}/{path}") for path in before} == before
    assert fetched(f"{prefix}/checkpoint") == signed
    for bundle, lost in (("entries/001", 5), ("0/001", 1)):
        assert status_of(f"{prefix}/tile/{bundle}.p/{size + lost - 256}") == 503
    # What was never promised is no loss.
    assert status_of(f"{prefix}/tile/0/001.p/{size + 6 - 256}") == 404
    with pytest.raises(Suspended):
        world.cast("M0001")
    # The newer database was found after all.
    world.rt.anchors.swap(LOG, promised)
    world.cast("M0001")


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/000",
        "tile/0/001.p/1",
        "tile/0/00.p/1",
        "tile/0/0000.p/1",
        "tile/0/x000/000.p/1",
        "tile/0/000.p/0",
        "tile/0/000.p/01",
        "tile/0/000.p/256",
        "tile/0/000.p/1/",
        "tile/0/000.P/1",
        "tile/00/000.p/1",
        "tile/64/000.p/1",
        "tile/63/x999/x999/x999/x999/999",
        "tile/1/000.p/1",
        "tile/-1/000.p/1",
        "tile/0/%EF%BC%90%EF%BC%90%EF%BC%90.p/1",
        "tile/entries/000",
        "tile/entries/",
        "tile/",
        "tile/0/../0/000.p/1",
        "checkpoint/",
        "",
    ],
)
def test_a_path_that_is_none_or_of_nothing_promised_is_not_found(address: str, path: str) -> None:
    assert status_of(f"{address}/ledger/{LOG}/{path}") == 404


@pytest.mark.parametrize("log", ["vote.example.or.jp/council/none", "other.example.jp/council/2026-06", "a"])
def test_a_log_that_is_not_here_is_not_found(address: str, log: str) -> None:
    assert status_of(f"{address}/ledger/{log}/checkpoint") == 404
    assert status_of(f"{address}/ledger/{log}/tile/0/000.p/1") == 404


def test_before_the_notice_a_ledger_is_nobodys_business(empty_world: World) -> None:
    empty_world.draft()
    http = create_app(empty_world.rt, secret=SECRET, secure_cookies=False).test_client()

    assert http.get(f"/ledger/{LOG}/checkpoint").status_code == 404
    assert LOG not in http.get("/ledger/").text


def test_a_full_tile_may_be_kept_for_ever_and_anything_that_grows_is_asked_for_again(
    world: World, browser: Browser
) -> None:
    lengthen(world, 300)
    width = len(world.entries()) - 256
    log = f"/ledger/{LOG}"

    for path in ("tile/0/000", "tile/entries/000"):
        assert browser.get(f"{log}/{path}").headers["Cache-Control"] == "public, max-age=31536000, immutable"
    for path in (f"tile/0/001.p/{width}", f"tile/entries/001.p/{width}", "tile/1/000.p/1", "checkpoint"):
        answer = browser.get(f"{log}/{path}")
        assert answer.headers["Cache-Control"] == "no-cache"
        again = browser.client.get(f"{log}/{path}", headers={"If-None-Match": answer.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
    # A tile that is not there yet will be: nobody may remember that it was not.
    assert browser.get(f"{log}/tile/0/001").headers["Cache-Control"] == "no-store"


def test_a_checkpoint_asked_for_again_is_sent_anew_once_the_log_has_grown(
    world: World, browser: Browser
) -> None:
    first = browser.get(f"/ledger/{LOG}/checkpoint")
    world.cast("M0001")

    again = browser.client.get(f"/ledger/{LOG}/checkpoint", headers={"If-None-Match": first.headers["ETag"]})

    assert again.status_code == 200
    assert again.data == world.rt.anchors.read(world.origin) != first.data


def test_no_file_of_the_ledger_holds_a_name_a_choice_or_a_salt_before_the_close(
    world: World, address: str
) -> None:
    receipt = world.cast("M0001")

    files = b"".join(client(world, address).fetch_all().values())

    assert receipt.member is not None and receipt.opening is not None
    for secret in ("M0001", "架空1町", "for", "賛成", "企画課", receipt.opening.salt.hex()):
        assert f'"{secret}"'.encode() not in files and secret.encode() not in files.replace(b"format", b"")


def test_the_list_names_each_ledger_with_its_key(world: World, browser: Browser) -> None:
    page = browser.get("/ledger/").text

    assert LOG in page and f'href="/ledger/{LOG}/checkpoint"' in page
    assert world.case.vkey.replace("+", "&#43;") in page or world.case.vkey in page


@pytest.mark.parametrize(
    ("number", "text"), [(67, "067"), (1000, "x001/000"), (1234067, "x001/x234/067"), (0, "000")]
)
def test_the_client_spells_places_as_the_specification_does(number: int, text: str) -> None:
    assert place(number) == text
