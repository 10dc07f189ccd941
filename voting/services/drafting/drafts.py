"""Changing a draft: one part at a time, as often as one likes, until the freeze.

A form carries the digest of the part it was filled from.  Where another clerk has changed that part since,
nothing is stored and the second is told; changes to different parts do not disturb each other.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import ClassVar

from voting.core.checks import faults
from voting.core.docket import Docket
from voting.core.docket_json import docket_json
from voting.core.errors import Refusal
from voting.core.faults import DeemedWithoutClause, ElectionFieldMissing, NoMotion, TextMissing
from voting.core.members import roll_at
from voting.core.permissions import Act, Officer, require
from voting.ledger import canonical
from voting.ledger.canonical import instant_text, parse_instant
from voting.runtime import Runtime
from voting.services.assemblies import require_not_withdrawn
from voting.services.errors import NoSuchAssembly
from voting.services.faults import UnsoundDocket
from voting.store import accounts, assemblies, checkpoint_mails, drafts, members
from voting.store.assemblies import Case
from voting.store.documents import drop_document
from voting.store.drafts import DraftState
from voting.store.transaction import Transaction

BASICS, DATES, RULES, MOTIONS = "basics", "dates", "rules", "motions"
# What nobody can have changed meanwhile: a motion that is not there yet.
NEW = "new"
_LONGEST_REASON = 500
# What may still be missing in a draft: it is listed for the freeze, and keeps nobody from saving.
_MAY_BE_MISSING = (DeemedWithoutClause, ElectionFieldMissing, NoMotion, TextMissing)


@dataclass(eq=False)
class FrozenAlready(Refusal):
    """What is voted upon was fixed; a draft it is no more."""

    code: ClassVar[str] = "frozen-already"
    title: str


@dataclass(eq=False)
class EditedMeanwhile(Refusal):
    """Another clerk has changed the same part since the form was opened; nothing was stored."""

    code: ClassVar[str] = "edited-meanwhile"
    by: str
    at: datetime


@dataclass(eq=False)
class WithdrawalReason(Refusal):
    """Giving up a draft needs a reason: colleagues have to be told something."""

    code: ClassVar[str] = "withdrawal-reason"


@dataclass(frozen=True, slots=True)
class Content:
    """Everything of a draft that can be changed.

    Units   ``notice_days`` between the notice and the close, None where the rules ask for none.
    """

    docket: Docket
    contact: str
    checkpoint_mail: str
    notice_days: int | None
    dates_confirmed: bool


# What a form does to a draft.  The transaction is there for papers that belong to it.
Change = Callable[[Transaction, Content], Content]


def motion_part(number: int) -> str:
    """The name of one motion as a part of a draft."""
    return f"motion.{number}"


def seen(content: Content, part: str) -> str:
    """The digest (hex) of one part of a draft, for the form that is filled from it."""
    return sha256(canonical.encode(_part(content, part))).hexdigest()


def content_of(tx: Transaction, case: Case) -> Content:
    state = drafts.find(tx, case.id)
    return Content(
        docket=case.docket,
        contact=case.contact,
        checkpoint_mail=checkpoint_mails.find(tx, case.id)[0],
        notice_days=None if state is None else state.notice_days,
        dates_confirmed=state is None or state.dates_confirmed,
    )


def load_draft(tx: Transaction, origin: str) -> Case:
    """An assembly that can still be changed.  Raises: NoSuchAssembly, FrozenAlready, DraftWithdrawn."""
    case = assemblies.find(tx, origin)
    if case is None:
        raise NoSuchAssembly(origin)
    if case.frozen_index is not None:
        raise FrozenAlready(case.docket.assembly.title)
    require_not_withdrawn(tx, case)
    return case


def revise(
    rt: Runtime,
    who: Officer,
    origin: str,
    part: str,
    change: Change,
    *,
    shown: str,
) -> None:
    """Change one part of a draft; *shown* is the digest of that part as the clerk saw it.

    Raises  EditedMeanwhile, FrozenAlready, DraftWithdrawn, NoSuchAssembly; UnsoundDocket for what
            is wrong by the change and cannot stay so; what *change* itself refuses.
    """
    require(who, Act.DRAFT)
    now = rt.now()
    # The turn of the ledger: a freeze is in it too, so that what is frozen is what was last stored.
    with rt.database.ledger_turn(origin), rt.database.transaction() as tx:
        case = load_draft(tx, origin)
        before = content_of(tx, case)
        if seen(before, part) != shown:
            raise _edited(tx, case)
        after = change(tx, before)
        require_no_new_faults(tx, case, after.docket)
        store(tx, case, after, who=who, now=now)


def store(tx: Transaction, case: Case, after: Content, *, who: Officer, now: datetime) -> None:
    """Write *after* in the place of the draft that *case* is."""
    assembly = after.docket.assembly
    text = canonical.encode(docket_json(after.docket, barred=str)).decode()
    assemblies.redraft(tx, case.id, docket=text, chair=assembly.chair, contact=after.contact)
    checkpoint_mails.choose(tx, case.id, after.checkpoint_mail)
    state = drafts.find(tx, case.id) or DraftState("", "")
    changed = replace(
        state,
        changed_at=instant_text(now),
        changed_by=who.id,
        notice_days=after.notice_days,
        dates_confirmed=after.dates_confirmed,
    )
    drafts.put(tx, case.id, changed)
    _forget_unused(tx, case.docket, after.docket)


def papers_of(docket: Docket) -> frozenset[str]:
    """The digests of all papers that *docket* names."""
    papers = (*docket.documents, *(paper for motion in docket.motions for paper in motion.documents))
    return frozenset(paper.sha256 for paper in papers)


def withdraw(rt: Runtime, who: Officer, origin: str, *, why: str) -> None:
    """Give up a draft: nothing can be done with it any more, and its name is not used again.

    Its ledger, which nobody outside has seen, stays: a name that began twice would be two histories.
    Raises  WithdrawalReason, FrozenAlready, DraftWithdrawn, NoSuchAssembly.
    """
    require(who, Act.DRAFT)
    if not why.strip():
        raise WithdrawalReason
    now = instant_text(rt.now())
    with rt.database.ledger_turn(origin), rt.database.transaction() as tx:
        case = load_draft(tx, origin)
        state = drafts.find(tx, case.id) or DraftState(now, who.id)
        reason = why.strip()[:_LONGEST_REASON]
        drafts.put(tx, case.id, replace(state, withdrawn_at=now, withdrawn_by=who.id, withdrawn_why=reason))


def require_no_new_faults(tx: Transaction, case: Case, docket: Docket) -> None:
    """Stop where a change makes the draft wrong, not merely unfinished.  Raises: UnsoundDocket."""
    register = members.register(tx, case.body)
    roll = roll_at(register, docket.assembly.schedule.record_date)
    known = {(each.code, each.where) for each in faults(case.docket, roll)}
    new = tuple(
        each
        for each in faults(docket, roll)
        if not isinstance(each, _MAY_BE_MISSING) and (each.code, each.where) not in known
    )
    if new:
        raise UnsoundDocket(new)


def _forget_unused(tx: Transaction, before: Docket, after: Docket) -> None:
    """Wipe the papers that a change took away, unless another assembly has them too.

    What was uploaded by mistake, and perhaps should not have been seen, does not stay.
    """
    gone = papers_of(before) - papers_of(after)
    if gone:
        named = frozenset[str]().union(*(papers_of(case.docket) for case in assemblies.everything(tx)))
        for digest in gone - named:
            drop_document(tx, digest)


def _edited(tx: Transaction, case: Case) -> EditedMeanwhile:
    state = drafts.find(tx, case.id)
    if state is None:
        return EditedMeanwhile("", parse_instant("1970-01-01T00:00:00.000Z"))
    account = accounts.find(tx, state.changed_by)
    name = state.changed_by if account is None else account.officer.name
    return EditedMeanwhile(name, parse_instant(state.changed_at))


def _part(content: Content, part: str) -> dict[str, object]:
    whole = docket_json(content.docket, barred=str)
    if part == BASICS:
        return {
            "title": content.docket.assembly.title,
            "chair": content.docket.assembly.chair,
            "contact": content.contact,
            "mail": content.checkpoint_mail,
        }
    if part == DATES:
        schedule = content.docket.assembly.schedule
        return {
            "record_date": schedule.record_date.isoformat(),
            "period": [instant_text(schedule.opens_at), instant_text(schedule.closes_at)],
            "notice_days": content.notice_days,
        }
    if part == RULES:
        return {"rules": whole["rules"]}
    if part == MOTIONS:
        return {"numbers": [[motion.number, motion.title] for motion in content.docket.motions]}
    found = [each for each in content.docket.motions if motion_part(each.number) == part]
    motions = whole["motions"]
    if not found or not isinstance(motions, list):
        return {}
    return {"motion": motions[content.docket.motions.index(found[0])]}
