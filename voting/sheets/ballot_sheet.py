"""Ballots collected in a spreadsheet: a row for each submission, a column for each motion or candidate."""

import re
from collections.abc import Container
from dataclasses import dataclass, field
from datetime import date, datetime

from voting.core.ballots import Channel, Choice, Mark, Submission
from voting.core.docket import Docket
from voting.core.japanese_dates import JST, NoDate
from voting.core.motions import Method, Motion
from voting.sheets.ballot_marks import (
    noon_within,
    read_channel,
    read_chosen,
    read_instant,
    read_mark,
    read_proxy,
)
from voting.sheets.cells import Cell, text_of
from voting.sheets.findings import Finding, Level, Report
from voting.sheets.headers import Header, fold_heading, read_table, synonyms
from voting.sheets.table_row import (
    TableRow,
    is_blank_row,
    is_member_number,
    is_total_row,
    member_number,
)

_HEADS = synonyms(
    {
        "member_id": "会員番号 会員no 会員no. 会員id 会員コード member member_id memberid",
        "received_at": "受付日時 received_at received",
        "channel": "方法 channel 提出方法 受付方法",
        "proxy": "委任 proxy",
        "defect": "不備 defect",
        "opinion": "意見 opinion ご意見 意見等",
    }
)
# A heading of this shape is meant for a motion or a candidate, so one we cannot place is an error.
_MOTION_LIKE = re.compile(r"(?:第?[0-9]+号?議案|議案第?[0-9]+号?|motion[0-9]+|[0-9]+)(?::.*)?")
_STRANGER = "stranger"


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a member wrote beside its marks.  Units: ``row`` as the spreadsheet program shows it."""

    member_id: str
    text: str
    row: int


@dataclass(frozen=True, slots=True)
class BallotSheet:
    """Submissions as read.

    Order   by row; ``order`` of a submission is its row.
    Shape   a row in error gives no submission: the sheet may be counted only where ``is_sound``.
    """

    file: str
    title: str
    submissions: tuple[Submission, ...]
    opinions: tuple[Opinion, ...]
    findings: tuple[Finding, ...]

    @property
    def is_sound(self) -> bool:
        return not any(finding.level is Level.ERROR for finding in self.findings)


@dataclass(frozen=True, slots=True)
class _Question:
    """One column that must be there, and where its mark belongs."""

    motion: Motion
    candidate: str | None = None
    headings: tuple[str, ...] = field(default=())

    @property
    def key(self) -> str:
        return f"{self.motion.number}:{self.candidate or ''}"

    @property
    def usual(self) -> str:
        """The heading to ask for."""
        head = f"第{self.motion.number}号議案"
        return head if self.candidate is None else f"{head}:{self.candidate}"


def read_ballots(
    data: bytes, name: str, docket: Docket, *, members: Container[str] | None = None
) -> BallotSheet:
    """The submissions in the file, with all its faults at once.

    *members* are those on the roll; where given, a row of anybody else, which is in no number, has a warning.
    Raises  UnreadableSheet where there is no table to read: see ``read_sheet``, NoHeader, ColumnTwice.
    Source  count-interface.md, BALLOTS.
    """
    questions = tuple(_questions(docket))
    by_heading = {heading: each.key for each in questions for heading in each.headings}

    def classify(heading: str) -> str | None:
        known = _HEADS.get(heading) or by_heading.get(heading)
        return known or (_STRANGER if _MOTION_LIKE.fullmatch(heading) else None)

    fields = frozenset({*_HEADS.values(), *by_heading.values()})
    table = read_table(
        data,
        name,
        classify=classify,
        required={"member_id": "会員番号"},
        once=fields,
        many=frozenset({_STRANGER}),
    )
    report = Report()
    report.turn_to(table.header.row)
    _check_columns(table.header, questions, report)
    reading = _Reading(docket, questions, table.header, report, members)
    for number, cells in table.body():
        reading.take(number, cells)
    return BallotSheet(
        name,
        table.sheet.title,
        tuple(reading.submissions),
        tuple(reading.opinions),
        tuple(report.findings),
    )


def _questions(docket: Docket) -> list[_Question]:
    found = []
    for motion in docket.motions:
        heads = _motion_headings(motion)
        if motion.method in (Method.CONFIDENCE, Method.PLURALITY):
            for candidate in motion.candidates:
                spellings = tuple(f"{head}:{fold_heading(candidate)}" for head in heads)
                found.append(_Question(motion, candidate, spellings))
        else:
            found.append(_Question(motion, None, (*heads, heads[0] + fold_heading(motion.title))))
    return found


def _motion_headings(motion: Motion) -> tuple[str, ...]:
    n = motion.number
    return (f"第{n}号議案", f"議案{n}", f"議案第{n}号", f"第{n}議案", f"motion{n}", str(n))


def _check_columns(header: Header, questions: tuple[_Question, ...], report: Report) -> None:
    for question in questions:
        if question.key not in header.columns:
            report.error("column-missing", column=question.usual)
    if "received_at" not in header.columns:
        report.error("column-missing", column="受付日時")
    for place in header.columns.get(_STRANGER, ()):
        report.error("column-stranger", column=header.headings[place])


class _Reading:
    def __init__(
        self,
        docket: Docket,
        questions: tuple[_Question, ...],
        header: Header,
        report: Report,
        members: Container[str] | None,
    ) -> None:
        self.docket = docket
        self.questions = tuple(each for each in questions if each.key in header.columns)
        self.header = header
        self.first = {field: places[0] for field, places in header.columns.items()}
        self.report = report
        self.members = members
        self.submissions: list[Submission] = []
        self.opinions: list[Opinion] = []

    def take(self, number: int, cells: tuple[Cell, ...]) -> None:
        self.report.turn_to(number)
        row = TableRow(number, cells, header=self.header, first=self.first, report=self.report)
        if not is_member_number(row.text("member_id")):
            if is_blank_row(row):
                return
            if is_total_row(row):
                self.report.skip("row-total")
                return
        member = member_number(row)
        if self.members is not None and member and member not in self.members:
            self.report.warn("not-on-roll")
        submission = self._submission(row, member)
        if self.report.worst() is not Level.ERROR and submission is not None:
            self.submissions.append(submission)
        opinion = row.text("opinion")
        if opinion:
            self.opinions.append(Opinion(member, opinion, number))

    def _submission(self, row: TableRow, member: str) -> Submission | None:
        received = self._received(row)
        channel = self._channel(row)
        proxy = read_proxy(row.text("proxy"))
        if proxy is None:
            self._unknown(row, "proxy")
        choices = {} if proxy else self._choices(row)
        if received is None:
            return None
        return Submission(
            member_id=member,
            choices=choices,
            received_at=received,
            channel=channel,
            order=row.number,
            proxy=bool(proxy),
            defect=row.text("defect") or None,
        )

    def _received(self, row: TableRow) -> datetime | None:
        if "received_at" not in self.first:
            return None
        cell = row.cell("received_at")
        column, text = row.heading("received_at"), text_of(cell).strip()
        if not text:
            row.report.error("received-missing", column=column)
            return None
        try:
            found = cell if isinstance(cell, date) else read_instant(text)
        except NoDate:
            row.report.error("received-unreadable", column=column, text=text)
            return None
        if isinstance(found, datetime):
            return found if found.tzinfo else found.replace(tzinfo=JST)
        noon = noon_within(found, self.docket.assembly.schedule)
        if noon is None:
            row.report.error("received-no-hour", column=column, text=text)
        return noon

    def _channel(self, row: TableRow) -> Channel:
        channel = read_channel(row.text("channel"))
        if channel is None:
            self._unknown(row, "channel")
            return Channel.PAPER
        return channel

    def _unknown(self, row: TableRow, name: str) -> None:
        row.report.error(f"{name}-unknown", column=row.heading(name), text=row.text(name))

    def _choices(self, row: TableRow) -> dict[int, Choice]:
        choices: dict[int, Choice] = {}
        for motion in self.docket.motions:
            columns = [each for each in self.questions if each.motion is motion]
            if motion.method is Method.PLURALITY:
                chosen = [each.candidate or "" for each in columns if self._chosen(row, each.key)]
                choices[motion.number] = tuple(chosen)
            elif motion.method is Method.CONFIDENCE:
                choices[motion.number] = {each.candidate or "": self._mark(row, each.key) for each in columns}
            elif columns:
                choices[motion.number] = self._mark(row, columns[0].key)
        return choices

    def _mark(self, row: TableRow, key: str) -> Mark:
        mark = read_mark(row.text(key))
        if mark is None:
            row.report.error("mark-unknown", column=row.heading(key), text=row.text(key))
            return Mark.BLANK
        return mark

    def _chosen(self, row: TableRow, key: str) -> bool:
        chosen = read_chosen(row.text(key))
        if chosen is None:
            row.report.error("choice-unknown", column=row.heading(key), text=row.text(key))
        return bool(chosen)
