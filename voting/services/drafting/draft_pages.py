"""What the pages of a draft show: its parts, the rule card on today's roll, and what is still missing."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from voting.core.checks import faults
from voting.core.docket import Docket
from voting.core.members import Member, Roll, on_roll, roll_at
from voting.core.motions import Motion
from voting.core.permissions import Act, Officer, require
from voting.core.rules import CONSENT_STATUTES, NonSubmission
from voting.ledger.canonical import parse_instant
from voting.runtime import Runtime
from voting.services.assemblies import require_not_withdrawn
from voting.services.casting.motion_lines import MotionLine, motion_lines
from voting.services.drafting import drafts as verbs
from voting.services.drafting import mail_tests
from voting.services.drafting.checklist import Checklist, checklist
from voting.services.drafting.drafts import Content, content_of, load_draft, motion_part, seen
from voting.services.drafting.mail_tests import MailTest
from voting.services.drafting.motion_texts import text_of
from voting.services.errors import DraftWithdrawn, NoSuchAssembly, UnknownMotion
from voting.services.faults import require_sound
from voting.services.stages import AssemblyLine, line_of
from voting.store import accounts, assemblies, drafts, members, roll
from voting.store.assemblies import Case
from voting.store.transaction import Transaction
from voting.wording import RuleCard, rule_card

# Stands for the motions to come where there are none yet: the numbers of a card are those of a motion.
_STAND_IN = Motion(1, "(議案)")


@dataclass(frozen=True, slots=True)
class Changed:
    """Who changed a draft last, and when."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Drift:
    """How far the register has moved away from the frozen roll.  Units: members."""

    added: int
    gone: int
    changed: int


@dataclass(frozen=True, slots=True)
class PlanPage:
    """One assembly with everything that is voted upon.

    Shape   ``is_draft``: it can still be changed; ``card`` is None where the rules do not hold together
            yet; ``checks`` only for a draft, ``drift`` only for what was frozen; ``copied_from`` is a title.
    """

    line: AssemblyLine
    is_draft: bool
    content: Content
    disclosure: str
    motions: tuple[MotionLine, ...]
    card: RuleCard | None
    members: int
    changed: Changed | None
    copied_from: str
    withdrawn: Changed | None
    withdrawn_why: str
    checks: Checklist | None
    test: MailTest | None
    drift: Drift | None


@dataclass(frozen=True, slots=True)
class PartPage:
    """One part of a draft as a form is filled from it.  Shape: ``seen`` goes with the form."""

    line: AssemblyLine
    content: Content
    seen: str


@dataclass(frozen=True, slots=True)
class MotionPage:
    """One motion of a draft.  Shape: ``motion`` is None for one that is not there yet."""

    line: AssemblyLine
    content: Content
    seen: str
    motion: Motion | None
    text: str
    shown: MotionLine | None


def plan_page(rt: Runtime, who: Officer, origin: str, *, folder: str) -> PlanPage:
    """Raises: NoSuchAssembly."""
    require(who, Act.READ_PARTICIPATION)
    with rt.database.reading() as tx:
        case = _case(tx, origin)
        state = drafts.find(tx, case.id)
        register = members.register(tx, case.body)
        entitled = roll_at(register, case.docket.assembly.schedule.record_date)
        withdrawn = None if state is None or state.withdrawn_at is None else state
        is_draft = case.frozen_index is None and withdrawn is None
        return PlanPage(
            line=line_of(case, rt.now()),
            is_draft=is_draft,
            content=content_of(tx, case),
            disclosure=case.disclosure,
            motions=motion_lines(tx, case.docket, folder=folder),
            card=card_of(case.docket, _frozen_roll(tx, case) or entitled),
            members=entitled.members,
            changed=None if state is None else _changed(tx, state.changed_by, state.changed_at),
            copied_from="" if state is None else _title(tx, state.copied_from),
            withdrawn=None
            if withdrawn is None
            else _changed(tx, withdrawn.withdrawn_by or "", withdrawn.withdrawn_at or ""),
            withdrawn_why="" if withdrawn is None else withdrawn.withdrawn_why or "",
            checks=checklist(rt, tx, case) if is_draft else None,
            test=mail_tests.last(tx, case),
            drift=None if case.frozen_index is None else _drift(tx, case, register),
        )


