"""The numbers of the rule card are those of the count, whatever the rules and the roll."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.counting import AGAINST, COUNCIL_RULES, FOR, JST, asks, docket, member, motion
from tests.core.invented import ANY_TEST, CATEGORIES, FOR_TEST, WEIGHTS, World, docket_of, roll_of, worlds
from voting.core.ballots import Channel, Mark, Submission
from voting.core.docket import Docket
from voting.core.members import Roll, RollEntry
from voting.core.result import MotionResult, Outcome
from voting.core.rules import NonSubmission, Tie, Unit
from voting.core.tally import count
from voting.core.votes import ONE_VOTE
from voting.wording.worked import Bound, WorkedMotion, missing_clauses, work_out

AGAINST_TEST = FOR_TEST.map(
    lambda test: test | {"count": "against", "relation": "at_most" if test["by"] == "votes" else "less_than"}
)
TESTS = st.lists(st.one_of(FOR_TEST, FOR_TEST, AGAINST_TEST, ANY_TEST), min_size=1, max_size=2)
MAJORITY = {"count": "for", "relation": "more_than", "fraction": (1, 2), "of": "present", "by": "votes"}


@st.composite
def assemblies(draw: st.DrawFn) -> tuple[Docket, Roll]:
    """One motion, no quorum and no brake, so that its tests alone decide; a roll of a few members."""
    tests = draw(st.one_of(st.just([MAJORITY | {"category": None}]), TESTS))
    rules = replace(
        COUNCIL_RULES,
        non_submission=draw(st.sampled_from(NonSubmission)),
        tie=draw(st.sampled_from(Tie)),
        requires=tuple(
            asks(
                each["count"],
                each["relation"],
                f"{each['fraction'][0]}/{each['fraction'][1]}",
                each["of"],
                by=Unit(each["by"]),
                category=each["category"],
            )
            for each in tests
        ),
    )
    weights, categories = draw(st.sampled_from(WEIGHTS)), draw(st.sampled_from(CATEGORIES))
    members = [member(n) for n in range(draw(st.integers(1, 8)))]
    barred = draw(st.lists(st.sampled_from(members), unique=True, max_size=2))
    roll = Roll(
        tuple(
            RollEntry(each, each, draw(st.sampled_from(weights)), draw(st.sampled_from(categories)))
            for each in members
        )
    )
    return docket(motion(1, barred=tuple(barred)), rules=rules), roll


def the_motion(asked: Docket, roll: Roll) -> WorkedMotion:
    (one,) = work_out(asked, roll).motions
    return one


def outcome(asked: Docket, roll: Roll, marks: dict[str, Mark]) -> Outcome:
    (found,) = count(asked, roll, [ballot(asked, each, mark) for each, mark in marks.items()]).motions
    assert isinstance(found, MotionResult)
    return found.outcome


def splits(roll: Roll) -> Iterator[dict[str, Mark]]:
    """Everybody answers: first nobody for, at last all for."""
    members = [entry.member_id for entry in roll.entries]
    for split in range(len(members) + 1):
        yield {each: FOR if place < split else AGAINST for place, each in enumerate(members)}


@settings(max_examples=150)
@given(assemblies())
def test_everybody_answers_and_the_bounds_say_what_is_carried_and_what_is_rejected(
    given: tuple[Docket, Roll],
) -> None:
    asked, roll = given
    one = the_motion(asked, roll)
    may = [entry for entry in roll.entries if entry.member_id not in one.motion.barred]
    for marks in splits(roll):
        found = outcome(asked, roll, marks)
        carries = one.can_carry and all(met(each, side(may, marks, FOR)) for each in one.carry)
        rejects = not one.can_carry or any(met(each, side(may, marks, AGAINST)) for each in one.reject)
        if one.more:
            # Where not even all are enough, a test may ask for few votes; of that the bounds say nothing.
            assert carries or not one.can_carry or found is not Outcome.CARRIED
        else:
            assert carries is (found is Outcome.CARRIED)
            assert rejects is (found is Outcome.REJECTED)
        if found is Outcome.PENDING:
            assert one.tie is not None


@settings(max_examples=150)
@given(assemblies())
def test_nobody_answers_and_so_few_turn_it_but_not_one_fewer(given: tuple[Docket, Roll]) -> None:
    asked, roll = given
    one = the_motion(asked, roll)
    if len(one.silence) > 1:
        return
    (silence,) = one.silence
    assert outcome(asked, roll, {}) is silence.outcome
    if silence.turn is None:
        return
    mark = AGAINST if silence.outcome is Outcome.CARRIED else FOR
    largest = sorted(roll.entries, key=lambda entry: -entry.votes)
    may = [entry.member_id for entry in largest if entry.member_id not in one.motion.barred]
    for members, turned in ((silence.turn, True), (silence.turn - 1, False)):
        found = outcome(asked, roll, dict.fromkeys(may[:members], mark))
        # A tie that waits for the chair is not carried.
        assert ((found is Outcome.CARRIED) is not (silence.outcome is Outcome.CARRIED)) is turned


@settings(max_examples=150)
@given(worlds())
def test_whether_silence_forms_the_assembly_is_what_the_count_says(world: World) -> None:
    asked, roll = docket_of(world), roll_of(world)

    assert work_out(asked, roll).formed_by_silence == count(asked, roll, ()).quorum.met


def test_clauses_are_missed_only_where_their_rule_is_in_use() -> None:
    assert missing_clauses(docket()) == ("written", "majority", "blank", "late", "duplicates")
    silent = replace(COUNCIL_RULES, non_submission=NonSubmission.NOT_COUNTED, clauses={"late": " "})
    assert "deemed" not in missing_clauses(docket(rules=silent))
    assert "late" in missing_clauses(docket(rules=silent))


def ballot(asked: Docket, member_id: str, mark: Mark) -> Submission:
    opens = asked.assembly.schedule.opens_at.astimezone(JST)
    return Submission(member_id, {1: mark}, opens, Channel.WEB, 0)


def side(entries: list[RollEntry], marks: dict[str, Mark], mark: Mark) -> list[RollEntry]:
    return [entry for entry in entries if marks[entry.member_id] is mark]


def met(bound: Bound, entries: list[RollEntry]) -> bool:
    """Whether *entries* are so much."""
    inside = [each for each in entries if bound.category in (None, each.category)]
    votes = Fraction(sum(each.votes for each in inside), ONE_VOTE)
    size = votes if bound.unit is Unit.VOTES else Fraction(len(inside))
    return size > Fraction(bound.amount) if bound.more_than else size >= Fraction(bound.amount)
