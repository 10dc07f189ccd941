"""Workbooks made by hand: as a spreadsheet program writes them, and as an attacker does."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime

import xlsxwriter

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_XML = '<?xml version="1.0" encoding="UTF-8"?>'


def workbook(rows: Sequence[Sequence[object]], *, title: str = "名簿", merged: Sequence[str] = ()) -> bytes:
    """An honest .xlsx with one sheet; days and instants get their formats."""
    return workbook_of({title: rows}, merged=merged)


def workbook_of(sheets: Mapping[str, Sequence[Sequence[object]]], *, merged: Sequence[str] = ()) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "yyyy/mm/dd"})
        instant = book.add_format({"num_format": "yyyy/mm/dd hh:mm:ss"})
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for block in merged:
                sheet.merge_range(block, "")
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if isinstance(cell, datetime):
                        sheet.write_datetime(row, column, cell, instant)
                    elif isinstance(cell, date):
                        sheet.write_datetime(row, column, cell, day)
                    elif cell != "":
                        sheet.write(row, column, cell)
    return out.getvalue()


def package(
    cells: str,
    *,
    shared: str = "",
    extra: Mapping[str, bytes] | None = None,
    prolog: str = "",
) -> bytes:
    """A workbook whose sheet holds exactly the XML *cells*, for what no spreadsheet program would write."""
    parts = {
        "[Content_Types].xml": f'{_XML}<Types xmlns="{_TYPES}"/>',
        "_rels/.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}">'
        f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{_XML}<workbook {_MAIN} xmlns:r="{_OFFICE}">'
        '<sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f"{_XML}{prolog}<worksheet {_MAIN}>"
        f"<sheetData>{cells}</sheetData></worksheet>",
    }
    if shared:
        parts["xl/sharedStrings.xml"] = f"{_XML}<sst {_MAIN}>{shared}</sst>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return out.getvalue()


def csv_text(*lines: str) -> bytes:
    """A CSV file in UTF-8 without a mark."""
    return "".join(line + "\r\n" for line in lines).encode()
