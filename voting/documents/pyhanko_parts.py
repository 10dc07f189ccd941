"""The parts of pyHanko that our papers need in another way.  Imported only where something is signed."""

from collections.abc import Callable, Iterable
from typing import Any

from asn1crypto.keys import PrivateKeyInfo
from asn1crypto.tsp import TimeStampReq, TimeStampResp
from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.signers import PdfSigner, SimpleSigner
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.stamp import BaseStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from voting.documents.signing import StampRefused


class PaperSigner(PdfSigner):
    """Signs in a field that the paper drew itself, and changes nothing but this field."""

    def __init__(self, meta: Any, holder: SimpleSigner, *, timestamper: TimeStamper | None) -> None:
        super().__init__(meta, holder, timestamper=timestamper, stamp_style=_AsPrinted())

    def register_extensions(self, pdf_out: Any, *, md_algorithm: str) -> None:
        """The paper declares them when it is printed: see ``structure_writer``."""


class PaperWriter(IncrementalPdfFileWriter):
    """Adds to a paper without a word in its metadata."""

    def _update_meta(self) -> None:
        """They stay those of the archive; pyHanko would write the wall clock's time into them."""


class _AsPrinted(BaseStampStyle):
    """The field looks as it was printed."""

    def create_stamp(self, writer: Any, box: Any, text_params: Any) -> None:
        return None


class Stamper(TimeStamper):
    """Asks the authority through a door that is given, so that nothing here opens a connection."""

    def __init__(self, ask: Callable[[bytes], bytes]) -> None:
        super().__init__()
        self._ask = ask

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> Any:
        try:
            return await super().async_timestamp(message_digest, md_algorithm)
        except (TimestampRequestError, ValueError) as fault:
            raise StampRefused(str(fault)) from fault

    async def async_request_tsa_response(self, req: TimeStampReq) -> TimeStampResp:
        return TimeStampResp.load(self._ask(req.dump()))


def key_holder(
    key: PrivateKeyTypes, certificate: x509.Certificate, chain: Iterable[x509.Certificate]
) -> SimpleSigner:
    """A key as pyHanko holds one."""
    store = SimpleCertificateStore()
    for each in chain:
        store.register(_certificate(each))
    encoded = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return SimpleSigner(
        signing_cert=_certificate(certificate),
        signing_key=PrivateKeyInfo.load(encoded),
        cert_registry=store,
    )


def _certificate(given: x509.Certificate) -> Certificate:
    return Certificate.load(given.public_bytes(Encoding.DER))
