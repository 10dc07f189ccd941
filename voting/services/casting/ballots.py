"""Casting on the web: from the code to the receipt."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from voting.core.assembly import Phase, phase
from voting.core.ballots import Channel
from voting.core.errors import Refusal
from voting.credentials import codes
from voting.ledger.canonical import instant_text
from voting.ledger.receipt import Receipt
from voting.runtime import Runtime
from voting.services.casting import receipts
from voting.services.casting.answers import Answer, Sender, choices_json, record, require_choices
from voting.services.errors import NotThatFar, UnknownCode
from voting.services.issuing import signed_ballot
from voting.services.outcome import closing
from voting.services.recording import recording
from voting.store import assemblies, ballots, openings, roll
from voting.store.assemblies import Case
from voting.store.ballots import Submitted
from voting.store.roll import Credential, Voter
from voting.store.transaction import Transaction


@dataclass(eq=False)
class RequestReused(Refusal):
    """The same request came again with other contents; the recorded ballot stands."""

    code: ClassVar[str] = "request-reused"
    index: int


@dataclass(eq=False)
class TextsChanged(Refusal):
    """A motion was withdrawn or put again after this ballot was shown; nothing is taken for the new text."""

    code: ClassVar[str] = "texts-changed"


@dataclass(eq=False)
class CredentialReplaced(Refusal):
    """The code was replaced by a newer one while this ballot was being filled in."""

    code: ClassVar[str] = "credential-replaced"


@dataclass(eq=False)
class NoSuchReceipt(Refusal):
    """No answer of this member stands at that place."""

    code: ClassVar[str] = "no-such-receipt"
    index: int


@dataclass(frozen=True, slots=True, repr=False)
class Key:
    """What a typed code opens: one member's ballot in one assembly, and the key that signs it.

    It has no repr: whoever holds the seed can vote.
    """

    origin: str
    member_id: str
    seed: bytes


@dataclass(frozen=True, slots=True, repr=False)
class Cast:
    """One ballot as sent by the web.

    Shape   ``request_key`` is 16 random bytes of the form; ``base`` is the leaf hash (hex) of the texts
            that the form has shown, as the ballot will name it (ledger L2).
    """

    key: Key
    answer: Answer
    request_key: bytes
    base: str


@dataclass(frozen=True, slots=True)
class OpenBallot:
    """All a member's own page shows.  ``history`` is what the member sent, in order of recording."""

    case: Case
    voter: Voter
    credential: Credential
    history: tuple[Submitted, ...]
    phase: Phase


def open_code(rt: Runtime, typed: str) -> Key:
    """Whose ballot a code opens.  Raises: NotACode, UnknownCode, CredentialReplaced."""
    code = codes.read_code(typed)
    with rt.database.reading() as tx:
        for case in reversed(assemblies.everything(tx)):
            if case.issued_index is None:
                continue
            found = roll.find_credential(tx, codes.lookup_key(code, case.origin))
            if found is None and roll.was_replaced(tx, codes.lookup_key(code, case.origin)):
                raise CredentialReplaced
            if found is not None:
                return Key(case.origin, found.member_id, codes.credential_seed(code, case.origin))
    raise UnknownCode


def note_opening(rt: Runtime, key: Key) -> None:
    """Remember when a member's ballot was first opened: the office calls those who have not.

    It is no part of the ledger.  Raises: UnknownCode.
    """
    with rt.database.reading() as tx:
        case = assemblies.find(tx, key.origin)
        if case is None:
            raise UnknownCode
        if openings.was_opened(tx, case.id, key.member_id):
            return
    with rt.database.transaction() as tx:
        openings.note(tx, case.id, key.member_id, at=instant_text(rt.now()))


def view(rt: Runtime, key: Key) -> OpenBallot:
    """The member's ballot as it stands now.  Raises: UnknownCode, CredentialReplaced."""
    now = rt.now()
    with rt.database.reading() as tx:
        case = assemblies.find(tx, key.origin)
        if case is None:
            raise UnknownCode
        public_key = codes.credential_key(key.seed).public_key
        credential, voter = _holder(tx, case, key.member_id, public_key)
        history = ballots.of_member(tx, case.id, voter.member_id)
    return OpenBallot(case, voter, credential, history, phase(case.docket.assembly.schedule, now))


