"""What must be true of every count, whatever the assembly."""

import ast
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import voting.core
from tests.core.counting import AGAINST, FOR, PLAIN, ballots, counted, docket, roll
from tests.core.invented import (
    CLOSES,
    FOR_TESTS,
    World,
    ballots_of,
    docket_of,
    facts_of,
    roll_of,
    words,
    worlds,
)
from voting.core.members import Roll
from voting.core.result import ConfidenceResult, Count, MotionResult, Outcome, Result
from voting.core.result_json import result_json
from voting.core.result_reading import result_from_json
from voting.core.rules import Quorum, parse_fraction
from voting.core.tally import count

pytestmark = pytest.mark.thorough

EXAMPLES = settings(max_examples=150)
# Motions without elections, and tests that ask for votes for: there a yes can only help.
PLAIN_WORLDS = worlds(tests=FOR_TESTS, methods=words(None, None, "slate"))


def result_of(world: World) -> Result:
    return count(docket_of(world), roll_of(world), ballots_of(world), facts_of(world))


def json_of(world: World) -> dict[str, Any]:
    return result_json(docket_of(world), result_of(world))


def counts(result: Result) -> list[Count]:
    found = [each.count for each in result.motions if isinstance(each, MotionResult)]
    for each in result.motions:
        if isinstance(each, ConfidenceResult):
            found += [candidate.count for candidate in each.candidates]
    return found


@EXAMPLES
@given(worlds())
def test_result_json_reads_back_to_all_that_it_tells(world: World) -> None:
    asked, result = docket_of(world), result_of(world)

    found = result_from_json(asked, json_of(world))

    assert result_json(asked, found) == json_of(world)
    assert [each.outcome for each in found.motions] == [each.outcome for each in result.motions]
    assert [replace(one, categories=()) for one in counts(result)] == counts(found)


@EXAMPLES
@given(worlds())
def test_the_numbers_of_every_question_add_up_to_the_roll(world: World) -> None:
    result = result_of(world)

    for one in counts(result):
        assert one.votes.total == result.roll_votes
        assert one.members.total == result.roll_members
        assert sum(each.votes.total for each in one.categories) == result.roll_votes


@EXAMPLES
@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_of_members_and_submissions_is_irrelevant(world: World, chance: Any) -> None:
    members, sent = list(roll_of(world).entries), ballots_of(world)
    chance.shuffle(members)
    chance.shuffle(sent)

    assert count(docket_of(world), Roll(tuple(members)), sent, facts_of(world)) == result_of(world)


def web_ballot(world: World, member: str, marks: dict[int, str], order: int) -> World:
    """A ballot in the last second, after all others of the member."""
    return {
        "member": member,
        "at": CLOSES - 1,
        "paper": False,
        "order": order,
        "proxy": False,
        "defect": False,
        "marks": marks,
    }


@EXAMPLES
@given(PLAIN_WORLDS, st.data())
def test_one_more_yes_never_turns_carried_into_rejected(world: World, data: st.DataObject) -> None:
    staying = [entry["member"] for entry in world["roll"] if entry["member"] not in world["left"]]
    member = data.draw(st.sampled_from(staying or ["nobody"]))
    yes = web_ballot(world, member, {motion["number"]: "for" for motion in world["motions"]}, 1000)
    others = [each for each in world["ballots"] if each["member"] != member]

    before, after = result_of(world), result_of(world | {"ballots": [*others, yes]})

    for earlier, later in zip(before.motions, after.motions, strict=True):
        assert earlier.outcome is not Outcome.CARRIED or later.outcome is Outcome.CARRIED


@EXAMPLES
@given(PLAIN_WORLDS, st.data())
def test_revising_and_revising_back_changes_nothing(world: World, data: st.DataObject) -> None:
    member = data.draw(st.sampled_from([entry["member"] for entry in world["roll"]]))
    clear = st.fixed_dictionaries({m["number"]: words("for", "against", "abstain") for m in world["motions"]})
    first, second = data.draw(clear), data.draw(clear)
    once = [*world["ballots"], web_ballot(world, member, first, 1000)]
    there_and_back = [
        *once,
        web_ballot(world, member, second, 1001),
        web_ballot(world, member, first, 1002),
    ]

    assert json_of(world | {"ballots": there_and_back}) == json_of(world | {"ballots": once})


def test_one_more_no_may_carry_a_motion_by_completing_the_quorum() -> None:
    # A known paradox of every quorum: who wants the motion to fail may do better to stay silent.
    half = replace(PLAIN, quorum=Quorum(parse_fraction("1/2")))

    assert counted(docket(rules=half), roll(10), *ballots((4, FOR))).outcome is Outcome.NOT_FORMED
    assert counted(docket(rules=half), roll(10), *ballots((4, FOR), (1, AGAINST))).outcome is Outcome.CARRIED


@pytest.mark.parametrize(
    "path", sorted(Path(voting.core.__path__[0]).glob("*.py")), ids=lambda path: path.stem
)
def test_the_core_has_no_inexact_number_and_no_division_that_makes_one(path: Path) -> None:
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))

    assert [
        node.lineno for node in nodes if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)
    ] == []
    assert [
        node.lineno for node in nodes if isinstance(node, ast.Constant) and type(node.value) is float
    ] == []
    assert [
        node.lineno for node in nodes if isinstance(node, ast.Name) and node.id in ("float", "round")
    ] == []
