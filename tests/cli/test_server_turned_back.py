"""A database restored to an earlier state, under a real ``voting serve``: what is refused, and what goes on.

Every command is a process of its own; the database is a SQLite file or one of a PostgreSQL server.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from html import unescape
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

import pytest
from psycopg import sql

from tests.databases import Postgres
from tests.mail.relay import relay
from tests.services.witnesses import introduce, policy, witnesses
from tests.web.conftest import FORM
from tests.world import JST, Clock, World
from voting.app import runtime
from voting.config import read_config
from voting.core.permissions import Officer, Role
from voting.credentials.passwords import hash_password
from voting.store import accounts

ON_BOTH = pytest.mark.parametrize("service", ["SQLite", "PostgreSQL"], indirect=True)
ON_POSTGRES = pytest.mark.parametrize("service", ["PostgreSQL"], indirect=True)
PASSWORD = "correct horse battery"
NAME = "council/2026-06"
_STARTS = 30.0  # seconds, on a machine with much else to do
_HIDDEN = re.compile(r'type="hidden" name="([^"]+)" value="([^"]*)"')


class Visitor:
    """A member's browser without JavaScript, over real HTTP."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self._hidden: dict[str, str] = {}

    def status(self, path: str, fields: dict[str, str] | None = None) -> int:
        """The answer to a look, or to a form of the page last seen."""
        body = None if fields is None else urlencode(self._hidden | fields).encode()
        try:
            with self._opener.open(f"{self.address}{path}", body, timeout=_STARTS) as answer:
                status, content = answer.status, answer.read()
        except urllib.error.HTTPError as refused:
            with refused:
                status, content = refused.code, refused.read()
        text = content.decode("utf-8", "replace")
        self._hidden = {name: unescape(value) for name, value in _HIDDEN.findall(text)}
        return int(status)

    def vote(self, code: str) -> int:
        """Open the ballot, fill it in, confirm: the answer to the last step."""
        self.status("/v")
        self.status("/v", {"code": code})
        self.status("/vote/review", FORM)
        return self.status("/vote/cast", {})


def run(*words: str, expect: int) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "voting", *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    said = done.stdout + done.stderr
    assert done.returncode == expect, (words, said)
    assert "Traceback" not in said
    return said


