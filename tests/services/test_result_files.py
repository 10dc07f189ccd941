"""The files of a result, as they are listed."""

import pytest

from tests.services.test_correcting import declared
from tests.world import World
from voting.services.outcome import result_files
from voting.services.outcome.result_files import files_of


class Emptied(dict[str, int]):
    """A cache in which another thread makes room after each thing that is put into it."""

    def __setitem__(self, digest: str, pages: int) -> None:
        super().__setitem__(digest, pages)
        self.clear()


def test_attack_another_thread_makes_room_while_pages_are_counted(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    declared(world)
    monkeypatch.setattr(result_files, "_PAGES", Emptied())

    with world.rt.database.reading() as tx:
        found = files_of(tx, world.case, 1)

    assert all(each.pages for each in found if each.name.endswith(".pdf"))
