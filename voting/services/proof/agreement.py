"""The tables are a working copy: before anything is counted from them, they must agree with the ledger.

The ledger holds commitments; the tables hold what opens them.  Whoever can write to the database can
change an opening, a weight or a rule, but not so that it still opens what was signed.
"""

from collections.abc import Iterable
from hashlib import sha256

from voting.core.docket_json import docket_json
from voting.core.errors import Broken
from voting.core.votes import votes_text
from voting.ledger import canonical
from voting.ledger.canonical import instant_text, parse_instant
from voting.ledger.commitments import RollLeaf, ballot_commitment, member_commitment, roll_root
from voting.ledger.entries import Entry, decode_entry
from voting.ledger.kinds import Ballot, Correction, Erase, Freeze, Incident, Operator, Refused
from voting.runtime import Runtime
from voting.services.errors import NoSuchAssembly
from voting.services.proof.agreement_during import require_dockets, require_during
from voting.store import assemblies, ballots, corrections, erasures, incidents, ledger, roll
from voting.store.assemblies import Case
from voting.store.ballots import Submitted
from voting.store.roll import Voter
from voting.store.transaction import Transaction


def check(rt: Runtime, origin: str) -> None:
    """Raises: Broken at the first thing that does not open what was signed; NoSuchAssembly."""
    with rt.database.reading() as tx:
        case = assemblies.find(tx, origin)
        if case is None:
            raise NoSuchAssembly(origin)
        try:
            require_agreement(tx, case)
        except ValueError as fault:
            # Every reader of ours says so of bytes that nobody could have written by this program.
            raise Broken(f"{origin}: what is stored cannot be read: {fault}") from fault


def require_agreement(tx: Transaction, case: Case) -> None:
    """Docket, roll, weights and every answer are those the ledger committed to.  Raises: Broken."""
    stored = assemblies.afresh(tx, case.id)
    entries = [decode_entry(each.entry) for each in ledger.entries(tx, case.id)]
    voters = {each.member_id: each for each in roll.voters(tx, case.id)}
    for entry in entries:
        if isinstance(entry.body, Freeze):
            in_force = require_dockets(tx, stored, entry.body.docket_sha256, entries)
            _require_frozen(stored, entry.body, voters, in_force)
    answers = {entry.index: entry for entry in entries if isinstance(entry.body, Ballot | Refused)}
    kept = {each.index: each for each in ballots.all_submissions(tx, case.id)}
    if answers.keys() != kept.keys():
        raise Broken(f"{case.origin}: the answers kept are not those in the ledger")
    for index, entry in answers.items():
        _require_answer(case, entry, kept[index], voters)
    _require_erased(tx, case, entries, kept.values())
    _require_told(tx, case, entries)
    require_during(tx, case, entries, voters)


def _require_erased(tx: Transaction, case: Case, entries: list[Entry], kept: Iterable[Submitted]) -> None:
    """No more is gone than the ledger says was erased, and the tables say the same of it."""
    named = {entry.index: entry for entry in entries if isinstance(entry.body, Erase)}
    gone = sum(each.is_erased and each.member_id is not None for each in kept)
    if gone > sum(body.records for entry in named.values() if isinstance(body := entry.body, Erase)):
        raise Broken(f"{case.origin}: answers are gone that no entry says were erased")
    told = erasures.find(tx, case.id)
    entry = None if told is None else named.get(told.index)
    said = None if entry is None or not isinstance(entry.body, Erase) else (entry.body.rule, entry.time)
    if (told is None) != (not named) or (told and said != (told.rule, parse_instant(told.at))):
        raise Broken(f"{case.origin}: what was erased is kept otherwise than in the ledger")


def _require_told(tx: Transaction, case: Case, entries: list[Entry]) -> None:
    """What page and paper say of incidents and corrections is what the ledger says."""
    acts = {entry.body.target: entry.body.action for entry in entries if isinstance(entry.body, Operator)}
    told = {
        entry.index: (
            instant_text(body.from_),
            instant_text(body.to),
            acts.get(f"entry:{entry.index}") or body.what,
        )
        for entry in entries
        if isinstance(body := entry.body, Incident)
    }
    kept = {
        each.index: (
            each.from_at,
            each.to_at,
            # Its explanation comes right behind it, unless a crash came in between.
            each.what if f"entry:{each.index}" in acts else each.what.partition(":")[0],
        )
        for each in incidents.incidents(tx, case.id)
    }
    if told != kept:
        raise Broken(f"{case.origin}: the incidents kept are not those in the ledger")
    corrected = {
        entry.index: (body.of, body.reason, body.result_sha256, instant_text(entry.time))
        for entry in entries
        if isinstance(body := entry.body, Correction)
    }
    rows = corrections.corrections(tx, case.id)
    if corrected != {
        each.index: (each.of, each.reason, each.result_sha256, each.corrected_at) for each in rows
    }:
        raise Broken(f"{case.origin}: the corrections kept are not those in the ledger")


def _require_frozen(case: Case, freeze: Freeze, voters: dict[str, Voter], in_force: str) -> None:
    mc = {number: each.commitment.hex() for number, each in voters.items()}
    sealed = canonical.encode(docket_json(case.docket, barred=lambda number: mc.get(number, number)))
    if sha256(sealed).hexdigest() != in_force or case.docket_sha256 != in_force:
        raise Broken(f"{case.origin}: the docket is not the one that was frozen, or amended last")
    for each in voters.values():
        if member_commitment(case.origin, each.member_id, each.salt) != each.commitment:
            raise Broken(f"{case.origin}: {each.member_id} does not open its commitment")
    leaves = (RollLeaf(each.category, mc[each.member_id], votes_text(each.votes)) for each in voters.values())
    if roll_root(leaves).hex() != freeze.roll.root:
        raise Broken(f"{case.origin}: the roll is not the one that was frozen")


def _require_answer(case: Case, entry: Entry, kept: Submitted, voters: dict[str, Voter]) -> None:
    body = entry.body
    if not isinstance(body, Ballot | Refused):
        raise Broken(f"{case.origin}: entry {entry.index} is no answer")
    voter = voters.get(kept.member_id or "")
    said = (
        None if voter is None else voter.commitment.hex(),
        kept.channel,
        kept.level,
        kept.received_at,
        kept.refused,
        kept.paper,
    )
    reason = body.reason if isinstance(body, Refused) else None
    signed = (body.member, body.channel, body.level, instant_text(body.received_at), reason, body.paper)
    if said != signed:
        raise Broken(f"{case.origin}: entry {entry.index} is kept otherwise than it was signed")
    if kept.is_erased:
        return
    if body.commitment is not None and ballot_commitment(kept.ballot(), kept.salt).hex() != body.commitment:
        raise Broken(f"{case.origin}: what is kept of entry {entry.index} does not open its commitment")
