"""Fixing what is voted upon, and by whom.  Source: ledger L3, freeze."""

from hashlib import sha256

from voting.core.docket_json import docket_json
from voting.core.members import Member, on_roll, roll_at
from voting.core.votes import votes_text
from voting.ledger import canonical
from voting.ledger.commitments import RollLeaf, member_commitment, roll_root
from voting.ledger.fields import RollTotals
from voting.ledger.kinds import Freeze
from voting.runtime import Runtime
from voting.services.assemblies import require_before_close, require_not_withdrawn
from voting.services.errors import ChanceRepeats, DoneAlready
from voting.services.faults import require_sound
from voting.services.recording import Book
from voting.store import assemblies, checkpoint_mails, members, roll
from voting.store.assemblies import Case
from voting.store.roll import Voter
from voting.store.transaction import Transaction


def freeze_subject(tx: Transaction, case: Case) -> dict[str, object]:
    """Exactly what a freeze would fix: docket, roll, the addresses that the codes will go to, whom members
    are told to ask, and whether they are mailed the checkpoint.

    Raises  DoneAlready, UnsoundDocket.
    """
    if case.frozen_index is not None:
        raise DoneAlready("freeze")
    require_not_withdrawn(tx, case)
    register, record_date = members.register(tx, case.body), case.docket.assembly.schedule.record_date
    frozen = roll_at(register, record_date)
    require_sound(case.docket, frozen)
    return {
        "docket": canonical.decode(canonical.encode(docket_json(case.docket, barred=str))),
        "roll": [
            [each.member_id, each.name, votes_text(each.votes), each.category] for each in frozen.entries
        ],
        "contact": case.contact,
        "checkpoint_mail": checkpoint_mails.find(tx, case.id)[0],
        "addresses": [[each.member_id, *each.addresses] for each in register if on_roll(each, record_date)],
    }


def freeze(rt: Runtime, book: Book, approvals: tuple[str, str]) -> None:
    """Fix docket and roll: from now on nothing that is voted upon changes.

    Raises  OverBeforeNotice, ChanceRepeats.
    """
    case, tx = book.case, book.tx
    require_before_close(case.docket, book.now)
    record_date = case.docket.assembly.schedule.record_date
    register = members.register(tx, case.body)
    frozen = roll_at(register, record_date)
    voters = tuple(
        _voter(case.origin, each, rt.token(32))
        for each in sorted(register, key=lambda each: each.member_id)
        if on_roll(each, record_date)
    )
    _require_distinct(voters)
    commitments = {each.member_id: each.commitment.hex() for each in voters}
    sealed = canonical.encode(docket_json(case.docket, barred=commitments.__getitem__))
    totals = RollTotals(
        members=frozen.members,
        votes=votes_text(frozen.votes),
        root=roll_root(
            RollLeaf(each.category, each.commitment.hex(), votes_text(each.votes)) for each in voters
        ).hex(),
    )
    index = book.append(Freeze(docket_sha256=sha256(sealed).hexdigest(), roll=totals, approvals=approvals))
    roll.put_roll(tx, case.id, voters)
    assemblies.seal(tx, case.id, sealed_docket=sealed.decode(), base=book.leaf(index).hex(), index=index)


def _require_distinct(voters: tuple[Voter, ...]) -> None:
    """Stop where two members would share a salt or a commitment.  Raises: ChanceRepeats."""
    if len({each.salt for each in voters}) != len(voters):
        raise ChanceRepeats
    if len({each.commitment for each in voters}) != len(voters):
        raise ChanceRepeats


def _voter(log: str, each: Member, salt: bytes) -> Voter:
    return Voter(
        member_id=each.member_id,
        name=each.name,
        kana=each.kana,
        category=each.category,
        prefecture=each.located,
        votes=each.votes,
        addresses=each.addresses,
        salt=salt,
        commitment=member_commitment(log, each.member_id, salt),
    )
