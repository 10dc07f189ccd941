"""Who has answered, for the secretariat: member by member, without a single choice.

Making it writes no entry into the ledger: there is no choice in here.  Whoever shows the names before the
close opens them first (``turnout.open_names``), and the ledger says who did.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from voting.core.ballots import Facts, Submission
from voting.core.docket import Docket
from voting.core.effective import Sent, Standing, standing_of
from voting.core.permissions import Act, Officer, require
from voting.core.tally import silent_members
from voting.core.votes import votes_text
from voting.documents.facts_participation import ParticipationFacts, ParticipationLine
from voting.runtime import Runtime
from voting.services.errors import NoSuchAssembly, NotThatFar
from voting.services.outcome.closing import submissions_for_count
from voting.services.register.listed import listed
from voting.store import assemblies, ballots, members, roll
from voting.store.assemblies import Case
from voting.store.roll import Voter
from voting.store.transaction import Transaction
from voting.wording import JAPAN, period_text


def participation(rt: Runtime, who: Officer, origin: str) -> ParticipationFacts:
    """How far the answers have come.

    Raises  NotAllowed, NoSuchAssembly, NotThatFar before the ballots are issued.
    """
    require(who, Act.READ_PARTICIPATION)
    now = rt.now()
    with rt.database.reading() as tx:
        case = assemblies.find(tx, origin)
        if case is None:
            raise NoSuchAssembly(origin)
        if case.issued_index is None:
            raise NotThatFar("participation", "issue")
        return _facts(tx, case, now)


def _facts(tx: Transaction, case: Case, now: datetime) -> ParticipationFacts:
    docket, voters = case.docket, listed(tx, case, roll.voters(tx, case.id))
    schedule = docket.assembly.schedule
    facts = roll.facts_for_count(tx, case.id)
    known = submissions_for_count(case, ballots.all_submissions(tx, case.id))
    codes = {each.member_id: each.code for each in members.register(tx, case.body)}
    deemed = None
    if case.closed_index is not None:
        deemed = frozenset(silent_members(docket, roll.roll(voters), known, facts))
    sent: dict[str, list[Submission]] = {each.member_id: [] for each in voters}
    for each in known:
        sent[each.member_id].append(each)
    return ParticipationFacts(
        body=docket.body.name,
        title=docket.assembly.title,
        period=period_text(schedule),
        as_of=now,
        is_closed=case.closed_index is not None,
        days=tuple(_days(schedule.opens_at, min(now, schedule.closes_at - timedelta(microseconds=1)))),
        lines=tuple(_line(docket, each, sent, facts, codes, deemed) for each in voters),
    )


def _line(
    docket: Docket,
    voter: Voter,
    sent: Mapping[str, list[Submission]],
    facts: Facts,
    codes: Mapping[str, str],
    deemed: frozenset[str] | None,
) -> ParticipationLine:
    found = standing_of(docket, voter.member_id, sent[voter.member_id], facts)
    counts = found.submissions[0] if found.standing is Standing.ANSWERED else None
    return ParticipationLine(
        member_id=voter.member_id,
        # The register's, because the frozen roll has no codes; a member that left it has none.
        code=codes.get(voter.member_id, ""),
        name=voter.name,
        prefecture=voter.prefecture,
        category=voter.category,
        votes=votes_text(voter.votes),
        channel="" if counts is None else counts.channel.value,
        received_at=None if counts is None else counts.received_at,
        is_deemed=None if deemed is None else voter.member_id in deemed,
        remark=_remark(found),
    )


def _remark(found: Sent) -> str:
    """Why nothing counts, where it is more than silence."""
    if found.standing is Standing.LEFT:
        return "退会"
    if found.standing is Standing.VOID:
        return "議案の変更前の回答"
    if found.standing is Standing.ANSWERED:
        return ""
    if found.submissions:
        return "期限後に到着"
    return "通知の未着" if found.unreached else ""


def _days(opens: datetime, until: datetime) -> Iterator[date]:
    """The days in Japan from the opening to *until*."""
    day, last = opens.astimezone(JAPAN).date(), until.astimezone(JAPAN).date()
    while day <= last:
        yield day
        day += timedelta(days=1)
