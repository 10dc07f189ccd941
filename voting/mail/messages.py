"""The mails to members, as plain text that survives every gateway: no attachment, one short link.

The subject is stable and the sender always the same, so that an office's filter learns them once.
Source: domain.md 4.1.2–4.1.5.
"""

from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from voting.resources import templates

_TEMPLATES = Environment(
    loader=FileSystemLoader(templates() / "mail"),
    undefined=StrictUndefined,
    autoescape=False,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


@dataclass(frozen=True, slots=True)
class Envelope:
    """To whom and from whom.  ``message_id`` is fixed when the mail is owed, whenever it is sent."""

    message_id: str
    sender: str
    address: str


@dataclass(frozen=True, slots=True)
class BallotFacts:
    """What the notice says.

    Shape   ``link`` holds the code in its fragment only; ``signed`` is the issued ballot's note;
            ``rules`` are sentences; ``is_reissued``: it takes the place of an earlier code.
    """

    body: str
    title: str
    member_id: str
    member: str
    period: str
    motions: tuple[tuple[int, str], ...]
    rules: tuple[str, ...]
    page: str
    link: str
    code: str
    signed: str
    vkey: str
    contact: str
    is_reissued: bool = False


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """What the mail after an answer says.  It holds no choice: mailboxes are shared and forwarded."""

    body: str
    title: str
    member_id: str
    member: str
    number: str
    received: str
    channel: str
    who: str
    refused: str
    deadline: str
    page: str
    checkpoint: str
    contact: str


@dataclass(frozen=True, slots=True)
class CheckpointFacts:
    """What the mail with the checkpoint says.

    Shape   ``checkpoint`` is the signed note, ``verifier`` the address of the checking page,
            ``is_closed``: it is the one that covers the close.
    """

    body: str
    title: str
    member_id: str
    member: str
    is_closed: bool
    size: str
    checkpoint: str
    vkey: str
    verifier: str
    page: str
    contact: str


@dataclass(frozen=True, slots=True)
class IncidentFacts:
    """What members are told after records were lost.

    Shape   ``what`` is the incident's sentence as published; ``deadline`` is the last moment to answer
            again, which ``may_answer`` says has not passed.
    """

    body: str
    title: str
    member_id: str
    member: str
    began: str
    ended: str
    what: str
    may_answer: bool
    deadline: str
    page: str
    contact: str


@dataclass(frozen=True, slots=True)
class OfficeFacts:
    """What the office tells a member during the period.

    Shape   ``lead`` are sentences; ``sections`` headings with their lines.
    """

    body: str
    title: str
    member_id: str
    member: str
    lead: tuple[str, ...]
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    contact: str


def ballot_mail(envelope: Envelope, facts: BallotFacts) -> EmailMessage:
    return _message(envelope, f"【書面表決のお願い】{facts.title}", "ballot.txt", facts)


def receipt_mail(envelope: Envelope, facts: ReceiptFacts) -> EmailMessage:
    return _message(envelope, f"【書面表決の受付】{facts.title}", "receipt.txt", facts)


def checkpoint_mail(envelope: Envelope, facts: CheckpointFacts) -> EmailMessage:
    return _message(envelope, f"【記録の控え】{facts.title}", "checkpoint.txt", facts)


def incident_mail(envelope: Envelope, facts: IncidentFacts) -> EmailMessage:
    return _message(envelope, f"【重要 回答のご確認のお願い】{facts.title}", "incident.txt", facts)


def office_mail(envelope: Envelope, subject: str, facts: OfficeFacts) -> EmailMessage:
    """Shape: *subject* is the word in its brackets."""
    return _message(envelope, f"【{subject}】{facts.title}", "office.txt", facts)


def contact_mail(envelope: Envelope, subject: str, facts: OfficeFacts) -> EmailMessage:
    """As ``office_mail``, about the register: no assembly, no vote."""
    return _message(envelope, f"【{subject}】{facts.title}", "contact.txt", facts)


def _message(envelope: Envelope, subject: str, template: str, facts: object) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["Subject"] = " ".join(subject.split())
    message["From"] = envelope.sender
    # A line break would be an error that stops the mails of all; so it is one of this address alone.
    message["To"] = " ".join(envelope.address.split())
    message["Message-ID"] = envelope.message_id
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(_TEMPLATES.get_template(template).render(facts=facts), cte="base64")
    return message
