"""``voting assembly incident`` and ``correct``, and the stamps of ``tick``, as an officer types them."""

import argparse
import os
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

import voting.cli.assembly_after as after
import voting.cli.paper_print as printing
import voting.cli.server as commands
from tests.documents.reading import squeezed, text_of
from tests.stamping import Server, listening
from tests.witness.logs import cosigner
from tests.world import Chance, Clock, World, jst
from voting.app import runtime
from voting.cli import main
from voting.config import read_config
from voting.core.permissions import Officer, Role
from voting.credentials.passwords import hash_password
from voting.ledger.receipt_file import format_receipt
from voting.runtime import Runtime
from voting.store import accounts

PASSWORD = "correct horse battery"
NAME = "council/2026-06"


class Desk:
    """A service of one's own whose commands run at the hour of the test."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
        self.folder, self._capsys = folder, capsys
        (folder / "password").write_text(PASSWORD + "\n", "utf-8")
        clock, chance = Clock(jst("2026-05-20 10:00")), Chance()
        self.world = World(runtime(read_config(os.environ)), clock, [])

        def at_that_hour() -> Runtime:
            own = runtime(read_config(os.environ))
            return replace(own, clock=clock, token=chance, send=self.world.mails.append)

        self.world.rt.database.close()
        self.world.rt = at_that_hour()
        for module in (after, commands, printing, __import__("voting.cli.assembly", fromlist=["x"])):
            monkeypatch.setattr(module, "configured", at_that_hour)
        with self.world.rt.database.transaction() as tx:
            for role in Role:
                officer = Officer(f"{role.value}-1", f"{role.value} 担当", role)
                secret = hash_password(PASSWORD)
                accounts.add(tx, officer, password_hash=secret, now="2026-05-01T00:00:00.000Z")
                other = Officer(f"{role.value}-2", f"{role.value} 担当二", role)
                accounts.add(tx, other, password_hash="-", now="2026-05-01T00:00:00.000Z")

    def run(self, *words: str, by: Role | None = None, expect: int = 0) -> str:
        signed = (
            () if by is None else ("--as", f"{by.value}-1", "--password-file", str(self.folder / "password"))
        )
        self._capsys.readouterr()
        code = main([*words, *signed])
        out, err = self._capsys.readouterr()
        assert code == expect, (words, out, err)
        assert "Traceback" not in err
        return out + err

    def incident(self, what: str, *rest: str, by: Role = Role.ADMINISTRATOR, expect: int = 0) -> str:
        hours = ("--from", "2026-06-02 09:00", "--to", "2026-06-02 11:00")
        return self.run("assembly", "incident", NAME, "--what", what, *hours, *rest, by=by, expect=expect)


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("VOTING_")]:
        monkeypatch.delenv(name)
    for name, value in {
        "FOLDER": str(tmp_path / "data"),
        "BASE_URL": "http://127.0.0.1:8000",
        "HOST": "vote.example.or.jp",
        "MAIL_FROM": "office@example.jp",
        "SMTP_HOST": "127.0.0.1",
        "SMTP_TLS": "none",
    }.items():
        monkeypatch.setenv(f"VOTING_{name}", value)
    assert main(["setup", str(tmp_path / "data")]) == 0


@pytest.fixture
def desk(
    tmp_path: Path, settings: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Desk]:
    found = Desk(tmp_path, monkeypatch, capsys)
    yield found
    found.world.check()
    found.world.rt.database.close()


@pytest.fixture
def server(tmp_path: Path, settings: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """An authority in the configuration: one address, one file."""
    with listening(lambda: jst("2026-05-20 10:00")) as found:
        file = tmp_path / "tsa.pem"
        file.write_bytes(found.keys.certificate.public_bytes(Encoding.PEM))
        monkeypatch.setenv("VOTING_TSA_URL", found.url)
        monkeypatch.setenv("VOTING_TSA_CERTIFICATE_FILE", str(file))
        yield found


def turn_back(world: World) -> None:
    """A ballot is lost: the database is copied before it, and put back after it."""
    file = Path(str(world.rt.database.engine.url.database))
    copy = file.with_name("copy.db")
    with sqlite3.connect(file) as old, sqlite3.connect(copy) as new:
        old.backup(new)
    old.close()
    new.close()
    world.cast("M0002")
    world.rt.database.close()
    for each in file.parent.glob("voting.db-*"):
        each.unlink()
    shutil.copy(copy, file)


def test_a_restored_database_is_taken_up_again_by_one_command(desk: Desk) -> None:
    world = desk.world
    world.assembly()
    world.at("2026-06-02 10:00")
    world.cast("M0001")
    turn_back(world)
    world.at("2026-06-02 12:00")
    lost = world.receipts.pop()
    assert f"停止しています: {world.origin}" in desk.run("check", expect=2)
    assert "一時停止" in desk.incident("outage", expect=2)

    said = desk.incident("restore", "--note", "ディスクの故障")

    assert "障害を記録しました: 記録4番" in said
    assert "失われた記録の証拠: 署名済みのチェックポイント 5件" in said
    assert "会員 5 件に確認のお願いを送ります" in said
    assert "問題はありません" in desk.run("check")
    kept = desk.folder / "lost.tlog-proof"
    kept.write_bytes(format_receipt(lost))
    assert "受付票は本物です" in desk.run("verify-receipt", str(kept), "--key", world.case.vkey)


def test_an_anchor_that_is_gone_is_given_up_by_its_whole_name_only(desk: Desk) -> None:
    world = desk.world
    world.assembly()
    world.at("2026-06-02 12:00")
    for file in (desk.folder / "data" / "anchors").iterdir():
        file.unlink()

    assert f"--lost-anchor {world.origin}" in desk.incident("restore", expect=2)
    assert desk.incident("restore", "--lost-anchor", NAME, expect=2)
    assert "記録3番" in desk.incident("restore", "--lost-anchor", world.origin)
    assert "失われていません" in desk.incident("restore", "--lost-anchor", world.origin, expect=2)


def test_an_incident_needs_its_hours_and_the_right_person(desk: Desk) -> None:
    desk.world.assembly()
    desk.world.at("2026-06-02 10:59")

    assert "現在より前" in desk.incident("outage", expect=2)
    desk.world.at("2026-06-02 11:00")
    assert "権限" in desk.incident("outage", by=Role.CHAIR, expect=2)
    assert "記録3番" in desk.incident("clock")


@pytest.mark.parametrize("typed", ["2026-06-02", "昨日", "2026-13-01 10:00", ""])
def test_an_hour_that_is_none_is_refused(typed: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError):
        after.instant(typed)


def test_a_result_is_corrected_by_two_persons_and_written_as_the_newest_version(desk: Desk) -> None:
    world = desk.world
    world.assembly()
    world.at("2026-06-11 00:00")
    world.certify()
    out = desk.folder / "out"
    before = desk.run("assembly", "result", NAME, "--out", str(out))
    first = (out / "result.pdf").read_bytes()
    assert "result-1" not in before

    asked = desk.run("assembly", "correct", NAME, "--reason", "氏名の誤り", by=Role.CHAIR)
    number = asked.split("approve ")[1].split()[0]
    assert f"承認待ち correct {number}" in desk.run("assembly", "show", NAME)
    desk.run("assembly", "approve", number, by=Role.AUDITOR)

    desk.run("assembly", "result", NAME, "--out", str(out))
    assert (out / "result.pdf").read_bytes() != first
    assert (out / "result-1.pdf").read_bytes() == first
    file = desk.folder / "bundle.zip"
    assert main(["export", NAME, "--out", str(file)]) == 0
    said = desk.run("verify", str(file), "--key", world.case.vkey)
    assert "結果の訂正" in said and "氏名の誤り" in said


def test_minutes_a_letter_on_the_correction_and_the_hand_over_sheet_are_printed(desk: Desk) -> None:
    world = desk.world
    world.assembly()
    world.at("2026-06-11 00:00")
    world.certify()
    for act, first in (("correct", Role.CHAIR), ("minutes", Role.CHAIR)):
        file = desk.folder / "letterhead.toml"
        file.write_text('[minutes]\nsigners = ["body"]\n', "utf-8")
        desk.run("assembly", "letterhead", NAME, str(file), by=Role.ADMINISTRATOR)
        why = ("--reason", "氏名の誤り") if act == "correct" else ()
        asked = desk.run("assembly", act, NAME, *why, by=first)
        desk.run("assembly", "approve", asked.split("approve ")[1].split()[0], by=Role.AUDITOR)

    made = {}
    for paper in ("minutes", "correction", "handover"):
        out = desk.folder / f"{paper}.pdf"
        desk.run("paper", paper, NAME, "--out", str(out), by=Role.ENTRY)
        made[paper] = squeezed(text_of(out.read_bytes(), desk.folder))

    assert b"/ByteRange" in (desk.folder / "minutes.pdf").read_bytes()
    assert "訂正後の集計結果(第2版)" in made["minutes"]
    assert "氏名の誤り" in made["correction"]
    assert "議事録(第1版)" in made["handover"]


def test_a_correction_that_would_need_other_votes_says_what_to_do_instead(desk: Desk) -> None:
    world = desk.world
    world.assembly()
    world.at("2026-06-02 10:00")
    world.cast("M0001")
    world.at("2026-06-11 00:00")
    world.certify()

    said = desk.run(
        "assembly", "correct", NAME, "--reason", "転記の誤り", "--of", "3", by=Role.CHAIR, expect=2
    )

    assert "記録3番" in said and "結果を取り下げて" in said


def test_tick_gets_the_stamps_and_says_which_it_did_not_get(server: Server, desk: Desk) -> None:
    world = desk.world
    world.assembly()
    world.mails.clear()
    server.status = 503

    assert "取得できていません" in desk.run("tick", expect=1)
    assert "未取得" in desk.run("assembly", "show", NAME)

    server.status = 200
    assert f"取得しました: {world.origin}(4件の" in desk.run("tick")
    assert "タイムスタンプ 4件のチェックポイント 令和8年5月20日(水)10時00分" in desk.run(
        "assembly", "show", NAME
    )


def test_a_bundle_without_its_last_stamp_is_refused_with_the_remedy(server: Server, desk: Desk) -> None:
    desk.world.assembly()
    desk.world.at("2026-06-11 00:00")
    desk.world.certify()
    file = desk.folder / "bundle.zip"

    said = desk.run("export", NAME, "--out", str(file), expect=2)

    assert "voting tick" in said
    assert not file.exists()


def test_a_bundle_that_waits_for_its_witnesses_says_for_whom_and_how_long(server: Server, desk: Desk) -> None:
    world, file = desk.world, desk.folder / "bundle.zip"
    world.assembly(policy=f"witness A {cosigner().witness.vkey}\nquorum A\n")
    world.at("2026-06-11 00:00")
    world.certify()
    world.mails.clear()
    server.clock = world.clock
    desk.run("tick")

    assert "遅くとも令和8年6月18日(木)0時00分の後" in desk.run("assembly", "show", NAME)
    assert "立会人に連署を依頼し" in desk.run("export", NAME, "--out", str(file), expect=2)
    assert not file.exists()

    world.at("2026-06-18 00:00")
    assert "取得しました" in desk.run("tick")
    assert "検証の5番が通りません" in desk.run("export", NAME, "--out", str(file))
    told = desk.run("verify", str(file), "--key", world.case.vkey, expect=1)
    assert told.count("[不合格]") == 1 and " 5 [不合格]" in told


def test_a_certificate_file_that_is_none_is_a_fault_of_the_configuration(
    server: Server, desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "tsa.pem").write_bytes(b"no certificate")

    assert "設定 tsa_certificate_file" in desk.run("check", expect=2)
