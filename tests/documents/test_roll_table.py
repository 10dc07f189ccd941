"""A register saved as a file says the same when it is read again, and what an encoding loses is listed."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime

from voting.core.members import Member
from voting.documents.roll_table import roll_csv, roll_csv_cp932, roll_xlsx
from voting.sheets.roll_sheet import read_roll

NOW = datetime(2026, 6, 1, tzinfo=UTC)
HARD = Member(
    "M0001",
    "葛\N{VARIATION SELECTOR-17}城市",
    kana="かつらぎし",
    category="市",
    kind="正会員",
    code="010006",
    prefecture="奈良県",
    section="企画課\n財政係",
    person="髙﨑 𠮷子",
    addresses=("a@example.jp", "b@example.jp"),
    phone="0745-00-0000",
    votes=2_500_000,
    joined=date(2024, 4, 1),
    left=date(2026, 3, 31),
    note="飛驒市から",
    other=(("旧番号", "007"),),
)
PLAIN = Member("M0002", "那須町", code="094072")


def test_a_workbook_that_is_read_again_says_the_same() -> None:
    sheet = read_roll(roll_xlsx((HARD, PLAIN), title="架空協議会", now=NOW), "a.xlsx")

    assert sheet.is_sound
    assert sheet.members == (HARD, PLAIN)


def test_a_csv_that_is_read_again_says_the_same() -> None:
    data = roll_csv((HARD, PLAIN))

    assert data.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in data
    assert read_roll(data, "a.csv").members == (HARD, PLAIN)


def test_nothing_in_a_file_is_a_formula() -> None:
    attack = Member("M1", '=HYPERLINK("http://example.jp")', phone="+81", note="@SUM(A1)")

    rows = list(csv.reader(io.StringIO(roll_csv((attack,)).decode("utf-8-sig"))))
    book = zipfile.ZipFile(io.BytesIO(roll_xlsx((attack,), title="会", now=NOW)))

    assert [cell[:2] for cell in (rows[1][1], rows[1][10], rows[1][14])] == ["'=", "'+", "'@"]
    assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_what_shift_jis_loses_is_listed_character_by_character() -> None:
    data, lost = roll_csv_cp932((HARD, PLAIN))

    assert [(each.member_id, each.heading, each.shown) for each in lost] == [
        ("M0001", "団体名", "\N{VARIATION SELECTOR-17} (U+E0100)"),
        ("M0001", "担当者", "𠮷 (U+20BB7)"),
        ("M0001", "備考", "驒 (U+9A52)"),
    ]
    assert "髙﨑 ?子" in data.decode("cp932")


def test_a_register_without_rare_characters_loses_nothing() -> None:
    data, lost = roll_csv_cp932((PLAIN,))

    assert lost == ()
    assert read_roll(data, "a.csv").members == (PLAIN,)


def test_a_lossy_file_never_comes_back_as_a_wrong_name() -> None:
    data, _ = roll_csv_cp932((Member("M1", "飛驒市"),))

    assert not read_roll(data, "a.csv").is_sound
