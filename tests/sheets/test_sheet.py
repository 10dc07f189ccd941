"""What a file is, is told by its content."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from tests.sheets.workbooks import csv_text, package, workbook, workbook_of
from voting.i18n import sentence
from voting.sheets.cells import CellFault, Merged, Sheet
from voting.sheets.errors import (
    EmptySheet,
    FileTooBig,
    LostCharacters,
    NoWorkbook,
    NulCharacter,
    OldExcel,
    OtherKind,
    PasswordProtected,
    UnknownEncoding,
    UnreadableSheet,
)
from voting.sheets.sheet import MAX_BYTES, read_sheet, read_sheets

DATA = Path(__file__).parent.parent / "data"
SOME_TIME = datetime.fromisoformat("2024-10-02T16:03:30")
COMPOUND_FILE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)


def rows(sheet: Sheet) -> list[tuple[int, tuple[object, ...]]]:
    return list(sheet.rows())


def test_one_roll_in_three_files_is_the_same_roll() -> None:
    files = [DATA / "council-2024" / name for name in ("roll-utf8.csv", "roll-cp932.csv")]

    utf8, cp932 = (rows(read_sheet(path.read_bytes(), path.name)) for path in files)
    xlsx = rows(read_sheet((DATA / "council-2024" / "roll.xlsx").read_bytes(), "roll.xlsx"))

    assert utf8 == cp932
    assert [cells[4] for _number, cells in xlsx[2:]] == [cells[4] for _number, cells in utf8[1:]]


def test_cells_keep_their_kind() -> None:
    data = workbook([["会員番号", 1, 1.5, date(2024, 9, 27), SOME_TIME, True, "019011"]])

    [(number, cells)] = rows(read_sheet(data, "roll.xlsx"))

    assert number == 1
    assert cells == (
        "会員番号",
        Decimal(1),
        Decimal("1.5"),
        date(2024, 9, 27),
        SOME_TIME,
        "TRUE",
        "019011",
    )


def test_a_number_is_the_decimal_that_was_typed() -> None:
    data = workbook([[0.1, 4011001098993, 1e-6, 1e300 * 10]])

    [(_number, cells)] = rows(read_sheet(data, "roll.xlsx"))

    assert cells[:3] == (Decimal("0.1"), Decimal(4011001098993), Decimal("0.000001"))


def test_rows_and_columns_keep_the_numbers_of_the_sheet() -> None:
    data = package('<row r="3"><c r="C3"><v>7</v></c></row>')

    assert rows(read_sheet(data, "x"))[2] == (3, ("", "", Decimal(7)))


def test_hard_names_come_through_both_formats_character_by_character() -> None:
    csv = rows(read_sheet((DATA / "names" / "hard-names.csv").read_bytes(), "hard-names.csv"))
    names = [str(cells[1]) for _number, cells in csv[1:]]

    xlsx = rows(read_sheet(workbook([[name] for name in names if "=" not in name]), "names.xlsx"))

    assert [cells[0] for _number, cells in xlsx] == [name for name in names if "=" not in name]
    assert "葛󠄀" in names[0] and "\n" in names[16] and names[15].endswith("　")


def test_the_reading_aid_over_a_word_is_not_part_of_it() -> None:
    shared = "<si><r><t>東</t></r><r><t>京</t></r><rPh sb='0' eb='1'><t>トウ</t></rPh></si>"

    sheet = read_sheet(package('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', shared=shared), "x")

    assert rows(sheet) == [(1, ("東京",))]


def test_an_error_and_a_formula_that_was_never_calculated_are_no_empty_cells() -> None:
    data = package(
        '<row r="1"><c r="A1" t="e"><v>#N/A</v></c><c r="B1"><f>1+1</f></c><c r="C1"><f>1+1</f><v></v></c>'
        '<c r="D1"><f>1+1</f><v>2</v></c><c r="E1" t="str"><f>""</f><v></v></c><c r="F1"><v>1</v></c></row>'
    )

    [(_number, cells)] = rows(read_sheet(data, "x"))

    assert cells == (CellFault.ERROR, CellFault.NO_VALUE, CellFault.NO_VALUE, Decimal(2), "", Decimal(1))


def test_hidden_rows_and_merged_cells_are_told() -> None:
    data = package(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="2" hidden="1"><c r="A2"><v>2</v></c></row>'
        '</sheetData><mergeCells><mergeCell ref="A1:A2"/></mergeCells><sheetData>'
    )

    sheet = read_sheet(data, "x")

    assert sheet.hidden == {2}
    assert sheet.merged == (Merged(1, 0, 2, 0),)


def test_the_first_sheet_with_something_in_it_is_read_and_the_others_are_named() -> None:
    data = workbook_of({"表紙": [], "名簿": [["a"]], "旧": [["b"]]})

    assert read_sheet(data, "x").title == "名簿"
    assert read_sheet(data, "x").titles == ("表紙", "名簿", "旧")
    assert [sheet.title for sheet in read_sheets(data, "x")] == ["名簿", "旧"]


@pytest.mark.parametrize("name", ["roll.csv", "roll.xls", "roll"])
def test_the_name_of_a_file_decides_nothing(name: str) -> None:
    assert rows(read_sheet(workbook([["a"]]), name)) == [(1, ("a",))]
    assert rows(read_sheet(csv_text("a,b"), name)) == [(1, ("a", "b"))]


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", EmptySheet),
        (b"\xef\xbb\xbf\r\n", EmptySheet),
        (b"\0\0\0", EmptySheet),
        (COMPOUND_FILE, OldExcel),
        (COMPOUND_FILE + "EncryptedPackage".encode("utf-16-le"), PasswordProtected),
        (b"%PDF-1.7\n", OtherKind),
        (b"\x1f\x8b\x08\0", OtherKind),
        (b"<html><table><tr><td>1</td></tr></table>", OtherKind),
        (b"\xef\xbb\xbf <!DOCTYPE html>", OtherKind),
        (b"PK\x03\x04 and nothing else", UnreadableSheet),
        (package(""), EmptySheet),
        (package('<row r="1"><c r="A1" s="1"/></row>'), EmptySheet),
    ],
)
def test_what_is_no_sheet_is_refused_with_the_reason(data: bytes, refusal: type[UnreadableSheet]) -> None:
    with pytest.raises(refusal):
        read_sheet(data, "roll.csv")


@pytest.mark.parametrize("name", ["roll.xlsx", "名簿.XLSM", "roll.xls"])
@pytest.mark.parametrize(
    "data", [b"\x8f\xfd\xff\xfe rubbish \x90\xff", b"rubbish \0 and no workbook", b"\xfdPK\x03\x04"]
)
def test_rubbish_named_as_a_workbook_is_told_as_no_workbook_and_not_as_an_encoding(
    data: bytes, name: str
) -> None:
    with pytest.raises(NoWorkbook) as refused:
        read_sheet(data, name)

    assert sentence(refused.value).startswith("Excelのブックとして読めません。")
    with pytest.raises((UnknownEncoding, NulCharacter)):
        read_sheet(data, "roll.csv")


def test_a_file_over_fifty_megabytes_is_not_looked_at() -> None:
    with pytest.raises(FileTooBig) as refused:
        read_sheet(b"," * (MAX_BYTES + 1), "x")

    assert refused.value.size == MAX_BYTES + 1


def test_a_character_lost_before_is_refused_with_its_cell() -> None:
    sheet = read_sheet(workbook([["飛驒市"], ["飛\ufffd市"]]), "x")

    with pytest.raises(LostCharacters) as refused:
        rows(sheet)

    assert (refused.value.row, refused.value.column) == (2, "A")
