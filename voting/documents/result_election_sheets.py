"""The sheets of a result workbook on elections, one for each way of electing."""

from collections.abc import Sequence
from dataclasses import replace

from voting.core.result import ConfidenceResult, MotionResult, PluralityResult
from voting.documents.facts import ResultFacts
from voting.documents.result_sheet import Row, Sheet, Votes, heads, in_votes
from voting.wording import (
    ON_PERSONS,
    AnyResult,
    motion_label,
    outcome_sentence,
    outcome_word,
    requirement,
)


def _election(facts: ResultFacts, name: str, title: str, columns: tuple[tuple[str, int], ...]) -> Sheet:
    whole = f"{facts.docket.assembly.title} {title}"
    return Sheet(name, whole, "単位: 票。会員数の欄は会員。", columns, (), frozen=3)


_ELECTION = (("議案", 12), ("議案名", 28), ("候補者", 22))


def confidence(facts: ResultFacts, name: str, held: Sequence[AnyResult]) -> Sheet:
    """One row a candidate, with the numbers of a motion."""
    empty = _election(
        facts,
        name,
        "候補者ごとの信任投票",
        (*_ELECTION, *heads(ON_PERSONS), ("議決要件", 22), ("可否", 8), ("当選", 8)),
    )
    rows: list[Row] = []
    below: list[str] = []
    for one in held:
        motion = facts.docket.motion(one.number)
        below.append(f"{motion_label(motion)}　{outcome_sentence(facts.docket, motion, one)}")
        for each in one.candidates if isinstance(one, ConfidenceResult) else ():
            needed = requirement(facts.docket, motion, each.count)
            verdict = outcome_word(each.count.outcome, ON_PERSONS)
            label = (motion_label(motion), one.title, each.name)
            rows.append((*label, *in_votes(each.count.votes), needed, verdict, _won(each.elected)))
    return replace(empty, rows=tuple(rows), below=tuple(below))


def slate(facts: ResultFacts, name: str, held: Sequence[AnyResult]) -> Sheet:
    """Who was elected together; the numbers stand with the motions."""
    empty = _election(facts, name, "候補者全員についての一括表決", (*_ELECTION, ("結果", 12), ("当選", 8)))
    rows: list[Row] = []
    for one in held:
        motion = facts.docket.motion(one.number)
        elected = one.elected if isinstance(one, MotionResult) else ()
        for candidate in motion.candidates:
            label = (motion_label(motion), one.title, candidate)
            rows.append((*label, outcome_word(one.outcome), _won(candidate in elected)))
    return replace(empty, rows=tuple(rows))


def plurality(facts: ResultFacts, name: str, held: Sequence[AnyResult]) -> Sheet:
    """One row a candidate by votes received, closed by what was returned."""
    empty = _election(
        facts, name, "得票の多い順による選挙", (*_ELECTION, ("票数", 10), ("会員数", 10), ("当選", 8))
    )
    rows: list[Row] = []
    below: list[str] = []
    sums = set()
    for one in held:
        if not isinstance(one, PluralityResult):
            continue
        motion = facts.docket.motion(one.number)
        below.append(f"{motion_label(motion)}　{outcome_sentence(facts.docket, motion, one)}")
        head = (motion_label(motion), one.title)
        for each in one.candidates:
            rows.append((*head, each.name, Votes(each.votes), each.members, _won(each.elected)))
        for what, votes, members in (
            ("(白票)", one.blank_votes, one.blank_members),
            ("(無効)", one.invalid_votes, one.invalid_members),
            ("(提出)", one.returned_votes, one.returned_members),
        ):
            rows.append((*head, what, Votes(votes), members, ""))
        sums.add(len(rows) - 1)
    return replace(empty, rows=tuple(rows), strong=frozenset(sums), below=tuple(below))


def _won(elected: bool) -> str:
    return "当選" if elected else ""
