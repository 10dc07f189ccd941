"""Incidents: what kept members from voting, recorded for everybody to read (ledger L3).

An outage or a wrong clock is simply written down.  After a restored backup nothing at all is recorded
until an administrator has recorded what was lost; then the ledger goes on from the restored state, and
every member with an address is told to look whether its answer is still there.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from voting.core.errors import Refusal
from voting.core.permissions import Act, Officer, require
from voting.ledger.canonical import instant_text, milliseconds, parse_instant
from voting.ledger.checkpoint import Checkpoint
from voting.ledger.entries import decode_entry
from voting.ledger.kinds import Incident, Operator
from voting.runtime import Runtime
from voting.services.errors import NotThatFar
from voting.services.office.accounts import commitment_of
from voting.services.proof import contradictions, held, rollback
from voting.services.proof.rollback import LONGEST_NOTE, Found, Signed
from voting.services.recording import (
    Book,
    entry_time,
    head_after,
    open_ledger,
    recording,
    signed_head,
    sound_leaves,
)
from voting.store import incidents, ledger, outbox, roll
from voting.store.assemblies import Case
from voting.store.incidents import Recorded
from voting.store.outbox import Line
from voting.store.transaction import Transaction
from voting.wording.page_editions import PageSay
from voting.wording.pages_japanese import PAGES_IN_JAPANESE

OUTAGE, RESTORE, CLOCK = "outage", "restore", "clock"
KINDS = (OUTAGE, RESTORE, CLOCK)
INCIDENT_MAIL = "incident"


@dataclass(eq=False)
class IncidentPeriod(Refusal):
    """An incident ends before it began, or lies in the future: it would excuse what has not happened."""

    code: ClassVar[str] = "incident-period"
    began: datetime
    ended: datetime


@dataclass(eq=False)
class IncidentNote(Refusal):
    """The officer's own words are too long for the ledger."""

    code: ClassVar[str] = "incident-note"
    most: int


@dataclass(eq=False)
class UnknownIncident(Refusal):
    code: ClassVar[str] = "unknown-incident"
    kind: str


@dataclass(eq=False)
class CountUnderWay(Refusal):
    """Between the tally and the result the ledger has no place for an incident (ledger L3)."""

    code: ClassVar[str] = "count-under-way"
    origin: str


@dataclass(eq=False)
class AnchorUnusable(Refusal):
    """There is no anchor of this log; giving it up has to be said, by the log's whole name."""

    code: ClassVar[str] = "anchor-unusable"
    origin: str


@dataclass(eq=False)
class AnchorStillThere(Refusal):
    """The anchor was said to be lost, and it is there."""

    code: ClassVar[str] = "anchor-still-there"
    origin: str


