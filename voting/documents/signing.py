"""Electronic signatures on a finished paper: PAdES B-B, or B-T where an authority stamps the time.

Each signature is an increment behind the paper and whatever was signed before; it fills the empty field that
the paper was printed with, and changes nothing else. Signing happens once, at an instant that is an argument.

Source  ETSI EN 319 142-1; ISO 32000-1, 12.8.
"""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any, ClassVar, TypeVar

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding

from voting.core.errors import Refusal


@dataclass(eq=False)
class StampRefused(Refusal):
    """The time-stamping authority gave no stamp."""

    code: ClassVar[str] = "stamp-refused"
    detail: str


_Found = TypeVar("_Found")
_SIGNATURE, _STAMP = 4096, 12_288  # bytes


@dataclass(frozen=True, slots=True, repr=False)
class Signatory:
    """Who signs.  Shape: ``field`` names an empty field of the paper; ``chain`` its issuers'."""

    field: str
    key: PrivateKeyTypes
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()


def field_name(place: int) -> str:
    """The name of the field of the signatory at that place, counted from 1."""
    return f"Signature{place}"


def sign(
    pdf: bytes,
    signatories: Sequence[Signatory],
    *,
    reason: str,
    at: datetime,
    stamp: Callable[[bytes], bytes] | None = None,
) -> bytes:
    """The paper with all signatures, in the order given.

    Shape   *stamp* takes an RFC 3161 request to the authority and brings back its answer.
    Raises  StampRefused; whatever *stamp* raises.
    """
    for each in signatories:
        pdf = _sign(pdf, each, reason=reason, at=at, stamp=stamp)
    return pdf


def _sign(
    pdf: bytes, who: Signatory, *, reason: str, at: datetime, stamp: Callable[[bytes], bytes] | None
) -> bytes:
    # These libraries take longer to load than most commands take to run.
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata
    from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes

    from voting.documents.pyhanko_parts import PaperSigner, PaperWriter, Stamper, key_holder

    meta = PdfSignatureMetadata(
        field_name=who.field, subfilter=SigSeedSubFilter.PADES, reason=reason, md_algorithm="sha256"
    )
    stamper = None if stamp is None else Stamper(stamp)
    signer = PaperSigner(meta, key_holder(who.key, who.certificate, who.chain), timestamper=stamper)
    session = signer.init_signing_session(PaperWriter(BytesIO(pdf)), existing_fields_only=True)
    session.system_time = at
    prepared = session.prepare_tbs_document(None, bytes_reserved=_room(who, stamped=stamp is not None))
    output = BytesIO()
    digest, _ = prepared.digest_tbs_document(output=output)
    attributes = PdfCMSSignedAttributes(signing_time=at)
    done = _finish(prepared.perform_signature(digest.document_digest, attributes))
    _finish(done.post_signature_processing(output))
    return output.getvalue()


def _room(who: Signatory, *, stamped: bool) -> int:
    """Hex digits kept free for the signature: to ask an authority for the length would be one call more."""
    certificates = sum(len(each.public_bytes(Encoding.DER)) for each in (who.certificate, *who.chain))
    return 2 * (_SIGNATURE + certificates + (_STAMP if stamped else 0))


def _finish(work: Coroutine[Any, Any, _Found]) -> _Found:
    """What *work* comes to.  In a thread of its own, because the caller's may have an event loop already."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(lambda: asyncio.run(work)).result()
