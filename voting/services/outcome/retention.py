"""All certified assemblies with their terms: what is kept until when, what is due, what was erased."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from voting.core.permissions import Act, Officer, require
from voting.ledger.canonical import instant_text
from voting.runtime import Runtime
from voting.services.outcome import erasing
from voting.services.outcome.erased import ErasedOn, erased_on
from voting.services.stages import AssemblyLine, line_of
from voting.store import accounts, approvals, assemblies, erasures
from voting.store.assemblies import Case
from voting.store.transaction import Transaction
from voting.wording import JAPAN


@dataclass(frozen=True, slots=True)
class RetentionLine:
    """One certified assembly.

    Shape   ``state`` is kept, due, asked or erased; ``from_at``: the first instant at which it may be erased;
            ``request`` is the one that waits, else empty; ``by`` and ``amounts`` of what was erased.
    """

    assembly: AssemblyLine
    state: str
    from_at: datetime
    request: str
    erased: ErasedOn | None
    by: tuple[str, ...]
    amounts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class RetentionPage:
    """Shape: ``lines`` the earliest term first; ``years`` as configured."""

    lines: tuple[RetentionLine, ...]
    years: int


def retention(rt: Runtime, who: Officer) -> RetentionPage:
    """Raises: NotAllowed."""
    require(who, Act.READ_PARTICIPATION)
    now = rt.now()
    with rt.database.reading() as tx:
        cases = [each for each in assemblies.everything(tx) if each.certified_at is not None]
        lines = [_line(rt, tx, each, now) for each in cases]
    return RetentionPage(tuple(sorted(lines, key=lambda each: each.from_at)), rt.kept_years)


def _line(rt: Runtime, tx: Transaction, case: Case, now: datetime) -> RetentionLine:
    term, erased = erasing.term(rt, tx, case), erased_on(tx, case)
    waiting = approvals.waiting(tx, now=instant_text(now), assembly=case.id)
    asked = next((each.id for each in waiting if each.act == Act.ERASE.value), "")
    done = erasures.find(tx, case.id)
    state = "erased" if erased else "asked" if asked else "due" if term.is_over(now) else "kept"
    return RetentionLine(
        assembly=line_of(case, now),
        state=state,
        from_at=datetime.combine(term.until + timedelta(days=1), time(), JAPAN),
        request=asked,
        erased=erased,
        by=() if done is None else (_name(tx, done.first), _name(tx, done.second)),
        amounts={} if done is None else done.amounts,
    )


def _name(tx: Transaction, officer_id: str) -> str:
    found = accounts.find(tx, officer_id)
    return officer_id if found is None else found.officer.name
