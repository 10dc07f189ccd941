"""The key drill: whether every key that an assembly will need signs now, and will until it is certified.

A key that is found to be lost at the close has cost others their election.  So each signs once, and what it
signed is verified, whenever the check-list is shown and before the freeze.  The files are read anew, as they
lie on the server.  Nothing is kept; witnesses and authorities drill keys of their own.
Source  trust.md R-KEY-2.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import ClassVar

from voting.core.errors import Broken, Refusal
from voting.credentials.paper_keys import NoPaperKey, PaperKey, PaperKeyExpired, PaperKeyUnusable
from voting.credentials.vault import Vault
from voting.ledger.canonical import instant_text
from voting.runtime import Runtime
from voting.services.printing import paper_signing
from voting.services.proof.stamped import authorities
from voting.services.proof.stamping import NoStamper
from voting.store import accounts, factors
from voting.store.assemblies import Case
from voting.store.transaction import Transaction

# From the close to the last signature: papers still arrive, are counted, certified, perhaps corrected.
CERTIFIED_WITHIN = timedelta(days=90)


@dataclass(eq=False)
class PaperKeyEnds(Refusal):
    """A certificate that signs now ends before the result is sure to be signed."""

    code: ClassVar[str] = "paper-key-ends"
    signer: str
    valid_until: datetime
    needed_until: datetime


@dataclass(eq=False)
class StampKeyEnds(Refusal):
    """The certificate of the time-stamping authority ends before the last stamp is sure to be given."""

    code: ClassVar[str] = "stamp-key-ends"
    valid_until: datetime
    needed_until: datetime


@dataclass(eq=False)
class FactorsSealed(Refusal):
    """The officers' second factors were sealed under another passphrase: nobody could sign in by code."""

    code: ClassVar[str] = "factors-sealed"
    officers: tuple[str, ...]


def failures(rt: Runtime, tx: Transaction, case: Case) -> list[Refusal]:
    """Which keys of this assembly cannot do what they will have to do; each with its remedy."""
    at, needed_until = instant_text(rt.now()), case.docket.assembly.schedule.closes_at + CERTIFIED_WITHIN
    return [
        *_refused(lambda: rt.keys.drill(case.origin, case.vkey, at=at)),
        *sealed(tx, rt.keys.vault),
        *_of_papers(rt, case, needed_until),
        *_of_stamps(rt, tx, case, needed_until),
    ]


def sealed(tx: Transaction, vault: Vault) -> list[Refusal]:
    """Open what the passphrase has sealed: the secret of every officer's authenticator."""
    shut = [each.officer.id for each in accounts.accounts(tx) if not _opens(tx, vault, each.officer.id)]
    return [FactorsSealed(tuple(shut))] if shut else []


def drill_paper_key(key: PaperKey, body: str, *, at: str) -> None:
    """Raises: PaperKeyUnusable where the key is not that of its certificate."""
    key.drill(f"voting key drill\n{key.signer}\n{at}\n".encode(), file=paper_key_file(body, key))


def paper_key_file(body: str, key: PaperKey) -> str:
    """The name of its file, which people know it by."""
    return f"{body}.{key.signer}.p12"


def _of_papers(rt: Runtime, case: Case, needed_until: datetime) -> list[Refusal]:
    """Every key of the body: an expired one stops the certification, whoever it belongs to."""
    now, found = rt.now(), list[Refusal]()
    try:
        keys = paper_signing.keys(rt, case.body)
    except PaperKeyUnusable as refused:
        return [refused]
    if not any(each.signer in paper_signing.RESULT_SIGNERS for each in keys):
        # Not a caution: without it no result is certified, and the vote would have been held for nothing.
        found.append(NoPaperKey(case.body))
    for each in keys:
        start, end = each.certificate.not_valid_before_utc, each.certificate.not_valid_after_utc
        if not start <= now <= end:
            found.append(PaperKeyExpired(each.signer, start, end))
        elif end < needed_until:
            found.append(PaperKeyEnds(each.signer, end, needed_until))
        else:
            drill = partial(drill_paper_key, each, case.body, at=instant_text(now))
            found += _refused(drill)
    return found


def _of_stamps(rt: Runtime, tx: Transaction, case: Case, needed_until: datetime) -> list[Refusal]:
    """Only where the ledger promises time-stamps.  The authority itself is not asked."""
    named = authorities(tx, case)
    if not named:
        return []
    until = None if rt.stamper is None else rt.stamper.lasts_until(named)
    if until is None:
        return [NoStamper(case.origin)]
    return [StampKeyEnds(until, needed_until)] if until < needed_until else []


def _opens(tx: Transaction, vault: Vault, account: str) -> bool:
    kept = factors.totp_secret(tx, account)
    if kept is None:
        return True
    try:
        vault.open(kept[0], about=account)
    except Broken:
        return False
    return True


def _refused(drill: Callable[[], None]) -> list[Refusal]:
    """What it is refused for: one key that fails hides no other."""
    try:
        drill()
    except Refusal as refused:
        return [refused]
    return []
