"""A result read back from result.json: what is left of a count once the votes have been erased.

Strict: what was read has to print the same values again.  Numbers by category and the names of late members
are not in result.json, and not in what is read.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from voting.core.docket import Docket
from voting.core.errors import Broken
from voting.core.motions import Method, Motion
from voting.core.result import (
    CandidateResult,
    CandidateVotes,
    ConfidenceResult,
    Count,
    Flag,
    LateAnswer,
    LateMark,
    MotionOutcome,
    MotionResult,
    Numbers,
    Outcome,
    Parts,
    PluralityResult,
    QuorumResult,
    Result,
    ThresholdResult,
)
from voting.core.result_json import result_json
from voting.core.rules import Unit
from voting.core.votes import parse_votes

_OF_LEDGER = ("levels", "refused", "amendments", "incidents")
_Size = Callable[[Any], int]


def result_from_json(docket: Docket, value: Mapping[str, Any]) -> Result:
    """The result that *value*, result.json decoded, tells of *docket*.

    Raises  Broken where it is not what this docket's count would have printed.
    """
    try:
        found = _result(docket, value)
        extra = {name: value[name] for name in _OF_LEDGER if name in value}
        same = result_json(docket, found, extra) == value
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise Broken("result.json is not the result of its docket") from fault
    if not same:
        raise Broken("result.json does not read back as it was printed")
    return found


def _result(docket: Docket, value: Mapping[str, Any]) -> Result:
    return Result(
        roll_members=value["roll"]["members"],
        roll_votes=_votes(value["roll"]["votes"]),
        returned_members=value["returned"]["members"],
        returned_votes=_votes(value["returned"]["votes"]),
        quorum=_quorum(docket, value["quorum"]),
        motions=tuple(
            _motion(docket, motion, body)
            for motion, body in zip(docket.motions, value["motions"], strict=True)
        ),
        late_as_silence=_late(value["motions"]),
    )


def _votes(text: str) -> int:
    """Units: millionths.  A result may say 0, a member's weight may not."""
    return 0 if text == "0" else parse_votes(text)


def _in(unit: Unit) -> _Size:
    return _votes if unit is Unit.VOTES else int


def _quorum(docket: Docket, value: Mapping[str, Any]) -> QuorumResult:
    by = Unit.VOTES if docket.rules.quorum is None else docket.rules.quorum.by
    needed = None if value["needed"] is None else str(value["needed"])
    return QuorumResult(needed, _in(by)(value["counted"]), by, value["met"])


def _motion(docket: Docket, motion: Motion, body: Mapping[str, Any]) -> MotionOutcome:
    if motion.method is Method.PLURALITY:
        return _plurality(motion, body)
    if motion.method is Method.CONFIDENCE:
        return ConfidenceResult(
            number=motion.number,
            title=motion.title,
            seats=motion.seats or 0,
            outcome=Outcome(body["outcome"]),
            candidates=tuple(
                CandidateResult(each["name"], each["elected"], _count(docket, motion, each))
                for each in body["candidates"]
            ),
        )
    elected = tuple(each["name"] for each in body.get("candidates", ()) if each["elected"])
    count = _count(docket, motion, body)
    return MotionResult(motion.number, motion.title, count, motion.method, motion.seats, elected)


def _plurality(motion: Motion, body: Mapping[str, Any]) -> PluralityResult:
    members = body["members"]
    return PluralityResult(
        number=motion.number,
        title=motion.title,
        seats=motion.seats or 0,
        outcome=Outcome(body["outcome"]),
        candidates=tuple(
            CandidateVotes(each["name"], _votes(each["votes"]), each["members"], each["elected"])
            for each in body["candidates"]
        ),
        returned_votes=_votes(body["returned"]),
        returned_members=members["returned"],
        blank_votes=_votes(body["blank"]),
        blank_members=members["blank"],
        invalid_votes=_votes(body["invalid"]),
        invalid_members=members["invalid"],
    )


def _count(docket: Docket, motion: Motion, body: Mapping[str, Any]) -> Count:
    return Count(
        outcome=Outcome(body["outcome"]),
        votes=_numbers(body, _votes),
        members=_numbers(body["members"], int),
        tests=tuple(
            ThresholdResult(
                test,
                _in(test.by)(each["value"]),
                _in(test.by)(each["base"]),
                str(each["needed"]),
                each["met"],
            )
            for test, each in zip(docket.requires(motion), body["tests"], strict=True)
        ),
        carried_without_deemed=body["carried_without_deemed"],
        to_flip=body["to_flip"],
        flags=tuple(Flag(each) for each in body["flags"]),
    )


def _numbers(body: Mapping[str, Any], size: _Size) -> Numbers:
    excluded = body["excluded"]
    return Numbers(
        in_favour=_parts(body["for"], size),
        against=_parts(body["against"], size),
        abstain=_parts(body["abstain"], size),
        invalid=size(body["invalid"]),
        late=size(excluded["late"]),
        undelivered=size(excluded["undelivered"]),
        left=size(excluded["left"]),
        barred=size(body["barred"]),
        not_counted=size(body["not_counted"]),
    )


def _parts(body: Mapping[str, Any], size: _Size) -> Parts:
    return Parts(*(size(body[name]) for name in ("expressed", "proxy", "blank", "deemed")))


def _late(motions: list[Mapping[str, Any]]) -> tuple[LateAnswer, ...]:
    """As many nameless answers as were late, which together have the marks that are told."""
    marked = [[*_late_marks(*question)] for body in motions for question in _questions(body)]
    most = max(map(len, marked), default=0)
    return tuple(
        LateAnswer("", tuple(marks[place] for marks in marked if place < len(marks))) for place in range(most)
    )


def _questions(body: Mapping[str, Any]) -> Iterator[tuple[int, str | None, Mapping[str, Any]]]:
    yield body["number"], None, body.get("late_as_silence", {})
    for each in body.get("candidates", ()):
        yield body["number"], each["name"], each.get("late_as_silence", {})


def _late_marks(number: int, candidate: str | None, told: Mapping[str, Any]) -> Iterator[LateMark]:
    for mark, times in sorted(told.get("marks", {}).items()):
        yield from [LateMark(number, mark, candidate)] * times