@dataclass
class Service:
    """A service of one's own, its world, and how its database is copied and put back."""

    folder: Path
    world: World
    copy: Callable[[], None]
    put_back: Callable[[], None]

    def incident(self, *rest: str, expect: int = 0) -> str:
        now = datetime.now(JST)
        hours = [(now - timedelta(hours=each)).strftime("%Y-%m-%d %H:%M") for each in (2, 1)]
        words = ("assembly", "incident", NAME, "--what", "restore", "--from", hours[0], "--to", hours[1])
        secret = ("--as", "administrator-1", "--password-file", str(self.folder / "password"))
        return run(*words, *rest, *secret, expect=expect)

    @contextmanager
    def serving(self) -> Iterator[str]:
        """``voting serve`` at work; the answer is its address."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            listen = f"127.0.0.1:{probe.getsockname()[1]}"
        told = (self.folder / "serve.txt").open("wb")
        command = [sys.executable, "-m", "voting", "serve"]
        with (
            told,
            subprocess.Popen(
                command, env={**os.environ, "VOTING_LISTEN": listen}, stdout=told, stderr=told
            ) as process,
        ):
            try:
                until = time.monotonic() + _STARTS
                while True:
                    assert process.poll() is None and time.monotonic() < until, self.told()
                    try:
                        Visitor(f"http://{listen}").status("/v")
                        break
                    except OSError:
                        time.sleep(0.1)
                yield f"http://{listen}"
            finally:
                process.terminate()

    def told(self) -> str:
        """What the last ``voting serve`` has said."""
        return (self.folder / "serve.txt").read_text("utf-8")


def sqlite_file(tmp_path: Path) -> tuple[str, Callable[[], None], Callable[[], None]]:
    file, kept = tmp_path / "data" / "voting.db", tmp_path / "kept.db"

    def put_back() -> None:
        for each in file.parent.glob("voting.db-*"):
            each.unlink()
        shutil.copy(kept, file)

    # Nobody has it open: the file is all there is.
    return f"sqlite:///{file}", lambda: [shutil.copy(file, kept)].clear(), put_back


def postgres_database(server: Postgres) -> tuple[str, Callable[[], None], Callable[[], None]]:
    name = server.create()
    kept: list[str] = []

    def put_back() -> None:
        server.drop(name)
        made = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        server.execute(made.format(sql.Identifier(name), sql.Identifier(kept[0])))

    return server.url(name), lambda: kept.append(server.create(template=name)), put_back


@pytest.fixture(params=["SQLite"])
def service(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Service]:
    is_file = request.param == "SQLite"
    url, copy, put_back = (
        sqlite_file(tmp_path) if is_file else postgres_database(request.getfixturevalue("postgres"))
    )
    for name in [name for name in os.environ if name.startswith("VOTING_")]:
        monkeypatch.delenv(name)
    with relay() as post:
        for name, value in {
            "FOLDER": str(tmp_path / "data"),
            "DATABASE_URL": url,
            "BASE_URL": "http://127.0.0.1:8580",
            "HOST": "vote.example.or.jp",
            "MAIL_FROM": "office@example.jp",
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": str(post.port),
            "SMTP_TLS": "none",
            "WORKERS": "2",
        }.items():
            monkeypatch.setenv(f"VOTING_{name}", value)
        run("setup", str(tmp_path / "data"), expect=0)
        run("migrate", expect=0)
        (tmp_path / "password").write_text(PASSWORD + "\n", "utf-8")
        found = Service(tmp_path, world_of_two_days_ago(), copy, put_back)
        yield found
        found.world.rt.database.close()


def world_of_two_days_ago() -> World:
    """Its rolls and officers; what is done in it by hand is done at the real hour or before."""
    clock, mails = Clock(datetime.now(JST) - timedelta(days=2)), list[EmailMessage]()
    world = World(replace(runtime(read_config(os.environ)), clock=clock, send=mails.append), clock, mails)
    with world.rt.database.transaction() as tx:
        for role in Role:
            for number in (1, 2):
                officer = Officer(f"{role.value}-{number}", f"{role.value} 担当{number}", role)
                accounts.add(
                    tx, officer, password_hash=hash_password(PASSWORD), now="2026-05-01T00:00:00.000Z"
                )
    return world


def issue(service: Service, witness_policy: str = "") -> None:
    """The notice went out two days ago, the vote is open since yesterday; nobody has the database open."""
    now, world = datetime.now(JST), service.world
    opens, closes = (f"{now + timedelta(days=days):%Y-%m-%d} 00:00" for days in (-1, 3))
    world.assembly(size=6, opens=opens, closes=closes, policy=witness_policy)
    world.clock.at = now
    world.rt.database.close()


def vote(address: str, service: Service, member: str) -> int:
    return Visitor(address).vote(service.world.codes[member])


def lose_a_ballot(service: Service) -> None:
    """The second of two ballots is in the database that is put back no more."""
    with service.serving() as address:
        assert vote(address, service, "M0001") == 200
    service.copy()
    with service.serving() as address:
        assert vote(address, service, "M0002") == 200
    service.put_back()


@ON_BOTH
def test_with_the_anchor_nothing_is_recorded_until_the_loss_is_and_then_by_the_same_process(
    service: Service,
) -> None:
    issue(service)
    lose_a_ballot(service)
    origin = service.world.origin
    behind = f"停止しています: {origin}"

    assert behind in run("check", expect=2)
    assert origin in run("tick", expect=1)
    with service.serving() as address:
        assert origin in service.told()
        assert vote(address, service, "M0003") == 503
        # What it still has was signed, and can be looked into.
        assert Visitor(address).status(f"/ledger/{origin}/tile/entries/000.p/4") == 200
        assert Visitor(address).status(f"/ledger/{origin}/tile/entries/000.p/5") == 503

        said = service.incident("--note", "前日の写しに戻した")

        assert "失われた記録の証拠: 署名済みのチェックポイント 5件" in said
        assert vote(address, service, "M0003") == 200
        # The member whose ballot was lost answers again.
        assert vote(address, service, "M0002") == 200
        assert run("tick", expect=0)
    assert "問題はありません" in run("check", expect=0)


def test_without_the_anchor_its_loss_has_to_be_said_by_the_log_s_whole_name(service: Service) -> None:
    issue(service)
    lose_a_ballot(service)
    origin = service.world.origin
    shutil.rmtree(service.folder / "data" / "anchors")
    (service.folder / "data" / "anchors").mkdir(mode=0o700)

    assert origin in run("check", expect=2)
    assert origin in run("tick", expect=1)
    with service.serving() as address:
        assert vote(address, service, "M0003") == 503
        assert "--lost-anchor" in service.incident(expect=2)

        service.incident("--lost-anchor", origin)

        assert vote(address, service, "M0003") == 200
        assert vote(address, service, "M0002") == 200
        # A receipt's mail of the restored state waited for the anchor, and is tried again later.
        assert "AnchorMissing" not in run("tick", expect=1)
    assert "問題はありません" in run("check", expect=0)


@ON_POSTGRES
def test_with_anchor_and_database_turned_back_the_witness_stops_the_vote(
    service: Service, tmp_path: Path
) -> None:
    anchors = service.folder / "data" / "anchors"
    with witnesses(service.world, tmp_path, "A") as running:
        issue(service, policy(running))
        introduce(service.world, running)
        with service.serving() as address:
            assert vote(address, service, "M0001") == 200
        run("tick", expect=0)
        service.copy()
        shutil.copytree(anchors, tmp_path / "anchors-kept")
        with service.serving() as address:
            assert vote(address, service, "M0002") == 200
        run("tick", expect=0)
        service.put_back()
        shutil.rmtree(anchors)
        shutil.copytree(tmp_path / "anchors-kept", anchors)

        with service.serving() as address:
            # Nothing shows it yet: an answer is taken on a branch of the log.
            assert vote(address, service, "M0003") == 200
            assert "停止しました" in run("tick", expect=1)
            assert vote(address, service, "M0004") == 503
            assert "停止しています" in run("check", expect=2)
            # The first tick has written the deliveries down, so there is one entry more.
            assert "失われた記録の証拠: 署名済みのチェックポイント 6件" in service.incident()
            assert vote(address, service, "M0004") == 200
            assert "失われた署名済みの記録(6件)を持っているため" in run("tick", expect=0)
        assert "問題はありません" in run("check", expect=0)
