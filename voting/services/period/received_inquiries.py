"""A question that came by telephone, post or in person: the office enters it for the member.

From there on it is a question like any other: answered to all, and shown to the member on its own page.
"""

from dataclasses import dataclass
from typing import ClassVar

from voting.core.errors import Refusal
from voting.core.inquiries import LONGEST_INQUIRY
from voting.core.permissions import Act, Officer, require
from voting.core.printable import is_printable, is_seen
from voting.ledger.canonical import instant_text
from voting.runtime import Runtime
from voting.services.desk.paper_finding import find_member
from voting.services.desk.paper_refusals import SenderAmbiguous
from voting.services.errors import NoSuchAssembly
from voting.services.period.asking import AskedAlready, InquiryUnusable
from voting.services.period.deliveries import CHANNELS
from voting.services.period.inquiries import Unprintable
from voting.services.period.replies import require_sendable
from voting.store import assemblies, inquiries, roll
from voting.store.assemblies import Case
from voting.store.inquiries import Inquiry
from voting.store.roll import Voter
from voting.store.transaction import Transaction

LONGEST_LINE = 200  # characters


@dataclass(eq=False)
class UnknownWay(Refusal):
    """No way by which a question comes.  Shape: ``way`` as it was given."""

    code: ClassVar[str] = "unknown-way"
    way: str


@dataclass(eq=False)
class AskerUnusable(Refusal):
    """A section or a name that is too long, or has unseen signs.  Shape: ``field`` which of them."""

    code: ClassVar[str] = "asker-unusable"
    field: str
    most: int


@dataclass(eq=False)
class InquirerAmbiguous(Refusal):
    """Several members fit what was typed.  Shape: ``found`` as "number prefecture name", some of them."""

    code: ClassVar[str] = "inquirer-ambiguous"
    typed: str
    found: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Received:
    """A question as an officer enters it.

    Shape   ``member`` as ``find_member`` takes it; ``way`` of CHANNELS; section and asker may be empty, for
            not everybody on the telephone says so; ``request_key`` is 16 random bytes of the form.
    """

    member: str
    way: str
    text: str
    section: str
    asker: str
    request_key: bytes


def receive(rt: Runtime, who: Officer, origin: str, received: Received) -> int:
    """Keep the question; the answer is its number.  The same form sent again is one question.

    It may be entered as long as it can be answered: what was asked in time is typed when there is time.
    Raises  NotAllowed, NoSuchAssembly, NotThatFar before the issue, RepliesOver, SenderUnknown,
            InquirerAmbiguous, FormOfAnother, UnknownWay, InquiryUnusable, Unprintable, AskerUnusable,
            AskedAlready.
    """
    # What comes to the office is received by whoever opens its door (``register-paper``).
    require(who, Act.REGISTER_PAPER)
    if received.way not in CHANNELS:
        raise UnknownWay(received.way)
    if not is_seen(received.text) or len(received.text) > LONGEST_INQUIRY:
        raise InquiryUnusable(LONGEST_INQUIRY)
    if not is_printable(received.text):
        raise Unprintable
    for field, line in (("section", received.section), ("asker", received.asker)):
        if len(line) > LONGEST_LINE or not is_printable(line) or "\n" in line:
            raise AskerUnusable(field, LONGEST_LINE)
    now = instant_text(rt.now())
    with rt.database.ledger_turn(origin), rt.database.transaction() as tx:
        case = assemblies.find(tx, origin)
        if case is None:
            raise NoSuchAssembly(origin)
        require_sendable(case)
        voter = _member(tx, case, received.member)
        before = inquiries.by_request_key(tx, case.id, voter.member_id, received.request_key)
        if before is not None:
            if before.original != received.text:
                raise AskedAlready(before.number)
            return before.number
        number = inquiries.next_number(tx, case.id)
        asked = Inquiry(
            number=number,
            member_id=voter.member_id,
            asked_at=now,
            original=received.text,
            section=received.section,
            asker=received.asker,
            wording=received.text,
            came=received.way,
            entered_by=who.id,
        )
        inquiries.add(tx, case.id, asked, request_key=received.request_key)
    return number


def _member(tx: Transaction, case: Case, typed: str) -> Voter:
    try:
        return find_member(roll.voters(tx, case.id), case.origin, typed)
    except SenderAmbiguous as several:
        raise InquirerAmbiguous(several.typed, several.found) from None
