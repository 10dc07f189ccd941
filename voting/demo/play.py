"""Playing the sample answers: on the web as members do, on paper as the office does."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from voting.core.assembly import Phase, phase
from voting.core.ballots import Channel, Submission
from voting.core.permissions import Act, Role
from voting.demo.scans import scan_of
from voting.demo.stage import Scene, officer
from voting.ledger.receipt_file import Receipt
from voting.services.assemblies import find
from voting.services.casting import ballots
from voting.services.casting.answers import Answer
from voting.services.casting.ballots import Cast
from voting.services.desk import paper_list, papers
from voting.services.office import approvals
from voting.services.outcome import certifying, closing
from voting.services.outcome.closing import PapersWaiting


@dataclass(frozen=True, slots=True)
class Played:
    member_id: str
    receipt: Receipt


def play(
    scene: Scene, submissions: Iterable[Submission], *, skip: frozenset[str] = frozenset()
) -> Iterator[Played]:
    """Send the answers in the order of receipt, moving the clock to each.

    ``skip``: members who have answered by hand meanwhile; their own answer stands.
    """
    for number, sent in enumerate(sorted(submissions, key=lambda each: (each.received_at, each.order)), 1):
        if sent.member_id in skip:
            continue
        scene.clock.advance_to(sent.received_at)
        on_web = sent.channel is Channel.WEB
        receipt = _on_web(scene, sent) if on_web else _on_paper(scene, sent, serial=f"P-{number:05d}")
        yield Played(sent.member_id, receipt)


def play_early(scene: Scene, submissions: Iterable[Submission]) -> tuple[Submission, ...]:
    """Send what came on the web before the opening, where it is refused; the others wait, in the answer."""
    schedule = scene.docket.assembly.schedule
    early: list[Submission] = []
    others: list[Submission] = []
    for sent in submissions:
        is_early = sent.channel is Channel.WEB and phase(schedule, sent.received_at) is Phase.EARLY
        (early if is_early else others).append(sent)
    for _ in play(scene, early):
        pass
    return tuple(others)


def pass_close(scene: Scene) -> None:
    """Past the closing, and nothing more: papers that wait can still be read, and officers count by hand."""
    # Not the close of the first docket: the officers may have extended the period meanwhile.
    scene.clock.advance_to(find(scene.rt, scene.origin).docket.assembly.schedule.closes_at)
    closing.close_if_due(scene.rt, scene.origin)


def finish(scene: Scene) -> None:
    """Past the closing: count, let the chair certify and the auditor sign; what was done by hand stays.

    Raises  PapersWaiting, before the clock is moved.
    """
    rt, origin = scene.rt, scene.origin
    waiting = paper_list.undisposed(rt, origin)
    if waiting:
        raise PapersWaiting(waiting)
    pass_close(scene)
    if find(rt, origin).tally_index is None:
        closing.tally(rt, officer(Role.ADMINISTRATOR), origin)
    terms = certifying.required_terms(rt, origin)
    asked = approvals.request(rt, officer(Role.CHAIR), origin, Act.CERTIFY, terms=terms)
    approvals.approve(rt, officer(Role.AUDITOR), asked.id)


def _on_web(scene: Scene, sent: Submission) -> Receipt:
    key = ballots.open_code(scene.rt, scene.postbox.code(sent.member_id))
    answer = Answer(choices=sent.choices, section="(見本)企画課", respondent="(見本)担当者")
    base = ballots.view(scene.rt, key).case.sealed_base
    return ballots.cast(scene.rt, Cast(key, answer, scene.rt.token(16), base))


def _on_paper(scene: Scene, sent: Submission, *, serial: str) -> Receipt:
    channel = Channel.HAND if sent.channel is Channel.PAPER else sent.channel
    papers.arrive(
        scene.rt,
        officer(Role.ENTRY),
        scene.origin,
        serial=serial,
        channel=channel,
        arrived_at=sent.received_at,
        scan=scan_of(sent, serial=serial),
        sender=sent.member_id,
    )
    sheet = papers.Sheet(sent.member_id, sent.choices, proxy=sent.proxy, defect=sent.defect)
    papers.read(scene.rt, officer(Role.ENTRY), scene.origin, serial=serial, sheet=sheet)
    receipt = papers.read(scene.rt, officer(Role.CHECKER), scene.origin, serial=serial, sheet=replace(sheet))
    if receipt is None:
        raise RuntimeError(f"the second reading of {serial} gave no receipt")
    return receipt
