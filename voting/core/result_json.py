"""A result as the plain values of result.json (count-interface.md).

Votes are decimal strings, members are integers. The caller encodes the values as canonical JSON.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import TypeAlias

from voting.core.docket import Docket
from voting.core.motions import Method, Motion, MotionKind
from voting.core.result import (
    ConfidenceResult,
    Count,
    Flag,
    LateAnswer,
    MotionOutcome,
    Numbers,
    Parts,
    PluralityResult,
    QuorumResult,
    Result,
    ThresholdResult,
)
from voting.core.rules import Threshold, Unit, fraction_text
from voting.core.votes import votes_text

FORMAT = "voting-result/1"

Json: TypeAlias = bool | int | str | list["Json"] | dict[str, "Json"] | None
Size = Callable[[int], int | str]


def result_json(docket: Docket, result: Result, extra: Mapping[str, Json] | None = None) -> dict[str, Json]:
    """result.json of *result*, which was counted under *docket*.

    Shape   *extra* are the members that only a ledger can tell: levels, refused, amendments, incidents.
    """
    return {
        "format": FORMAT,
        "roll": _amount(result.roll_votes, result.roll_members),
        "returned": _amount(result.returned_votes, result.returned_members),
        "quorum": _quorum(result.quorum),
        "motions": [_motion(docket.motion(each.number), each, result) for each in result.motions],
        **(extra or {}),
    }


def _amount(votes: int, members: int) -> dict[str, Json]:
    return {"members": members, "votes": votes_text(votes)}


def _quorum(quorum: QuorumResult) -> dict[str, Json]:
    needed = None if quorum.needed is None else _needed(quorum.needed, quorum.by)
    return {"needed": needed, "counted": _in_unit(quorum.counted, quorum.by), "met": quorum.met}


def _in_unit(size: int, unit: Unit) -> int | str:
    return votes_text(size) if unit is Unit.VOTES else size


def _needed(text: str, unit: Unit) -> int | str:
    # Of members it is always a whole number.
    return text if unit is Unit.VOTES else int(text)


def _motion(motion: Motion, counted: MotionOutcome, result: Result) -> dict[str, Json]:
    head: dict[str, Json] = {
        "number": motion.number,
        "title": motion.title,
        "outcome": counted.outcome.value,
    }
    if motion.kind is MotionKind.ELECTION and motion.method is not None:
        head |= {"kind": motion.kind.value, "method": motion.method.value, "seats": motion.seats}
    if isinstance(counted, ConfidenceResult):
        candidates: list[Json] = [
            {
                "name": each.name,
                "elected": each.elected,
                **_count(each.count, _late(result.late_as_silence, motion.number, each.name)),
            }
            for each in counted.candidates
        ]
        return head | {"candidates": candidates}
    if isinstance(counted, PluralityResult):
        return head | _plurality(counted)
    body = head | _count(counted.count, _late(result.late_as_silence, motion.number, None))
    if motion.method is Method.SLATE:
        body["candidates"] = [
            {"name": name, "elected": name in counted.elected} for name in motion.candidates
        ]
    return body


def _count(count: Count, late: Mapping[str, int]) -> dict[str, Json]:
    body: dict[str, Json] = {
        "outcome": count.outcome.value,
        **_numbers(count.votes, votes_text),
        "members": _numbers(count.members, int),
        "tests": [_test(each) for each in count.tests],
        "carried_without_deemed": count.carried_without_deemed,
        "to_flip": count.to_flip,
        "flags": [flag.value for flag in count.flags],
    }
    if Flag.LATE_AS_SILENCE in count.flags:
        # The result has to say how many there were and how they were marked (rules R8).
        body["late_as_silence"] = {"members": sum(late.values()), "marks": dict(late)}
    return body


def _late(answers: tuple[LateAnswer, ...], number: int, candidate: str | None) -> Mapping[str, int]:
    return Counter(
        mark.mark
        for answer in answers
        for mark in answer.marks
        if (mark.number, mark.candidate) == (number, candidate)
    )


def _numbers(numbers: Numbers, size: Size) -> dict[str, Json]:
    return {
        "for": _parts(numbers.in_favour, size),
        "against": _parts(numbers.against, size),
        "abstain": _parts(numbers.abstain, size),
        "invalid": size(numbers.invalid),
        "excluded": {
            "late": size(numbers.late),
            "undelivered": size(numbers.undelivered),
            "left": size(numbers.left),
        },
        "barred": size(numbers.barred),
        "not_counted": size(numbers.not_counted),
        "total": size(numbers.total),
    }


def _parts(parts: Parts, size: Size) -> dict[str, Json]:
    return {
        "expressed": size(parts.expressed),
        "proxy": size(parts.proxy),
        "blank": size(parts.blank),
        "deemed": size(parts.deemed),
        "total": size(parts.total),
    }


def threshold_json(test: Threshold) -> dict[str, Json]:
    """A test as docket.json and result.json have it: ``by`` only for members, ``category`` only for one."""
    body: dict[str, Json] = {
        "count": test.count.value,
        "relation": test.relation.value,
        "fraction": fraction_text(test.fraction),
        "of": test.of.value,
    }
    if test.by is not Unit.VOTES:
        body["by"] = test.by.value
    if test.category is not None:
        body["category"] = test.category
    return body


def _test(applied: ThresholdResult) -> dict[str, Json]:
    unit = applied.test.by
    return threshold_json(applied.test) | {
        "value": _in_unit(applied.value, unit),
        "base": _in_unit(applied.base, unit),
        "needed": _needed(applied.needed, unit),
        "met": applied.met,
    }


def _plurality(counted: PluralityResult) -> dict[str, Json]:
    candidates: list[Json] = [
        {
            "name": each.name,
            "votes": votes_text(each.votes),
            "members": each.members,
            "elected": each.elected,
        }
        for each in counted.candidates
    ]
    return {
        "candidates": candidates,
        "returned": votes_text(counted.returned_votes),
        "blank": votes_text(counted.blank_votes),
        "invalid": votes_text(counted.invalid_votes),
        "members": {
            "returned": counted.returned_members,
            "blank": counted.blank_members,
            "invalid": counted.invalid_members,
        },
    }
