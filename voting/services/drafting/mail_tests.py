"""A test mail to oneself: the notice as members will get it, without a code, through the same relay."""

from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from typing import ClassVar

from voting.core.errors import Refusal
from voting.core.members import Member, on_roll
from voting.core.permissions import Act, Officer, require
from voting.ledger.canonical import instant_text, parse_instant
from voting.mail import messages
from voting.mail.messages import BallotFacts, Envelope
from voting.mail.troubles import MailTrouble, trouble
from voting.runtime import Runtime
from voting.services.drafting.drafts import load_draft
from voting.store import drafts, members, outbox
from voting.store.assemblies import Case
from voting.store.outbox import Line
from voting.store.transaction import Transaction
from voting.wording import period_text, rule_sentences

TEST_MAIL = "test"
_NO_CODE = "(ここに24文字の回答コードが入ります)"
_NO_SIGNATURE = "(ここに、発行の時に付く電子署名が入ります)"
_NOBODY = Member("(会員番号)", "(会員の名称)")


@dataclass(eq=False)
class NotAnAddress(Refusal):
    """What was typed is no mail address."""

    code: ClassVar[str] = "not-an-address"
    text: str


@dataclass(eq=False)
class TestMailMissing(Refusal):
    """Shape: ``what``: test-never, test-waiting or test-old, each a sentence of its own."""

    code: ClassVar[str] = "test-mail-missing"
    what: str


@dataclass(eq=False)
class TestMailFailed(Refusal):
    """The newest test mail that the relay was offered did not go out: no code would either."""

    code: ClassVar[str] = "test-mail-failed"
    trouble: MailTrouble


@dataclass(frozen=True, slots=True)
class MailTest:
    """What became of the test mail owed last.

    Shape   ``state``: waiting, sent or failed; ``error`` None where nothing was tried in vain; ``is_old``:
            the draft was changed after it was owed.
    """

    address: str
    queued_at: datetime
    state: str
    error: MailTrouble | None
    is_old: bool


def owe(rt: Runtime, who: Officer, origin: str, address: str) -> None:
    """Owe one test mail to *address*; it goes out with the next run, as all mails do.

    Raises  NotAnAddress, NoSuchAssembly, FrozenAlready, DraftWithdrawn.
    """
    require(who, Act.DRAFT)
    _require_address(address)
    now, message_id = instant_text(rt.now()), f"<{rt.token(16).hex()}@{rt.site.host}>"
    with rt.database.transaction() as tx:
        case = load_draft(tx, origin)
        line = Line(
            message_id=message_id,
            assembly=case.id,
            kind=TEST_MAIL,
            member_id="",
            address=address,
            secret=None,
            ref=None,
            attempts=0,
            queued_at=now,
        )
        outbox.put(tx, [line])


def last(tx: Transaction, case: Case) -> MailTest | None:
    """The test mail owed last; None where there was none."""
    found = outbox.newest(tx, case.id, TEST_MAIL)
    if found is None:
        return None
    state = drafts.find(tx, case.id)
    return MailTest(
        address=found.address,
        queued_at=parse_instant(found.queued_at),
        state="sent" if found.sent_at else "failed" if found.failed_at else "waiting",
        error=trouble(found.error) if found.error else None,
        is_old=state is not None and state.changed_at > found.queued_at,
    )


def failed(tx: Transaction, case: Case) -> TestMailFailed | None:
    """Why the test mails do not go out; None where the newest one that was tried did, or none was yet.

    One that waits for its first try says nothing: the failure before it stands until a mail has gone out.
    """
    tried = outbox.newest_tried(tx, case.id, TEST_MAIL)
    if tried is None or tried.sent_at is not None:
        return None
    return TestMailFailed(trouble(tried.error))


def missing(tx: Transaction, case: Case) -> TestMailMissing | None:
    """What a test mail still has to show, besides ``failed``."""
    test = last(tx, case)
    if test is None:
        return TestMailMissing("test-never")
    if test.state == "waiting" and test.error is None:
        return TestMailMissing("test-waiting")
    return TestMailMissing("test-old") if test.state == "sent" and test.is_old else None


def message(rt: Runtime, tx: Transaction, case: Case, line: Line) -> EmailMessage:
    """The test mail that *line* owes: the notice to the first member, marked as a test."""
    record_date = case.docket.assembly.schedule.record_date
    register = (each for each in members.register(tx, case.body) if on_roll(each, record_date))
    envelope = Envelope(line.message_id, rt.site.sender, line.address)
    mail = messages.ballot_mail(envelope, sample(rt, case, next(register, _NOBODY)))
    mail.replace_header("Subject", f"【試験送信】{mail['Subject']}")
    return mail


def sample(rt: Runtime, case: Case, member: Member) -> BallotFacts:
    """What the notice to *member* would say, with words in the place of code and signature."""
    docket = case.docket
    return BallotFacts(
        body=docket.body.name,
        title=docket.assembly.title,
        member_id=member.member_id,
        member=member.name,
        period=period_text(docket.assembly.schedule),
        motions=tuple((motion.number, motion.title) for motion in docket.motions),
        rules=rule_sentences(docket),
        page=f"{rt.site.base_url}/v",
        link=f"{rt.site.base_url}/v#{_NO_CODE}",
        code=_NO_CODE,
        signed=_NO_SIGNATURE,
        vkey=case.vkey,
        contact=case.contact,
    )


def _require_address(address: str) -> None:
    try:
        parsed = Address(addr_spec=address)
    except (ValueError, IndexError, MessageError):
        raise NotAnAddress(address) from None
    if not parsed.username or not parsed.domain or not address.isprintable() or len(address) > 254:
        raise NotAnAddress(address)
