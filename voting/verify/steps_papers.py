"""Check 24: the PDFs of the result are those that the ledger names, and carry the result that it names."""

from hashlib import sha256

from voting.ledger import kinds
from voting.ledger.bundle_files import PAPERS
from voting.verify.der import DerFault, read
from voting.verify.evidence import Evidence
from voting.verify.findings import Note, Proof, refuted
from voting.verify.pdf import PdfFault, embedded, signatures
from voting.verify.pdf_additions import require_only_signatures
from voting.verify.steps_count import result_in_force

_LARGEST = 64 * 2**20  # bytes of an embedded result.json


def result_papers(evidence: Evidence) -> Proof:
    """24: hash in the `result` entry, the embedded result.json, and the signature where there is one."""
    found = evidence.bundle.under(PAPERS)
    named = [(entry.index, digest) for entry, body in evidence.of(kinds.Result) for digest in body.documents]
    if [evidence.bundle.digest(path) for path in found] != [digest for _, digest in named]:
        raise refuted(24, "papers", found=len(found), named=len(named))
    if not (evidence.is_auditors or evidence.of(kinds.Result)):
        raise refuted(24, "uncertified")
    notes: list[Note] = []
    for path, (index, _) in zip(found, named, strict=True):
        data = evidence.bundle.read(path) or b""
        _require_result(path, data, result_in_force(evidence, before=index))
        notes.append(_signature(path, data))
    if not found:
        notes.append(Note("no-papers"))
    return Proof(len(found), notes=tuple(notes))


def _require_result(path: str, data: bytes, digest: str) -> None:
    try:
        results = embedded(data, "result.json", most=_LARGEST)
    except PdfFault as fault:
        raise refuted(24, "pdf", path=path, detail=str(fault)) from fault
    if not results:
        raise refuted(24, "pdf-without-result", path=path)
    if any(sha256(each).hexdigest() != digest for each in results):
        raise refuted(24, "pdf-result", path=path)


def _signature(path: str, data: bytes) -> Note:
    """What the PDF's own signature proves; a wrong one refutes."""
    try:
        found = signatures(data)
        require_only_signatures(data, found)
    except PdfFault as fault:
        raise refuted(24, "pdf-signature", path=path, detail=str(fault)) from fault
    if not found:
        return Note("pdf-unsigned", {"path": path})
    # X.509 takes as long to load as everything else together, and only a signed PDF needs it.
    from voting.verify.cms import X509_FAULTS, CmsFault, read_signed

    signers = []
    for each in found:
        try:
            signed = read_signed(read(each.contents, padded=True))
            signed.require_over(each.covered)
            signers.append(signed.certificate.subject.rfc4514_string())
        except (CmsFault, DerFault, *X509_FAULTS) as fault:
            raise refuted(24, "pdf-signature", path=path, detail=str(fault)) from fault
    if not found[-1].is_whole:
        raise refuted(24, "pdf-signature", path=path, detail="it does not cover the whole file")
    return Note("pdf-signed", {"path": path, "names": ", ".join(signers)})
