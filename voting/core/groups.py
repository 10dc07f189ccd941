"""The whole roll put into groups of members that count alike, without an object for each member.

A million members give a handful of cases. Those who answered once and simply are grouped by what stands
on the sheet; those with anything unusual (several answers, late, left, barred, unreached) are looked at
one by one; the silent are what is left of the roll, found by subtraction.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from voting.core.assembly import Phase, phase
from voting.core.ballots import Alike, Facts, Submission
from voting.core.effective import Case, Standing, case_of
from voting.core.errors import Broken
from voting.core.members import Roll
from voting.core.motions import Motion
from voting.core.questions import Agenda, sheet

# What the count needs to know of a member beside its case: votes in millionths, and category.
Profile = tuple[int, str]


class Amount(NamedTuple):
    """So many votes (millionths) of so many members."""

    votes: int = 0
    members: int = 0

    def plus(self, other: "Amount") -> "Amount":
        return Amount(self.votes + other.votes, self.members + other.members)


@dataclass(frozen=True, slots=True)
class Group:
    """Members of one case.  Shape: ``profiles`` has the number of members of each profile."""

    case: Case
    profiles: Mapping[Profile, int]
    by_category: Mapping[str, Amount]

    @property
    def answered(self) -> bool:
        """Whether they are returned ones: with a submission in time (rules R5)."""
        return self.case.standing is Standing.ANSWERED


def sum_of(groups: Iterable[Group]) -> Amount:
    total = Amount()
    for group in groups:
        for amount in group.by_category.values():
            total = total.plus(amount)
    return total


@dataclass(frozen=True, slots=True)
class Sorted:
    """A roll and its submissions, sorted.

    Order   ``late_as_silence`` (member and effective sheet), ``early`` and ``not_on_roll`` by member.
    """

    groups: tuple[Group, ...]
    late_as_silence: tuple[tuple[str, Case], ...]
    early: tuple[str, ...]
    not_on_roll: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Received:
    """Submissions of members of the roll by when they came; ``single`` has the first one in time of each."""

    single: Mapping[str, Submission]
    several: Mapping[str, list[Submission]]
    late: Mapping[str, list[Submission]]
    early: Mapping[str, list[Submission]]
    void: Mapping[str, list[Submission]]
    not_on_roll: frozenset[str]

    def of(self, member_id: str) -> Iterator[Submission]:
        if member_id in self.several:
            yield from self.several[member_id]
        elif member_id in self.single:
            yield self.single[member_id]
        yield from self.late.get(member_id, ())
        yield from self.early.get(member_id, ())
        yield from self.void.get(member_id, ())


def sort_in(
    agenda: Agenda,
    roll: Roll,
    submissions: Iterable[Submission],
    facts: Facts,
    alike: Iterable[Alike] = (),
) -> Sorted:
    """Every member of *roll* in exactly one group, and those of *alike*, who are not in it.

    Raises  UnusableChoice for a sheet that does not fit the docket; Broken for a member twice on the roll.
    """
    known: dict[Profile, Profile] = {}
    profiles: dict[str, Profile] = {}
    for entry in roll.entries:
        profile = entry.votes, entry.category
        profiles[entry.member_id] = known.setdefault(profile, profile)
    if len(profiles) != roll.members:
        raise Broken("a member stands twice on the roll")
    received = _receive(agenda, profiles, submissions)
    unusual = {
        member_id
        for member_ids in (
            *(received.several, received.late, received.void),
            *(agenda.barred, facts.left, facts.undelivered),
        )
        for member_id in member_ids
        if member_id in profiles
    }

    found = _plain(agenda, profiles, received, unusual)
    late: list[tuple[str, Case]] = []
    for member_id in unusual:
        case = case_of(agenda, member_id, received.of(member_id), facts)
        members = found.setdefault(case, {})
        members[profiles[member_id]] = members.get(profiles[member_id], 0) + 1
        if case.standing is Standing.SILENT and case.sheets:
            late.append((member_id, case))
    _add_silent(found, profiles)
    for each in alike:
        members = found.setdefault(_answered(agenda.docket.motions, each.submission), {})
        profile = each.votes, each.category
        members[profile] = members.get(profile, 0) + each.members
    return Sorted(
        groups=tuple(_group(case, members) for case, members in found.items() if members),
        late_as_silence=tuple(sorted(late, key=itemgetter(0))),
        early=tuple(sorted(received.early)),
        not_on_roll=tuple(sorted(received.not_on_roll)),
    )


def _receive(agenda: Agenda, profiles: Mapping[str, Profile], submissions: Iterable[Submission]) -> _Received:
    schedule = agenda.docket.assembly.schedule
    single: dict[str, Submission] = {}
    several: dict[str, list[Submission]] = {}
    late: dict[str, list[Submission]] = {}
    early: dict[str, list[Submission]] = {}
    void: dict[str, list[Submission]] = {}
    strangers: set[str] = set()
    for submission in submissions:
        member_id = submission.member_id
        if member_id not in profiles:
            strangers.add(member_id)
            continue
        if submission.is_void:
            void.setdefault(member_id, []).append(submission)
            continue
        when = phase(schedule, submission.received_at)
        if when is not Phase.OPEN:
            (late if when is Phase.LATE else early).setdefault(member_id, []).append(submission)
        elif member_id in single:
            several.setdefault(member_id, [single[member_id]]).append(submission)
        else:
            single[member_id] = submission
    return _Received(single, several, late, early, void, frozenset(strangers))


def _plain(
    agenda: Agenda, profiles: Mapping[str, Profile], received: _Received, unusual: set[str]
) -> dict[Case, dict[Profile, int]]:
    """Those with one submission in time and nothing else to know, by what stands on it."""
    motions = agenda.docket.motions
    pick = itemgetter(*(motion.number for motion in motions))
    # The same groups again, keyed by what can be read off a submission at next to no cost.
    quick: dict[object, dict[Profile, int]] = {}
    found: dict[Case, dict[Profile, int]] = {}
    for member_id, submission in received.single.items():
        if member_id in unusual:
            continue
        key: object = None
        members: dict[Profile, int] | None = None
        try:
            key = pick(submission.choices), submission.proxy, submission.defect is None
            members = quick.get(key)
        except (KeyError, TypeError):
            # A motion without a mark, or marks by candidate: such a sheet has no quick key.
            key = None
        if members is None:
            members = found.setdefault(_answered(motions, submission), {})
            if key is not None:
                quick[key] = members
        profile = profiles[member_id]
        members[profile] = members.get(profile, 0) + 1
    return found


def _answered(motions: Sequence[Motion], submission: Submission) -> Case:
    """The case of who sent this in time and nothing else."""
    return Case(Standing.ANSWERED, (sheet(motions, submission),))


def _add_silent(found: dict[Case, dict[Profile, int]], profiles: Mapping[str, Profile]) -> None:
    """Everybody of the roll that is in no group yet sent nothing and has nothing else to know."""
    rest = Counter(profiles.values())
    for members in found.values():
        rest.subtract(members)
    silent = found.setdefault(Case(Standing.SILENT), {})
    for profile, count in rest.items():
        if count:
            silent[profile] = silent.get(profile, 0) + count


def _group(case: Case, members: Mapping[Profile, int]) -> Group:
    by_category: dict[str, Amount] = {}
    for (votes, category), count in members.items():
        amount = Amount(votes * count, count)
        by_category[category] = by_category.get(category, Amount()).plus(amount)
    return Group(case, members, by_category)
