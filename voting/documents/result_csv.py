"""The numbers of a result as CSV that a spreadsheet can add up (UTF-8 with BOM, CRLF)."""

import csv
from collections.abc import Iterator
from io import StringIO

from voting.core.result import Count, PluralityResult
from voting.core.votes import votes_text
from voting.documents.facts import ResultFacts
from voting.documents.result_tables import check_sums
from voting.wording import Question, channel_word, outcome_word, questions

HEAD = ("議案番号", "議案名", "候補者", "区分", "内訳", "票数", "会員数", "結果")
# What a spreadsheet may take for a formula at the head of a cell, in either width, and what hides one; also
# the minus sign of Unicode, which CP932 has as the wide one.
_FORMULA = frozenset("=+-@＝＋－＠\u2212\t\r\n")


def defuse(text: str) -> str:
    """*text* as a cell that no spreadsheet calculates: an apostrophe before what could begin a formula."""
    return f"'{text}" if text[:1] in _FORMULA and text else text


def render_csv(facts: ResultFacts) -> bytes:
    """One line a number: roll and returned first, then every question by class and provenance.

    Units   票数 in votes, 会員数 in members. 計 is the only line of a question that sums others: without it
            the lines of one question add up to the roll.
    Raises  SumsDisagree.
    """
    check_sums(facts)
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEAD)
    for row in _rows(facts):
        writer.writerow([defuse(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _rows(facts: ResultFacts) -> Iterator[tuple[str, ...]]:
    result = facts.result
    yield _whole("会員総数", result.roll_votes, result.roll_members)
    yield _whole("提出", result.returned_votes, result.returned_members)
    for channel, members in facts.channels:
        yield ("", "", "", "提出", channel_word(channel), "", str(members), "")
    for question in questions(facts.docket, result):
        yield from _question(question)
    for one in result.motions:
        if isinstance(one, PluralityResult):
            yield from _plurality(one)


def _whole(name: str, votes: int, members: int) -> tuple[str, ...]:
    return ("", "", "", name, "", votes_text(votes), str(members), "")


def _question(question: Question) -> Iterator[tuple[str, ...]]:
    motion, words = question.motion, question.words
    outcome = outcome_word(question.count.outcome, words)
    for name, part, votes, members in _numbers(question.count, words.favour, words.against):
        yield (
            str(motion.number),
            motion.title,
            question.candidate or "",
            name,
            part,
            votes_text(votes),
            str(members),
            outcome,
        )


def _numbers(count: Count, favour: str, against: str) -> Iterator[tuple[str, str, int, int]]:
    votes, members = count.votes, count.members
    for name, split, heads in (
        (favour, votes.in_favour, members.in_favour),
        (against, votes.against, members.against),
        ("棄権", votes.abstain, members.abstain),
    ):
        yield name, "提出", split.expressed, heads.expressed
        yield name, "委任", split.proxy, heads.proxy
        yield name, "無記入によるみなし", split.blank, heads.blank
        yield name, "未提出によるみなし", split.deemed, heads.deemed
    yield "無効", "", votes.invalid, members.invalid
    yield "除外", "期限後到着", votes.late, members.late
    yield "除外", "未着", votes.undelivered, members.undelivered
    yield "除外", "退会", votes.left, members.left
    yield "除斥", "", votes.barred, members.barred
    yield "未算入", "未提出", votes.not_counted, members.not_counted
    yield "計", "", votes.total, members.total


def _plurality(result: PluralityResult) -> Iterator[tuple[str, ...]]:
    head = (str(result.number), result.title)
    for one in result.candidates:
        elected = "当選" if one.elected else ""
        yield (*head, one.name, "得票", "", votes_text(one.votes), str(one.members), elected)
    for name, votes, members in (
        ("白票", result.blank_votes, result.blank_members),
        ("無効", result.invalid_votes, result.invalid_members),
        ("提出", result.returned_votes, result.returned_members),
    ):
        yield (*head, "", name, "", votes_text(votes), str(members), "")
