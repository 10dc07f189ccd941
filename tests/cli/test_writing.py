"""Files that belong together are written together, or not at all."""

import os
from pathlib import Path

import pytest

from voting.cli.writing import write_together

NEW = {"a": b"new a", "b": b"new b", "c": b"new c"}


def contents(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder.iterdir() if each.is_file()}


def test_a_missing_folder_is_made_and_holds_nothing_else(tmp_path: Path) -> None:
    write_together(tmp_path / "x" / "y", NEW)

    assert contents(tmp_path / "x" / "y") == NEW


def test_older_files_are_replaced_and_others_left_alone(tmp_path: Path) -> None:
    (tmp_path / "b").write_bytes(b"old b")
    (tmp_path / "mine").write_bytes(b"mine")

    write_together(tmp_path, NEW)

    assert contents(tmp_path) == NEW | {"mine": b"mine"}


@pytest.mark.parametrize("blocked", ["a", "b", "c"])
def test_where_one_cannot_be_written_the_folder_is_as_it_was(tmp_path: Path, blocked: str) -> None:
    old = {name: b"old " + name.encode() for name in NEW if name != blocked}
    for name, content in old.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / blocked).mkdir()

    with pytest.raises(OSError, match="directory") as refused:
        write_together(tmp_path, NEW)

    assert refused.value.filename == str(tmp_path / blocked)
    assert contents(tmp_path) == old


def test_a_pipe_in_the_place_of_a_file_stays_a_pipe_and_nothing_is_written(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "b")

    with pytest.raises(FileExistsError) as refused:
        write_together(tmp_path, NEW)

    assert refused.value.filename == str(tmp_path / "b")
    assert (tmp_path / "b").is_fifo()
    assert contents(tmp_path) == {}


def test_folders_that_were_made_for_nothing_go_again(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        write_together(tmp_path / "x" / "y", {"a": b"", "no/such/folder": b""})

    assert list(tmp_path.iterdir()) == []
