"""From the close to the published result, as one page shows it: what blocks the next step, and its remedy.

Who answered when and whether it counts, never how; the numbers only once they are counted for good.
"""

from dataclasses import dataclass
from datetime import datetime

from voting.core.assembly import Phase, phase
from voting.core.errors import Refusal
from voting.core.permissions import Act, Officer, require
from voting.ledger.canonical import parse_instant
from voting.ledger.entries import decode_entry
from voting.runtime import Runtime
from voting.services.desk.paper_list import PaperLine, paper_lines
from voting.services.desk.sorting import SortedAnswers, sorted_answers
from voting.services.errors import NoSuchAssembly
from voting.services.issuing import BALLOT_MAIL
from voting.services.office.office_requests import RequestLine, request_lines
from voting.services.outcome import certifying, closing
from voting.services.outcome.counted_numbers import Numbers, numbers
from voting.services.outcome.erased import ErasedOn, erased_on
from voting.services.outcome.result_files import ResultFile, files_of, lost_of
from voting.services.outcome.versions import FIRST
from voting.services.period import proxies
from voting.services.printing import minutes_page
from voting.services.proof import contradictions
from voting.services.proof.incidents import sentences
from voting.services.stages import AssemblyLine, line_of
from voting.store import assemblies, corrections, incidents, ledger, outbox
from voting.store.assemblies import Case
from voting.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A published version of the result.

    Shape   ``reason`` is empty for the first; each file has the number of its version in its address, so
            that a link never moves; ``lost`` what its CSV would lose in Shift_JIS, in sentences.
    """

    number: int
    at: datetime
    reason: str
    files: tuple[ResultFile, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AfterClosing:
    """Shape: ``closed_at``, ``counted_at``, ``published_at`` are None before; ``is_over`` by the clock;
    ``erased``: the votes were, at the end of their term; ``undecided``: motions on which what was given to
    the chair abstains for want of a decision, until the tally; ``unsent``: mails with the codes that have
    not gone out, until the tally;
    ``suspended`` and ``not_ready`` say why the ledger takes nothing, or nobody could sign.
    """

    assembly: AssemblyLine
    is_over: bool
    closed_at: datetime | None
    counted_at: datetime | None
    published_at: datetime | None
    waiting_papers: tuple[PaperLine, ...]
    papers_for_me: int
    lists: SortedAnswers
    aside: tuple[PaperLine, ...]
    suspended: Refusal | None
    not_ready: Refusal | None
    numbers: Numbers | None
    requests: tuple[RequestLine, ...]
    minutes: minutes_page.State
    versions: tuple[VersionLine, ...]
    incidents: tuple[str, ...]
    erased: ErasedOn | None
    undecided: tuple[str, ...]
    unsent: int


def after_closing(rt: Runtime, who: Officer, origin: str) -> AfterClosing:
    """Raises: NotAllowed, NoSuchAssembly."""
    require(who, Act.READ_PARTICIPATION)
    now = rt.now()
    with rt.database.reading() as tx:
        case = assemblies.find(tx, origin)
        if case is None:
            raise NoSuchAssembly(origin)
        papers = paper_lines(tx, case, who)
        lists = sorted_answers(tx, case)
        waiting = tuple(each for each in papers if each.is_open)
        known = incidents.incidents(tx, case.id)
        return AfterClosing(
            assembly=line_of(case, now),
            is_over=phase(case.docket.assembly.schedule, now) is Phase.LATE and case.issued_index is not None,
            closed_at=_time(tx, case, case.closed_index),
            counted_at=_time(tx, case, case.tally_index),
            published_at=_time(tx, case, case.result_index),
            waiting_papers=waiting,
            papers_for_me=sum(each.is_for_me for each in waiting),
            lists=lists,
            aside=tuple(each for each in papers if each.state == "not_on_roll"),
            suspended=_suspended(tx, case),
            not_ready=_not_ready(rt, case),
            numbers=None if case.tally_index is None else numbers(closing.counted(tx, case)),
            requests=request_lines(tx, who, case, (Act.CERTIFY, Act.CORRECT), now),
            minutes=minutes_page.state(tx, case, who, now),
            versions=_versions(tx, case),
            incidents=sentences(tx, case, told={each.index for each in known}),
            erased=erased_on(tx, case),
            undecided=() if case.tally_index is not None else proxies.undecided(tx, case),
            unsent=0 if case.tally_index is not None else _unsent(tx, case),
        )


def record_close(rt: Runtime, who: Officer, origin: str) -> bool:
    """Write down that the vote is closed, where nobody has yet; time itself has closed it.

    Raises  NotAllowed, NoSuchAssembly; as ``closing.close_if_due``.
    """
    require(who, Act.CLOSE)
    return closing.close_if_due(rt, origin)


def _suspended(tx: Transaction, case: Case) -> Refusal | None:
    if case.issued_index is None:
        return None
    try:
        contradictions.require_none(case, ledger.head(tx, case.id))
    except Refusal as refused:
        return refused
    return None


def _not_ready(rt: Runtime, case: Case) -> Refusal | None:
    """What would stop the chair: nobody could sign the papers."""
    if case.tally_index is None or case.result_index is not None:
        return None
    try:
        certifying.require_ready(rt, case)
    except Refusal as refused:
        return refused
    return None


def _unsent(tx: Transaction, case: Case) -> int:
    counts = outbox.mail_counts(tx, case.id, BALLOT_MAIL)
    return counts.queued - counts.sent - counts.failed


def _versions(tx: Transaction, case: Case) -> tuple[VersionLine, ...]:
    """What was published, the newest first."""
    if case.certified_at is None:
        return ()
    first = VersionLine(
        FIRST, parse_instant(case.certified_at), "", files_of(tx, case, FIRST), lost_of(tx, case, FIRST)
    )
    later = [
        VersionLine(
            each.version,
            parse_instant(each.corrected_at),
            each.reason,
            files_of(tx, case, each.version),
            lost_of(tx, case, each.version),
        )
        for each in corrections.corrections(tx, case.id)
    ]
    return tuple(reversed((first, *later)))


def _time(tx: Transaction, case: Case, index: int | None) -> datetime | None:
    """When an entry was written; None where there is none."""
    return None if index is None else decode_entry(ledger.entry(tx, case.id, index)).time
