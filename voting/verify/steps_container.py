"""Checks 1 to 3: the container, the note over its list of files, the key."""

import re

from voting.ledger import kinds
from voting.ledger.bundle_files import (
    CHECKPOINT,
    DEEMED,
    DELIVERY,
    DOCKET,
    ISSUED,
    NAMES,
    OPENINGS,
    PERSONS,
    RESULT,
    ROLL,
    VKEY,
    note_text,
)
from voting.ledger.bundle_zip import MANIFEST, MANIFEST_NOTE
from voting.ledger.note import NoteFault, open_note
from voting.verify.evidence import Evidence
from voting.verify.findings import Proof, refuted

_ALWAYS = (VKEY, DOCKET, ROLL, ISSUED, DELIVERY, DEEMED, PERSONS, RESULT, CHECKPOINT)
# Files of these forms may be there; which of them have to be is for the checks that read them.
_KNOWN = re.compile(
    r"dockets/[0-9a-f]{64}|documents/[0-9a-f]{64}|checkpoints/[0-9]+|timestamps/[0-9]+\.tsr"
    r"|tile/[0-9]/[x0-9/]+(\.p/[0-9]+)?|tile/entries/[x0-9/]+(\.p/[0-9]+)?|result/[A-Za-z0-9_.-]+\.pdf",
    re.ASCII,
)


def container(evidence: Evidence) -> Proof:
    """1: exactly the files that BUNDLE.json lists, undamaged, and those that this bundle has to have."""
    bundle = evidence.bundle
    if not bundle.is_ordered:
        raise refuted(1, "files-order")
    paths = list(bundle.spans)
    damaged = evidence.once("first damaged", bundle.first_damaged)
    if damaged is not None:
        raise refuted(1, "damaged", path=paths[damaged])
    files = set(bundle.spans) - {MANIFEST, MANIFEST_NOTE}
    for path in sorted(files ^ set(bundle.declared)):
        raise refuted(1, "extra" if path in files else "missing", path=path)
    undeclared = evidence.once("first undeclared", bundle.first_undeclared)
    if undeclared is not None:
        raise refuted(1, "file-hash", path=paths[undeclared])
    wanted = set(_ALWAYS)
    wanted |= {NAMES} if evidence.shows_names else set()
    wanted |= {OPENINGS} if evidence.shows_openings else set()
    for path in sorted(wanted - files):
        raise refuted(1, "missing", path=path)
    for path in sorted(files - wanted):
        if not _KNOWN.fullmatch(path):
            raise refuted(1, "extra", path=path)
    return Proof(len(files), {"bytes": len(bundle.data), "audience": bundle.audience})


def bundle_note(evidence: Evidence) -> Proof:
    """2: the list of files is signed by the log's current key."""
    bundle = evidence.bundle
    manifest, note = bundle.read(MANIFEST) or b"", bundle.read(MANIFEST_NOTE) or b""
    try:
        text = open_note(note, [evidence.keys[-1][1]])
    except NoteFault as fault:
        raise refuted(2, "note", path=MANIFEST_NOTE, detail=str(fault)) from fault
    if text != note_text(bundle.log, manifest) or bundle.log != evidence.held.key.name:
        raise refuted(2, "note-text", path=MANIFEST_NOTE)
    return Proof(1)


def given_key(evidence: Evidence) -> Proof:
    """3: the key that the user was given is the key with which the log began."""
    given = evidence.held.key.vkey
    genesis = evidence.only(kinds.Genesis)[1]
    if genesis.log_key != given:
        raise refuted(3, "other-key", given=given, found=genesis.log_key)
    if evidence.bundle.read(VKEY) != given.encode() + b"\n":
        raise refuted(3, "vkey-file", path=VKEY)
    return Proof(1, {"vkey": given})
