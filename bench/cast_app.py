"""What the bench of casting is served by: the real site, and the routes it is compared with, in one process.

Run by gunicorn; the folder and the shift of the clock come from the environment of bench/cast.py.
"""

import os
from datetime import timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from bench import cast_floor
from voting.app import create_app
from voting.credentials.log_keys import LogKeys
from voting.credentials.paper_keys import PaperKeys
from voting.runtime import Runtime, Site, system_clock, system_token
from voting.store.anchor import Anchors
from voting.store.transaction import Database
from voting.web.access import Audience, access


class Base(DeclarativeBase):
    pass


class BenchRow(Base):
    __tablename__ = "bench_row"
    id: Mapped[int] = mapped_column(primary_key=True)
    member: Mapped[str]
    choice: Mapped[str]


def prepare(folder: Path) -> None:
    """Make what the compared routes write to, in the site's own database."""
    Base.metadata.create_all(orm_engine(folder))
    cast_floor.prepare(folder)


def orm_engine(folder: Path) -> Engine:
    """What a naive application would use, on the same file with the same durability."""
    engine = create_engine(f"sqlite:///{folder / 'voting.db'}", connect_args={"timeout": 30})

    @event.listens_for(engine, "connect")
    def prepare(connection: object, record: object) -> None:
        cursor = connection.cursor()  # type: ignore[attr-defined]
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.close()

    return engine


def runtime(folder: Path, shift: timedelta) -> Runtime:
    return Runtime(
        clock=lambda: system_clock() + shift,
        token=system_token,
        database=Database(f"sqlite:///{folder / 'voting.db'}"),
        keys=LogKeys(folder / "keys", (folder / "passphrase").read_bytes().splitlines()[0]),
        paper_keys=PaperKeys(folder / "keys", (folder / "passphrase").read_bytes().splitlines()[0]),
        anchors=Anchors(folder / "anchors"),
        send=lambda message: None,
        site=Site("demo.example.jp", "http://127.0.0.1", "bench@example.jp"),
    )


def site(folder: Path, shift: timedelta) -> Flask:
    rt = runtime(folder, shift)
    app = create_app(rt, secret=(folder / "secret").read_bytes(), secure_cookies=False)
    engine = orm_engine(folder)

    def hello() -> str:
        return "hello"

    def insert() -> str:
        with Session(engine) as session:
            session.add(BenchRow(member="M0001", choice="for"))
            session.commit()
        return "inserted"

    app.add_url_rule("/hello", "hello", access(Audience.PUBLIC)(hello))
    app.add_url_rule("/insert", "insert", access(Audience.PUBLIC)(insert))
    lowest = access(Audience.MEMBER)(cast_floor.view(rt, folder))
    app.add_url_rule("/floor", "floor", lowest, methods=["POST"])
    return app


if "BENCH_FOLDER" in os.environ:
    app = site(Path(os.environ["BENCH_FOLDER"]), timedelta(microseconds=int(os.environ["BENCH_SHIFT"])))
