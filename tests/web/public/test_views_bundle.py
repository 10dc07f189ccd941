"""The audit bundle on the public page."""

from dataclasses import replace
from hashlib import sha256

import pytest

from tests.stamping import listening
from tests.web.conftest import SECRET, Browser
from tests.witness.logs import cosigner
from tests.world import World
from voting.app import create_app
from voting.core.ballots import Mark
from voting.ledger.kinds import Operator
from voting.ledger.note import split_note
from voting.services.proof.cosigned import accept
from voting.services.proof.export import export
from voting.services.proof.tiles import checkpoint
from voting.services.recording import recording
from voting.services.schedule import run_due

PAGE = "/assemblies/council/2026-06"
FILE = f"{PAGE}/bundle.zip"


@pytest.fixture
def published(world: World) -> World:
    world.cast("M0001", {1: Mark.FOR, 2: Mark.AGAINST})
    world.at("2026-06-11 09:00")
    world.certify()
    return world


def test_before_the_result_there_is_no_bundle_and_no_button(world: World, browser: Browser) -> None:
    assert browser.get(FILE).status_code == 404
    assert "bundle.zip" not in browser.get(PAGE).text


def test_the_download_is_the_very_file_of_the_command_each_time(published: World, browser: Browser) -> None:
    exported = export(published.rt, published.origin, audience="public")

    assert f'href="{FILE}" download' in browser.get(PAGE).text
    first, second = browser.get(FILE), browser.get(FILE)

    assert first.data == second.data == exported
    assert first.headers["Content-Type"] == "application/zip"
    assert first.headers["Content-Disposition"] == 'attachment; filename="council-2026-06-bundle.zip"'
    assert first.headers["ETag"] == f'"{sha256(exported).hexdigest()}"'
    assert first.headers["Cache-Control"] == "no-cache"


def test_another_process_gives_the_same_file(published: World, browser: Browser) -> None:
    other = create_app(published.rt, secret=SECRET, secure_cookies=False).test_client()

    assert other.get(FILE).data == browser.get(FILE).data


def test_who_has_it_already_is_told_so_and_a_broken_download_is_taken_up(
    published: World, browser: Browser
) -> None:
    whole = browser.get(FILE)

    again = browser.client.get(FILE, headers={"If-None-Match": whole.headers["ETag"]})
    rest = browser.client.get(FILE, headers={"Range": "bytes=1000-", "If-Range": whole.headers["ETag"]})

    assert (again.status_code, again.data) == (304, b"")
    assert (rest.status_code, rest.data) == (206, whole.data[1000:])
    assert rest.headers["Content-Range"] == f"bytes 1000-{len(whole.data) - 1}/{len(whole.data)}"


def test_once_the_ledger_has_grown_the_bundle_is_made_anew(published: World, browser: Browser) -> None:
    old = browser.get(FILE)
    with recording(published.rt, published.origin) as book:
        book.append(Operator(action="read-roll", by="1" * 64, target=None))

    new = browser.client.get(FILE, headers={"If-None-Match": old.headers["ETag"]})

    assert new.status_code == 200
    assert new.data == export(published.rt, published.origin, audience="public") != old.data
    assert checkpoint(published.rt, published.origin) in new.data


@pytest.mark.parametrize("level", ["L0", "L1", "L2"])
def test_the_page_says_what_the_bundle_of_its_level_holds(empty_world: World, level: str) -> None:
    empty_world.assembly(disclosure=level)
    empty_world.at("2026-06-02 10:00")
    empty_world.cast("M0001")
    empty_world.at("2026-06-11 09:00")
    empty_world.certify()
    client = create_app(empty_world.rt, secret=SECRET, secure_cookies=False).test_client()

    page, bundle = client.get(PAGE).text, client.get(FILE).data

    assert ("団体名を含みます" in page) is (level == "L0") is ("架空1町".encode() in bundle)
    assert (
        ("会員ごとの表決の内容は含みません" in page) is (level == "L2") is (b"openings.jsonl" not in bundle)
    )


def test_once_a_witness_has_signed_the_bundle_is_made_anew(empty_world: World) -> None:
    witness = cosigner()
    empty_world.assembly(policy=f"witness A {witness.witness.vkey}\nquorum A\n")
    empty_world.at("2026-06-11 09:00")
    empty_world.certify()
    client = create_app(empty_world.rt, secret=SECRET, secure_cookies=False).test_client()
    before = client.get(FILE).data
    note = empty_world.rt.anchors.read(empty_world.origin)
    line = witness.line(split_note(note)[0], time=1_781_000_000)

    accept(empty_world.rt, empty_world.origin, note + line)

    after = client.get(FILE).data
    assert after == export(empty_world.rt, empty_world.origin, audience="public") != before
    assert line in after


def test_until_its_last_checkpoint_is_stamped_the_page_says_that_the_bundle_is_to_come(
    empty_world: World,
) -> None:
    with listening(empty_world.clock) as authority:
        empty_world.rt = replace(empty_world.rt, stamper=authority.client())
        empty_world.assembly()
        empty_world.at("2026-06-11 09:00")
        empty_world.certify()
        client = create_app(empty_world.rt, secret=SECRET, secure_cookies=False).test_client()

        page, awaited = client.get(PAGE).text, client.get(FILE)

        assert "タイムスタンプ)を取得した後に、ここでダウンロードできる" in page
        assert FILE not in page
        assert (awaited.status_code, awaited.headers["Retry-After"]) == (503, "120")
        # What an operator has to type is nothing for the public's eyes.
        assert "監査用一式はまだありません" in awaited.text
        assert "voting tick" not in awaited.text
        run_due(empty_world.rt)
        assert f'href="{FILE}" download' in client.get(PAGE).text
        assert client.get(FILE).data == export(empty_world.rt, empty_world.origin, audience="public")