def signed_form(rt: Runtime, key: Key) -> bytes:
    """The member's issued ballot as a signed note."""
    page = view(rt, key)
    return signed_ballot(rt, page.case, page.credential, page.voter)


def cast(rt: Runtime, ballot: Cast) -> Receipt:
    """Record a ballot and give its receipt; a late one is refused with a receipt that says so.

    The same request gives the same receipt however often it is sent.
    Raises  UnknownCode, CredentialReplaced, TextsChanged, BadChoices, RequestReused, CountingDone,
            TookTooLong, Suspended.
    """
    origin = ballot.key.origin
    # The instant of receipt is taken inside the gate: the closing waits until all of us have left.
    with rt.database.arrivals(origin):
        received_at = rt.now()
        receipt = _take(rt, ballot, received_at)
    if receipt is None:
        closing.close_if_due(rt, origin)
        receipt = _take(rt, ballot, received_at)
    if receipt is None:
        raise NotThatFar("refused", "close")
    return receipt


def _take(rt: Runtime, ballot: Cast, received_at: datetime) -> Receipt | None:
    """The receipt, or None where the ballot is late and has to wait for the closing."""
    # Made before the turn is taken: others need not wait for it.
    signing_key = codes.credential_key(ballot.key.seed)
    with recording(rt, ballot.key.origin) as book:
        tx, case = book.tx, book.case
        credential, voter = _holder(tx, case, ballot.key.member_id, signing_key.public_key)
        sent = ballots.by_request_key(tx, case.id, ballot.request_key)
        if sent is not None:
            _require_same(sent, ballot, voter)
        elif case.closed_index is None and _is_late(case, received_at):
            return None
        else:
            if ballot.base != case.sealed_base:
                raise TextsChanged
            require_choices(case.docket, ballot.answer.choices, on_paper=False)
            sender = Sender(
                base=ballot.base,
                channel=Channel.WEB.value,
                level=credential.level,
                received_at=received_at,
                key=signing_key,
                request_key=ballot.request_key,
            )
            sent, opening = record(rt, book, voter, ballot.answer, sender)
    if not book.written:
        return receipts.of_entry(rt, case.origin, sent.index)
    return receipts.of_book(book, opening, voter, key=credential.public_key)


def _is_late(case: Case, received_at: datetime) -> bool:
    return phase(case.docket.assembly.schedule, received_at) is Phase.LATE


def _holder(tx: Transaction, case: Case, member_id: str, public_key: bytes) -> tuple[Credential, Voter]:
    """The member whose credential the key is.  Raises: UnknownCode, CredentialReplaced."""
    found = roll.credential_and_voter(tx, case.id, member_id)
    if found is None:
        raise UnknownCode
    if public_key != found[0].public_key:
        raise CredentialReplaced
    return found


def _require_same(recorded: Submitted, ballot: Cast, voter: Voter) -> None:
    same = (
        recorded.member_id == voter.member_id
        and recorded.ballot()["choices"] == choices_json(ballot.answer.choices)
        and (recorded.section, recorded.respondent) == (ballot.answer.section, ballot.answer.respondent)
        and (recorded.opinion, recorded.opinion_public)
        == (ballot.answer.opinion, ballot.answer.opinion_public)
    )
    if not same:
        raise RequestReused(recorded.index)


def receipt(rt: Runtime, key: Key, index: int, *, final: bool = False) -> Receipt:
    """A receipt the member was given, made again; or, after the close, its proof against the final record.

    Raises  NoSuchReceipt, also for another's entry; NotThatFar for a final one before the close.
    """
    page = view(rt, key)
    if index not in {each.index for each in page.history}:
        raise NoSuchReceipt(index)
    return (receipts.against_final if final else receipts.of_entry)(rt, key.origin, index)


def answered_members(rt: Runtime, origin: str) -> frozenset[str]:
    """Who has answered so far; never how."""
    with rt.database.reading() as tx:
        case = assemblies.find(tx, origin)
        if case is None:
            return frozenset()
        sent = ballots.all_submissions(tx, case.id)
    return frozenset(each.member_id for each in sent if each.member_id and each.refused is None)
