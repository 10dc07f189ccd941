"""What is missing before an assembly can be frozen, and what should be looked at first.

What blocks is refused by the freeze itself; what warns is left to the two persons.  Source: product.md P1.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar

from voting.core.assembly import Phase, phase
from voting.core.checks import faults
from voting.core.errors import Refusal
from voting.core.members import Member, on_roll, roll_at
from voting.core.permissions import Act
from voting.core.register import official_order
from voting.runtime import Runtime
from voting.services.assemblies import require_not_withdrawn
from voting.services.drafting import key_copies, key_drill, mail_tests, second_person
from voting.services.drafting.drafts import content_of
from voting.services.errors import ContactMissing, OverBeforeNotice
from voting.services.faults import UnsoundDocket
from voting.services.outcome.roll_call import NAMED
from voting.services.printing.unprintable import unprintable, unprintable_names
from voting.store import members
from voting.store.assemblies import Case
from voting.store.transaction import Transaction
from voting.wording import JAPAN
from voting.wording.worked import missing_clauses

_MOST_LISTED = 20  # members of a list; the others are counted


@dataclass(eq=False)
class DatesUnconfirmed(Refusal):
    """The dates are proposed ones, or those of another year: nobody has looked at them yet."""

    code: ClassVar[str] = "dates-unconfirmed"


@dataclass(eq=False)
class RollEmpty(Refusal):
    """Nobody belongs to the body on the record date."""

    code: ClassVar[str] = "roll-empty"
    record_date: date


@dataclass(eq=False)
class WithoutAddress(Refusal):
    """Members that no mail can reach.  Shape: ``members`` are the first of ``count``."""

    code: ClassVar[str] = "without-address"
    count: int
    members: tuple[str, ...]


@dataclass(eq=False)
class MotionBare(Refusal):
    """A motion with a title alone."""

    code: ClassVar[str] = "motion-bare"
    number: int


@dataclass(eq=False)
class ClauseMissing(Refusal):
    """Rules in use for which no clause is named.  Shape: ``what``: clause-of-NAME, of core.rules.CLAUSES."""

    code: ClassVar[str] = "clause-missing"
    what: tuple[str, ...]


@dataclass(eq=False)
class OpensInPast(Refusal):
    code: ClassVar[str] = "opens-in-past"
    opens_at: datetime


@dataclass(eq=False)
class RecordDateAhead(Refusal):
    """The roll would be frozen before the day it is to be that of."""

    code: ClassVar[str] = "record-date-ahead"
    record_date: date


@dataclass(eq=False)
class NoticeTooShort(Refusal):
    """Fewer days are left until the close than the body's own rules ask for."""

    code: ClassVar[str] = "notice-too-short"
    days: int
    needed: int


@dataclass(frozen=True, slots=True)
class Checklist:
    """What blocks the freeze, and what does not but should be looked at."""

    blocking: tuple[Refusal, ...]
    warnings: tuple[Refusal, ...]


def checklist(rt: Runtime, tx: Transaction, case: Case) -> Checklist:
    return Checklist(tuple(_blocking(rt, tx, case)), tuple(_warnings(rt, tx, case)))


def require_ready(rt: Runtime, case: Case) -> None:
    """Raises: UnsoundDocket with everything that blocks the freeze; DraftWithdrawn."""
    if case.frozen_index is not None:
        return  # the freeze itself says so
    with rt.database.reading() as tx:
        require_not_withdrawn(tx, case)
        found = tuple(_blocking(rt, tx, case))
    if found:
        raise UnsoundDocket(found)


def _blocking(rt: Runtime, tx: Transaction, case: Case) -> list[Refusal]:
    docket, content = case.docket, content_of(tx, case)
    schedule = docket.assembly.schedule
    everybody = members.register(tx, case.body)
    roll, register = roll_at(everybody, schedule.record_date), _on_roll(everybody, schedule.record_date)
    found: list[Refusal] = [*faults(docket, roll), *unprintable(docket)]
    if case.disclosure == NAMED:
        # The result would print every name.
        found += unprintable_names(register)
    if not content.dates_confirmed:
        found.append(DatesUnconfirmed())
    elif phase(schedule, rt.now()) is Phase.LATE:
        found.append(OverBeforeNotice(schedule.closes_at))
    if not roll.entries:
        found.append(RollEmpty(schedule.record_date))
    if not case.contact.strip():
        found.append(ContactMissing())
    found += _there(second_person.missing(tx, Act.FREEZE))
    if _is_mailed(register):
        found += _there(mail_tests.failed(tx, case))
    return [*found, *key_drill.failures(rt, tx, case)]


def _warnings(rt: Runtime, tx: Transaction, case: Case) -> list[Refusal]:
    docket = case.docket
    found: list[Refusal] = [*_of_dates(rt, tx, case)]
    clauses = tuple(f"clause-of-{name}" for name in missing_clauses(docket) if name != "deemed")
    if clauses:
        found.append(ClauseMissing(clauses))
    found += [MotionBare(motion.number) for motion in docket.motions if not motion.documents]
    register = _on_roll(members.register(tx, case.body), docket.assembly.schedule.record_date)
    without = sorted((each for each in register if not each.addresses), key=official_order)
    silent = [f"{each.member_id} {each.name}" for each in without]
    if silent:
        found.append(WithoutAddress(len(silent), tuple(silent[:_MOST_LISTED])))
    if case.disclosure != NAMED:
        found += unprintable_names(register)
    found += _there(key_copies.untested(rt, tx, case))
    if _is_mailed(register):
        found += _there(mail_tests.missing(tx, case))
    else:
        found += _there(mail_tests.failed(tx, case), mail_tests.missing(tx, case))
    return found


def _of_dates(rt: Runtime, tx: Transaction, case: Case) -> list[Refusal]:
    schedule, now = case.docket.assembly.schedule, rt.now()
    content, found = content_of(tx, case), list[Refusal]()
    if not content.dates_confirmed or phase(schedule, now) is Phase.LATE:
        return found
    if schedule.opens_at < now:
        found.append(OpensInPast(schedule.opens_at))
    if schedule.record_date > now.astimezone(JAPAN).date():
        found.append(RecordDateAhead(schedule.record_date))
    # The last moment in time: a close at midnight is the end of the day before.
    last = (schedule.closes_at - timedelta(milliseconds=1)).astimezone(JAPAN).date()
    days = (last - now.astimezone(JAPAN).date()).days
    if content.notice_days is not None and days < content.notice_days:
        found.append(NoticeTooShort(days, content.notice_days))
    return found


def _on_roll(everybody: Iterable[Member], record_date: date) -> list[Member]:
    return [each for each in everybody if on_roll(each, record_date)]


def _is_mailed(register: Iterable[Member]) -> bool:
    """Whether anybody's code goes out by mail.  Where all goes by post nothing hangs on the relay."""
    return any(each.addresses for each in register)


def _there(*found: Refusal | None) -> list[Refusal]:
    return [each for each in found if each is not None]