def checks_of(rt: Runtime, who: Officer, origin: str) -> Checklist:
    """What is missing before the freeze.  Raises: NoSuchAssembly."""
    require(who, Act.READ_PARTICIPATION)
    with rt.database.reading() as tx:
        case = _case(tx, origin)
        try:
            require_not_withdrawn(tx, case)
        except DraftWithdrawn as refusal:
            return Checklist((refusal,), ())
        return checklist(rt, tx, case)


def part_page(rt: Runtime, who: Officer, origin: str, part: str) -> PartPage:
    """Raises: NoSuchAssembly, FrozenAlready, DraftWithdrawn."""
    require(who, Act.DRAFT)
    with rt.database.reading() as tx:
        case = load_draft(tx, origin)
        content = content_of(tx, case)
    return PartPage(line_of(case, rt.now()), content, seen(content, part))


def motion_page(rt: Runtime, who: Officer, origin: str, number: int | None, *, folder: str) -> MotionPage:
    """A motion of a draft, or with None the form for a new one.

    Raises  UnknownMotion, NoSuchAssembly, FrozenAlready, DraftWithdrawn.
    """
    require(who, Act.DRAFT)
    with rt.database.reading() as tx:
        case = load_draft(tx, origin)
        content = content_of(tx, case)
        line = line_of(case, rt.now())
        if number is None:
            return MotionPage(line, content, seen(content, verbs.NEW), None, "", None)
        for motion, shown in zip(
            case.docket.motions, motion_lines(tx, case.docket, folder=folder), strict=True
        ):
            if motion.number == number:
                part = seen(content, motion_part(number))
                return MotionPage(line, content, part, motion, text_of(tx, motion), shown)
    raise UnknownMotion(number)


def try_out(rt: Runtime, who: Officer, origin: str, change: Callable[[Docket], Docket]) -> RuleCard:
    """The rule card as it would be after a change; nothing is stored.

    Raises  UnsoundDocket with what keeps the rules from being worked out, and as ``part_page``.
    """
    require(who, Act.DRAFT)
    with rt.database.reading() as tx:
        case = load_draft(tx, origin)
        docket = change(case.docket)
        register = members.register(tx, case.body)
    entitled = roll_at(register, docket.assembly.schedule.record_date)
    require_sound(_with_motion(docket), entitled)
    return rule_card(_with_motion(docket), entitled)


def card_of(docket: Docket, entitled: Roll) -> RuleCard | None:
    """The card of a docket, None where it is not sound."""
    complete = _with_motion(docket)
    return None if faults(complete, entitled) else rule_card(complete, entitled)


def silences(content: Content) -> tuple[tuple[NonSubmission, ...], str]:
    """What silence may count as in this kind of body, and the article that keeps it from being consent."""
    article = CONSENT_STATUTES.get(content.docket.body.kind, "")
    return tuple(each for each in NonSubmission if not (article and each is NonSubmission.FOR)), article


def _with_motion(docket: Docket) -> Docket:
    return docket if docket.motions else replace(docket, motions=(_STAND_IN,))


def _case(tx: Transaction, origin: str) -> Case:
    case = assemblies.find(tx, origin)
    if case is None:
        raise NoSuchAssembly(origin)
    return case


def _changed(tx: Transaction, account: str, at: str) -> Changed:
    found = accounts.find(tx, account)
    return Changed(account if found is None else found.officer.name, parse_instant(at))


def _title(tx: Transaction, origin: str | None) -> str:
    case = None if origin is None else assemblies.find(tx, origin)
    return "" if case is None else case.docket.assembly.title


def _frozen_roll(tx: Transaction, case: Case) -> Roll | None:
    if case.frozen_index is None:
        return None
    return roll.roll(roll.voters(tx, case.id))


def _drift(tx: Transaction, case: Case, register: tuple[Member, ...]) -> Drift:
    """What was changed in the register since, which is not in this assembly."""
    then = {each.member_id: each for each in roll.voters(tx, case.id)}
    record_date = case.docket.assembly.schedule.record_date
    now = {each.member_id: each for each in register if on_roll(each, record_date)}
    both = now.keys() & then.keys()
    changed = sum(
        1
        for each in both
        if (now[each].name, now[each].votes, now[each].category, now[each].addresses)
        != (then[each].name, then[each].votes, then[each].category, then[each].addresses)
    )
    return Drift(len(now.keys() - then.keys()), len(then.keys() - now.keys()), changed)
