"""A register of members as a table: a workbook whose cells are all text, and CSV in two encodings.

The headings are those that the importer knows: what is saved here can be read again, and says the same.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO, StringIO

import xlsxwriter

from voting.core.members import Member
from voting.core.votes import votes_text
from voting.documents.result_csv import defuse
from voting.documents.workbook_layout import paper, row_height

HEADS = (
    "会員番号",
    "団体名",
    "よみ",
    "区分",
    "会員種別",
    "団体コード・法人番号",
    "都道府県",
    "担当部署",
    "担当者",
    "メールアドレス",
    "電話番号",
    "議決権数",
    "入会日",
    "退会日",
    "備考",
)
_WIDTHS = (10, 28, 28, 12, 12, 18, 10, 20, 16, 36, 16, 8, 12, 12, 30)


@dataclass(frozen=True, slots=True)
class Lost:
    """A character that CP932 does not have; in the file a question mark stands for it."""

    member_id: str
    heading: str
    text: str
    character: str

    @property
    def shown(self) -> str:
        """The character with its number: one that only selects a variant is not seen by itself."""
        return f"{self.character} (U+{ord(self.character):04X})"


def roll_csv(members: Sequence[Member]) -> bytes:
    """UTF-8 with its mark, so that Excel opens it as it is; lines end as in Excel."""
    return _csv(members).encode("utf-8-sig")


def roll_csv_cp932(members: Sequence[Member]) -> tuple[bytes, tuple[Lost, ...]]:
    """CP932 ("Shift_JIS") for older programs, and what it loses.

    A lost character becomes a question mark: the importer stops at one inside a name, so that such a file
    never replaces a right name by a wrong one.
    """
    heads = _heads(members)
    lost = tuple(
        Lost(cells[0], head, cell, character)
        for cells in _rows(members, heads)
        for head, cell in zip(heads, cells, strict=True)
        for character in dict.fromkeys(cell)
        if not _survives(character)
    )
    return _csv(members).encode("cp932", "replace"), lost


def roll_xlsx(members: Sequence[Member], *, title: str, now: datetime) -> bytes:
    """A workbook of one sheet.  Every cell is text: 094072 keeps its zero, and nothing calculates."""
    heads, out = _heads(members), BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": {"font_name": "Yu Gothic", "font_size": 10},
    }
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties(
            {"title": f"{title} 会員名簿", "created": now.astimezone(UTC).replace(tzinfo=None)}
        )
        head = book.add_format({"bold": True, "bg_color": "#D9E2EC", "border": 1, "num_format": "@"})
        text = book.add_format({"border": 1, "num_format": "@", "valign": "top", "text_wrap": True})
        page = book.add_worksheet("会員名簿")
        widths = [_WIDTHS[column] if column < len(_WIDTHS) else 16 for column in range(len(heads))]
        for column, (name, width) in enumerate(zip(heads, widths, strict=True)):
            page.set_column(column, column, width)
            page.write_string(0, column, name, head)
        for row, cells in enumerate(_rows(members, heads), 1):
            for column, cell in enumerate(cells):
                page.write_string(row, column, cell, text)
            page.set_row(row, row_height(zip(cells, widths, strict=True)))
        page.freeze_panes(1, 2)
        page.autofilter(0, 0, max(len(members), 1), len(heads) - 1)
        page.set_landscape()
        page.set_paper(paper(sum(widths)))
        page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
        page.set_footer("&C&P / &N")
    return out.getvalue()


def _csv(members: Sequence[Member]) -> str:
    heads, out = _heads(members), StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(heads)
    for cells in _rows(members, heads):
        writer.writerow([defuse(cell) for cell in cells])
    return out.getvalue()


def _heads(members: Sequence[Member]) -> tuple[str, ...]:
    """Our own headings, then those of the columns that a sheet once brought along."""
    others = dict.fromkeys(heading for each in members for heading, _ in each.other)
    return (*HEADS, *(each for each in others if each not in HEADS))


def _rows(members: Sequence[Member], heads: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for each in members:
        other = dict(each.other)
        yield (
            each.member_id,
            each.name,
            each.kana,
            each.category,
            each.kind,
            each.code,
            each.prefecture,
            each.section,
            each.person,
            "; ".join(each.addresses),
            each.phone,
            votes_text(each.votes),
            "" if each.joined is None else f"{each.joined:%Y/%m/%d}",
            "" if each.left is None else f"{each.left:%Y/%m/%d}",
            each.note,
            *(other.get(head, "") for head in heads[len(HEADS) :]),
        )


def _survives(character: str) -> bool:
    """Whether CP932 has the character, and gives the same one back."""
    try:
        return character.encode("cp932").decode("cp932") == character
    except UnicodeError:
        return False
