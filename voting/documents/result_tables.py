"""The tables of a result: rows that a reader can add up to the roll by eye."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from voting.core.errors import Broken
from voting.core.result import Count, Numbers, Parts, PluralityResult
from voting.core.rules import Counted, Unit
from voting.core.votes import ONE_VOTE
from voting.documents.chart import Bar, Shade
from voting.documents.facts import ResultFacts
from voting.documents.grid_columns import Column
from voting.wording import (
    ON_PERSONS,
    Question,
    is_weighted,
    number_text,
    questions,
)
from voting.wording.editions import IN_JAPANESE, Say


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
    """Every question adds up to the roll, by ways of submission too, and these to what was returned.

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
    _check_channels(facts)
    sent = sum(members for _, members in facts.channels)
    if facts.channels and sent != result.returned_members:
        raise SumsDisagree(where="提出方法", found=sent, expected=result.returned_members)
    listed = sum(category.roll_members for category in facts.categories)
    if facts.categories and listed != result.roll_members:
        raise SumsDisagree(where="区分", found=listed, expected=result.roll_members)


def _check_channels(facts: ResultFacts) -> None:
    """The ways of submission add up to each side of each question.  Raises: SumsDisagree."""
    if not facts.by_channel:
        return
    for question, ways in zip(questions(facts.docket, facts.result), facts.by_channel, strict=True):
        for found, expected in zip(
            map(sum, zip(*(_sides(one.votes) for one in ways), strict=True)),
            _sides(question.count.votes),
            strict=True,
        ):
            if found != expected:
                raise SumsDisagree(where=f"{question.label} 提出方法", found=found, expected=expected)


def _sides(numbers: Numbers) -> tuple[int, ...]:
    return numbers.in_favour.total, numbers.against.total, numbers.abstain.total, numbers.total


def asked(facts: ResultFacts, *, persons: bool) -> tuple[Question, ...]:
    """The yes-or-no questions on motions, or those on persons."""
    return tuple(
        question
        for question in questions(facts.docket, facts.result)
        if (question.words == ON_PERSONS) is persons
    )


_Class = tuple[str, Callable[[Numbers], int], str]


def given(parts: Parts) -> int:
    """What members said themselves, or left to the chair."""
    return parts.expressed + parts.proxy


def deemed(parts: Parts) -> int:
    """What the rules take for a vote: silence, and blanks on a form."""
    return parts.blank + parts.deemed


def main_table(facts: ResultFacts, rows: Sequence[Question], say: Say = IN_JAPANESE) -> Table:
    """One row a question: the classes side by side, their sum, what was needed and what came of it.

    Order   議案, 賛成 (計, 提出, みなし), 反対, 棄権, 無効, 除外, then 除斥 and 未算入 where any question has
            some, 計, 議決要件, 結果.
    """
    words = rows[0].words
    classes: list[_Class] = [
        ("計", lambda n: n.in_favour.total, words.favour),
        ("うち\n提出", lambda n: given(n.in_favour), words.favour),
        ("うち\nみなし", lambda n: deemed(n.in_favour), words.favour),
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
        Column(say.term(first), 3.0, size=8.5),
        *(Column(say.term(head), 1.2, "right", group and say.term(group)) for head, _, group in classes),
        Column(say.term("議決要件"), 2.5, size=8),
        Column(say.term("結果"), 1.4, "centre", size=8.5),
    )
    weighted = any(is_weighted(row.count) for row in rows)
    body = tuple(
        (
            row.candidate or f"{say.question(row)}\n{row.motion.title}",
            *(_cell(row.count, pick, weighted=weighted) for _, pick, _ in classes),
            say.requirement(facts.docket, row.motion, row.count),
            say.outcome(row.count.outcome, row.words),
        )
        for row in rows
    )
    return Table(columns, body, say.term(_unit(weighted)))


def brief(table: Table, *, result: float = 1.4) -> Table:
    """A main table without what was required, which is said once for all, and with that room for titles.

    Units   *result* is the share of the last column, as in ``Column``.
    """
    first, *rest = table.columns
    kept = (replace(first, share=5.0), *rest[:-2], replace(rest[-1], share=result))
    return replace(table, columns=kept, rows=tuple((*row[:-2], row[-1]) for row in table.rows))


def on_one_line(table: Table) -> Table:
    """A main table in which number and title of a motion follow each other in one line."""
    return replace(table, rows=tuple((row[0].replace("\n", "　"), *row[1:]) for row in table.rows))


def _cell(count: Count, pick: Callable[[Numbers], int], *, weighted: bool) -> str:
    votes = number_text(pick(count.votes))
    return f"{votes}\n({pick(count.members):,})" if weighted else votes


def _unit(weighted: bool) -> str:
    return "(単位: 票。括弧内は会員数)" if weighted else "(単位: 票)"


def plurality_table(result: PluralityResult, say: Say = IN_JAPANESE) -> Table:
    """The candidates by votes received; candidates of equal votes stand in the order of the docket."""
    columns = (
        Column(say.term("候補者"), 4),
        Column(say.term("得票(票)"), 1.5, "right"),
        Column(say.term("会員数"), 1.5, "right"),
        Column(say.term("結果"), 1.5, "centre"),
    )
    ranked = sorted(result.candidates, key=lambda one: -one.votes)
    rows = tuple(
        (one.name, number_text(one.votes), f"{one.members:,}", say.term("当選") if one.elected else "")
        for one in ranked
    )
    return Table(columns, rows, say.term("(単位: 票。会員数の欄は会員)"))


_SHADES = (
    Shade("賛成(提出)", 0.35),
    Shade("賛成(みなし)", 1.0, 3),
    Shade("反対", 0.0),
    Shade("棄権・無効", 0.8),
    Shade("除外・除斥・未算入", 1.0),
)


def shades(say: Say = IN_JAPANESE) -> tuple[Shade, ...]:
    return tuple(replace(each, word=say.term(each.word)) for each in _SHADES)


def bars(rows: Sequence[Question], say: Say = IN_JAPANESE) -> tuple[Bar, ...]:
    """The same numbers as bars.  Units: millionths of votes."""
    found = []
    for row in rows:
        votes = row.count.votes
        amounts = (
            given(votes.in_favour),
            deemed(votes.in_favour),
            votes.against.total,
            votes.abstain.total + votes.invalid,
            votes.excluded + votes.barred + votes.not_counted,
        )
        needed, text = _needed(row.count, say)
        parts = tuple((amount, number_text(amount)) for amount in amounts)
        found.append(Bar(row.candidate or say.question(row), parts, needed, text))
    return tuple(found)


def _needed(count: Count, say: Say) -> tuple[int | None, str]:
    """Where the line of the one test stands, if there is one test on votes in favour."""
    tests = [test for test in count.tests if test.test.count is Counted.FOR and test.test.by is Unit.VOTES]
    if len(tests) != 1 or len(count.tests) != 1 or tests[0].test.category:
        return None, ""
    found = tests[0]
    bound = found.base * found.test.fraction.numerator // found.test.fraction.denominator
    whole = found.needed.isdigit()
    return (
        int(found.needed) * ONE_VOTE if whole else bound
    ), f"{say.term('必要数')} {found.needed}{say.term('票')}"
