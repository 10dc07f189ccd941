"""Lists of an audit bundle that grow with the log, as its entries say: dockets, keys, deliveries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from voting.core.docket_json import docket_from_json
from voting.core.errors import Broken
from voting.ledger import canonical, kinds
from voting.ledger.canonical import b64
from voting.ledger.commitments import DeliveryLeaf, IssuedLeaf, delivery_root, issued_root
from voting.ledger.entries import Entry
from voting.services.period.deliveries import leaf
from voting.store import amendments, assemblies, audit, deliveries
from voting.store.assemblies import Case
from voting.store.roll import Voter
from voting.store.transaction import Transaction


def dockets_of(tx: Transaction, case: Case) -> tuple[bytes, ...]:
    """docket.json of the freeze, then that of each amendment, in the order of the log."""
    if case.sealed_docket is None:
        raise Broken(f"{case.origin} is not frozen")
    before = [each.before for each in amendments.amendments(tx, case.id)]
    return tuple(each.encode() for each in (*before, case.sealed_docket))


def documents_of(tx: Transaction, dockets: Iterable[bytes]) -> list[bytes]:
    """Every paper that one of the dockets names, once."""
    found: dict[str, bytes] = {}
    for docket in (docket_from_json(canonical.decode(each)) for each in dockets):
        papers = (*docket.documents, *(each for motion in docket.motions for each in motion.documents))
        for paper in papers:
            content = assemblies.read_document(tx, paper.sha256)
            if content is None:
                raise Broken(f"the document {paper.sha256} is not in the store")
            found[paper.sha256] = content
    return list(found.values())


def issued_batches(
    tx: Transaction, case: Case, voters: Sequence[Voter], entries: Iterable[Entry]
) -> list[list[IssuedLeaf]]:
    """The keys of each issue entry, in the order of the log; those replaced since as well."""
    commitments = {each.member_id: each.commitment.hex() for each in voters}
    leaves = defaultdict(list)
    for key in audit.issued(tx, case.id):
        leaves[key.index].append(IssuedLeaf(b64(key.public_key), key.level, commitments[key.member_id]))
    batches = []
    for entry in entries:
        if isinstance(entry.body, kinds.Issue):
            if issued_root(leaves[entry.index]).hex() != entry.body.root:
                raise Broken(f"{case.origin}: the keys issued at {entry.index} are not those in the store")
            batches.append(leaves[entry.index])
    return batches


def delivery_batches(
    tx: Transaction, case: Case, voters: Sequence[Voter], entries: Iterable[Entry]
) -> list[list[DeliveryLeaf]]:
    """The leaves of each delivery entry, in the order of the log."""
    commitments = {each.member_id: each.commitment.hex() for each in voters}
    leaves = defaultdict(list)
    for each in deliveries.deliveries(tx, case.id):
        leaves[each.index].append(leaf(each, commitments[each.member_id]))
    batches = []
    for entry in entries:
        if isinstance(entry.body, kinds.Delivery):
            if delivery_root(leaves[entry.index]).hex() != entry.body.root:
                raise Broken(f"{case.origin}: the deliveries of {entry.index} are not those in the store")
            batches.append(leaves[entry.index])
    return batches
