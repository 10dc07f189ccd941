"""Recording one answer of a member, whichever way it came: the one road into the ledger.

Web and paper meet here, so both are committed, refused, receipted and counted alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from voting.core.assembly import Phase, phase
from voting.core.ballots import Choice, Mark
from voting.core.docket import Docket
from voting.core.errors import Refusal
from voting.core.motions import Method, Motion, MotionKind
from voting.ledger import canonical
from voting.ledger.canonical import b64, instant_text
from voting.ledger.commitments import ballot_opening, cast_message, opening_commitment
from voting.ledger.kinds import Ballot, Body, Refused
from voting.ledger.receipt_file import BallotOpening
from voting.ledger.signing_key import SigningKey
from voting.runtime import Runtime
from voting.services.errors import ChanceRepeats, CountingDone, TookTooLong
from voting.services.recording import Book
from voting.store import ballots, outbox
from voting.store.ballots import Standing, Submitted
from voting.store.outbox import Line
from voting.store.papers import Paper
from voting.store.roll import Voter

RECEIPT_MAIL = "receipt"
_LONGEST = timedelta(seconds=60)  # between receipt and entry on the web (ledger L3)
_ON_WEB = frozenset({Mark.FOR, Mark.AGAINST})


@dataclass(eq=False)
class BadChoices(Refusal):
    """A motion without an answer, or with one that is not offered.  Shape: numbers of motions."""

    code: ClassVar[str] = "bad-choices"
    motions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a member says.  Shape: ``choices`` by motion number, empty for a proxy."""

    choices: Mapping[int, Choice]
    proxy: bool = False
    defect: str | None = None
    section: str = ""
    respondent: str = ""
    opinion: str = ""
    opinion_public: bool = False


@dataclass(frozen=True, slots=True)
class Sender:
    """How an answer came.  ``key`` signs on the web; a paper has two persons instead.

    Shape   ``base`` is the leaf hash (hex) of the texts that it answers.
    """

    base: str
    channel: str
    level: str
    received_at: datetime
    key: SigningKey | None = None
    request_key: bytes | None = None
    paper: Paper | None = None
    entered_by: tuple[str, str] | None = None


def record(
    rt: Runtime, book: Book, voter: Voter, answer: Answer, sender: Sender
) -> tuple[Submitted, BallotOpening]:
    """Write the answer as a ballot, or as refused where it came early or late.

    Shape   the row that was written, and what its commitment opens to.
    Raises  CountingDone after the count; TookTooLong; ChanceRepeats.
    """
    case = book.case
    if case.deemed_index is not None:
        raise CountingDone
    if sender.paper is None and book.now - sender.received_at > _LONGEST:
        raise TookTooLong
    before = ballots.standing(book.tx, case.id, voter.member_id)
    salt = rt.token(32)
    if salt in before.salts:
        raise ChanceRepeats
    ballot = ballot_opening(
        base=sender.base,
        choices=choices_json(answer.choices),
        log=case.origin,
        member=voter.commitment.hex(),
        sequence=before.sequence + 1,
        proxy=answer.proxy,
        defect=answer.defect,
    )
    opening = canonical.encode(ballot)
    commitment = opening_commitment(opening, salt)
    reason = _reason(book, sender)
    body = _body(case.origin, voter, sender, commitment, reason, before)
    index = book.append(body)
    sent = Submitted(
        index=index,
        member_id=voter.member_id,
        sequence=before.sequence + 1,
        replaces=None if reason else before.index,
        refused=reason,
        channel=sender.channel,
        level=sender.level,
        received_at=instant_text(sender.received_at),
        opening=opening.decode(),
        salt=salt,
        section=answer.section,
        respondent=answer.respondent,
        opinion=answer.opinion,
        opinion_public=answer.opinion_public,
        request_key=sender.request_key,
        paper_serial=None if sender.paper is None else sender.paper.serial,
        paper=None if sender.paper is None else sender.paper.index,
    )
    ballots.put_submission(book.tx, case.id, sent)
    outbox.put(book.tx, _receipt_mails(rt, book, voter, index))
    return sent, BallotOpening(ballot, salt)


