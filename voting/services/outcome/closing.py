"""From the close to the count: who answered, who was silent, what it adds up to."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import ClassVar

from voting.core.assembly import Phase, phase
from voting.core.ballots import Channel, Facts, Submission
from voting.core.effective import effective_first
from voting.core.errors import Broken, Refusal
from voting.core.members import Roll
from voting.core.permissions import Act, Officer, require
from voting.core.result import Outcome, Result
from voting.core.result_json import Json, result_json
from voting.core.tally import count, silent_members
from voting.core.votes import votes_text
from voting.ledger import canonical
from voting.ledger.answered import answers
from voting.ledger.canonical import parse_instant
from voting.ledger.commitments import deemed_root
from voting.ledger.kinds import Close, Deemed, Tally
from voting.runtime import Runtime
from voting.services.casting.answers import choices_from_json
from voting.services.errors import DoneAlready, NoSuchAssembly, NotThatFar, OutcomePending
from voting.services.outcome import erased
from voting.services.outcome.erased import RESULT_JSON as RESULT_JSON
from voting.services.outcome.versions import named_at
from voting.services.period import deliveries
from voting.services.proof.agreement import require_agreement
from voting.services.recording import recording
from voting.store import amendments, assemblies, ballots, erasures, incidents, papers, roll
from voting.store.assemblies import Case
from voting.store.ballots import Submitted
from voting.store.transaction import Transaction
from voting.wording import headline, motion_label, outcome_word


@dataclass(eq=False)
class PapersWaiting(Refusal):
    """Papers that arrived have not been read by two persons; they block the count."""

    code: ClassVar[str] = "papers-waiting"
    serials: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """A whole assembly, counted; where the votes are erased, as it was counted then.

    Shape   ``submissions`` are the accepted and refused ones alike.
    """

    case: Case
    roll: Roll
    submissions: tuple[Submitted, ...]
    facts: Facts
    result: Result
    content: bytes  # result.json


def close_if_due(rt: Runtime, origin: str) -> bool:
    """Record the close of a vote whose time is over; True where this call did it.

    Time has closed the vote already; this only writes it down.  The gate lets it through when every
    ballot received before has been answered (ledger L3).
    """
    with rt.database.reading() as tx:
        if not _is_due(rt, _case(tx, origin)):
            return False
    with rt.database.arrivals(origin, exclusively=True), recording(rt, origin) as book:
        if not _is_due(rt, book.case):
            return False
        members, votes = ballots.answered(book.tx, book.case.id)
        index = book.append(
            Close(
                closes_at=book.case.docket.assembly.schedule.closes_at,
                last_index=book.head.size - 1,
                members=members,
                votes=votes_text(votes),
            )
        )
        assemblies.reach(book.tx, book.case.id, "closed", index)
    return True


def draft_count(rt: Runtime, origin: str) -> Counted:
    """The count as it would be now, after the close.  Raises: NotThatFar before it."""
    with rt.database.reading() as tx:
        case = _case(tx, origin)
        if case.closed_index is None:
            raise NotThatFar("tally", "close")
        return _count(tx, case)


def tally(rt: Runtime, who: Officer, origin: str) -> Counted:
    """Count for good: name the silent, write the result's digest; after this no ballot is taken.

    Raises  NotThatFar, DoneAlready, PapersWaiting, OutcomePending.
    """
    require(who, Act.COUNT)
    close_if_due(rt, origin)
    with recording(rt, origin) as book:
        tx, case = book.tx, book.case
        if case.closed_index is None:
            raise NotThatFar("tally", "close")
        if case.tally_index is not None:
            raise DoneAlready("tally")
        waiting = papers.undisposed(tx, case.id)
        if waiting:
            raise PapersWaiting(waiting)
        require_agreement(tx, case)
        deliveries.settle(book)
        counted = _count(tx, case)
        # After the tally the ledger takes no decision any more.
        pending = pending_motions(counted)
        if pending:
            raise OutcomePending(pending)
        deemed_index = book.append(_deemed(tx, counted))
        tally_index = book.append(Tally(result_sha256=sha256(counted.content).hexdigest()))
        assemblies.publish(tx, case.id, RESULT_JSON, counted.content)
        assemblies.reach(tx, case.id, "deemed", deemed_index)
        assemblies.reach(tx, case.id, "tally", tally_index)
    return counted


def counted(tx: Transaction, case: Case) -> Counted:
    """The count of an assembly that has been tallied, made again from the store."""
    return _count(tx, case, before=named_at(tx, case))


def recounted(tx: Transaction, case: Case) -> Counted:
    """The count as a correction made now would have it: incidents since the last one are named in it."""
    return _count(tx, case)


def pending_motions(counted: Counted) -> tuple[int, ...]:
    """The motions that wait for a recorded decision or lot."""
    return tuple(each.number for each in counted.result.motions if each.outcome is Outcome.PENDING)


def submissions_for_count(case: Case, sent: Iterable[Submitted]) -> tuple[Submission, ...]:
    """Stored submissions as the count takes them: accepted ones, late ones, early ones.

    One refused as late counts as late, also a paper that was logged after the close and claims an
    earlier arrival.  What was refused for another reason proves nothing and is in no number.  An erased one
    stands as a proxy, as in an auditor's recount: who answered, and when, is known all the same.
    """
    closes_at = case.docket.assembly.schedule.closes_at
    return tuple(
        _submission(each, closes_at, is_void=is_void(case, each))
        for each in sent
        if each.member_id is not None and each.refused in (None, "late", "early")
    )


def is_void(case: Case, sent: Submitted) -> bool:
    """Whether it was accepted and answers texts that were amended (ledger L3, amend; docs/adr/0014)."""
    texts = case.new_texts
    if texts is None or sent.refused is not None:
        return False
    received_at = parse_instant(sent.received_at)
    return not answers(texts, index=sent.index, paper=sent.paper, received_at=received_at)


def no_effect(case: Case, sent: Submitted) -> str:
    """Why it is worth nothing: the reason of its refusal, or "void"; empty where it may count."""
    return "void" if is_void(case, sent) else sent.refused or ""


def effective_submissions(
    case: Case, accepted: Iterable[Submitted], left: Mapping[str, datetime]
) -> tuple[Submission, ...]:
    """The one submission of each member that counts (rules R2.3, R3).

    Shape   *left*: the instant from which on what a member sent is none.
    """
    by_member: dict[str, list[Submission]] = {}
    for each in submissions_for_count(case, (each for each in accepted if not is_void(case, each))):
        gone_at = left.get(each.member_id)
        if gone_at is None or each.received_at < gone_at:
            by_member.setdefault(each.member_id, []).append(each)
    rules = case.docket.rules
    return tuple(effective_first(sent, rules.duplicates)[0] for sent in by_member.values())


def _submission(sent: Submitted, closes_at: datetime, *, is_void: bool) -> Submission:
    ballot = {"choices": {}, "proxy": True} if sent.is_erased else sent.ballot()
    choices = ballot["choices"]
    defect = ballot.get("defect")
    received_at = parse_instant(sent.received_at)
    return Submission(
        member_id=sent.member_id or "",
        choices=choices_from_json(choices) if isinstance(choices, dict) else {},
        received_at=max(received_at, closes_at) if sent.refused == "late" else received_at,
        channel=Channel(sent.channel),
        order=sent.index,
        proxy=ballot.get("proxy") is True,
        defect=defect if isinstance(defect, str) else None,
        is_void=is_void,
    )


def _count(tx: Transaction, case: Case, *, before: int | None = None) -> Counted:
    """Shape: *before* is the entry that names the result; None for one that is not named yet."""
    entries = roll.roll(roll.voters(tx, case.id))
    sent = ballots.all_submissions(tx, case.id)
    facts = roll.facts_for_count(tx, case.id)
    if any(each.is_erased for each in sent):
        if erasures.find(tx, case.id) is None:
            raise Broken(f"{case.origin}: votes are gone, and nothing says that they were erased")
        return Counted(case, entries, sent, facts, *erased.published_result(tx, case))
    result = count(case.docket, entries, submissions_for_count(case, sent), facts)
    told = [each.index for each in incidents.incidents(tx, case.id) if before is None or each.index < before]
    changes = [each.index for each in amendments.amendments(tx, case.id)]
    content = canonical.encode(
        result_json(case.docket, result, _from_ledger(case, sent, facts, told, changes))
    )
    return Counted(case, entries, sent, facts, result, content)


def _from_ledger(
    case: Case,
    sent: tuple[Submitted, ...],
    facts: Facts,
    incidents: Iterable[int],
    amendments: Iterable[int],
) -> dict[str, Json]:
    """What only a ledger can add to result.json (ledger L8)."""
    accepted = [each for each in sent if each.refused is None]
    level = {each.index: each.level for each in accepted}
    levels = Counter(level[each.order] for each in effective_submissions(case, accepted, facts.left))
    refused = Counter(each.refused for each in sent if each.refused is not None)
    return {
        "levels": {**levels},
        "refused": {**refused},
        "amendments": [*amendments],
        "incidents": [*incidents],
    }


def _deemed(tx: Transaction, counted: Counted) -> Deemed:
    known = submissions_for_count(counted.case, counted.submissions)
    silent = set(silent_members(counted.case.docket, counted.roll, known, counted.facts))
    voters = [each for each in roll.voters(tx, counted.case.id) if each.member_id in silent]
    return Deemed(
        members=len(voters),
        votes=votes_text(sum(each.votes for each in voters)),
        root=deemed_root(each.commitment for each in voters).hex(),
        clause=counted.case.docket.rules.clauses.get("deemed", ""),
    )


def _is_due(rt: Runtime, case: Case) -> bool:
    late = phase(case.docket.assembly.schedule, rt.now()) is Phase.LATE
    return late and case.issued_index is not None and case.closed_index is None


def _case(tx: Transaction, origin: str) -> Case:
    case = assemblies.find(tx, origin)
    if case is None:
        raise NoSuchAssembly(origin)
    return case


def headlines(counted: Counted) -> tuple[str, ...]:
    """The numbers of each motion in one line, with its outcome."""
    return tuple(
        f"{motion_label(each)} {headline(each)} {outcome_word(each.outcome)}"
        for each in counted.result.motions
    )
