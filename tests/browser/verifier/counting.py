"""An assembly as the plain values that the page counts, and what our own count makes of it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tests.browser.verifier.hand import Hand
from voting.core.ballots import NO_FACTS, Choice, Facts, Mark, Submission
from voting.core.docket import Docket
from voting.core.docket_json import docket_json, instant_text
from voting.core.errors import Refusal
from voting.core.members import Roll
from voting.core.result import Result
from voting.core.result_json import result_json
from voting.core.tally import count, silent_members
from voting.core.votes import votes_text
from voting.ledger.canonical import encode


def plain(docket: Docket, roll: Roll, submissions: Iterable[Submission], facts: Facts) -> str:
    """The JSON text of an assembly.  Shape: count/door.js."""
    value: Any = {
        "docket": docket_json(docket),
        "roll": [
            {"category": each.category, "member": each.member_id, "votes": votes_text(each.votes)}
            for each in roll.entries
        ],
        "submissions": [_submission(each) for each in submissions],
        "facts": {
            "left": {member: instant_text(at) for member, at in facts.left.items()},
            "undelivered": sorted(facts.undelivered),
            "chair": {str(number): _choice(given) for number, given in facts.chair.items()},
            "ties": [_tie(place, mark) for place, mark in facts.ties.items()],
            "lots": {str(number): list(names) for number, names in facts.lots.items()},
        },
    }
    return encode(value).decode()


def _submission(sent: Submission) -> dict[str, Any]:
    return {
        "channel": sent.channel.value,
        "choices": {str(number): _choice(given) for number, given in sent.choices.items()},
        "defect": sent.defect,
        "member": sent.member_id,
        "order": sent.order,
        "proxy": sent.proxy,
        "received_at": instant_text(sent.received_at),
    }


def _choice(given: Choice | Mapping[str, Mark]) -> Any:
    if isinstance(given, Mark):
        return given.value
    if isinstance(given, Mapping):
        return {name: mark.value for name, mark in given.items()}
    return list(given)


def _tie(place: int | tuple[int, str], mark: Mark) -> dict[str, Any]:
    number, candidate = place if isinstance(place, tuple) else (place, None)
    return {"candidate": candidate, "mark": mark.value, "number": number}


def both_count(
    hand: Hand, docket: Docket, roll: Roll, submissions: Iterable[Submission], facts: Facts = NO_FACTS
) -> Result:
    """Our count, after the page has counted the same to the same bytes or refused it as well."""
    given: Sequence[Submission] = list(submissions)
    (theirs,) = hand.counts([plain(docket, roll, given, facts)])
    try:
        result = count(docket, roll, given, facts)
    except Refusal:
        assert "refused" in theirs
        raise
    ours = {
        "result": encode(result_json(docket, result)).decode(),
        "silent": list(silent_members(docket, roll, given, facts)),
    }
    assert theirs == ours
    return result
