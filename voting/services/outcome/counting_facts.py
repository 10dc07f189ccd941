"""What a result counted from files tells beside its numbers: ways of sending, categories, exclusions."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from voting.core.assembly import Phase, phase
from voting.core.ballots import Facts, Submission
from voting.core.docket import Docket
from voting.core.effective import Standing, case_of, effective_first
from voting.core.members import Roll
from voting.core.questions import agenda
from voting.core.result import Result
from voting.documents.facts import CategoryFacts, ResultFacts
from voting.services.outcome.channels import by_channel


def result_facts(
    docket: Docket,
    roll: Roll,
    submissions: Iterable[Submission],
    facts: Facts,
    *,
    result: Result,
    content: bytes,
) -> ResultFacts:
    """Everything the papers print of a result that no ledger stands behind.

    Shape   nobody has certified it and it has no date: the same files give the same papers.
    """
    sent = _by_member(roll, submissions)
    effective = _effective(docket, sent, facts)
    asked = agenda(docket, facts)
    cases = [case_of(asked, entry.member_id, sent[entry.member_id], facts) for entry in roll.entries]
    chair = docket.assembly.chair
    return ResultFacts(
        docket=docket,
        result=result,
        channels=tuple(
            (way.value, number)
            for way, number in Counter(each.channel for each in effective.values()).most_common()
        ),
        proxies=sum(map(_is_proxy, effective.values())),
        by_channel=by_channel(
            asked,
            zip(roll.entries, cases, strict=True),
            {member_id: each.channel.value for member_id, each in effective.items()},
        ),
        categories=_categories(roll, effective),
        refused_late=sum(case.is_late for case in cases),
        undelivered=sum(case.unreached for case in cases),
        left=sum(case.standing is Standing.LEFT for case in cases),
        sender=(docket.body.name, *((chair,) if chair else ())),
        result_json=content,
    )


def ways_taken(
    docket: Docket, roll: Roll, submissions: Iterable[Submission], facts: Facts
) -> tuple[tuple[str, int], ...]:
    """How the returned members answered, each once: channel, or 委任 whatever its channel -> members."""
    found = _effective(docket, _by_member(roll, submissions), facts)
    ways = Counter("委任" if _is_proxy(each) else each.channel.value for each in found.values())
    return tuple(sorted(ways.items()))


def _is_proxy(sent: Submission) -> bool:
    """Whether the chair votes for its member; a form with a defect gives nobody a vote (rules R3)."""
    return sent.proxy and sent.defect is None


def without_effect(
    docket: Docket, roll: Roll, submissions: Iterable[Submission], facts: Facts
) -> Iterator[tuple[Submission, str]]:
    """The submissions of members that are in no number, each with the reason in words.  Source: rules R2."""
    members = {entry.member_id for entry in roll.entries}
    for each in submissions:
        if each.member_id not in members:
            continue
        when = phase(docket.assembly.schedule, each.received_at)
        left = facts.left.get(each.member_id)
        if when is Phase.EARLY:
            yield each, "受付開始より前に届いたため、提出がなかったものとします。"
        elif when is Phase.OPEN and left is not None and each.received_at >= left:
            yield each, "退会の後に届いたため、提出がなかったものとします。"


def _by_member(roll: Roll, submissions: Iterable[Submission]) -> Mapping[str, list[Submission]]:
    sent: dict[str, list[Submission]] = {entry.member_id: [] for entry in roll.entries}
    for each in submissions:
        if each.member_id in sent:
            sent[each.member_id].append(each)
    return sent


def _effective(
    docket: Docket, sent: Mapping[str, Sequence[Submission]], facts: Facts
) -> Mapping[str, Submission]:
    """The one submission of each member that counts, by member; only of those that answered in time."""
    found = {}
    for member_id, several in sent.items():
        left = facts.left.get(member_id)
        in_time = [
            each
            for each in several
            if phase(docket.assembly.schedule, each.received_at) is Phase.OPEN
            and not each.is_void
            and (left is None or each.received_at < left)
        ]
        if in_time:
            found[member_id] = effective_first(in_time, docket.rules.duplicates)[0]
    return found


def _categories(roll: Roll, answered: Mapping[str, Submission]) -> tuple[CategoryFacts, ...]:
    """Who answered, by category in the order of the roll; nothing where there is only one."""
    names = list(dict.fromkeys(entry.category for entry in roll.entries))
    if len(names) < 2:
        return ()
    found = []
    for name in names:
        entries = [entry for entry in roll.entries if entry.category == name]
        returned = [entry for entry in entries if entry.member_id in answered]
        found.append(
            CategoryFacts(
                name=name,
                roll_members=len(entries),
                roll_votes=sum(entry.votes for entry in entries),
                returned_members=len(returned),
                returned_votes=sum(entry.votes for entry in returned),
            )
        )
    return tuple(found)
