"""What the mails owed are about: an outbox line and the store make the message when it is sent."""

from dataclasses import replace
from email.message import EmailMessage

from voting.core.assembly import Phase, phase
from voting.core.errors import Broken
from voting.ledger.canonical import parse_instant
from voting.mail import messages
from voting.mail.messages import Envelope
from voting.runtime import Runtime
from voting.services.casting.answers import RECEIPT_MAIL
from voting.services.drafting import mail_tests
from voting.services.issuing import BALLOT_MAIL, signed_ballot
from voting.services.outcome import closing
from voting.services.period import during_notices
from voting.services.proof.checkpoint_mail import CHECKPOINT_MAIL
from voting.services.proof.incidents import INCIDENT_MAIL
from voting.services.recording import checkpoint_covering
from voting.services.stages import path
from voting.store import assemblies, ballots, incidents, roll
from voting.store.assemblies import Case
from voting.store.outbox import Line
from voting.store.roll import Credential, Voter
from voting.store.transaction import Transaction
from voting.witness.judging import stated
from voting.wording import (
    change_sentence,
    channel_word,
    closing_text,
    incident_sentence,
    instant_text,
    period_text,
    receipt_number,
    refusal_words,
    rule_sentences,
)


def message(rt: Runtime, tx: Transaction, line: Line) -> EmailMessage:
    """The mail that *line* owes.  Raises: Broken for a line that cannot be made out."""
    case = assemblies.load(tx, line.assembly)
    if line.kind == mail_tests.TEST_MAIL:
        return mail_tests.message(rt, tx, case, line)
    found = roll.credential_and_voter(tx, case.id, line.member_id)
    if found is None:
        raise Broken(f"{case.origin}: a mail is owed to {line.member_id}, who is not on the roll")
    credential, voter = found
    envelope = Envelope(line.message_id, rt.site.sender, line.address)
    if line.kind == BALLOT_MAIL and line.secret is not None:
        facts = _ballot(rt, case, credential, voter, line.secret)
        return messages.ballot_mail(envelope, replace(facts, is_reissued=line.ref != case.issued_index))
    if line.kind == RECEIPT_MAIL and line.ref is not None:
        return messages.receipt_mail(envelope, _receipt(rt, tx, case, voter, line.ref))
    if line.kind == CHECKPOINT_MAIL and line.ref is not None:
        return messages.checkpoint_mail(envelope, _checkpoint(rt, tx, case, voter, line.ref))
    if line.kind == INCIDENT_MAIL and line.ref is not None:
        return messages.incident_mail(envelope, _incident(rt, tx, case, voter, line.ref))
    told = during_notices.message(rt, tx, case, voter, line, envelope)
    if told is not None:
        return told
    raise Broken(f"{case.origin}: nobody knows how to write a mail of kind {line.kind}")


def _ballot(rt: Runtime, case: Case, credential: Credential, voter: Voter, code: str) -> messages.BallotFacts:
    docket = case.docket
    return messages.BallotFacts(
        body=docket.body.name,
        title=docket.assembly.title,
        member_id=voter.member_id,
        member=voter.name,
        period=period_text(docket.assembly.schedule),
        motions=tuple((motion.number, motion.title) for motion in docket.motions),
        rules=rule_sentences(docket),
        page=f"{rt.site.base_url}/v",
        link=f"{rt.site.base_url}/v#{code}",
        code=code,
        signed=signed_ballot(rt, case, credential, voter).decode(),
        vkey=case.vkey,
        contact=case.contact,
    )


def _checkpoint(
    rt: Runtime, tx: Transaction, case: Case, voter: Voter, index: int
) -> messages.CheckpointFacts:
    note = checkpoint_covering(rt, tx, case, index)
    return messages.CheckpointFacts(
        body=case.docket.body.name,
        title=case.docket.assembly.title,
        member_id=voter.member_id,
        member=voter.name,
        is_closed=case.closed_index == index,
        size=f"{stated(note).size:,}",
        checkpoint=note.decode(),
        vkey=case.vkey,
        verifier=f"{rt.site.base_url}/verifier",
        page=f"{rt.site.base_url}/assemblies/{path(case)}",
        contact=case.contact,
    )


def _incident(rt: Runtime, tx: Transaction, case: Case, voter: Voter, index: int) -> messages.IncidentFacts:
    told = next((each for each in incidents.incidents(tx, case.id) if each.index == index), None)
    if told is None:
        raise Broken(f"{case.origin}: a mail is owed about incident {index}, which is not there")
    began, ended = parse_instant(told.from_at), parse_instant(told.to_at)
    schedule = case.docket.assembly.schedule
    return messages.IncidentFacts(
        body=case.docket.body.name,
        title=case.docket.assembly.title,
        member_id=voter.member_id,
        member=voter.name,
        began=instant_text(began),
        ended=instant_text(ended),
        what=incident_sentence(began, ended, told.what),
        may_answer=phase(schedule, rt.now()) is not Phase.LATE,
        deadline=closing_text(schedule),
        page=f"{rt.site.base_url}/v",
        contact=case.contact,
    )


def _receipt(rt: Runtime, tx: Transaction, case: Case, voter: Voter, index: int) -> messages.ReceiptFacts:
    sent = ballots.by_index(tx, case.id, index)
    if sent is None:
        raise Broken(f"{case.origin}: a receipt is owed for entry {index}, which is not there")
    return messages.ReceiptFacts(
        body=case.docket.body.name,
        title=case.docket.assembly.title,
        member_id=voter.member_id,
        member=voter.name,
        number=receipt_number(index),
        received=instant_text(parse_instant(sent.received_at)),
        channel=channel_word(sent.channel),
        who=" ".join(filter(None, (sent.section, sent.respondent))),
        refused=refusal_words(closing.no_effect(case, sent) or None),
        deadline=change_sentence(case.docket),
        page=f"{rt.site.base_url}/v",
        checkpoint=checkpoint_covering(rt, tx, case, index).decode(),
        contact=case.contact,
    )
