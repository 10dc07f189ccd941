"""Issuing the signed ballots: a code and a key for each member, and the mail that brings the code."""

from voting.core.votes import votes_text
from voting.credentials import codes
from voting.ledger.canonical import b64, instant_text
from voting.ledger.commitments import IssuedLeaf, issued_root
from voting.ledger.issued import IssuedBallot, issued_note
from voting.ledger.kinds import Issue
from voting.runtime import Runtime
from voting.services.assemblies import require_before_close
from voting.services.errors import DoneAlready, NotThatFar
from voting.services.recording import Book
from voting.store import assemblies, outbox, roll
from voting.store.assemblies import Case
from voting.store.outbox import Line
from voting.store.roll import Credential, Voter
from voting.store.transaction import Transaction

LEVEL = "K0"  # the service itself mails the code (ledger L5)
BALLOT_MAIL = "ballot"


def subject(tx: Transaction, case: Case) -> dict[str, object]:
    """Exactly what is sent: the ballots of the frozen docket.  Raises: NotThatFar, DoneAlready."""
    if case.frozen_index is None:
        raise NotThatFar("issue", "freeze")
    if case.issued_index is not None:
        raise DoneAlready("issue")
    addresses = [[each.member_id, *each.addresses] for each in roll.voters(tx, case.id)]
    return {"base": case.sealed_base, "addresses": addresses}


def issue(rt: Runtime, book: Book) -> None:
    """Make every member's code, write who got which public key, and owe each address a mail.

    The code stands nowhere but in the mails owed.  A member without any address gets a line without
    one: it waits for the printed form.
    """
    case, tx = book.case, book.tx
    require_before_close(case.docket, book.now)
    queued_at = instant_text(book.now)
    keys: list[dict[str, object]] = []
    leaves: list[IssuedLeaf] = []
    lines: list[Line] = []
    index = book.head.size + len(book.written)
    for voter in roll.voters(tx, case.id):
        code = codes.make_code(rt.token(codes.RANDOM_BYTES))
        public = codes.credential_key(codes.credential_seed(code, case.origin)).public_key
        keys.append(
            {
                "assembly": case.id,
                "member_id": voter.member_id,
                "lookup": codes.lookup_key(code, case.origin),
                "public_key": public,
                "level": LEVEL,
                "issued_index": index,
            }
        )
        leaves.append(IssuedLeaf(b64(public), LEVEL, voter.commitment.hex()))
        lines.extend(
            Line(
                message_id=f"<{rt.token(16).hex()}@{rt.site.host}>",
                assembly=case.id,
                kind=BALLOT_MAIL,
                member_id=voter.member_id,
                address=address,
                secret=code.printed(),
                ref=index,
                attempts=0,
                queued_at=queued_at,
            )
            for address in voter.addresses or ("",)
        )
    book.append(Issue(members=len(leaves), root=issued_root(leaves).hex(), level=LEVEL))
    roll.put_credentials(tx, keys)
    outbox.put(tx, lines)
    assemblies.reach(tx, case.id, "issued", index)


def signed_ballot(rt: Runtime, case: Case, credential: Credential, voter: Voter) -> bytes:
    """The member's ballot as a signed note; the same bytes whenever it is asked for."""
    schedule = case.docket.assembly.schedule
    facts = IssuedBallot(
        origin=case.origin,
        member=voter.member_id,
        name=voter.name,
        votes=votes_text(voter.votes),
        opens=schedule.opens_at,
        closes=schedule.closes_at,
        docket=case.docket_sha256,
        level=credential.level,
        key=b64(credential.public_key),
    )
    return issued_note(facts, rt.keys.signer(case.origin))
