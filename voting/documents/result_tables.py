"""The tables of a result: rows that a reader can add up to the roll by eye."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from voting.core.errors import Broken
from voting.core.result import Count, Numbers, Parts, PluralityResult
from voting.core.rules import Counted, Unit
from voting.core.votes import ONE_VOTE
from voting.documents.chart import Bar, Shade
from voting.documents.facts import ResultFacts
from voting.documents.grid import Column
from voting.wording import (
    ON_PERSONS,
    Question,
    is_weighted,
    number_text,
    outcome_word,
    questions,
    requirement,
)


@dataclass(eq=False)
class SumsDisagree(Broken):
    """The numbers of *where* do not add up: a paper that says so must not be printed."""

    code: ClassVar[str] = "sums-disagree"
    where: str
    found: int
    expected: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table and its unit line.  Shape: as many cells in each row as columns; ``strong`` rows are bold."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    unit: str
    strong: frozenset[int] = frozenset()


def check_sums(facts: ResultFacts) -> None:
    """Every question adds up to the roll, and the ways of submission to what was returned.

    Raises  SumsDisagree.
    """
    result = facts.result
    for question in questions(facts.docket, result):
        for numbers, roll in (
            (question.count.votes, result.roll_votes),
            (question.count.members, result.roll_members),
        ):
            if numbers.total != roll:
                raise SumsDisagree(where=question.label, found=numbers.total, expected=roll)
    sent = sum(members for _, members in facts.channels)
    if facts.channels and sent != result.returned_members:
        raise SumsDisagree(where="提出方法", found=sent, expected=result.returned_members)
    listed = sum(category.roll_members for category in facts.categories)
    if facts.categories and listed != result.roll_members:
        raise SumsDisagree(where="区分", found=listed, expected=result.roll_members)


def asked(facts: ResultFacts, *, persons: bool) -> tuple[Question, ...]:
    """The yes-or-no questions on motions, or those on persons."""
    return tuple(
        question
        for question in questions(facts.docket, facts.result)
        if (question.words == ON_PERSONS) is persons
    )


_Class = tuple[str, Callable[[Numbers], int], str]


def _given(parts: Parts) -> int:
    return parts.expressed + parts.proxy


def _deemed(parts: Parts) -> int:
    return parts.blank + parts.deemed


def main_table(facts: ResultFacts, rows: Sequence[Question]) -> Table:
    """One row a question: the classes side by side, their sum, what was needed and what came of it.

    Order   議案, 賛成 (計, 提出, みなし), 反対, 棄権, 無効, 除外, then 除斥 and 未算入 where any question has
            some, 計, 議決要件, 結果.
    """
    words = rows[0].words
    classes: list[_Class] = [
        ("計", lambda n: n.in_favour.total, words.favour),
        ("うち\n提出", lambda n: _given(n.in_favour), words.favour),
        ("うち\nみなし", lambda n: _deemed(n.in_favour), words.favour),
        (words.against, lambda n: n.against.total, ""),
        ("棄権", lambda n: n.abstain.total, ""),
        ("無効", lambda n: n.invalid, ""),
        ("除外", lambda n: n.excluded, ""),
    ]
    optional: list[_Class] = [
        ("除斥", lambda n: n.barred, ""),
        ("未算入", lambda n: n.not_counted, ""),
    ]
    classes += [one for one in optional if any(one[1](row.count.votes) for row in rows)]
    classes.append(("計", lambda n: n.total, ""))
    first = "候補者" if words == ON_PERSONS else "議案"
    columns = (
        Column(first, 3.0, size=8.5),
        *(Column(head, 1.2, "right", group) for head, _, group in classes),
        Column("議決要件", 2.5, size=8),
        Column("結果", 1.4, "centre", size=8.5),
    )
    weighted = any(is_weighted(row.count) for row in rows)
    body = tuple(
        (
            row.candidate or f"{row.label}\n{row.motion.title}",
            *(_cell(row.count, pick, weighted=weighted) for _, pick, _ in classes),
            requirement(facts.docket, row.motion, row.count),
            outcome_word(row.count.outcome, row.words),
        )
        for row in rows
    )
    return Table(columns, body, _unit(weighted))


def _cell(count: Count, pick: Callable[[Numbers], int], *, weighted: bool) -> str:
    votes = number_text(pick(count.votes))
    return f"{votes}\n({pick(count.members):,})" if weighted else votes


def _unit(weighted: bool) -> str:
    return "(単位: 票。括弧内は会員数)" if weighted else "(単位: 票)"


def detail_table(facts: ResultFacts) -> Table:
    """Every number there is, by where it comes from: one row a class, each question closed by its sum."""
    columns = (
        Column("議案", 2.4),
        Column("区分", 2.2),
        *(Column(head, 1.1, "right") for head in ("提出", "委任", "無記入", "未提出")),
        Column("票数計", 1.2, "right"),
        Column("会員数", 1.2, "right"),
    )
    blocks = [_detail_rows(question) for question in questions(facts.docket, facts.result)]
    # A class that no question has stands in no row: the sums are the same, and the table stays short.
    kept = [
        at for at in range(len(blocks[0])) if at < _ALWAYS or any(block[at][-1] != "0" for block in blocks)
    ]
    rows = tuple(block[at] for block in blocks for at in kept)
    strong = frozenset(range(len(kept) - 1, len(rows), len(kept)))
    return Table(columns, rows, "(単位: 票。会員数の欄は会員。記載のない区分はいずれも0)", strong)


_ALWAYS = 4  # 賛成, 反対, 棄権, 無効


def _detail_rows(question: Question) -> list[tuple[str, ...]]:
    votes, members, words = question.count.votes, question.count.members, question.words
    sides = (
        (words.favour, votes.in_favour, members.in_favour),
        (words.against, votes.against, members.against),
        ("棄権", votes.abstain, members.abstain),
    )
    rest = (
        ("無効", votes.invalid, members.invalid),
        ("除外(期限後到着)", votes.late, members.late),
        ("除外(未着)", votes.undelivered, members.undelivered),
        ("除外(退会)", votes.left, members.left),
        ("除斥(利害関係)", votes.barred, members.barred),
        ("未算入(未提出)", votes.not_counted, members.not_counted),
        ("計", votes.total, members.total),
    )
    label = question.label
    found = [
        (
            label,
            name,
            *(number_text(amount) for amount in (v.expressed, v.proxy, v.blank, v.deemed, v.total)),
            f"{m.total:,}",
        )
        for name, v, m in sides
    ]
    found += [
        (label, name, "", "", "", "", number_text(amount), f"{heads:,}") for name, amount, heads in rest
    ]
    return found


def category_table(facts: ResultFacts) -> Table | None:
    """The questions by category of members, or nothing where there are no categories."""
    columns = (
        Column("議案", 2.6),
        Column("区分", 2.2),
        *(Column(head, 1.2, "right") for head in ("賛成", "反対", "棄権", "無効", "その他", "計", "会員数")),
    )
    rows = [
        (
            question.label,
            one.category or "(区分なし)",
            *(number_text(amount) for amount in _six(one.votes)),
            f"{one.members.total:,}",
        )
        for question in questions(facts.docket, facts.result)
        for one in question.count.categories
    ]
    if not facts.categories or not rows:
        return None
    return Table(columns, tuple(rows), "(単位: 票。会員数の欄は会員。その他は除外、除斥及び未算入の計)")


def _six(numbers: Numbers) -> tuple[int, ...]:
    other = numbers.excluded + numbers.barred + numbers.not_counted
    return (
        numbers.in_favour.total,
        numbers.against.total,
        numbers.abstain.total,
        numbers.invalid,
        other,
        numbers.total,
    )


def plurality_table(result: PluralityResult) -> Table:
    """The candidates by votes received; candidates of equal votes stand in the order of the docket."""
    columns = (
        Column("候補者", 4),
        Column("得票(票)", 1.5, "right"),
        Column("会員数", 1.5, "right"),
        Column("結果", 1.5, "centre"),
    )
    ranked = sorted(result.candidates, key=lambda one: -one.votes)
    rows = tuple(
        (one.name, number_text(one.votes), f"{one.members:,}", "当選" if one.elected else "")
        for one in ranked
    )
    return Table(columns, rows, "(単位: 票。会員数の欄は会員)")


SHADES = (
    Shade("賛成(提出)", 0.35),
    Shade("賛成(みなし)", 1.0, 3),
    Shade("反対", 0.0),
    Shade("棄権・無効", 0.8),
    Shade("除外・除斥・未算入", 1.0),
)


def bars(rows: Sequence[Question]) -> tuple[Bar, ...]:
    """The same numbers as bars.  Units: millionths of votes."""
    found = []
    for row in rows:
        votes = row.count.votes
        amounts = (
            _given(votes.in_favour),
            _deemed(votes.in_favour),
            votes.against.total,
            votes.abstain.total + votes.invalid,
            votes.excluded + votes.barred + votes.not_counted,
        )
        needed, text = _needed(row.count)
        parts = tuple((amount, number_text(amount)) for amount in amounts)
        found.append(Bar(row.candidate or row.label, parts, needed, text))
    return tuple(found)


def _needed(count: Count) -> tuple[int | None, str]:
    """Where the line of the one test stands, if there is one test on votes in favour."""
    tests = [test for test in count.tests if test.test.count is Counted.FOR and test.test.by is Unit.VOTES]
    if len(tests) != 1 or len(count.tests) != 1 or tests[0].test.category:
        return None, ""
    found = tests[0]
    bound = found.base * found.test.fraction.numerator // found.test.fraction.denominator
    whole = found.needed.isdigit()
    return (int(found.needed) * ONE_VOTE if whole else bound), f"必要数 {found.needed}票"
