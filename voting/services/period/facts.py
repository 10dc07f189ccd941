"""What else the count uses: who left during the period, what the chair decided, what lot was drawn.

Each has two persons.  The chair's decision for proxies is recorded before the close; a tie is decided, and a
lot drawn, after it and before the tally, and only where the count waits for one.
Source  ledger L3, fact; rules R2.4, R3, R7, R10.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from voting.core.assembly import Phase, phase
from voting.core.ballots import Facts, Mark
from voting.core.checks import facts_faults
from voting.core.errors import Refusal
from voting.core.motions import Method, Motion
from voting.core.permissions import Officer, Role
from voting.core.rules import Tie
from voting.ledger.canonical import instant_text, milliseconds, parse_instant
from voting.ledger.kinds import Fact
from voting.services.errors import CountingDone, NotThatFar, PeriodOver, UnknownMotion
from voting.services.outcome import closing
from voting.services.period.deliveries import NotOnTheRoll, NotThen
from voting.services.period.kept_facts import kept_value
from voting.services.recording import Book
from voting.store import roll
from voting.store.assemblies import Case
from voting.store.roll import FactRow
from voting.store.transaction import Transaction

# A mark; marks by candidate; the candidates drawn.
Value = str | dict[str, str] | tuple[str, ...]
LEFT, CHAIR, TIE, LOT = "left", "chair_decision", "tie_decision", "lot"
WHATS = (LEFT, CHAIR, TIE, LOT)


@dataclass(eq=False)
class UnknownFact(Refusal):
    """What is to be recorded is not one of the facts that the count knows."""

    code: ClassVar[str] = "unknown-fact"
    what: str


@dataclass(eq=False)
class NothingToDecide(Refusal):
    """The count does not wait for a decision on this motion."""

    code: ClassVar[str] = "nothing-to-decide"
    motion: int


@dataclass(eq=False)
class DecidedAlready(Refusal):
    """A decision is recorded once."""

    code: ClassVar[str] = "decided-already"
    motion: int


@dataclass(eq=False)
class DecidedTooLate(PeriodOver):
    """The chair decides for proxies before the close; afterwards the votes could be known."""

    code: ClassVar[str] = "decided-too-late"


@dataclass(eq=False)
class NotTheChair(Refusal):
    """A decision of the chair has the chair as one of its two persons."""

    code: ClassVar[str] = "not-the-chair"


@dataclass(eq=False)
class DecisionMissing(Refusal):
    """No decision was chosen, or one that the motion does not offer."""

    code: ClassVar[str] = "decision-missing"
    motion: int


def subject(tx: Transaction, case: Case, terms: Mapping[str, Any]) -> dict[str, object]:
    """Exactly what would be recorded.

    Raises  NotThatFar, CountingDone, DecidedTooLate, UnknownFact, NotOnTheRoll, UnknownMotion,
            NothingToDecide, DecidedAlready, DecisionMissing.
    """
    what = str(terms.get("what", ""))
    if what not in WHATS:
        raise UnknownFact(what)
    if case.issued_index is None:
        raise NotThatFar("fact", "issue")
    if case.deemed_index is not None:
        raise CountingDone
    if what == LEFT:
        voter = roll.voter(tx, case.id, str(terms.get("member", "")))
        if voter is None:
            raise NotOnTheRoll(str(terms.get("member", "")))
        at = instant_text(milliseconds(parse_instant(str(terms["at"]))))
        return {"at": at, "member": voter.member_id, "name": voter.name, "what": what}
    number, value = int(terms["motion"]), _value(what, terms)
    _require_decidable(tx, case, what, number, value)
    title = case.docket.motion(number).title
    return {"motion": number, "title": title, "value": list(value) if what == LOT else value, "what": what}


def record(
    book: Book, terms: Mapping[str, Any], *, by: tuple[Officer, Officer], approvals: tuple[str, str]
) -> int:
    """Write the fact into the ledger; the answer is its index.

    Raises  as ``subject``; DecidedTooLate for the chair's decision after the close; NotThen; NotTheChair.
    """
    case, tx = book.case, book.tx
    found = subject(tx, case, terms)
    what = str(found["what"])
    if what != LEFT and not any(each.role is Role.CHAIR for each in by):
        raise NotTheChair
    schedule = case.docket.assembly.schedule
    if what == CHAIR and phase(schedule, book.now) is Phase.LATE:
        raise DecidedTooLate(schedule.closes_at)
    at = parse_instant(str(found["at"])) if what == LEFT else book.now
    if at > book.now:
        raise NotThen(at)
    member = roll.voter(tx, case.id, str(found["member"])) if what == LEFT else None
    motion = None if what == LEFT else int(terms["motion"])
    value = None if what == LEFT else _value(what, terms)
    index = book.append(
        Fact(
            what=what,
            motion=motion,
            member=None if member is None else member.commitment.hex(),
            at=at,
            value=value,
            approvals=approvals,
        )
    )
    row = FactRow(
        index=index,
        what=what,
        motion=motion,
        member_id=None if member is None else member.member_id,
        at=instant_text(at),
        value=kept_value(value),
    )
    roll.put_fact(tx, case.id, row)
    return index


def waiting(tx: Transaction, case: Case) -> tuple[int, ...]:
    """The motions that wait for a tie decision or a lot; none before the close and after the tally."""
    if case.closed_index is None or case.tally_index is not None:
        return ()
    return closing.pending_motions(closing.recounted(tx, case))


def _value(what: str, terms: Mapping[str, Any]) -> Value:
    """The decision: a mark, for proxies in an election also by candidate; for a lot the candidates in the
    order drawn.  Raises: DecisionMissing.
    """
    value = terms.get("value")
    if what == LOT:
        if not isinstance(value, list) or not value or not all(isinstance(each, str) for each in value):
            raise DecisionMissing(int(terms["motion"]))
        return tuple(value)
    allowed = {each.value for each in (Mark.FOR, Mark.AGAINST, Mark.ABSTAIN)}
    if what == CHAIR and isinstance(value, dict) and value and set(map(str, value.values())) <= allowed:
        return {str(name): str(mark) for name, mark in value.items()}
    if not isinstance(value, str) or value not in allowed:
        raise DecisionMissing(int(terms["motion"]))
    return value


def _require_decidable(tx: Transaction, case: Case, what: str, number: int, value: Value) -> None:
    """Stop where the ledger has no place for the decision, or the count no use."""
    if number not in {each.number for each in case.docket.motions}:
        raise UnknownMotion(number)
    known = roll.facts_for_count(tx, case.id)
    if what == CHAIR:
        if case.closed_index is not None:
            raise DecidedTooLate(case.docket.assembly.schedule.closes_at)
        _require_first(number, known.chair)
        _require_whole(case.docket.motion(number), value)
        _require_fitting(case, number, Facts(chair={number: _marks(value)}))
        return
    if case.closed_index is None:
        raise NotThatFar("fact", "close")
    _require_first(number, known.ties if what == TIE else known.lots)
    if number not in waiting(tx, case) or (what == TIE and case.docket.rules.tie is not Tie.CHAIR):
        raise NothingToDecide(number)
    if what == TIE:
        _require_fitting(case, number, Facts(ties={number: Mark(str(value))}))
    else:
        _require_fitting(case, number, Facts(lots={number: tuple(value)}))


def _marks(value: Value) -> Mark | Mapping[str, Mark]:
    if isinstance(value, dict):
        return {name: Mark(mark) for name, mark in value.items()}
    return Mark(str(value))


def _require_whole(motion: Motion, value: Value) -> None:
    """A decision by candidate leaves nobody out; by plurality it names no more than there are seats.

    Otherwise the count would take the rest as abstained, or all of it as invalid.  Raises: DecisionMissing.
    """
    if not isinstance(value, dict):
        return
    if motion.method is Method.PLURALITY:
        fits = set(value.values()) == {Mark.FOR.value} and len(value) <= (motion.seats or 0)
    else:
        fits = set(value) == set(motion.candidates)
    if not fits:
        raise DecisionMissing(motion.number)


def _require_first(number: int, known: Mapping[Any, object]) -> None:
    if number in known:
        raise DecidedAlready(number)


def _require_fitting(case: Case, number: int, facts: Facts) -> None:
    if facts_faults(case.docket, facts):
        raise DecisionMissing(number)
