"""Check 18: who signed the votes.  It takes as long as all the others together: a large log is shared out."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from voting.ledger.bundle_files import ISSUED
from voting.ledger.ed25519 import fastest
from voting.ledger.kinds import Ballot
from voting.ledger.tiles import ENTRIES, WIDTH
from voting.verify.casts import Casts
from voting.verify.evidence import Evidence
from voting.verify.findings import Note, Proof, Refuted, refuted
from voting.verify.issued import KeysInForce, batches, lines_of
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

    The log must not have been read yet.
    """
    most = len(evidence.bundle.under(ENTRIES)) * WIDTH
    if most < LARGE or ISSUED not in evidence.bundle.spans:
        return
    shared = evidence.once("shared", lambda: _share(evidence, most))
    evidence.listener = shared.casts.see
    try:
        _ = evidence.entries
    except Refuted:
        # The check it belongs to will say so.
        return


def _share(evidence: Evidence, most: int) -> _Shared:
    verify = evidence.verify = fastest()

    def ready(start: int, end: int) -> None:
        sharing.offer(start, end)

    casts = _casts(evidence, most, ready)
    sharing = Sharing(lambda item: casts.is_signed(item, verify), helpers=min(cores(), _MOST_PROCESSES) - 1)
    return _Shared(casts, sharing)


def _casts(evidence: Evidence, most: int, ready: Callable[[int, int], None] = lambda *_: None) -> Casts:
    keys = KeysInForce(lambda: lines_of(evidence))
    return Casts(keys, evidence.held.key.name, most=most, ready=ready)


def signatures(evidence: Evidence) -> Proof:
    """18: every vote by the web is signed by the key that its member had been issued by then."""
    casts, failing = evidence.once("casts", lambda: _looked_at(evidence))
    issued = batches(evidence)
    if casts.fault is not None:
        raise casts.fault
    if failing is not None:
        raise refuted(18, "signature", index=casts.at[failing])
    signed = sum(body.signature is not None for _, body in evidence.votes)
    keys = sum(len(each) for each in issued)
    facts = {"unsigned": len(evidence.votes) - signed, "keys": keys}
    return Proof(signed, facts, notes=tuple(_levels(evidence)))


def _looked_at(evidence: Evidence) -> tuple[Casts, int | None]:
    """The votes, and the number of the first one that is not signed as it should be."""
    shared: _Shared | None = evidence.once("shared", lambda: None)
    if shared is None:
        casts = _casts(evidence, len(evidence.raw))
        casts.see(evidence.entries)
        wrong = (item for item in range(len(casts.at)) if not casts.is_signed(item, evidence.verify))
        return casts, next(wrong, None)
    casts, sharing = shared.casts, shared.sharing
    # Whatever became of the entries: who helps has to be waited for.
    failing = sharing.first_failing()
    _ = evidence.entries
    return casts, failing


def _levels(evidence: Evidence) -> list[Note]:
    counted = Counter(body.level for _, body in evidence.votes if isinstance(body, Ballot))
    # With K0 the service has made the code itself: the signature does not bind the service.
    return [Note("k0", {"number": counted["K0"]})] if counted["K0"] else []
