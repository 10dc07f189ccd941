"""Backups of a world's database, and what a restored one is like."""

import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

from tests.world import World
from voting.store.transaction import Database


def database_file(world: World) -> Path:
    return Path(str(world.rt.database.engine.url.database))


def back_up(world: World) -> Path:
    """A consistent copy of the database in use, as a backup tool makes it."""
    copy = database_file(world).with_name("backup.db")
    with sqlite3.connect(database_file(world)) as old, sqlite3.connect(copy) as new:
        old.backup(new)
    old.close()
    new.close()
    return copy


def restore(world: World, backup: Path) -> None:
    """The service stopped, the backup put in the database's place, the service started again."""
    file = database_file(world)
    world.rt.database.close()
    for each in file.parent.glob(f"{file.name}-*"):
        each.unlink()
    shutil.copy(backup, file)
    world.rt = replace(world.rt, database=Database(f"sqlite:///{file}"))
