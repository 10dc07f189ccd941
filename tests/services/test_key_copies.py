"""The drill of a copy: the keys kept elsewhere open, are those in use, and somebody has looked."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.officers import hire
from tests.services.drafting import begin
from tests.world import World, empty_database, world_at
from voting.core.permissions import NotAllowed, Role
from voting.credentials.paper_keys import PaperKeys
from voting.i18n import lines, sentence
from voting.services.drafting import key_copies
from voting.services.drafting.draft_pages import checks_of
from voting.services.drafting.key_copies import CopyFails, CopyIsOriginal
from voting.store import key_copies as kept

PASSPHRASE = b"a passphrase of the tests"


@pytest.fixture(params=["sqlite", "postgres"])
def drafted(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    url: str = request.getfixturevalue(f"{request.param}_url")
    empty_database(url).close()
    world = world_at(tmp_path, url)
    world.draft()
    yield world
    world.rt.database.close()


@pytest.fixture
def copy(drafted: World, tmp_path: Path) -> Path:
    """A copy of the key folder, as the operations guide tells to keep one."""
    folder = tmp_path / "elsewhere"
    shutil.copytree(tmp_path / "keys", folder)
    return folder


def drill(world: World, folder: Path, passphrase: bytes = PASSPHRASE) -> tuple[str, ...]:
    done = key_copies.drill(world.rt, world.officer(Role.ADMINISTRATOR), folder, passphrase)
    return tuple(each.name for each in done)


def told(world: World) -> str:
    """What the check-list says of copies; "" where it says nothing."""
    found = checks_of(world.rt, world.officer(Role.CHAIR), world.origin).warnings
    return "".join(sentence(each) for each in found if each.code == "copy-untested")


def faults_of(world: World, folder: Path, passphrase: bytes = PASSPHRASE) -> list[str]:
    with pytest.raises(CopyFails) as refused:
        drill(world, folder, passphrase)
    with world.rt.database.reading() as tx:
        assert kept.newest(tx) == {}
    assert len(lines(refused.value)) > 1
    return [each.code for each in refused.value.faults]


def test_a_copy_that_nobody_has_opened_is_a_caution_until_somebody_has(drafted: World, copy: Path) -> None:
    said = told(drafted)
    assert "控えから戻せることをまだ確かめていません" in said
    assert drafted.origin in said and "council.body.p12" in said

    assert drill(drafted, copy) == (drafted.origin, "council.body.p12")

    assert told(drafted) == ""
    with drafted.rt.database.reading() as tx:
        done = kept.newest(tx).values()
    assert {(each.account, each.drilled_at) for each in done} == {
        ("administrator-1", "2026-05-20T01:00:00.000Z")
    }


def test_a_drill_of_before_says_nothing_about_a_key_made_since(drafted: World, copy: Path) -> None:
    drill(drafted, copy)
    drafted.origin = begin(drafted, preset="council")

    said = told(drafted)

    assert drafted.origin in said and "council.body.p12" not in said
    assert faults_of_new(drafted, copy) == ["key-unusable"]


def faults_of_new(world: World, folder: Path) -> list[str]:
    with pytest.raises(CopyFails) as refused:
        drill(world, folder)
    return [each.code for each in refused.value.faults]


def test_a_copy_without_its_passphrase_restores_nothing(drafted: World, copy: Path) -> None:
    assert faults_of(drafted, copy, b"another passphrase") == ["key-unusable", "paper-key-unusable"]


def test_the_passphrase_has_to_open_the_authenticators_too(drafted: World, copy: Path) -> None:
    hire(drafted, Role.CHECKER)

    assert "factors-sealed" in faults_of(drafted, copy, b"another passphrase")
    assert drill(drafted, copy) != ()


def test_a_folder_that_is_not_there_is_no_copy(drafted: World, tmp_path: Path) -> None:
    assert faults_of(drafted, tmp_path / "nowhere") == ["key-unusable", "paper-key-not-copied"]


def test_a_copy_that_lacks_a_paper_key_is_told(drafted: World, copy: Path) -> None:
    (copy / "papers" / "council.body.p12").unlink()

    assert faults_of(drafted, copy) == ["paper-key-not-copied"]


def test_a_copy_of_another_key_under_the_same_name_is_told(drafted: World, copy: Path) -> None:
    (copy / "papers" / "council.body.p12").unlink()
    PaperKeys(copy, PASSPHRASE).create(
        "council", "body", organisation="架空", name="架空", seed=bytes(68), now=drafted.rt.now()
    )

    assert faults_of(drafted, copy) == ["paper-key-not-copied"]


@pytest.mark.parametrize("how", ["itself", "symbolic", "hard"])
def test_attack_the_live_folder_drilled_as_its_own_copy(drafted: World, tmp_path: Path, how: str) -> None:
    live, link = tmp_path / "keys", tmp_path / "link"
    if how == "symbolic":
        link.symlink_to(live)
    elif how == "hard":
        link.mkdir()
        for file in live.glob("*.pem"):
            os.link(file, link / file.name)

    with pytest.raises(CopyIsOriginal):
        drill(drafted, live if how == "itself" else link)

    assert told(drafted) != ""


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_an_administrator_notes_a_drill(drafted: World, copy: Path, role: Role) -> None:
    with pytest.raises(NotAllowed):
        key_copies.drill(drafted.rt, drafted.officer(role), copy, PASSPHRASE)


def test_nothing_that_is_kept_of_a_drill_opens_anything(drafted: World, copy: Path) -> None:
    before = {file: file.read_bytes() for file in copy.rglob("*") if file.is_file()}
    drill(drafted, copy)

    assert {file: file.read_bytes() for file in copy.rglob("*") if file.is_file()} == before
    with drafted.rt.database.reading() as tx:
        shown = repr(kept.newest(tx))
    assert PASSPHRASE.decode() not in shown and "PRIVATE" not in shown


def test_what_was_noted_of_a_drill_is_not_changed(drafted: World, copy: Path) -> None:
    drill(drafted, copy)

    for statement in ("UPDATE key_copy SET name = ''", "DELETE FROM key_copy"):
        with pytest.raises(Exception, match="append-only"), drafted.rt.database.transaction() as tx:
            tx.run(text(statement))


def test_two_drills_at_one_instant_are_both_kept(drafted: World, copy: Path) -> None:
    assert drill(drafted, copy) == drill(drafted, copy)
