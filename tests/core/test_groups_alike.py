"""Members who count alike, told by their number, come to the same result as each by name."""

from collections import Counter

import pytest
from hypothesis import given

from tests.core.invented import World, ballots_of, docket_of, facts_of, roll_of, worlds
from voting.core.assembly import Phase, phase
from voting.core.ballots import Alike, Facts, Submission
from voting.core.docket import Docket
from voting.core.members import Roll, RollEntry
from voting.core.tally import count

pytestmark = pytest.mark.thorough


def plain(docket: Docket, roll: Roll, sent: list[Submission], facts: Facts) -> dict[str, Submission]:
    """The members of the roll with one answer, in time, and nothing else to know."""
    times = Counter(each.member_id for each in sent)
    barred = {member for motion in docket.motions for member in motion.barred}
    special = barred | facts.left.keys() | facts.undelivered
    members = {entry.member_id for entry in roll.entries} - special
    return {
        each.member_id: each
        for each in sent
        if each.member_id in members
        and times[each.member_id] == 1
        and not each.is_void
        and phase(docket.assembly.schedule, each.received_at) is Phase.OPEN
    }


def together(roll: Roll, answers: dict[str, Submission]) -> list[Alike]:
    """Those with equal answers and profiles as one."""
    found: dict[object, tuple[Submission, RollEntry, int]] = {}
    for entry in roll.entries:
        sent = answers.get(entry.member_id)
        if sent is not None:
            key = repr(sorted(sent.choices.items())), sent.proxy, sent.defect, entry.votes, entry.category
            one, _, members = found.get(key, (sent, entry, 0))
            found[key] = one, entry, members + 1
    return [Alike(sent, entry.votes, entry.category, number) for sent, entry, number in found.values()]


@given(worlds())
def test_members_told_by_their_number_count_as_each_by_name(world: World) -> None:
    docket, roll, sent, facts = docket_of(world), roll_of(world), ballots_of(world), facts_of(world)
    answers = plain(docket, roll, sent, facts)
    rest = Roll(tuple(entry for entry in roll.entries if entry.member_id not in answers))
    others = [each for each in sent if each.member_id not in answers]

    assert count(docket, rest, others, facts, together(roll, answers)) == count(docket, roll, sent, facts)
