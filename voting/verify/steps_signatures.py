"""Check 18: who signed the votes.  It takes as long as all the others together: a large log is shared out."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from voting.verify.casts import Casts
from voting.verify.evidence import Evidence
from voting.verify.findings import Note, Proof, Refuted, refuted
from voting.verify.helpers import Helpers, start
from voting.verify.issued import KeysInForce, batches, lines_of
from voting.verify.laid_out import LaidOut


@dataclass(frozen=True, slots=True)
class _Shared:
    casts: Casts
    helpers: Helpers


def begin(evidence: Evidence, helpers: Helpers | None = None) -> None:
    """Let other processes begin with the signatures of a large log, while this one reads on.

    Shape   *helpers* where they were started before; the log must not have been read yet.
    """
    shared = evidence.once("shared", lambda: _shared(evidence, helpers))
    if shared is None:
        return
    evidence.listener = shared.casts.see
    evidence.helped |= {
        "first damaged": shared.helpers.first_damaged,
        "first undeclared": shared.helpers.first_undeclared,
        "roll_root": shared.helpers.roll_root,
        "issued_root": shared.helpers.issued_root,
    }
    # If the entries cannot be read, the check it belongs to will say so.
    with suppress(Refuted):
        _ = evidence.pieces
    shared.casts.hand_out()


def _shared(evidence: Evidence, helpers: Helpers | None) -> _Shared | None:
    helpers = helpers or start(evidence.bundle, evidence.held.key.name)
    if helpers is None:
        return None
    evidence.verify, evidence.opens = helpers.verify, helpers.opens
    return _Shared(_casts(evidence, helpers.laid_out, helpers.most, helpers.sharing.offer), helpers)


def _casts(
    evidence: Evidence, room: LaidOut, most: int, ready: Callable[[int, int], None] = lambda *_: None
) -> Casts:
    keys = KeysInForce(lambda: lines_of(evidence), evidence.sent.numbers)
    return Casts(keys, evidence.sent, room, most=most, ready=ready)


def signatures(evidence: Evidence) -> Proof:
    """18: every vote by the web is signed by the key that its member had been issued by then."""
    casts, failing = evidence.once("casts", lambda: _looked_at(evidence))
    issued = batches(evidence)
    if casts.fault is not None:
        raise casts.fault
    if failing is not None:
        raise refuted(18, "signature", index=casts.at[failing])
    unsigned = evidence.votes.signatures.count(None)
    keys = sum(len(each.members) for each in issued)
    facts = {"unsigned": unsigned, "keys": keys}
    return Proof(len(evidence.votes.at) - unsigned, facts, notes=tuple(_levels(evidence)))


def _looked_at(evidence: Evidence) -> tuple[Casts, int | None]:
    """The votes, and the number of the first one that is not signed as it should be."""
    shared: _Shared | None = evidence.once("shared", lambda: None)
    if shared is None:
        most = len(evidence.leaves)
        casts = _casts(evidence, LaidOut(evidence.held.key.name, most=most), most)
        for piece in evidence.pieces:
            casts.see(piece)
        casts.hand_out()
        return casts, casts.first_unsigned(evidence.opens)
    casts, sharing = shared.casts, shared.helpers.sharing
    # Whatever became of the entries: who helps has to be waited for.
    failing = sharing.first_failing()
    _ = evidence.pieces
    return casts, failing


def _levels(evidence: Evidence) -> list[Note]:
    votes = evidence.votes
    levels = votes.levels
    if not votes.are_ballots():
        levels = [level for level, reason in zip(levels, votes.reasons, strict=True) if reason is None]
    # With K0 the service has made the code itself: the signature does not bind the service.
    number = levels.count("K0")
    return [Note("k0", {"number": number})] if number else []