def require_choices(docket: Docket, choices: Mapping[int, Choice], *, on_paper: bool) -> None:
    """Every motion answered, and only with what is offered.

    On the web nothing can be left out or marked twice; on paper people do both, and the rules decide
    what it is worth.
    Raises  BadChoices with all motions at fault.
    """
    wrong = [
        motion.number
        for motion in docket.motions
        if not _offered(docket, motion, choices.get(motion.number), on_paper=on_paper)
    ]
    unknown = sorted(set(choices) - {motion.number for motion in docket.motions})
    if wrong or unknown:
        raise BadChoices((*wrong, *unknown))


def choices_json(choices: Mapping[int, Choice]) -> dict[str, object]:
    """The choices as they stand in a ballot (ledger L2)."""
    return {str(number): _choice_json(choices[number]) for number in sorted(choices)}


def choices_from_json(choices: Mapping[str, object]) -> dict[int, Choice]:
    """What ``choices_json`` wrote."""
    return {int(number): _choice_from_json(choice) for number, choice in choices.items()}


def _reason(book: Book, sender: Sender) -> str | None:
    """Why the answer does not count, or None.  Source: ledger L3, refused and paper."""
    when = phase(book.case.docket.assembly.schedule, sender.received_at)
    if when is Phase.EARLY:
        return "early"
    closed = book.case.closed_index
    logged_late = sender.paper is not None and closed is not None and sender.paper.index > closed
    return "late" if when is Phase.LATE or logged_late else None


def _body(
    origin: str,
    voter: Voter,
    sender: Sender,
    commitment: bytes,
    reason: str | None,
    before: Standing,
) -> Body:
    signature = None if sender.key is None else b64(sender.key.sign(cast_message(origin, commitment)))
    paper = None if sender.paper is None else sender.paper.index
    if reason is not None:
        return Refused(
            member=voter.commitment.hex(),
            reason=reason,
            channel=sender.channel,
            level=sender.level,
            received_at=sender.received_at,
            commitment=commitment.hex(),
            signature=signature,
            paper=paper,
            entered_by=sender.entered_by,
        )
    return Ballot(
        member=voter.commitment.hex(),
        sequence=before.sequence + 1,
        replaces=before.index,
        commitment=commitment.hex(),
        channel=sender.channel,
        level=sender.level,
        received_at=sender.received_at,
        signature=signature,
        paper=paper,
        entered_by=sender.entered_by,
    )


def _receipt_mails(rt: Runtime, book: Book, voter: Voter, index: int) -> list[Line]:
    queued_at = instant_text(book.now)
    return [
        Line(
            message_id=f"<{rt.token(16).hex()}@{rt.site.host}>",
            assembly=book.case.id,
            kind=RECEIPT_MAIL,
            member_id=voter.member_id,
            address=address,
            secret=None,
            ref=index,
            attempts=0,
            queued_at=queued_at,
        )
        for address in voter.addresses
    ]


def _offered(docket: Docket, motion: Motion, choice: Choice | None, *, on_paper: bool) -> bool:
    marks = frozenset(Mark) if on_paper else _ON_WEB | ({Mark.ABSTAIN} if docket.rules.abstain else set())
    if motion.kind is MotionKind.MOTION or motion.method is Method.SLATE:
        return isinstance(choice, Mark) and choice in marks
    if motion.method is Method.CONFIDENCE:
        return (
            isinstance(choice, Mapping)
            and set(choice) == set(motion.candidates)
            and all(mark in marks for mark in choice.values())
        )
    if not isinstance(choice, tuple) or not set(choice) <= set(motion.candidates):
        return False
    # More names than seats make a paper invalid; on the web they are not taken in.
    return len(set(choice)) == len(choice) and (on_paper or len(choice) <= (motion.seats or 0))


def _choice_json(choice: Choice) -> object:
    if isinstance(choice, Mark):
        return choice.value
    if isinstance(choice, tuple):
        return list(choice)
    return {name: mark.value for name, mark in choice.items()}


def _choice_from_json(choice: object) -> Choice:
    if isinstance(choice, str):
        return Mark(choice)
    if isinstance(choice, Mapping):
        return {str(name): Mark(mark) for name, mark in choice.items()}
    if isinstance(choice, list):
        return tuple(str(name) for name in choice)
    raise TypeError(f"no choice: {type(choice).__name__}")
