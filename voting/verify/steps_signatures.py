"""Check 18: who signed the votes.  It takes as long as all the others together: a large log is shared out."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from voting.ledger.canonical import unb64
from voting.ledger.commitments import cast_message
from voting.ledger.ed25519 import Verify, fastest, verifies
from voting.ledger.kinds import Ballot, Refused
from voting.verify.evidence import Evidence
from voting.verify.findings import Note, Proof, Refuted, refuted
from voting.verify.issued import batches, key_at, stated_timelines
from voting.verify.sharing import Sharing, cores

# Below it, starting a process and loading another library would take longer than they save.
LARGE = 5_000
_MOST = 8  # processes


class _Cast(NamedTuple):
    """A vote by the web, and the key that its member had been issued when it was written."""

    at: int
    key: bytes
    signature: str
    commitment: str

    def is_signed(self, origin: str, verify: Verify) -> bool:
        message = cast_message(origin, bytes.fromhex(self.commitment))
        return verify(self.key, unb64(self.signature), message)


def begin(evidence: Evidence) -> None:
    """Let other processes begin with the signatures of a large log, while this one does the other checks."""
    try:
        if len(_casts(evidence)) >= LARGE:
            _sharing(evidence)
    except Refuted:
        # The check it belongs to will say so.
        return


def signatures(evidence: Evidence) -> Proof:
    """18: every vote by the web is signed by the key that its member had been issued by then."""
    casts = _casts(evidence)
    # Before anything else can fail: who helps has to be waited for.
    failing = evidence.once("failing signature", lambda: _failing(evidence, casts))
    issued = batches(evidence)
    if failing is not None:
        raise refuted(18, "signature", index=casts[failing].at)
    signed = sum(body.signature is not None for _, body in evidence.votes)
    keys = sum(len(each) for each in issued)
    facts = {"unsigned": len(evidence.votes) - signed, "keys": keys}
    return Proof(signed, facts, notes=tuple(_levels(evidence)))


def _failing(evidence: Evidence, casts: Sequence[_Cast]) -> int | None:
    """The place of the first vote that is not signed as it should be."""
    if len(casts) >= LARGE:
        return _sharing(evidence).first_failing()
    origin = evidence.held.key.name
    return next((place for place, each in enumerate(casts) if not each.is_signed(origin, verifies)), None)


def _sharing(evidence: Evidence) -> Sharing:
    casts, origin, verify = _casts(evidence), evidence.held.key.name, fastest()
    return evidence.once(
        "sharing",
        lambda: Sharing(
            lambda item: casts[item].is_signed(origin, verify), len(casts), helpers=min(cores(), _MOST) - 1
        ),
    )


def _casts(evidence: Evidence) -> list[_Cast]:
    """The votes that have to be signed, each with the key that had to sign it."""
    return evidence.once("casts", lambda: list(_made(evidence)))


def _made(evidence: Evidence) -> Iterator[_Cast]:
    # Whether these keys are those in the log is asked at the end, by the check itself.
    held = stated_timelines(evidence)
    for entry, body in evidence.votes:
        if body.signature is None or body.commitment is None or body.member is None:
            continue
        # A vote refused as invalid may be so for its signature.
        if isinstance(body, Refused) and body.reason == "invalid":
            continue
        issued = key_at(held, body.member, entry.index)
        if issued is None or issued.key is None:
            raise refuted(18, "no-key", index=entry.index)
        if issued.level != body.level:
            raise refuted(18, "level", index=entry.index, level=body.level, issued=issued.level)
        yield _Cast(entry.index, issued.key, body.signature, body.commitment)


def _levels(evidence: Evidence) -> list[Note]:
    counted = Counter(body.level for _, body in evidence.votes if isinstance(body, Ballot))
    # With K0 the service has made the code itself: the signature does not bind the service.
    return [Note("k0", {"number": counted["K0"]})] if counted["K0"] else []
