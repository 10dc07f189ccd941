"""All papers of an assembly with their states, and what is to be done next: who answered, never how."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from voting.core.permissions import ALLOWED, Act, Officer, require
from voting.ledger.canonical import parse_instant
from voting.runtime import Runtime
from voting.services.desk.paper_entering import is_same
from voting.services.desk.paper_finding import find_member, member_text
from voting.services.desk.paper_refusals import NoSuchPaper
from voting.services.errors import CountingDone, NoSuchAssembly, NotThatFar
from voting.services.outcome import closing
from voting.services.period.asked import is_overtaken
from voting.services.stages import AssemblyLine, line_of
from voting.store import accounts, assemblies, ballots, paper_senders, papers, roll
from voting.store.assemblies import Case
from voting.store.ballots import Submitted
from voting.store.paper_senders import PaperSender
from voting.store.papers import Paper, Reading
from voting.store.roll import Voter
from voting.store.transaction import Transaction

# What is still to be done, in the order in which it is best done.  A paper that is done is "accepted", or
# has the reason for which it was refused, or is "void": the texts were amended after it had arrived.
OPEN_STATES = ("unclear", "conflict", "arrived", "entered")


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One paper in the list.

    Shape   ``state`` is one of the above; ``is_for_me``: this officer can take the next step;
            ``has_mine``: this officer has read it; ``sender`` as known so far, ``as_written`` at the door;
            ``answers`` counts what the same member sent, this paper too where it is done; ``is_overtaken``:
            it is void, or will be once it is read, for it answers texts that were amended.
    """

    serial: str
    channel: str
    arrived_at: datetime
    state: str
    sender: str
    as_written: str
    is_for_me: bool
    has_mine: bool
    answers: int
    is_overtaken: bool

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES


@dataclass(frozen=True, slots=True)
class PaperList:
    """Shape: ``open`` in the order in which it is best done, the oldest first; ``done`` as logged."""

    assembly: AssemblyLine
    open: tuple[PaperLine, ...]
    done: tuple[PaperLine, ...]
    is_closed: bool
    is_counted: bool
    is_issued: bool

    @property
    def for_me(self) -> tuple[PaperLine, ...]:
        return tuple(each for each in self.open if each.is_for_me)


@dataclass(frozen=True, slots=True)
class Known:
    """Everything that says how a paper stands, looked up once for all of them."""

    case: Case
    voters: Mapping[str, Voter]
    sent: Mapping[int, Submitted]
    senders: Mapping[str, PaperSender]
    readings: Mapping[str, tuple[Reading, ...]]
    answers: Mapping[str, int]
    left: Mapping[str, datetime]


def paper_list(rt: Runtime, who: Officer, origin: str) -> PaperList:
    """Raises: NotAllowed, NoSuchAssembly."""
    require(who, Act.READ_PARTICIPATION)
    now = rt.now()
    with rt.database.reading() as tx:
        case = _case(tx, origin)
        lines = paper_lines(tx, case, who)
    waiting = sorted((each for each in lines if each.is_open), key=_urgency)
    return PaperList(
        assembly=line_of(case, now),
        open=tuple(waiting),
        done=tuple(each for each in lines if not each.is_open),
        is_closed=case.closed_index is not None,
        is_counted=case.deemed_index is not None,
        is_issued=case.issued_index is not None,
    )


def undisposed(rt: Runtime, origin: str) -> tuple[str, ...]:
    """The serials of papers that two persons have not read; they block the count."""
    with rt.database.reading() as tx:
        return papers.undisposed(tx, _case(tx, origin).id)


def paper_lines(tx: Transaction, case: Case, who: Officer) -> tuple[PaperLine, ...]:
    """All papers, in the order in which they were logged."""
    known = known_of(tx, case)
    return tuple(paper_line(known, each, who) for each in papers.everything(tx, case.id))


def next_serial(rt: Runtime, origin: str) -> str:
    """A serial number that is free, as a proposal: how many papers there are, and one.

    Raises  NoSuchAssembly; NotThatFar, CountingDone where no paper is taken.
    """
    with rt.database.reading() as tx:
        case = _case(tx, origin)
        require_taken(case)
        taken = {each.serial for each in papers.everything(tx, case.id)}
    number = len(taken) + 1
    while f"{number:04d}" in taken:
        number += 1
    return f"{number:04d}"


