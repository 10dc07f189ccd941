"""The mails of a campaign: owed with a code for each address, written when they are sent."""

from collections.abc import Iterable
from datetime import date
from email.message import EmailMessage

from voting.core.errors import Broken
from voting.core.members import Member
from voting.credentials import codes
from voting.credentials.codes import Code
from voting.mail import messages
from voting.mail.messages import Envelope, OfficeFacts
from voting.runtime import Runtime
from voting.services.sending import Post
from voting.store import campaigns, contact_mails, members
from voting.store.campaigns import Campaign
from voting.store.contact_mails import ContactLine
from voting.wording.contacts import contact_told

ASK, REMIND = "ask", "remind"
PAGE = "/contact"


def look_up(code: Code, campaign: str) -> bytes:
    """What a member's page is found by, without keeping the code.  It opens no ballot of any ledger."""
    return codes.lookup_key(code, f"contact:{campaign}")


def lines_and_tokens(
    rt: Runtime, campaign: Campaign, asked: Iterable[Member], *, kind: str, queued_at: str
) -> tuple[list[ContactLine], list[tuple[bytes, str]]]:
    """A mail for each address, and what opens each member's page: one code for all of a member's mails."""
    lines, tokens = list[ContactLine](), list[tuple[bytes, str]]()
    for each in asked:
        code = codes.make_code(rt.token(codes.RANDOM_BYTES))
        tokens.append((look_up(code, campaign.id), each.member_id))
        lines += [
            ContactLine(
                message_id=f"<{rt.token(16).hex()}@{rt.site.host}>",
                campaign=campaign.id,
                kind=kind,
                member_id=each.member_id,
                address=address,
                secret=code.printed(),
                attempts=0,
                queued_at=queued_at,
            )
            for address in each.addresses
        ]
    return lines, tokens


def _written(rt: Runtime, line: ContactLine) -> EmailMessage:
    """Raises: Broken for a line that cannot be made out."""
    with rt.database.reading() as tx:
        campaign = campaigns.find(tx, line.campaign)
        if campaign is None or line.secret is None:
            raise Broken(f"a mail of campaign {line.campaign} has lost what it is about")
        member, body = members.find(tx, campaign.body, line.member_id), members.find_body(tx, campaign.body)
    if member is None or body is None:
        raise Broken(f"a mail is owed to {line.member_id}, who is not in the register of {campaign.body}")
    letter = contact_told(
        body.body.name,
        words=campaign.words,
        last_day=date.fromisoformat(campaign.last_day),
        link=f"{rt.site.base_url}{PAGE}#{line.secret}",
        code=line.secret,
        is_reminder=line.kind == REMIND,
    )
    return messages.contact_mail(
        Envelope(line.message_id, rt.site.sender, line.address),
        letter.subject,
        OfficeFacts(
            body=body.body.name,
            title=body.body.name,
            member_id=member.member_id,
            member=member.name,
            lead=letter.lead,
            sections=letter.sections,
            contact=campaign.contact,
        ),
    )


POST = Post(contact_mails.QUEUE, contact_mails.due, _written)
