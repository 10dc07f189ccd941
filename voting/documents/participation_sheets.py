"""回答の状況: who has answered, as a workbook and as a CSV.  Participation only, never a choice."""

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from io import StringIO

from voting.core.japanese_dates import wareki
from voting.documents.facts_participation import ParticipationFacts, ParticipationLine
from voting.documents.result_csv import defuse
from voting.documents.result_sheet import Figure, Row, Sheet
from voting.documents.workbook import render_workbook
from voting.wording import JAPAN, channel_word, instant_text, percent

HEAD = (
    "会員番号",
    "団体コード",
    "名称",
    "都道府県",
    "区分",
    "議決権の数",
    "回答の有無",
    "経路",
    "受付日時",
    "みなし",
    "備考",
)
_WIDTHS = (11, 11, 36, 11, 18, 11, 11, 12, 20, 9, 24)
_NO_NAME = "(記載なし)"
UNITS = "回答の有無のみを示します。表決の内容は含みません。受付日時は日本時間です。"


def render_participation_xlsx(facts: ParticipationFacts) -> bytes:
    """The workbook.  The same facts give the same bytes."""
    return render_workbook(
        _sheets(facts), title=f"{facts.title} 回答の状況", author=facts.body, made=facts.as_of
    )


def render_participation_csv(facts: ParticipationFacts) -> bytes:
    """One line a member (UTF-8 with BOM, CRLF)."""
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEAD)
    for line in facts.lines:
        writer.writerow([defuse(cell) for cell in _row(line)])
    return out.getvalue().encode("utf-8-sig")


def _sheets(facts: ParticipationFacts) -> Iterator[Sheet]:
    title = f"{facts.title} 回答の状況({facts.body})"
    yield Sheet(
        name="会員別",
        title=title,
        unit=f"{instant_text(facts.as_of)}現在。{UNITS}",
        columns=tuple(zip(HEAD, _WIDTHS, strict=True)),
        rows=tuple(_row(line) for line in facts.lines),
        frozen=3,
        below=(f"期間　{facts.period}",),
    )
    yield _totals(facts, "都道府県別", "都道府県", lambda line: line.prefecture)
    yield _totals(facts, "区分別", "区分", lambda line: line.category)
    yield _days(facts)


def _row(line: ParticipationLine) -> tuple[str, ...]:
    at = line.received_at
    return (
        line.member_id,
        line.code,
        line.name,
        line.prefecture,
        line.category,
        Figure(line.votes),
        "有" if line.has_answered else "無",
        channel_word(line.channel) if line.channel else "",
        "" if at is None else f"{at.astimezone(JAPAN):%Y-%m-%d %H:%M:%S}",
        "" if line.is_deemed is None else "みなし" if line.is_deemed else "なし",
        line.remark,
    )


def _totals(
    facts: ParticipationFacts, name: str, what: str, key: Callable[[ParticipationLine], str]
) -> Sheet:
    """Members, answers and deemed by one of their columns, in the order of the roll, closed by the sum."""
    groups: dict[str, list[ParticipationLine]] = {}
    for line in facts.lines:
        groups.setdefault(key(line) or _NO_NAME, []).append(line)
    rows = [_total(group, lines) for group, lines in groups.items()]
    rows.append(_total("計", list(facts.lines)))
    return Sheet(
        name=name,
        title=f"{facts.title} {what}ごとの回答の状況",
        unit=f"{instant_text(facts.as_of)}現在。単位: 会員",
        columns=((what, 24), ("会員数", 10), ("回答", 10), ("未回答", 10), ("みなし", 10), ("回答率", 10)),
        rows=tuple(rows),
        strong=frozenset({len(rows) - 1}),
    )


def _total(name: str, lines: list[ParticipationLine]) -> Row:
    answered = sum(line.has_answered for line in lines)
    deemed = sum(line.is_deemed is True for line in lines)
    share = Figure(percent(answered, len(lines)) if lines else "0%")
    return (name, len(lines), answered, len(lines) - answered, deemed, share)


def _days(facts: ParticipationFacts) -> Sheet:
    """By the day in Japan on which the answer that counts was received; each day of the period has a row."""
    received = Counter(
        line.received_at.astimezone(JAPAN).date() for line in facts.lines if line.received_at is not None
    )
    rows: list[Row] = []
    so_far = 0
    for day in facts.days:
        so_far += received[day]
        rows.append((_day(day), received[day], so_far))
    rows.append(("計", received.total(), so_far))
    return Sheet(
        name="日別",
        title=f"{facts.title} 日ごとの回答の状況",
        unit=f"{instant_text(facts.as_of)}現在。単位: 会員。有効な回答を受け付けた日によります。",
        columns=(("日", 24), ("回答", 10), ("累計", 10)),
        rows=tuple(rows),
        strong=frozenset({len(rows) - 1}),
    )


def _day(day: date) -> str:
    return wareki(day, weekday=True)
