"""What members are told adds up to what was counted, in any assembly whatever."""

from collections import Counter
from collections.abc import Iterator

from hypothesis import given, settings

from tests.core.invented import World, ballots_of, docket_of, facts_of, roll_of, worlds
from voting.core.effective import Place, Provenance, Side
from voting.core.result import ConfidenceResult, Count, MotionOutcome, MotionResult, Numbers, PluralityResult
from voting.core.tally import count, silent_members
from voting.services.casting.own_vote import CountedLine, counted_lines, is_deemed


def piles(numbers: Numbers) -> Counter[Place | None]:
    """How many stand where."""
    parts = {Side.FOR: numbers.in_favour, Side.AGAINST: numbers.against, Side.ABSTAIN: numbers.abstain}
    found = {Place(side, each): getattr(split, each) for side, split in parts.items() for each in Provenance}
    alone = (Side.INVALID, Side.LATE, Side.UNDELIVERED, Side.LEFT, Side.BARRED, Side.NOT_COUNTED)
    found |= {Place(side): getattr(numbers, side) for side in alone}
    return Counter({place: amount for place, amount in found.items() if amount})


def counts(motion: MotionOutcome) -> Iterator[Count | PluralityResult]:
    """The result question by question."""
    if isinstance(motion, ConfidenceResult):
        yield from (each.count for each in motion.candidates)
    elif isinstance(motion, MotionResult):
        yield motion.count
    else:
        yield motion


def require_adds_up(lines: list[tuple[CountedLine, int]], counted: Count | PluralityResult) -> None:
    """Raises AssertionError where members (with their votes) were told otherwise than was counted."""
    if isinstance(counted, Count):
        assert Counter(line.place for line, _ in lines) == piles(counted.members)
        return
    answered = [(line, votes) for line, votes in lines if line.place is None]
    assert (len(answered), sum(votes for _, votes in answered)) == (
        counted.returned_members,
        counted.returned_votes,
    )
    for each in counted.candidates:
        chosen = [votes for line, votes in answered if each.name in line.counted.split("、")]
        assert (len(chosen), sum(chosen)) == (each.members, each.votes)
    assert sum(line.counted == "白票" for line, _ in answered) == counted.blank_members
    assert sum(line.counted == "無効" for line, _ in answered) == counted.invalid_members


@settings(max_examples=300)
@given(worlds())
def test_in_any_assembly_what_members_are_told_is_what_was_counted(invented: World) -> None:
    docket, entries, facts = docket_of(invented), roll_of(invented), facts_of(invented)
    sent = ballots_of(invented)
    told = {
        each.member_id: counted_lines(
            docket, each.member_id, (one for one in sent if one.member_id == each.member_id), facts
        )
        for each in entries.entries
    }

    result = count(docket, entries, sent, facts)

    for place, counted in enumerate(each for motion in result.motions for each in counts(motion)):
        lines = [(told[each.member_id][place], each.votes) for each in entries.entries]
        require_adds_up(lines, counted)
    deemed = {member for member, lines in told.items() if is_deemed(lines)}
    assert deemed == set(silent_members(docket, entries, sent, facts))
    orders = {one.order: one.member_id for one in sent}
    for member, lines in told.items():
        assert all(line.reason.endswith("。") and line.counted for line in lines)
        assert all(line.source is None or orders[line.source] == member for line in lines)
