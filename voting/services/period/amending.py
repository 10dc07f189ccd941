"""What was frozen is changed after all: two persons, a reason, every member told, the ledger says it.

The period may be made longer before it is over; a motion may be withdrawn, and put again with another text,
which voids every answer given before.  Nothing else can be amended here: rules and roll stay as frozen.
Source  product.md P1; ledger L3, amend; docs/adr/0011.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any, ClassVar

from voting.core.assembly import Phase, phase
from voting.core.docket import Docket
from voting.core.docket_json import docket_from_json, docket_json
from voting.core.errors import Broken, Refusal
from voting.ledger import canonical
from voting.ledger.canonical import instant_text, milliseconds, parse_instant
from voting.ledger.kinds import Amend
from voting.runtime import Runtime
from voting.services.errors import NotThatFar, PeriodOver
from voting.services.period.letters_owed import AMENDMENT_MAIL, lines_to
from voting.services.recording import Book
from voting.store import amendments, outbox, roll
from voting.store.amendments import Amendment, NewDocket
from voting.store.assemblies import Case
from voting.store.transaction import Transaction
from voting.wording import Change, change_facts
from voting.wording.page_editions import PageSay
from voting.wording.pages_japanese import PAGES_IN_JAPANESE

PERIOD, TEXTS = "period", "texts"
LONGEST_REASON = 500  # characters


@dataclass(eq=False)
class NoReasonGiven(Refusal):
    """What is changed after the freeze has a reason that every member reads."""

    code: ClassVar[str] = "no-reason-given"
    most: int


@dataclass(eq=False)
class NotLater(Refusal):
    """The new close is not later than the one in force: a period is never made shorter."""

    code: ClassVar[str] = "not-later"
    closes_at: datetime


def reason_of(terms: Any) -> str:
    """The reason in one line.  Raises: NoReasonGiven."""
    told = " ".join(str(terms.get("reason", "")).split())
    if not told or len(told) > LONGEST_REASON:
        raise NoReasonGiven(LONGEST_REASON)
    return told


def require_amendable(case: Case, now: datetime) -> None:
    """Stop before the notice, and from the close on.  Raises: NotThatFar, PeriodOver."""
    require_issued(case)
    schedule = case.docket.assembly.schedule
    if case.closed_index is not None or phase(schedule, now) is Phase.LATE:
        raise PeriodOver(schedule.closes_at)


def require_issued(case: Case) -> None:
    """Before the notice what is wrong is put right in a new draft.  Raises: NotThatFar."""
    if case.issued_index is None:
        raise NotThatFar("amend", "issue")


def extended(case: Case, terms: Any) -> Docket:
    """The docket with the later close that *terms* name.

    Raises  NotThatFar, PeriodOver, NoReasonGiven, NotLater.
    """
    require_issued(case)
    schedule = case.docket.assembly.schedule
    if case.closed_index is not None:
        raise PeriodOver(schedule.closes_at)
    reason_of(terms)
    closes_at = milliseconds(parse_instant(str(terms["closes_at"])))
    if closes_at <= schedule.closes_at:
        raise NotLater(schedule.closes_at)
    longer = replace(schedule, closes_at=closes_at)
    return replace(case.docket, assembly=replace(case.docket.assembly, schedule=longer))


def subject(tx: Transaction, case: Case, what: str, new: Docket, terms: Any) -> dict[str, object]:
    """Exactly what an amendment would put in force."""
    return {
        "docket": canonical.decode(canonical.encode(docket_json(new, barred=str))),
        "facts": list(change_facts(case.docket, new, what)),
        "kind": what,
        "old_sha256": case.docket_sha256,
        "reason": reason_of(terms),
    }


def amend(rt: Runtime, book: Book, what: str, new: Docket, *, reason: str, approvals: tuple[str, str]) -> int:
    """Put *new* in force and tell every member; the answer is the entry's index.

    Raises  NotThatFar, PeriodOver.
    """
    case, tx = book.case, book.tx
    require_amendable(case, book.now)
    voters = roll.voters(tx, case.id)
    commitments = {each.member_id: each.commitment.hex() for each in voters}
    sealed = canonical.encode(docket_json(new, barred=commitments.__getitem__))
    index = book.append(
        Amend(
            what=what,
            old_sha256=case.docket_sha256,
            new_sha256=sha256(sealed).hexdigest(),
            reason=reason,
            approvals=approvals,
        )
    )
    is_other_text = what == TEXTS
    amendments.put(
        tx,
        case.id,
        Amendment(index, what, reason, instant_text(book.now), case.sealed_docket or ""),
        NewDocket(
            docket=canonical.encode(docket_json(new, barred=str)).decode(),
            sealed=sealed.decode(),
            base=book.leaf(index).hex() if is_other_text else case.sealed_base,
            texts_index=index if is_other_text else case.texts_index,
        ),
    )
    queued_at = instant_text(book.now)
    outbox.put(tx, lines_to(rt, case, list(voters), kind=AMENDMENT_MAIL, index=index, queued_at=queued_at))
    return index


def changes(tx: Transaction, case: Case, say: PageSay = PAGES_IN_JAPANESE) -> tuple[tuple[int, Change], ...]:
    """Every amendment of the docket with its index, in the order of the ledger."""
    found = amendments.amendments(tx, case.id)
    if not found:
        return ()
    if case.sealed_docket is None:
        raise Broken(f"{case.origin} was amended and is not frozen")
    texts = [*(each.before for each in found), case.sealed_docket]
    dockets = [docket_from_json(canonical.decode(each.encode())) for each in texts]
    return tuple(
        (
            each.index,
            Change(
                each.what, parse_instant(each.at), say.change_facts(before, after, each.what), each.reason
            ),
        )
        for each, before, after in zip(found, dockets, dockets[1:], strict=False)
    )


def sentences(tx: Transaction, case: Case, say: PageSay = PAGES_IN_JAPANESE) -> tuple[str, ...]:
    """One for each amendment, as page and paper print it."""
    return tuple(say.change(change) for _, change in changes(tx, case, say))
