"""The drill of a copy: whether the keys that are kept elsewhere open, and are those that are in use.

A copy that was never opened is a hope.  It is read where it lies, with the passphrase that is kept apart from
it; nothing of it is taken over, and only what is public is kept of the drill: fingerprints, the day, the
officer.  Source: trust.md R-KEY-2.
"""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import ClassVar

from cryptography.hazmat.primitives.hashes import SHA256

from voting.core.errors import Refusal
from voting.core.permissions import Act, Officer, require
from voting.credentials.log_keys import LogKeys
from voting.credentials.paper_keys import PaperKey, PaperKeys, PaperKeyUnusable
from voting.ledger.canonical import instant_text
from voting.runtime import Runtime
from voting.services.drafting.key_drill import drill_paper_key, paper_key_file, sealed
from voting.store import assemblies, key_copies, members
from voting.store.assemblies import Case
from voting.store.key_copies import Copied
from voting.store.transaction import Transaction

_NUMBER = 8  # bytes


@dataclass(eq=False)
class CopyIsOriginal(Refusal):
    """The folder holds the very files that the service uses: it proves nothing about a copy."""

    code: ClassVar[str] = "copy-is-original"
    folder: str


@dataclass(eq=False)
class CopyFails(Refusal):
    """With this copy not everything could be restored.  Shape: ``faults`` say which keys, and why."""

    code: ClassVar[str] = "copy-fails"
    folder: str
    faults: tuple[Refusal, ...]


@dataclass(eq=False)
class PaperKeyNotCopied(Refusal):
    """A key that signs papers is missing in the copy, or is another one there."""

    code: ClassVar[str] = "paper-key-not-copied"
    file: str


@dataclass(eq=False)
class CopyUntested(Refusal):
    """Nobody has shown yet that these keys could be restored.  Shape: the names of their files' owners."""

    code: ClassVar[str] = "copy-untested"
    keys: tuple[str, ...]


def drill(rt: Runtime, who: Officer, folder: Path, passphrase: bytes) -> tuple[Copied, ...]:
    """Open every key in use from the copy in *folder*, and note that it was done: all of them, or none.

    Shape   *folder* is a copy of the folder of keys as a whole; *passphrase* the copy of the passphrase.
    Raises  NotAllowed, CopyIsOriginal, CopyFails.
    """
    require(who, Act.DRAFT)
    if rt.keys.shares_files(folder):
        raise CopyIsOriginal(str(folder))
    now, number = instant_text(rt.now()), rt.token(_NUMBER).hex()
    logs, papers = LogKeys(folder, passphrase), PaperKeys(folder, passphrase)
    faults, proved = list[Refusal](), list[tuple[str, str]]()
    with rt.database.reading() as tx:
        cases = assemblies.everything(tx)
        bodies = [each.slug for each in members.bodies(tx)]
        faults += sealed(tx, logs.vault)
    for case in cases:
        try:
            logs.drill(case.origin, case.vkey, at=now)
        except Refusal as refused:
            faults.append(refused)
        proved.append(_of_log(case))
    for body in bodies:
        try:
            for key in _copied(rt, papers, body):
                drill_paper_key(key, body, at=now)
                proved.append(_of_paper(body, key))
        except Refusal as refused:
            faults.append(refused)
    if faults:
        raise CopyFails(str(folder), tuple(faults))
    rows = tuple(Copied(fingerprint, name, now, who.id) for fingerprint, name in proved)
    with rt.database.transaction() as tx:
        key_copies.put(tx, number, rows)
    return rows


def untested(rt: Runtime, tx: Transaction, case: Case) -> CopyUntested | None:
    """Which keys of this assembly were in no copy that was drilled."""
    done = key_copies.newest(tx)
    try:
        papers = rt.paper_keys.everything(case.body)
    except PaperKeyUnusable:
        papers = ()  # the drill of the keys themselves names it
    needed = (_of_log(case), *(_of_paper(case.body, each) for each in papers))
    lacking = tuple(name for fingerprint, name in needed if fingerprint not in done)
    return CopyUntested(lacking) if lacking else None


def last_drill(rt: Runtime, key: PaperKey) -> Copied | None:
    """When a key that signs papers was last proved to lie in a copy."""
    with rt.database.reading() as tx:
        return key_copies.newest(tx).get(_fingerprint(key))


def _copied(rt: Runtime, papers: PaperKeys, body: str) -> tuple[PaperKey, ...]:
    """The keys of the copy, those that are in use.  Raises: PaperKeyNotCopied, PaperKeyUnusable."""
    found = {_fingerprint(each): each for each in papers.everything(body)}
    used = rt.paper_keys.everything(body)
    for each in used:
        if _fingerprint(each) not in found:
            raise PaperKeyNotCopied(paper_key_file(body, each))
    return tuple(found[_fingerprint(each)] for each in used)


def _of_log(case: Case) -> tuple[str, str]:
    return sha256(case.vkey.encode()).hexdigest(), case.origin


def _of_paper(body: str, key: PaperKey) -> tuple[str, str]:
    return _fingerprint(key), paper_key_file(body, key)


def _fingerprint(key: PaperKey) -> str:
    return key.certificate.fingerprint(SHA256()).hex()
