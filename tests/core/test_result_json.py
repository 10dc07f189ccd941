"""result.json (count-interface.md)."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tests.core.counting import (
    AGAINST,
    BLANK,
    CLOSES,
    COUNCIL_RULES,
    FOR,
    PLAIN,
    asks,
    ballot,
    ballots,
    docket,
    motion,
    roll,
)
from voting.core.docket import Docket
from voting.core.members import Roll
from voting.core.motions import Method, MotionKind
from voting.core.result_json import result_json
from voting.core.rules import OutOfBase, Quorum, Unit, parse_fraction
from voting.core.tally import count


def printed(
    asked: Docket, eligible: Roll, sent: Any, extra: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    found = result_json(asked, count(asked, eligible, sent), extra)
    # Plain values only: what JSON gives back is the same.
    assert json.loads(json.dumps(found)) == found
    return found


NOTHING = {"expressed": "0", "proxy": "0", "blank": "0", "deemed": "0", "total": "0"}
NOBODY = dict.fromkeys(NOTHING, 0)


def test_the_example_of_the_interface() -> None:
    asked = docket()

    found = printed(asked, roll(), ballots((412, FOR), (1, AGAINST)))

    assert found == {
        "format": "voting-result/1",
        "roll": {"members": 681, "votes": "681"},
        "returned": {"members": 413, "votes": "413"},
        "quorum": {"needed": None, "counted": "413", "met": True},
        "motions": [
            {
                "number": 1,
                "title": "第1号議案",
                "outcome": "carried",
                "for": NOTHING | {"expressed": "412", "deemed": "268", "total": "680"},
                "against": NOTHING | {"expressed": "1", "total": "1"},
                "abstain": NOTHING,
                "invalid": "0",
                "excluded": {"late": "0", "undelivered": "0", "left": "0"},
                "barred": "0",
                "not_counted": "0",
                "total": "681",
                "members": {
                    "for": NOBODY | {"expressed": 412, "deemed": 268, "total": 680},
                    "against": NOBODY | {"expressed": 1, "total": 1},
                    "abstain": NOBODY,
                    "invalid": 0,
                    "excluded": {"late": 0, "undelivered": 0, "left": 0},
                    "barred": 0,
                    "not_counted": 0,
                    "total": 681,
                },
                "tests": [
                    {
                        "count": "for",
                        "relation": "more_than",
                        "fraction": "1/2",
                        "of": "present",
                        "value": "680",
                        "base": "681",
                        "needed": "341",
                        "met": True,
                    }
                ],
                "carried_without_deemed": True,
                "to_flip": 340,
                "flags": [],
            }
        ],
    }


def test_what_a_ledger_adds_stands_beside() -> None:
    found = printed(docket(), roll(3), [], {"levels": {"K0": 0}, "amendments": []})

    assert (found["levels"], found["amendments"]) == ({"K0": 0}, [])


def test_a_test_by_members_is_in_whole_members_and_says_so() -> None:
    rules = replace(PLAIN, requires=(asks(by=Unit.MEMBERS, category="甲"),))
    eligible = Roll(tuple(replace(entry, category="甲", votes=2_500_000) for entry in roll(3).entries))

    (test,) = printed(docket(rules=rules), eligible, ballots((2, FOR)))["motions"][0]["tests"]

    assert test == {
        "count": "for",
        "relation": "more_than",
        "fraction": "1/2",
        "of": "present",
        "by": "members",
        "category": "甲",
        "value": 2,
        "base": 2,
        "needed": 2,
        "met": True,
    }


def test_a_quorum_is_in_its_own_unit() -> None:
    votes = replace(PLAIN, quorum=Quorum(parse_fraction("1/2")))
    members = replace(PLAIN, quorum=Quorum(parse_fraction("1/2"), by=Unit.MEMBERS))
    heavy = roll(3, votes={1: 2})

    assert printed(docket(rules=votes), heavy, [ballot(1, FOR)])["quorum"] == {
        "needed": "2",
        "counted": "2",
        "met": True,
    }
    assert printed(docket(rules=members), heavy, [ballot(1, FOR)])["quorum"] == {
        "needed": 2,
        "counted": 1,
        "met": False,
    }


def test_parts_of_a_vote_are_printed_as_decimals_and_bounds_exactly() -> None:
    eligible = Roll(tuple(replace(entry, votes=1_250_000) for entry in roll(3).entries))

    one = printed(docket(rules=PLAIN), eligible, ballots((3, FOR)))["motions"][0]

    assert (one["for"]["total"], one["tests"][0]["base"], one["tests"][0]["needed"]) == (
        "3.75",
        "3.75",
        "1.875",
    )


def test_late_answers_taken_as_silence_are_counted_by_their_marks() -> None:
    rules = replace(COUNCIL_RULES, late=OutOfBase.NOT_SUBMITTED)
    late = [ballot(1, AGAINST, CLOSES), ballot(2, AGAINST, CLOSES), ballot(3, BLANK, CLOSES)]

    one = printed(docket(rules=rules), roll(10), [*late, *ballots((5, FOR), first=4)])["motions"][0]

    assert one["late_as_silence"] == {"members": 3, "marks": {"against": 2, "blank": 1}}


def election(method: Method, seats: int) -> Docket:
    vote = {"kind": MotionKind.ELECTION, "method": method, "seats": seats, "candidates": ("長野県", "那須町")}
    return docket(motion(1, **vote), rules=PLAIN)


def test_an_election_by_confidence_has_an_object_like_a_motion_for_each_candidate() -> None:
    sent = ballots((2, {1: {"長野県": FOR, "那須町": AGAINST}}))

    (found,) = printed(election(Method.CONFIDENCE, 2), roll(3), sent)["motions"]

    assert {name: found[name] for name in found if name != "candidates"} == {
        "number": 1,
        "title": "第1号議案",
        "kind": "election",
        "method": "confidence",
        "seats": 2,
        "outcome": "vacancy",
    }
    first, second = found["candidates"]
    assert (first["name"], first["elected"], first["outcome"], first["for"]["total"]) == (
        "長野県",
        True,
        "carried",
        "2",
    )
    assert (second["name"], second["elected"], second["outcome"]) == ("那須町", False, "rejected")
    motion_alike = printed(docket(rules=PLAIN), roll(3), [])["motions"][0]
    assert set(first) == set(motion_alike) - {"number", "title"} | {"name", "elected"}


def test_a_slate_carries_the_numbers_itself() -> None:
    (found,) = printed(election(Method.SLATE, 2), roll(3), ballots((2, FOR)))["motions"]

    assert (found["outcome"], found["for"]["total"], found["method"]) == ("carried", "2", "slate")
    assert found["candidates"] == [{"name": "長野県", "elected": True}, {"name": "那須町", "elected": True}]


def test_an_election_by_plurality_has_votes_by_candidate() -> None:
    sent = ballots((2, {1: ("那須町",)}), (1, {1: ()}), (1, {1: ("長野県", "那須町")}))

    (found,) = printed(election(Method.PLURALITY, 1), roll(9, votes={1: 3}), sent)["motions"]

    assert found == {
        "number": 1,
        "title": "第1号議案",
        "kind": "election",
        "method": "plurality",
        "seats": 1,
        "outcome": "elected",
        "candidates": [
            {"name": "長野県", "votes": "0", "members": 0, "elected": False},
            {"name": "那須町", "votes": "4", "members": 2, "elected": True},
        ],
        "returned": "6",
        "blank": "1",
        "invalid": "1",
        "members": {"returned": 4, "blank": 1, "invalid": 1},
    }
