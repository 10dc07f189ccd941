"""``voting assembly participation`` and the encodings of CSV, as an officer types them."""

import csv
import io
import stat

import openpyxl
import pytest

import voting.cli.participation as commands
from tests.cli.test_assembly_after import NAME, Desk, desk, settings  # noqa: F401
from voting.core.ballots import Mark
from voting.core.members import Member
from voting.core.motions import Motion
from voting.core.permissions import Role

ROLL = (
    Member("M0001", "飛驒市", code="212172", prefecture="岐阜県", addresses=("a@example.jp",)),
    Member("M0002", "=札幌市", code="011002", prefecture="北海道", addresses=("b@example.jp",)),
)


@pytest.fixture
def issued(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:  # noqa: F811
    monkeypatch.setattr(commands, "configured", lambda: desk.world.rt)
    desk.world.assembly(roll_of=ROLL, motions=(Motion(1, "𠮷野町の加入について"),))
    desk.world.at("2026-06-02 10:00")
    desk.world.cast("M0002", {1: Mark.FOR})
    return desk


def test_a_workbook_for_the_office_alone_with_codes_as_text(issued: Desk) -> None:
    file = issued.folder / "participation.xlsx"

    said = issued.run("assembly", "participation", NAME, "--out", str(file), by=Role.ENTRY)

    assert "会員 2、回答 1" in said
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    rows = list(openpyxl.load_workbook(file)["会員別"].iter_rows(min_row=4, max_row=5, values_only=True))
    assert [(row[1], row[2], row[6]) for row in rows] == [
        ("011002", "=札幌市", "有"),
        ("212172", "飛驒市", "無"),
    ]


def test_a_csv_in_cp932_says_which_name_loses_which_character(issued: Desk) -> None:
    file = issued.folder / "participation.csv"

    said = issued.run(
        "assembly", "participation", NAME, "--out", str(file), "--encoding", "cp932", by=Role.ENTRY
    )

    assert "「飛驒市」の「驒」(U+9A52)は「〓」になります。" in said
    rows = list(csv.reader(io.StringIO(file.read_bytes().decode("cp932"), newline="")))
    assert [row[2] for row in rows[1:]] == ["'=札幌市", "飛〓市"]


def test_without_the_option_a_csv_is_utf_8_and_loses_nothing(issued: Desk) -> None:
    file = issued.folder / "participation.csv"

    said = issued.run("assembly", "participation", NAME, "--out", str(file), by=Role.ENTRY)

    assert "になります" not in said
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    assert "飛驒市" in file.read_text("utf-8-sig")


def test_an_ending_that_is_neither_is_refused_and_nothing_is_written(
    issued: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    file = issued.folder / "participation.pdf"

    with pytest.raises(SystemExit):
        issued.run("assembly", "participation", NAME, "--out", str(file), by=Role.ENTRY)

    assert "ends neither in .xlsx nor in .csv" in capsys.readouterr().err
    assert not file.exists()


def test_the_published_table_can_be_had_in_cp932_with_its_losses(issued: Desk) -> None:
    issued.world.at("2026-06-11 00:00")
    issued.world.certify()
    out = issued.folder / "out"

    said = issued.run("assembly", "result", NAME, "--out", str(out), "--encoding", "cp932")

    assert "「𠮷野町の加入について」の「𠮷」(U+20BB7)は「〓」になります。" in said
    assert "〓野町" in (out / "result.csv").read_bytes().decode("cp932")
    assert {each.name for each in out.iterdir()} == {
        "result-summary.pdf",
        "result.pdf",
        "result-en.pdf",
        "result.xlsx",
        "result.csv",
        "result.json",
    }
