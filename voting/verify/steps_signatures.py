"""Check 18: who signed the votes.  It takes as long as all the others together: a large log is shared out."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from voting.ledger.bundle_files import ISSUED, ROLL
from voting.ledger.ed25519 import fastest, fastest_opens
from voting.ledger.merkle import HASH_BYTES
from voting.ledger.tiles import ENTRIES, WIDTH
from voting.verify.casts import Casts
from voting.verify.evidence import Evidence
from voting.verify.findings import Note, Proof, Refuted, refuted
from voting.verify.issued import KeysInForce, batches, lines_of
from voting.verify.lines import root_of
from voting.verify.sharing import Sharing, cores

# Below it, starting a process and loading another library would take longer than they save.
LARGE = 5_000
_MOST_PROCESSES = 8


@dataclass(frozen=True, slots=True)
class _Shared:
    casts: Casts
    sharing: Sharing


def begin(evidence: Evidence) -> None:
    """Let other processes begin with the signatures of a large log, while this one reads on.

    Until there are any they look at the files, and at the roots of the roll and of the issued keys.  The log
    must not have been read yet.
    """
    most = len(evidence.bundle.under(ENTRIES)) * WIDTH
    if most < LARGE or ISSUED not in evidence.bundle.spans:
        return
    shared = evidence.once("shared", lambda: _share(evidence, most))
    evidence.listener, sharing = shared.casts.see, shared.sharing
    evidence.helped |= {
        "first damaged": lambda: sharing.answer(0),
        "first undeclared": lambda: sharing.answer(1),
        "roll_root": lambda: _hash(sharing.answer(2)),
        "issued_root": lambda: _hash(sharing.answer(3)),
    }
    # If the entries cannot be read, the check it belongs to will say so.
    with suppress(Refuted):
        _ = evidence.pieces
    shared.casts.hand_out()


def _share(evidence: Evidence, most: int) -> _Shared:
    evidence.verify, evidence.opens = fastest(), fastest_opens()
    opens, bundle = evidence.opens, evidence.bundle

    def ready(start: int, end: int) -> None:
        sharing.offer(start, end)

    casts = _casts(evidence, most, ready)
    sharing = Sharing(
        lambda start, end: casts.first_unsigned(start, end, opens),
        helpers=min(cores(), _MOST_PROCESSES) - 1,
        tasks=(
            bundle.first_damaged,
            bundle.first_undeclared,
            lambda: int.from_bytes(root_of(bundle, ROLL), "big"),
            lambda: int.from_bytes(root_of(bundle, ISSUED), "big"),
        ),
    )
    return _Shared(casts, sharing)


def _casts(evidence: Evidence, most: int, ready: Callable[[int, int], None] = lambda *_: None) -> Casts:
    keys = KeysInForce(lambda: lines_of(evidence), evidence.sent.numbers)
    return Casts(keys, evidence.sent, evidence.held.key.name, most=most, ready=ready)


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
        casts = _casts(evidence, len(evidence.leaves))
        for piece in evidence.pieces:
            casts.see(piece)
        casts.hand_out()
        return casts, casts.first_unsigned_of_all(evidence.opens)
    casts, sharing = shared.casts, shared.sharing
    # Whatever became of the entries: who helps has to be waited for.
    failing = sharing.first_failing()
    _ = evidence.pieces
    return casts, failing


def _hash(number: int | None) -> bytes:
    return (number or 0).to_bytes(HASH_BYTES, "big")


def _levels(evidence: Evidence) -> list[Note]:
    votes = evidence.votes
    levels = votes.levels
    if not votes.are_ballots():
        levels = [level for level, reason in zip(levels, votes.reasons, strict=True) if reason is None]
    # With K0 the service has made the code itself: the signature does not bind the service.
    number = levels.count("K0")
    return [Note("k0", {"number": number})] if number else []
