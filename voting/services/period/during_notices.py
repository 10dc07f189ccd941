"""What the office's letters during the period say, made when they are sent."""

from email.message import EmailMessage

from voting.core.errors import Broken
from voting.core.inquiries import replies_from_json
from voting.ledger.canonical import parse_instant
from voting.mail.messages import Envelope, OfficeFacts, office_mail
from voting.runtime import Runtime
from voting.services.office.office_acting import ERRATUM, REISSUE, REMINDER, REPLIES
from voting.services.period.amending import changes
from voting.services.period.letters_owed import (
    AMENDMENT_MAIL,
    ERRATUM_MAIL,
    REISSUE_MAIL,
    REMINDER_MAIL,
    REPLIES_MAIL,
)
from voting.store import office_acts
from voting.store.assemblies import Case
from voting.store.office_acts import OfficeAct
from voting.store.outbox import Line
from voting.store.roll import Voter
from voting.store.transaction import Transaction
from voting.wording import Told, change_told, erratum_told, instant_text, reissue_told, reminder_told
from voting.wording.replies import replies_told


def message(
    rt: Runtime, tx: Transaction, case: Case, voter: Voter, line: Line, envelope: Envelope
) -> EmailMessage | None:
    """The letter that *line* owes; None for a line of another kind."""
    told = _told(rt, tx, case, line)
    if told is None:
        return None
    facts = OfficeFacts(
        body=case.docket.body.name,
        title=case.docket.assembly.title,
        member_id=voter.member_id,
        member=voter.name,
        lead=told.lead,
        sections=told.sections,
        contact=case.contact,
    )
    return office_mail(envelope, told.subject, facts)


def _told(rt: Runtime, tx: Transaction, case: Case, line: Line) -> Told | None:
    page = f"{rt.site.base_url}/v"
    if line.kind == REMINDER_MAIL:
        as_of = instant_text(parse_instant(_act(tx, case, REMINDER, line).at))
        return reminder_told(case.docket, as_of=as_of, page=page)
    if line.kind == REISSUE_MAIL:
        return reissue_told(case.docket, is_new_address=bool(_act(tx, case, REISSUE, line).facts()["new"]))
    if line.kind == ERRATUM_MAIL:
        facts = _act(tx, case, ERRATUM, line).facts()
        link = f"{rt.site.base_url}/documents/{facts['sha256']}/erratum.pdf"
        return erratum_told(case.docket, facts["name"], facts["reason"], link=link, page=page)
    if line.kind == REPLIES_MAIL:
        replies = replies_from_json(_act(tx, case, REPLIES, line).facts()["replies"])
        return replies_told(case.docket, replies, page=page)
    if line.kind == AMENDMENT_MAIL:
        found = [change for index, change in changes(tx, case) if index == line.ref]
        if not found:
            raise Broken(f"{case.origin}: a letter is owed about a change that was never made")
        return change_told(case.docket, found[0], page=page)
    return None


def _act(tx: Transaction, case: Case, what: str, line: Line) -> OfficeAct:
    """The act that *line* tells about."""
    found = [each for each in office_acts.of_kind(tx, case.id, what) if each.index == line.ref]
    if not found:
        raise Broken(f"{case.origin}: a letter is owed about {what} {line.ref}, which is not there")
    return found[0]
