"""Workbooks that would take the memory or the time of the machine, or that bring something along."""

import io
import random
import zipfile
from contextlib import suppress

import pytest

from tests.sheets.workbooks import package, workbook
from voting.sheets import guard as sheet_guard
from voting.sheets.errors import (
    Damaged,
    HasDoctype,
    HasMacros,
    OtherKind,
    PasswordProtected,
    TooManyCells,
    TooManyRows,
    UnpacksTooBig,
    UnreadableSheet,
)
from voting.sheets.sheet import read_sheet

CELL = '<row r="1"><c r="A1"><v>1</v></c></row>'


def archive(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def test_a_sheet_in_the_last_corner_is_refused_before_room_is_made_for_it() -> None:
    with pytest.raises(TooManyRows):
        read_sheet(package(CELL + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "x")
    with pytest.raises(TooManyCells):
        read_sheet(package(CELL + '<row r="2"><c r="XFD2"><v>1</v></c></row>'), "x")
    with pytest.raises(TooManyCells):
        read_sheet(package(CELL + '<row r="2"><c r="AAAAB2"><v>1</v></c></row>'), "x")


def test_a_tall_and_wide_sheet_of_two_cells_is_refused() -> None:
    rows, columns = 150_000, "IV"

    with pytest.raises(TooManyCells) as refused:
        read_sheet(package(CELL + f'<row r="{rows}"><c r="{columns}{rows}"><v>1</v></c></row>'), "x")

    assert (refused.value.rows, refused.value.columns) == (rows, 256)


def test_a_million_empty_rows_are_refused() -> None:
    rows = "".join(f'<row r="{number}"/>' for number in range(1, 300_000))

    with pytest.raises(TooManyRows):
        read_sheet(package(rows), "x")


@pytest.mark.parametrize(
    "cells",
    [
        "<row><c><v>1</v></c></row>",
        '<row r="1"><c s=\' r="A1" \'><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c/></row>',
        '<row r="1"><c r="00000000000000000001"/></row>',
    ],
)
def test_a_cell_that_does_not_say_where_it_stands_is_refused(cells: str) -> None:
    with pytest.raises(Damaged):
        read_sheet(package(cells), "x")


def test_a_row_number_with_many_zeros_does_not_pass_for_a_small_one() -> None:
    with pytest.raises(TooManyRows):
        read_sheet(package('<row r="1"><c r="A0000000001048576"><v>1</v></c></row>'), "x")


def test_one_long_text_used_in_many_cells_is_refused() -> None:
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 5_001))
    shared = f"<si><t>{'x' * 30_000}</t></si><si><t>y</t></si>"

    with pytest.raises(UnpacksTooBig):
        read_sheet(package(cells, shared=shared), "x")
    assert len(list(read_sheet(package(cells.replace(">0<", ">1<"), shared=shared), "x").rows())) == 5_000


def test_a_bomb_is_refused_by_what_it_says_of_itself() -> None:
    with pytest.raises(UnpacksTooBig):
        read_sheet(package(CELL, extra={"xl/media/a.png": bytes(200_000_000)}), "x")
    with pytest.raises(UnpacksTooBig):
        read_sheet(package(CELL, extra={"xl/other.xml": b" " * 5_000_000}), "x")


def test_a_bomb_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(package(CELL, extra={"xl/other.xml": b"<a>" + bytes(3_000_000) + b"</a>"}))
    directory = data.index(b"PK\x01\x02", data.rindex(b"xl/other.xml", 0, data.rindex(b"PK\x01\x02")))
    entry = data.rindex(b"PK\x01\x02", 0, data.index(b"xl/other.xml", directory))
    data[entry + 24 : entry + 28] = (100).to_bytes(4, "little")

    with pytest.raises(Damaged):
        read_sheet(bytes(data), "x")


def test_more_parts_than_any_workbook_has_are_refused() -> None:
    with pytest.raises(Damaged):
        read_sheet(archive({f"{n}": b"" for n in range(sheet_guard.MAX_PARTS + 1)}), "x")


def test_two_parts_of_one_name_are_refused() -> None:
    with pytest.raises(Damaged):
        read_sheet(package(CELL, extra={"XL/worksheets/Sheet1.xml": b"<a/>"}), "x")


@pytest.mark.parametrize("prolog", ["<!DOCTYPE a>", '<!DOCTYPE a [<!ENTITY b "ccc">]>'])
def test_a_document_type_is_refused(prolog: str) -> None:
    with pytest.raises(HasDoctype) as refused:
        read_sheet(package(CELL, prolog=prolog), "x")

    assert refused.value.part == "xl/worksheets/sheet1.xml"


def test_a_workbook_with_macros_is_refused() -> None:
    with pytest.raises(HasMacros):
        read_sheet(package(CELL, extra={"xl/vbaProject.bin": b"x"}), "roll.xlsx")


@pytest.mark.parametrize(
    ("part", "found"), [("xl/workbook.bin", "xlsb"), ("content.xml", "ods"), ("a.txt", "archive")]
)
def test_other_packages_are_called_by_their_name(part: str, found: str) -> None:
    with pytest.raises(OtherKind) as refused:
        read_sheet(archive({part: b"x"}), "x")

    assert refused.value.found == found


def test_an_encrypted_part_is_refused_as_protected() -> None:
    data = bytearray(package(CELL))
    data[data.index(b"PK\x01\x02") + 8] |= 1

    with pytest.raises(PasswordProtected):
        read_sheet(bytes(data), "x")


def test_attack_a_tag_without_an_end_does_not_make_the_guard_look_through_all_that_follows_it() -> None:
    """Else each of a hundred thousand of them would: 600 bytes of a workbook took a minute."""
    hidden, no_result = sheet_guard._HIDDEN_ROW, sheet_guard._NO_RESULT

    assert [found.start() for found in hidden.finditer(b'<row <row hidden="1">')] == [5]
    assert [found.start() for found in no_result.finditer(b"<f <f a='1'/></c>")] == [3]


def test_pictures_and_printer_settings_are_left_unread() -> None:
    data = package(CELL, extra={"xl/media/a.png": b"\x89PNG", "xl/printerSettings/p.bin": b"\0" * 100})

    assert len(list(read_sheet(data, "x").rows())) == 1


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_workbook_is_read_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(workbook([["会員番号", "団体名"], ["M1", "那須町"], [1, 2.5]]))
    for _ in range(chance.randrange(1, 20)):
        data[chance.randrange(len(data))] = chance.randrange(256)

    with suppress(UnreadableSheet):
        assert list(read_sheet(bytes(data), "x").rows())


@pytest.mark.parametrize("seed", range(40))
def test_a_workbook_of_damaged_xml_is_read_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    cells = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><f>1</f></c></row><row r="2" hidden="1"/>'
    characters = list(cells)
    for _ in range(chance.randrange(1, 6)):
        characters[chance.randrange(len(characters))] = chance.choice("<>\"'=/&0159Ars ")

    with suppress(UnreadableSheet):
        assert list(read_sheet(package("".join(characters), shared="<si><t>a</t></si>"), "x").rows())
