"""The members' roll as an office keeps it in a spreadsheet, read with a verdict on every row.

Reading and comparing are two things: here nothing is known of the present register (see ``core.register``).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from voting.core.members import Member
from voting.sheets.cells import Row, is_blank, text_of
from voting.sheets.findings import Finding, Level, Report
from voting.sheets.headers import Layout, Table, fold_heading, read_table, synonyms
from voting.sheets.roll_checks import (
    Days,
    mail_addresses,
    member_name,
    membership_days,
    number_of_votes,
    public_code,
    tell_what_was_read,
)
from voting.sheets.roll_others import OtherColumns
from voting.sheets.table_row import (
    TableRow,
    folded,
    is_blank_row,
    is_member_number,
    is_total_row,
    member_number,
)

# Headings by which offices call our fields (domain 5.6.1), folded as headings are.
HEADS = synonyms(
    {
        "member_id": "会員番号 会員no 会員no. 会員id 会員コード member member_id memberid",
        "name": "団体名 団体名称 自治体名 市区町村名 市町村名 会員名 会員名称 名称 法人名 組織名 name",
        "kana": "ふりがな フリガナ カナ かな よみ ヨミ よみがな ヨミガナ 読み 読み仮名 団体名(ふりがな) "
        "団体名(フリガナ) 団体名(カナ) 団体名フリガナ 団体名カナ 団体名よみ kana",
        "category": "区分 会員区分 団体区分 category",
        "kind": "会員種別 種別 kind",
        "code": "団体コード・法人番号 団体コード/法人番号 団体コード 自治体コード 市町村コード "
        "市区町村コード 地方公共団体コード 全国地方公共団体コード jisコード 法人番号 code",
        "prefecture": "都道府県 都道府県名 県名 prefecture",
        "section": "担当部署 担当課 所属 部署 部署名 部課名 担当部課 担当部署名 section",
        "person": "担当者 担当者名 担当者氏名 氏名 person",
        "addresses": "メールアドレス メール e-mail email mail eメール 電子メール アドレス 電子メールアドレス "
        "メールアドレス1 メールアドレス2 メールアドレス3 メール1 メール2 メール3 e-mail1 e-mail2 addresses",
        "phone": "電話番号 電話 tel tel. phone",
        "votes": "議決権数 議決権 議決権の数 議決権個数 表決権数 票数 votes",
        "joined": "入会日 入会年月日 加入日 joined",
        "left": "退会日 退会年月日 脱退日 left",
        "note": "備考 摘要 メモ note notes",
    }
)
_REQUIRED = {"member_id": "会員番号", "name": "団体名"}
_ONCE = frozenset({"member_id", "name", "votes", "joined", "left"})
_MANY = frozenset({"addresses", "code"})
_MERGED = ("prefecture", "category", "kind")

_NO_REPAIRS: Mapping[int, str] = MappingProxyType({})
_NOTE = re.compile(r"[※*]|\(注|注[0-9):意]|備考|以上")


class Verdict(StrEnum):
    ACCEPTED = "accepted"
    WARNING = "warning"
    ERROR = "error"
    SKIPPED = "skipped"


_VERDICTS = {
    None: Verdict.ACCEPTED,
    Level.INFO: Verdict.ACCEPTED,
    Level.WARNING: Verdict.WARNING,
    Level.ERROR: Verdict.ERROR,
    Level.SKIPPED: Verdict.SKIPPED,
}


@dataclass(frozen=True, slots=True)
class RowVerdict:
    """What became of one row that is not blank.  Units: rows from 1, as the program shows them."""

    row: int
    member: str
    verdict: Verdict
    name: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class RollSheet:
    """A roll as read.

    Order   members, verdicts and findings by row.
    Shape   ``members`` are those of accepted rows and of rows with a warning: a whole roll only where
            ``is_sound``; ``fields`` are those the sheet has a column for; ``unread`` are other sheets.
    """

    file: str
    title: str
    header_row: int
    fields: frozenset[str]
    members: tuple[Member, ...]
    verdicts: tuple[RowVerdict, ...]
    findings: tuple[Finding, ...]
    unread: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        """Whether the sheet may be taken: it has members, and no row of it is in error."""
        return not any(finding.level is Level.ERROR for finding in self.findings)


def read_roll(
    data: bytes, name: str, *, layout: Layout | None = None, repairs: Mapping[int, str] = _NO_REPAIRS
) -> RollSheet:
    """The roll in the file, with all its faults at once.

    Shape   *layout* is a person's word on the columns, where the headings do not say it; *repairs*: row ->
            the code that was offered for it and that a person has accepted.
    Raises  UnreadableSheet where there is no table to read: see ``read_table``.
    Source  count-interface.md, ROLL; domain 5.6.
    """
    table = read_table(
        data, name, classify=HEADS.get, required=_REQUIRED, once=_ONCE, many=_MANY, layout=layout
    )
    header, report = table.header, Report()
    members, verdicts = Reading(table, report, repairs).take()
    report.turn_to(header.row)
    if "addresses" not in header.columns:
        report.warn("no-address-column")
    if not members and not any(each.verdict is Verdict.ERROR for each in verdicts):
        report.error("no-members")
    return RollSheet(
        file=name,
        title=table.sheet.title,
        header_row=header.row,
        fields=frozenset(header.columns) | OtherColumns(header).fields,
        members=tuple(members),
        verdicts=tuple(verdicts),
        findings=tuple(report.findings),
        unread=tuple(title for title in table.sheet.titles if title != table.sheet.title),
    )


class Reading:
    """The state of reading one roll: what was seen in earlier rows."""

    def __init__(
        self, table: Table, report: Report | None = None, repairs: Mapping[int, str] = _NO_REPAIRS
    ) -> None:
        self.table = table
        self.repairs = repairs
        self.report = report or Report()
        self.days = Days()
        self.rows_of_members: dict[str, int] = {}
        self.rows_of_codes: dict[str, int] = {}
        # A hundred thousand rows say "正会員" a hundred thousand times; one copy is enough.
        self.same: dict[str, str] = {}
        self.others = OtherColumns(table.header)
        self.has_addresses = "addresses" in table.header.columns

    def take(self) -> tuple[list[Member], list[RowVerdict]]:
        members: list[Member] = []
        verdicts: list[RowVerdict] = []
        header, report = self.table.header, self.report
        first = {field: places[0] for field, places in header.columns.items()}
        for number, cells in self.table.body(fill=_MERGED):
            report.turn_to(number)
            row = TableRow(number, cells, header=header, first=first, report=report)
            skipped = why_no_member(row)
            if skipped == "blank":
                continue
            if skipped:
                report.skip(skipped)
                member = None
            else:
                member = self.member(row)
            level = report.worst()
            shown = row.text("name") if member is None else member.name
            verdicts.append(RowVerdict(number, report.member, _VERDICTS[level], shown))
            if member is not None and level is not Level.ERROR:
                members.append(member)
        return members, verdicts

    def only(self, row: Row) -> Member:
        """The member of a single row, whatever is wrong with it."""
        number, cells = row
        header = self.table.header
        first = {field: places[0] for field, places in header.columns.items()}
        self.report.turn_to(number)
        return self.member(TableRow(number, cells, header=header, first=first, report=self.report))

    def member(self, row: TableRow) -> Member:
        """The pipeline: each step reads one thing and reports what is wrong with it."""
        number = member_number(row)
        if row.number in self.table.sheet.hidden:
            self.report.warn("row-hidden")
        self.check_twice(number)
        name = member_name(row)
        code = public_code(row, self.repairs.get(row.number, ""))
        self.check_code_twice(code)
        addresses = mail_addresses(row)
        joined, left = membership_days(row, self.days.of)
        votes = number_of_votes(row)
        if self.has_addresses and not addresses:
            self.report.warn("address-none")
        tell_what_was_read(row, votes=votes, joined=joined, left=left)
        return Member(
            member_id=number,
            name=name,
            kana=row.text("kana"),
            category=self.shared(row, "category"),
            kind=self.shared(row, "kind"),
            code=code,
            prefecture=self.shared(row, "prefecture"),
            section=self.shared(row, "section"),
            person=self.shared(row, "person"),
            addresses=addresses,
            phone=row.text("phone"),
            votes=votes,
            joined=joined,
            left=left,
            note=row.text("note"),
            other=self.others.read(row),
        )

    def check_twice(self, number: str) -> None:
        first = self.rows_of_members.setdefault(number, self.report.row) if number else self.report.row
        if first != self.report.row:
            self.report.error("member-twice", first=str(first), second=str(self.report.row))

    def check_code_twice(self, code: str) -> None:
        first = self.rows_of_codes.setdefault(code, self.report.row) if code else self.report.row
        if first != self.report.row:
            self.report.warn("code-twice", text=code, first=str(first))

    def shared(self, row: TableRow, field: str) -> str:
        text = row.text(field)
        return self.same.setdefault(text, text)


def why_no_member(row: TableRow) -> str:
    """Why the row is about no member: blank, a total, a note, the headings again, nothing known; or ''."""
    if is_member_number(row.text("member_id")):
        return ""
    for rule, code in _PASSED_OVER:
        if rule(row):
            return code
    return ""


def _is_heading_row(row: TableRow) -> bool:
    """The headings again, as on each page of a printed list."""
    names = (HEADS.get(fold_heading(row.text(field))) for field in ("member_id", "name"))
    return tuple(names) == ("member_id", "name")


def _is_note(row: TableRow) -> bool:
    written = [text_of(cell).strip() for cell in row.cells if not is_blank(cell)]
    return len(written) == 1 and _NOTE.match(folded(written[0])) is not None


def _says_nothing(row: TableRow) -> bool:
    """Only columns we do not know are filled, such as the running number of an unused line."""
    known = (place for places in row.header.columns.values() for place in places)
    return all(place >= len(row.cells) or is_blank(row.cells[place]) for place in known)


_PASSED_OVER: tuple[tuple[Callable[[TableRow], bool], str], ...] = (
    (is_blank_row, "blank"),
    (is_total_row, "row-total"),
    (_is_heading_row, "row-heading"),
    (_is_note, "row-note"),
    (_says_nothing, "row-unknown"),
)