@dataclass(frozen=True, slots=True)
class Report:
    """What an officer reports.

    Shape   ``kind`` is outage, restore or clock; ``note`` the officer's own words, public; ``lost_anchor``
            is the log's origin where its anchor is given up for lost, else empty.
    """

    kind: str
    began: datetime
    ended: datetime
    note: str = ""
    lost_anchor: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done.

    Shape   ``lost`` are the promises that were broken; ``told`` and ``untold`` count members; ``silent``
            are the witnesses that did not say what they hold.
    """

    index: int
    lost: tuple[Checkpoint, ...] = ()
    told: int = 0
    untold: int = 0
    silent: tuple[str, ...] = ()


def record_incident(rt: Runtime, who: Officer, origin: str, report: Report) -> Outcome:
    """Write an incident into the ledger.  After a restored backup ballots are taken again from then on.

    Raises  NotAllowed, UnknownIncident, IncidentPeriod, IncidentNote, NotThatFar, CountUnderWay; Suspended
            for an outage or a clock while the store is behind; AnchorUnusable, AnchorStillThere.
    """
    require(who, Act.RECORD_INCIDENT)
    report = _cleaned(report)
    if report.kind == RESTORE:
        return _restored(rt, who, origin, report)
    with recording(rt, origin) as book:
        index = _append(book, report, "")
        _explain(rt, book, who, index)
    return Outcome(index)


def sentences(
    tx: Transaction, case: Case, *, told: Collection[int], say: PageSay = PAGES_IN_JAPANESE
) -> tuple[str, ...]:
    """One for each of the incidents *told* by their indices, as page and paper print it."""
    return tuple(
        say.incident(parse_instant(each.from_at), parse_instant(each.to_at), each.what)
        for each in incidents.incidents(tx, case.id)
        if each.index in told
    )


def indices(tx: Transaction, case: Case) -> tuple[int, ...]:
    """The ledger indices of all incidents."""
    return tuple(each.index for each in incidents.incidents(tx, case.id))


def _restored(rt: Runtime, who: Officer, origin: str, report: Report) -> Outcome:
    if report.lost_anchor not in ("", origin):
        raise AnchorUnusable(origin)
    # Before anybody has to wait for a turn.
    witnessed = held.ask(rt, origin)
    with rt.database.ledger_turn(origin), rt.database.promise_turn(origin):
        with rt.database.reading() as tx:
            case, head = open_ledger(tx, origin)
            leaves = sound_leaves(tx, case, head)
            found = rollback.look(rt, case, leaves)
            told_by = [incidents.told_by(tx, case.id, each.note) for each in found.lost]
            untold = [each for each in witnessed.signed if not _is_accounted_for(tx, case, leaves, each)]
        _require_anchor(origin, found, report)
        if not told_by or None in told_by:
            found = found.and_lost(untold)
        for each in found.lost:
            rt.anchors.keep_lost(origin, each.note)
        lost = tuple(each.checkpoint for each in found.lost)
        if told_by and None not in told_by:
            # A crash came between the commit and the anchor, or what was told as lost was shown after all
            # and stands against the ledger: nothing is told twice.
            outcome = Outcome(max(index for index in told_by if index is not None), lost)
            with rt.database.transaction() as tx:
                contradictions.settle(tx, case, index=outcome.index)
        else:
            outcome = _commit(rt, origin, report, found)
        with rt.database.reading() as tx:
            head = ledger.head(tx, case.id)
        rollback.reseat(rt, case, found, head)
    # Only now: more than one entry beyond the old anchor would let a ballot in before it is on its place.
    with recording(rt, origin) as book:
        _explain(rt, book, who, outcome.index)
    return replace(outcome, silent=witnessed.silent)


def _is_accounted_for(tx: Transaction, case: Case, leaves: list[bytes], shown: Signed) -> bool:
    """Whether what a witness holds is stored, or was told as lost before."""
    stated = shown.checkpoint
    return rollback.continues(leaves, stated) or contradictions.were_told(tx, case, stated)


def _commit(rt: Runtime, origin: str, report: Report, found: Found) -> Outcome:
    """The incident, the lost checkpoints and the mails owed, in one transaction."""
    with rt.database.transaction() as tx:
        case, old = open_ledger(tx, origin)
        book = Book(tx, case, entry_time(rt, old), old)
        index = _append(book, report, rollback.loss_text(found, old))
        contradictions.settle(tx, case, index=index)
        ledger.append(tx, case.id, book.written, old=old, new=head_after(old, book.written, book.now))
        ledger.put_checkpoint(tx, case.id, size=old.size, note=signed_head(rt, case, old))
        for each in found.lost:
            incidents.put_lost(tx, case.id, size=each.checkpoint.size, note=each.note, told_by=index)
        lines, untold = _mails(rt, tx, case, index=index, now=instant_text(book.now))
        outbox.put(tx, lines)
    lost = tuple(each.checkpoint for each in found.lost)
    return Outcome(index, lost, len({each.member_id for each in lines}), untold)


def _append(book: Book, report: Report, loss: str) -> int:
    """The incident: its hours, and one word for its kind, for which alone its entry has room (ledger L3)."""
    _require_place(book.case)
    if report.ended > book.now:
        raise IncidentPeriod(report.began, report.ended)
    said = " ".join(filter(None, (loss, report.note)))
    what = f"{report.kind}: {said}" if said else report.kind
    index = book.append(Incident(from_=report.began, to=report.ended, what=report.kind))
    began, ended = instant_text(report.began), instant_text(report.ended)
    incidents.put(book.tx, book.case.id, Recorded(index, began, ended, what))
    return index


def _explain(rt: Runtime, book: Book, who: Officer, index: int) -> None:
    """What there is to say of the incident at *index*, in the ledger as the act of whoever says it."""
    (told,) = [each for each in incidents.incidents(book.tx, book.case.id) if each.index == index]
    target = f"entry:{index}"
    if ":" in told.what and target not in _explained(book):
        book.append(Operator(action=told.what, by=commitment_of(rt, book, who.id), target=target))


def _explained(book: Book) -> set[str | None]:
    """What operators have explained already."""
    bodies = (decode_entry(each.entry).body for each in ledger.entries(book.tx, book.case.id))
    return {body.target for body in bodies if isinstance(body, Operator)}


def _require_place(case: Case) -> None:
    if case.issued_index is None:
        raise NotThatFar("incident", "issue")
    if case.deemed_index is not None and case.result_index is None:
        raise CountUnderWay(case.origin)


def _require_anchor(origin: str, found: Found, report: Report) -> None:
    if not found.has_anchor and not report.lost_anchor:
        raise AnchorUnusable(origin)
    if found.has_anchor and report.lost_anchor:
        raise AnchorStillThere(origin)


def _cleaned(report: Report) -> Report:
    if report.kind not in KINDS:
        raise UnknownIncident(report.kind)
    began, ended = milliseconds(report.began), milliseconds(report.ended)
    if began > ended:
        raise IncidentPeriod(began, ended)
    note = " ".join(report.note.split())
    if len(note) > LONGEST_NOTE:
        raise IncidentNote(LONGEST_NOTE)
    return Report(report.kind, began, ended, note, report.lost_anchor)


def _mails(rt: Runtime, tx: Transaction, case: Case, *, index: int, now: str) -> tuple[list[Line], int]:
    """A mail to every address on the roll, and how many members have none."""
    voters = roll.voters(tx, case.id)
    lines = [
        Line(
            message_id=f"<{rt.token(16).hex()}@{rt.site.host}>",
            assembly=case.id,
            kind=INCIDENT_MAIL,
            member_id=voter.member_id,
            address=address,
            secret=None,
            ref=index,
            attempts=0,
            queued_at=now,
        )
        for voter in voters
        for address in voter.addresses
    ]
    return lines, sum(not each.addresses for each in voters)
