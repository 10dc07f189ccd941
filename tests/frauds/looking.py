"""Who looks at what a fraud leaves behind, with what in hand, and what each of them sees."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from tests.verify.forge import failed
from voting.core.errors import Broken, Refusal
from voting.i18n import sentence
from voting.ledger.merkle import consistency
from voting.ledger.note import Verifier
from voting.ledger.receipt_file import Receipt
from voting.verify.bundle import read_bundle
from voting.verify.evidence import Evidence, Held
from voting.verify.findings import Status
from voting.verify.report import as_json, report_of
from voting.verify.steps import verify
from voting.witness import judging


class Party(StrEnum):
    """Who looks, and with what in hand."""

    SERVICE = "the program itself"
    PUBLIC = "the public, with the bundle alone"
    MEMBER = "a member, with its receipt"
    MAIL = "a member, by the mail it gets"
    AUDITOR = "an auditor, with the auditor's bundle"
    KEEPER = "who kept an older checkpoint"
    WITNESS = "a witness that is asked to sign"


@dataclass
class Loot:
    """What a fraud leaves behind.

    Shape   *receipts* are those that its victims hold; *kept* is the checkpoint that was mailed before;
            *refusal* is what the program said to it; *mail* the subject of what it sent to the victim.
    """

    public: bytes | None = None
    auditor: bytes | None = None
    receipts: tuple[Receipt, ...] = ()
    kept: bytes = b""
    refusal: str = ""
    mail: str = ""


@dataclass(frozen=True)
class Sight:
    """What one party sees.  Shape: *checks* are those that fail; *says* the first one's sentence."""

    checks: frozenset[int]
    says: str


def sights(loot: Loot, key: Verifier) -> dict[Party, Sight]:
    """What each party sees of a fraud, beyond what everybody sees; who sees nothing is not in it."""
    found: dict[Party, Sight] = {}
    if loot.refusal:
        found[Party.SERVICE] = Sight(frozenset(), loot.refusal)
    if loot.mail:
        found[Party.MAIL] = Sight(frozenset(), loot.mail)
    if loot.public is not None:
        receipts = tuple((f"receipt {n}", each) for n, each in enumerate(loot.receipts, 1))
        kept = (("the checkpoint you kept", loot.kept),) if loot.kept else ()
        everybody = _failing(loot.public, Held(key))
        found |= _told(Party.PUBLIC, everybody, {})
        if receipts:
            found |= _told(Party.MEMBER, _failing(loot.public, Held(key, receipts=receipts)), everybody)
        if kept:
            found |= _told(Party.KEEPER, _failing(loot.public, Held(key, kept)), everybody)
            found |= _witnessed(loot.public, loot.kept, key)
        if loot.auditor is not None:
            found |= _told(Party.AUDITOR, _failing(loot.auditor, Held(key)), everybody)
    return {party: found[party] for party in Party if party in found}


def _failing(data: bytes, held: Held) -> dict[int, str]:
    """The sentences of the checks that fail, or are incomplete for an erasure, by number."""
    evidence = Evidence(read_bundle(data), held)
    findings = verify(evidence)
    numbers = failed(findings) | {each.number for each in findings if each.status is Status.ERASED}
    report = json.loads(as_json(report_of(evidence, findings)))
    return {each["number"]: each["says"] for each in report["checks"] if each["number"] in numbers}


def _told(party: Party, failing: Mapping[int, str], everybody: Mapping[int, str]) -> dict[Party, Sight]:
    """What a party sees beyond what everybody sees with the bundle alone."""
    more = sorted(failing.keys() - everybody.keys())
    return {party: Sight(frozenset(more), failing[more[0]])} if more else {}


def _witnessed(data: bytes, kept: bytes, key: Verifier) -> dict[Party, Sight]:
    """What a witness answers that had signed the checkpoint *kept*; the best proof there is is offered."""
    bundle = read_bundle(data)
    leaves = Evidence(bundle, Held(key)).leaves
    try:
        held = judging.opened(kept, key)
        offered = judging.opened(bundle.read("checkpoint") or b"", key)
        proof = consistency(leaves, held.size, offered.size) if held.size <= offered.size else ()
        judging.judge(offered, held, old=held.size, proof=proof)
    except Refusal as refused:
        return {Party.WITNESS: Sight(frozenset(), sentence(refused, "en"))}
    return {}


def caught(act: Callable[[], Loot]) -> Loot:
    """What the program itself says to that; what comes of it where it says nothing."""
    try:
        return act()
    except Broken as fault:
        return Loot(refusal=str(fault).rpartition(": ")[2])
    except Refusal as fault:
        return Loot(refusal=sentence(fault, "en"))
