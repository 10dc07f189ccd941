"""Drafting an assembly and fixing what is voted upon."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import voting
from voting.core.assembly import Phase, phase
from voting.core.docket import Docket
from voting.core.docket_json import docket_from_json, docket_json
from voting.core.members import roll_at
from voting.core.motions import DocumentRef
from voting.core.permissions import Act, Officer, require
from voting.documents.uploaded_pdf import page_count
from voting.ledger import canonical
from voting.ledger.canonical import instant_text, parse_instant
from voting.ledger.fields import Software
from voting.ledger.kinds import Genesis
from voting.runtime import Runtime
from voting.services.errors import (
    AlreadyThere,
    BadName,
    BodyDiffers,
    ContactMissing,
    DraftWithdrawn,
    NoSuchAssembly,
    NoSuchBody,
    NotAPdf,
    OverBeforeNotice,
    UnknownMotion,
)
from voting.services.faults import require_sound
from voting.services.names import is_plain, origin
from voting.services.proof.checkpoint_mail import CheckpointMail
from voting.services.proof.policies import checked_policy, with_log
from voting.services.recording import begin, settle
from voting.store import amendments, assemblies, checkpoint_mails, drafts, members, office_acts
from voting.store.assemblies import Case
from voting.store.drafts import DraftState
from voting.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Paper:
    """A document of a motion as uploaded."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Starting:
    """Where an unfinished draft comes from, and whether somebody has settled its dates."""

    copied_from: str | None = None
    dates_confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """What the secretariat brings.

    Shape   ``papers`` by motion number; ``slug`` is new in its body; ``policy`` is a witness policy without
            its log line, or "" for no witnesses. With ``starting`` it may be unfinished: what is missing
            keeps it from being frozen, not from being kept.
    """

    body: str
    slug: str
    docket: Docket
    papers: Mapping[int, tuple[Paper, ...]]
    contact: str
    disclosure: str = "L1"
    policy: str = ""
    checkpoint_mail: CheckpointMail = CheckpointMail.CLOSING
    starting: Starting | None = None


def draft(rt: Runtime, who: Officer, plan: Draft) -> str:
    """Set up an assembly with its ledger, key and anchor; the answer is its origin.

    Raises  BadName, NoSuchBody, AlreadyThere, UnsoundDocket, PolicyUnusable, NotAPdf, PdfUnusable; of a
            finished one BodyDiffers and ContactMissing.
    """
    require(who, Act.DRAFT)
    if not is_plain(plan.slug):
        raise BadName("assembly", plan.slug)
    for paper in (each for papers in plan.papers.values() for each in papers):
        if not paper.content.startswith(b"%PDF-"):
            raise NotAPdf(paper.name)
        page_count(paper.content, name=paper.name)
    name, now = origin(rt.site.host, plan.body, plan.slug), rt.now()
    if plan.starting is None:
        require_before_close(plan.docket, now)
    _require_possible(plan)
    policy = checked_policy(plan.policy)
    with rt.database.reading() as tx:
        _require_new(tx, plan, name)
    signer = rt.keys.create(name, rt.token(32))
    rt.anchors.create(name)
    genesis = Genesis(
        software=Software(name="voting", version=voting.__version__),
        log_key=signer.vkey,
        policy=with_log(policy, signer.vkey),
        timestamps=() if rt.stamper is None else rt.stamper.names,
        disclosure=plan.disclosure,
        previous=None,
    )
    with rt.database.transaction() as tx:
        docket = _with_papers(tx, plan)
        number = assemblies.add(
            tx,
            origin=name,
            body=plan.body,
            chair=docket.assembly.chair,
            contact=plan.contact,
            disclosure=plan.disclosure,
            vkey=signer.vkey,
            docket=canonical.encode(docket_json(docket, barred=str)).decode(),
            now=instant_text(now),
        )
        checkpoint_mails.choose(tx, number, plan.checkpoint_mail)
        drafts.put(tx, number, _state(plan, who, instant_text(now)))
        begin(rt, tx, name, genesis, now=now)
    settle(rt, name)
    return name


def find(rt: Runtime, name: str) -> Case:
    """The assembly of that origin.  Raises: NoSuchAssembly."""
    with rt.database.reading() as tx:
        case = assemblies.find(tx, name)
    if case is None:
        raise NoSuchAssembly(name)
    return case


def everything(rt: Runtime) -> tuple[Case, ...]:
    with rt.database.reading() as tx:
        return assemblies.everything(tx)


def document(rt: Runtime, digest: str) -> bytes | None:
    """A paper of a motion whose notice went out; nothing else is anybody's business."""
    with rt.database.reading() as tx:
        issued = [case for case in assemblies.everything(tx) if case.issued_index is not None]
        if not any(digest in _announced(tx, case) for case in issued):
            return None
        return assemblies.read_document(tx, digest)


def _announced(tx: Transaction, case: Case) -> set[str]:
    """The papers that members were told of: of the docket, of those before it, and errata."""
    before = [each.before for each in amendments.amendments(tx, case.id)]
    dockets = (case.docket, *(docket_from_json(canonical.decode(each.encode())) for each in before))
    named = {
        paper.sha256
        for docket in dockets
        for paper in (*docket.documents, *(each for motion in docket.motions for each in motion.documents))
    }
    errata = office_acts.of_kind(tx, case.id, "erratum")
    return named | {str(each.facts()["sha256"]) for each in errata}


def require_not_withdrawn(tx: Transaction, case: Case) -> None:
    """Raises: DraftWithdrawn."""
    state = drafts.find(tx, case.id)
    if state is not None and state.withdrawn_at is not None:
        raise DraftWithdrawn(case.docket.assembly.title, parse_instant(state.withdrawn_at))


def _require_new(tx: Transaction, plan: Draft, name: str) -> None:
    found = members.find_body(tx, plan.body)
    if found is None:
        raise NoSuchBody(plan.body)
    if assemblies.find(tx, name) is not None:
        raise AlreadyThere("assembly", name)
    if plan.starting is not None:
        return
    written, kept = plan.docket.body, found.body
    # Papers print the one name and the register keeps the other: members would not know who asks them.
    if written != kept:
        raise BodyDiffers(written.name, written.kind, kept.name, kept.kind)
    if not plan.contact.strip():
        raise ContactMissing
    register = members.register(tx, plan.body)
    require_sound(plan.docket, roll_at(register, plan.docket.assembly.schedule.record_date))


def require_before_close(docket: Docket, now: datetime) -> None:
    """Stop where the vote has ended before members could be asked.  Raises: OverBeforeNotice."""
    schedule = docket.assembly.schedule
    if phase(schedule, now) is Phase.LATE:
        raise OverBeforeNotice(schedule.closes_at)


def _require_possible(plan: Draft) -> None:
    """Raises: UnknownMotion for a paper of a motion that is not there."""
    docket = plan.docket
    numbers = {motion.number for motion in docket.motions}
    for number in plan.papers:
        if number not in numbers:
            raise UnknownMotion(number)


def _state(plan: Draft, who: Officer, now: str) -> DraftState:
    if plan.starting is None:
        return DraftState(now, who.id)
    return DraftState(
        now, who.id, dates_confirmed=plan.starting.dates_confirmed, copied_from=plan.starting.copied_from
    )


def _with_papers(tx: Transaction, plan: Draft) -> Docket:
    motions = tuple(
        replace(
            motion,
            documents=tuple(
                DocumentRef(paper.name, assemblies.put_document(tx, paper.content))
                for paper in plan.papers.get(motion.number, ())
            ),
        )
        for motion in plan.docket.motions
    )
    return replace(plan.docket, motions=motions)
