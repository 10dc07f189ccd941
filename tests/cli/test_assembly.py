"""The secretariat's commands, one after the other, as a clerk types them."""

import os
import socket
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink

from tests.scans import png
from tests.services.letterheads import TO_CHAIR
from tests.world import GIAN
from voting.cli import main
from voting.config import KEYS

DATA = Path(__file__).parents[1] / "data" / "council-2024"
PASSWORD = "correct horse battery"

TOML = """
[body]
name = "架空協議会"
kind = "voluntary"

[assembly]
title = "令和8年度臨時総会"
record_date = {record_date}
opens_at = {opens_at}
closes_at = {closes_at}
chair = "議長 架空 一郎"

[rules]
preset = "council"
clauses = {{ written = "規約第12条第1項", majority = "規約第13条第1項", deemed = "規約第12条第3項" }}

[[motion]]
number = 1
title = "事業計画について"
"""


class Office:
    """A clerk at the keyboard: runs commands and reads what they print."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys
        self.password = folder / "password"
        self.password.write_text(PASSWORD + "\n", "utf-8")

    def run(self, *arguments: str, by: str | None = None, expect: int | None = 0) -> str:
        signed = () if by is None else ("--as", by, "--password-file", str(self.password))
        code = main([*arguments, *signed])
        out, err = self._capsys.readouterr()
        assert expect in (code, None), (arguments, out, err)
        return out + err

    def propose(self, act: str, *more: str, by: str) -> str:
        """Propose an act; the answer is the number that the second person needs."""
        words = self.run("assembly", act, "council/2026", *more, by=by).split()
        return words[words.index("approve") + 1]


CONFIRMED = (
    "第1号議案の可否は、みなしによる票によって定まったものであること、"
    "第1号議案は、提出された表決書では反対が賛成を上回っていることを確認しました。"
)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Office:
    for name in [name for name in os.environ if name.startswith("VOTING_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("VOTING_FOLDER", str(tmp_path / "data"))
    monkeypatch.setenv("VOTING_BASE_URL", "http://127.0.0.1:8000")
    monkeypatch.setenv("VOTING_HOST", "vote.example.or.jp")
    monkeypatch.setenv("VOTING_MAIL_FROM", "office@example.jp")
    monkeypatch.setenv("VOTING_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("VOTING_SMTP_TLS", "none")
    return Office(tmp_path, capsys)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def people(office: Office) -> None:
    secret = ("--new-password-file", str(office.password))
    office.run("setup", str(office.folder / "data"))
    office.run("account", "create", "admin", "--name", "管理 子", "--role", "administrator", *secret)
    for role in ("entry", "checker", "chair", "auditor"):
        office.run("account", "create", role, "--name", f"{role} 担当", "--role", role, *secret, by="admin")
    office.run("body", "create", "council", "--name", "架空協議会", "--kind", "voluntary", by="admin")


def test_an_assembly_from_nothing_to_the_certified_result(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    people(office)
    now = datetime.now(UTC)
    toml = office.folder / "assembly.toml"
    # A vote that ends in a moment, so that every command can be typed today.
    toml.write_text(
        TOML.format(
            record_date="2024-09-27",
            opens_at=(now - timedelta(days=2)).isoformat(timespec="seconds"),
            closes_at=(now + timedelta(seconds=25)).isoformat(timespec="seconds"),
        ),
        "utf-8",
    )
    motion = office.folder / "gian.pdf"
    motion.write_bytes(GIAN)

    roll = office.folder / "roll.csv"
    lines = (DATA / "roll-utf8.csv").read_text("utf-8-sig").splitlines()[:4]
    roll.write_text("\n".join(lines), "utf-8")
    assert "新規 3" in office.run("roll", "check", "council", str(roll), by="admin")
    assert "取り込みました" in office.run("roll", "import", "council", str(roll), by="admin")
    drafted = office.run(
        "assembly",
        "draft",
        "council/2026",
        str(toml),
        "--document",
        f"1={motion}",
        "--contact",
        "事務局",
        # Whether it is due depends on the hour at which this test is run.
        "--checkpoint-mail",
        "none",
        by="admin",
    )
    assert "vote.example.or.jp/council/2026" in drafted
    letterhead = office.folder / "letterhead.toml"
    letterhead.write_text(TO_CHAIR, "utf-8")
    office.run("assembly", "letterhead", "council/2026", str(letterhead), by="admin")
    office.run("assembly", "freeze", "council/2026", by="admin", expect=2)
    office.run("keys", "create", "council", "--name", "架空協議会", by="admin")
    asked = office.propose("freeze", by="admin")
    assert asked in office.run("assembly", "show", "council/2026")
    office.run("assembly", "approve", asked, by="checker")
    office.run("assembly", "approve", office.propose("send", by="admin"), by="checker")

    port = free_port()
    monkeypatch.setenv("VOTING_SMTP_PORT", str(port))
    controller = Controller(Sink(), hostname="127.0.0.1", port=port)
    controller.start()
    try:
        ticked = office.run("tick")
    finally:
        controller.stop()
    assert "送信 3 通、送信不能 0 通" in ticked

    scan = office.folder / "scan.png"
    scan.write_bytes(png("F-1"))
    at = now.isoformat(timespec="seconds")
    by_proxy = ("council/2026", "F-0")
    earlier = office.folder / "earlier.png"
    earlier.write_bytes(png("F-0"))
    office.run(
        "paper", "arrive", *by_proxy, "--channel", "fax", "--at", at, "--scan", str(earlier), by="entry"
    )
    office.run("paper", "enter", *by_proxy, "--member", "M0001", "--proxy", by="entry")
    assert "受付番号" in office.run("paper", "enter", *by_proxy, "--member", "M0001", "--proxy", by="checker")
    paper = ("council/2026", "F-1")
    office.run("paper", "arrive", *paper, "--channel", "fax", "--at", at, "--scan", str(scan), by="entry")
    sheet = ("--member", "M0001", "--choice", "1=反対")
    office.run("paper", "enter", *paper, *sheet, by="entry")
    assert "受付番号" in office.run("paper", "enter", *paper, *sheet, by="checker")

    while "締切を記録しました" not in office.run("tick", expect=None):
        time.sleep(0.5)
    counted = office.run("assembly", "tally", "council/2026", by="admin")
    assert "第1号議案 賛成2票(うち未提出によるみなし賛成2票)、反対1票 可決" in counted
    asked_for = office.run("assembly", "certify", "council/2026", by="chair", expect=2)
    assert CONFIRMED in asked_for
    certified = office.propose("certify", "--confirm", CONFIRMED, by="chair")
    office.run("assembly", "approve", certified, by="auditor")
    office.run("assembly", "result", "council/2026", "--out", str(office.folder / "out"))
    assert (office.folder / "out" / "result.pdf").read_bytes().startswith(b"%PDF")
    assert "結果公表" in office.run("assembly", "list")
    assert "検査済み" in office.run("check")


def test_the_wrong_password_does_nothing(office: Office) -> None:
    people(office)
    wrong = office.folder / "wrong"
    wrong.write_text("not the password\n", "utf-8")

    code = main(
        ["roll", "import", "council", str(DATA / "roll.xlsx"), "--as", "admin", "--password-file", str(wrong)]
    )

    assert code == 2
    assert "新規 681" in office.run("roll", "check", "council", str(DATA / "roll.xlsx"), by="admin")


def test_a_clerk_for_entry_cannot_import_a_roll(office: Office) -> None:
    people(office)

    said = office.run("roll", "import", "council", str(DATA / "roll.xlsx"), by="entry", expect=2)

    assert "Traceback" not in said


def test_a_bad_sheet_stores_nothing_and_lists_every_finding_with_its_row(office: Office) -> None:
    people(office)
    messy = DATA.parent / "messy" / "roll.xlsx"

    said = office.run("roll", "import", "council", str(messy), by="admin", expect=2)

    for words in (
        "参考 5行目 M0001",
        "誤り 8行目 M0003",
        "誤り 9行目 M0005",
        "注意 10行目 M0006",
        "読み飛ばし 15行目",
    ):
        assert words in said
    assert "「誤り」とある行" in said
    assert "新規 681" in office.run("roll", "check", "council", str(DATA / "roll.xlsx"), by="admin")


def test_the_first_account_is_an_administrators(office: Office) -> None:
    office.run("setup", str(office.folder / "data"))

    office.run(
        "account",
        "create",
        "clerk",
        "--name",
        "係",
        "--role",
        "entry",
        "--new-password-file",
        str(office.password),
        expect=2,
    )


def test_without_arguments_the_program_explains_itself(office: Office) -> None:
    said = office.run()

    assert "voting demo" in said
    assert "書面総会" in said


@pytest.mark.parametrize("group", ["account", "body", "roll", "assembly", "paper"])
def test_a_group_without_an_act_lists_its_acts(office: Office, group: str) -> None:
    assert "usage: voting" in office.run(group)


def test_every_fault_of_the_configuration_is_said_at_once(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VOTING_SMTP_TLS", "perhaps")
    monkeypatch.setenv("VOTING_WORKERS", "many")

    said = office.run("check", expect=2)

    for key in ("smtp_tls", "workers", "key_folder", "passphrase_file"):
        assert key in KEYS
        assert f"設定 {key}" in said


@pytest.mark.parametrize(
    ("name", "contact", "said"),
    [
        ("別の協議会", "事務局", "選んだ団体「架空協議会」"),
        ("架空協議会", "", "問合せ先がありません"),
    ],
)
def test_a_draft_of_another_body_or_without_a_contact_is_refused_with_its_remedy(
    office: Office, name: str, contact: str, said: str
) -> None:
    people(office)
    toml = office.folder / "assembly.toml"
    later = datetime.now(UTC) + timedelta(days=9)
    text = TOML.format(
        record_date="2024-09-27",
        opens_at=(later - timedelta(days=2)).isoformat(timespec="seconds"),
        closes_at=later.isoformat(timespec="seconds"),
    )
    toml.write_text(text.replace("架空協議会", name), "utf-8")

    words = office.run(
        "assembly", "draft", "council/2026", str(toml), "--contact", contact, by="admin", expect=2
    )

    assert said in words
    assert "council/2026" not in office.run("assembly", "list")


def test_a_missing_file_is_one_clear_line(office: Office) -> None:
    people(office)

    said = office.run("roll", "check", "council", "nowhere.xlsx", by="admin", expect=2)

    assert said.count("\n") == 1
    assert "nowhere.xlsx" in said
