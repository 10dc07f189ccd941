"""What is kept of the period beside the votes agrees with the ledger: deliveries, acts of the office."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from hashlib import sha256

from voting.core.errors import Broken
from voting.ledger.canonical import b64, instant_text
from voting.ledger.commitments import DeliveryLeaf, delivery_root
from voting.ledger.entries import Entry
from voting.ledger.kinds import Amend, Credential, Delivery, Fact, Operator
from voting.services.office.office_acting import action_text
from voting.services.period.deliveries import leaf
from voting.services.period.kept_facts import kept_value
from voting.store import accounts, amendments, audit, deliveries, office_acts, roll
from voting.store.assemblies import Case
from voting.store.roll import Voter
from voting.store.transaction import Transaction


def require_during(
    tx: Transaction, case: Case, entries: Sequence[Entry], voters: Mapping[str, Voter]
) -> None:
    """Raises: Broken at the first thing that is kept otherwise than it was signed."""
    _require_deliveries(tx, case, entries, voters)
    _require_acts(tx, case, entries)
    _require_facts(tx, case, entries, voters)
    _require_keys(tx, case, entries, voters)


def _require_facts(
    tx: Transaction, case: Case, entries: Sequence[Entry], voters: Mapping[str, Voter]
) -> None:
    signed = {
        entry.index: (body.what, body.motion, body.member, instant_text(body.at), kept_value(body.value))
        for entry in entries
        if isinstance(body := entry.body, Fact)
    }
    kept = {}
    for row in roll.facts(tx, case.id):
        voter = voters.get(row.member_id or "")
        member = None if voter is None else voter.commitment.hex()
        kept[row.index] = (row.what, row.motion, member, row.at, row.value)
    if signed != kept:
        raise Broken(f"{case.origin}: the facts kept are not those in the ledger")


def _require_keys(tx: Transaction, case: Case, entries: Sequence[Entry], voters: Mapping[str, Voter]) -> None:
    """Every key that was issued again is kept as it was signed."""
    keys = {(each.index, each.member_id): b64(each.public_key) for each in audit.issued(tx, case.id)}
    numbers = {each.commitment.hex(): number for number, each in voters.items()}
    for entry in entries:
        body = entry.body
        if isinstance(body, Credential) and keys.get((entry.index, numbers.get(body.member, ""))) != body.key:
            raise Broken(f"{case.origin}: the key issued at {entry.index} is kept otherwise")


def require_dockets(tx: Transaction, case: Case, frozen: str, entries: Sequence[Entry]) -> str:
    """The SHA-256 (hex) of the docket in force, by the ledger.

    Shape   *frozen* is that of the freeze.
    Raises  Broken where what is kept of the amendments is not what was signed.
    """
    signed = [
        (e.index, instant_text(e.time), body.what, body.reason, body.old_sha256)
        for e, body in _amends(entries)
    ]
    kept = [
        (each.index, each.at, each.what, each.reason, sha256(each.before.encode()).hexdigest())
        for each in amendments.amendments(tx, case.id)
    ]
    if signed != kept:
        raise Broken(f"{case.origin}: the amendments kept are not those in the ledger")
    texts = [index for index, _, what, *_ in signed if what == "texts"]
    in_force = _amends(entries)[-1][1].new_sha256 if signed else None
    if (case.amended_sha256, case.texts_index) != (in_force, max(texts, default=None)):
        raise Broken(f"{case.origin}: the assembly does not stand at its last amendment")
    return frozen if in_force is None else in_force


def _amends(entries: Sequence[Entry]) -> list[tuple[Entry, Amend]]:
    """The amendments of the docket; one of paper lets a sheet in and changes no text."""
    return [
        (entry, body)
        for entry in entries
        if isinstance(body := entry.body, Amend) and body.what in ("period", "rules", "texts")
    ]


def _require_deliveries(
    tx: Transaction, case: Case, entries: Sequence[Entry], voters: Mapping[str, Voter]
) -> None:
    leaves = defaultdict[int, list[DeliveryLeaf]](list)
    for each in deliveries.deliveries(tx, case.id):
        if each.member_id not in voters:
            raise Broken(f"{case.origin}: a delivery is kept to {each.member_id}, who is not on the roll")
        leaves[each.index].append(leaf(each, voters[each.member_id].commitment.hex()))
    signed = {entry.index: body.root for entry in entries if isinstance(body := entry.body, Delivery)}
    if signed != {index: delivery_root(found).hex() for index, found in leaves.items()}:
        raise Broken(f"{case.origin}: the deliveries kept are not those in the ledger")


def _require_acts(tx: Transaction, case: Case, entries: Sequence[Entry]) -> None:
    """Every act that is kept was signed so; an operator's word on an incident is kept with the incident."""
    signed = {
        entry.index: (body.action, body.by) for entry in entries if isinstance(body := entry.body, Operator)
    }
    for act in office_acts.everything(tx, case.id):
        kept = action_text(act), accounts.commitment(tx, case.id, act.account)
        if signed.get(act.index) != kept:
            raise Broken(f"{case.origin}: the act at {act.index} is kept otherwise than it was signed")
