"""Checks 4 to 8 and 10: checkpoints, witnesses, time-stamps, the tree, the place of every entry."""

from hashlib import sha256

from voting.ledger.bundle_files import TIMESTAMPS
from voting.ledger.canonical import instant_text
from voting.ledger.entries import entries_of
from voting.ledger.note import NoteFault
from voting.ledger.tiles import FOLDER, entry_paths, tiles_of
from voting.ledger.usual import WebBallots
from voting.verify.evidence import Evidence
from voting.verify.findings import Note, Proof, refuted
from voting.verify.policy import PolicyFault, read_policy


def signed_checkpoints(evidence: Evidence) -> Proof:
    """4: every checkpoint is strict and signed by the log's key of its time."""
    return Proof(len(evidence.signed), {"size": evidence.final.size})


def witnesses(evidence: Evidence) -> Proof:
    """5: the final checkpoint is cosigned as the policy of genesis asks."""
    text = evidence.genesis.policy
    if not text:
        return Proof(0, notes=(Note("no-witnesses"),))
    note = evidence.signed[-1].note
    try:
        policy = read_policy(text)
        signed_by = policy.signed_by(note)
    except (PolicyFault, NoteFault) as fault:
        raise refuted(5, "policy", detail=str(fault)) from fault
    if [each.vkey for each in policy.logs] != [evidence.held.key.vkey]:
        raise refuted(5, "policy-log")
    if not policy.is_met(signed_by):
        raise refuted(5, "quorum", names=", ".join(signed_by), quorum=policy.quorum)
    return Proof(len(signed_by), notes=(Note("cosigned", {"names": ", ".join(signed_by)}),))


def timestamps(evidence: Evidence) -> Proof:
    """6: the final checkpoint, and every other one that has a stamp, was stamped by a named authority."""
    stamped = evidence.bundle.under(TIMESTAMPS)
    authorities = evidence.genesis.timestamps
    if not authorities:
        if stamped:
            raise refuted(6, "stamp-without-authority", path=stamped[0])
        return Proof(0, notes=(Note("no-timestamps"),))
    notes = {f"{TIMESTAMPS}{each.checkpoint.size}.tsr": each.note for each in evidence.signed}
    if list(notes)[-1] not in stamped:
        raise refuted(6, "missing", path=list(notes)[-1])
    # X.509 takes as long to load as everything else together, and few bundles have stamps.
    from voting.verify.cms import CmsFault
    from voting.verify.timestamps import read_timestamp

    stamps = []
    for path in stamped:
        if path not in notes:
            raise refuted(6, "stamp-of-nothing", path=path)
        try:
            stamp = read_timestamp(evidence.bundle.read(path) or b"", notes[path])
        except CmsFault as fault:
            raise refuted(6, "stamp", path=path, detail=str(fault)) from fault
        if sha256(stamp.certificate).hexdigest() not in authorities:
            raise refuted(6, "stamp-authority", path=path)
        stamps.append(stamp.at)
    return Proof(len(stamped), notes=(Note("stamped", {"at": instant_text(max(stamps))}),))


def tree(evidence: Evidence) -> Proof:
    """7: the entries give exactly the tiles, and the root of the final checkpoint."""
    tiles = tiles_of(evidence.levels)
    # The entries were cut out of their bundles to the last byte: put together they are these bundles again.
    expected = {*tiles, *entry_paths(len(evidence.leaves))}
    found = evidence.bundle.under(FOLDER)
    for path in sorted(expected.symmetric_difference(found)):
        raise refuted(7, "extra" if path in found else "missing", path=path)
    for path, tile in sorted(tiles.items()):
        if evidence.bundle.read(path) != tile:
            raise refuted(7, "tile-differs", path=path)
    size, top = len(evidence.leaves), evidence.roots[len(evidence.leaves)]
    if (evidence.final.size, evidence.final.root) != (size, top):
        raise refuted(7, "root", size=size, signed=evidence.final.size)
    return Proof(size, {"tiles": len(found), "root": top.hex()})


def consistency(evidence: Evidence) -> Proof:
    """8: every checkpoint is the beginning of the next: their roots are those of the same entries."""
    for each in evidence.signed:
        if evidence.roots.get(each.checkpoint.size) != each.checkpoint.root:
            raise refuted(8, "fork", size=each.checkpoint.size)
    return Proof(len(evidence.signed))


def places(evidence: Evidence) -> Proof:
    """10: every entry is canonical and stands at its index, in its log, not before the one before it."""
    index, log, before = 0, evidence.held.key.name, None
    for piece in evidence.pieces:
        if isinstance(piece, WebBallots) and piece.follow(index, log, before):
            index, before = index + len(piece.places), piece.times[-1]
            continue
        for entry in entries_of(piece):
            if entry.index != index:
                raise refuted(10, "entry-index", index=index, found=entry.index)
            if entry.log != log:
                raise refuted(10, "entry-log", index=index, found=entry.log)
            if before is not None and entry.time < before:
                raise refuted(10, "entry-time", index=index)
            index, before = index + 1, entry.time
    return Proof(index)