def require_taken(case: Case) -> None:
    """Papers are taken from the notice to the count.  Raises: NotThatFar, CountingDone."""
    if case.issued_index is None:
        raise NotThatFar("paper", "issue")
    if case.deemed_index is not None:
        raise CountingDone


def member_number(rt: Runtime, origin: str, typed: str) -> str:
    """The number of the member that *typed* means.  Raises: NoSuchAssembly; as ``find_member``."""
    with rt.database.reading() as tx:
        return find_member(roll.voters(tx, _case(tx, origin).id), origin, typed).member_id


def find(tx: Transaction, origin: str, serial: str) -> tuple[Case, Paper]:
    """Raises: NoSuchAssembly, NoSuchPaper."""
    case = _case(tx, origin)
    paper = papers.find(tx, case.id, serial)
    if paper is None:
        raise NoSuchPaper(serial)
    return case, paper


def name_of(tx: Transaction, officer_id: str) -> str:
    """How an officer is named on a page."""
    found = accounts.find(tx, officer_id)
    return officer_id if found is None else found.officer.name


def known_of(tx: Transaction, case: Case) -> Known:
    sent = ballots.all_submissions(tx, case.id)
    return Known(
        case=case,
        voters={each.member_id: each for each in roll.voters(tx, case.id)},
        sent={each.index: each for each in sent},
        senders=paper_senders.everything(tx, case.id),
        readings=papers.all_readings(tx, case.id),
        answers=Counter(each.member_id for each in sent if each.member_id is not None),
        left=roll.facts_for_count(tx, case.id).left,
    )


def paper_line(known: Known, paper: Paper, who: Officer) -> PaperLine:
    state, member = state_of(known, paper), member_of(known, paper)
    sender, mine = known.senders.get(paper.serial), _has_read(known, paper, who)
    return PaperLine(
        serial=paper.serial,
        channel=paper.channel,
        arrived_at=parse_instant(paper.arrived_at),
        state=state,
        sender="" if member is None else member_text(member),
        as_written="" if sender is None else sender.as_written,
        is_for_me=_is_for(known, state, who, has_read=mine),
        has_mine=mine,
        answers=0 if member is None else known.answers.get(member.member_id, 0),
        is_overtaken=is_overtaken(known.case, paper),
    )


def state_of(known: Known, paper: Paper) -> str:
    """How a paper stands: one of ``OPEN_STATES``, "accepted", "void", or the reason of a refusal."""
    if paper.disposed_index is not None:
        sent = known.sent.get(paper.disposed_index)
        return (closing.no_effect(known.case, sent) if sent else "") or "accepted"
    sender, read = known.senders.get(paper.serial), known.readings.get(paper.serial, ())
    if len(read) > 1 and not all(is_same(read[0].content, each.content) for each in read):
        return "conflict"
    if sender is not None and sender.is_open:
        return "unclear"
    return "entered" if read else "arrived"


def member_of(known: Known, paper: Paper) -> Voter | None:
    """Whose the paper is: as two persons read it, or as the door or a call told; None where nobody knows."""
    sent = known.sent.get(paper.disposed_index) if paper.disposed_index is not None else None
    sender = known.senders.get(paper.serial)
    told = sent.member_id if sent is not None else None if sender is None else sender.member_id
    return None if told is None else known.voters.get(told)


def _has_read(known: Known, paper: Paper, who: Officer) -> bool:
    return who.id in {each.account for each in known.readings.get(paper.serial, ())}


def _is_for(known: Known, state: str, who: Officer, *, has_read: bool) -> bool:
    """Whether *who* can take the next step: what one has read alone is another's to check."""
    if who.role not in ALLOWED[Act.ENTER_PAPER] or known.case.deemed_index is not None:
        return False
    return state == "conflict" or (state in OPEN_STATES and not has_read)


def _urgency(each: PaperLine) -> tuple[int, datetime, str]:
    return OPEN_STATES.index(each.state), each.arrived_at, each.serial


def _case(tx: Transaction, origin: str) -> Case:
    found = assemblies.find(tx, origin)
    if found is None:
        raise NoSuchAssembly(origin)
    return found
