"""Signed papers: accepted by pyHanko, poppler and our verifier, still archives, never changed unseen."""

import io
import re
import subprocess
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pikepdf
import pytest
from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from page import validate_pdf_bytes
from pyhanko.pdf_utils.generic import NameObject, NumberObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from tests.documents.council import facts
from tests.documents.minutes import twelve
from voting.credentials.paper_keys import PaperKeys, certified
from voting.documents.archive import Attachment
from voting.documents.minutes_pdf import render_minutes
from voting.documents.page import Paper
from voting.documents.result_pdf import render_result
from voting.documents.result_summary_pdf import render_summary
from voting.documents.signature_block import put_signatures
from voting.documents.signing import Signatory, StampRefused, field_name, sign
from voting.documents.structure import Tag
from voting.stamps.authority import Authority, StampNotGiven, StampRejected
from voting.verify.cms import CmsFault, read_signed
from voting.verify.der import read
from voting.verify.pdf import PdfFault, embedded, signatures
from voting.verify.pdf_additions import require_only_signatures

AT = datetime(2026, 6, 11, 1, 0, tzinfo=UTC)
RESULT = b'{"format":"voting-result/1"}'
NAMES = ("架空協議会", "議長 架空 一郎", "監事 𠮷野 葛\U000e0100子")
Keys = tuple[Signatory, ...]


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    keys = PaperKeys(tmp_path_factory.mktemp("keys"), b"passphrase")
    found = [
        keys.create("council", signer, organisation=NAMES[0], name=name, seed=bytes([at]) * 68, now=AT)
        for at, (signer, name) in enumerate(zip(("body", "chair", "auditor"), NAMES, strict=True), 1)
    ]
    return tuple(Signatory(field_name(at), each.key, each.certificate) for at, each in enumerate(found, 1))


def paper(signers: int, *, carries: bool = True) -> bytes:
    files = (Attachment("result.json", "application/json", "集計結果", RESULT),) if carries else ()
    written = Paper(title="令和8年度総会の結果", author=NAMES[0], attachments=files)
    written.title("結果について")
    written.paragraph("下記のとおり報告します。")
    put_signatures(written, NAMES[:signers])
    return written.finish()


def signed(keys: Keys, signers: int = 1, **options) -> bytes:
    return sign(paper(signers), keys[:signers], reason="議決結果の認証", at=AT, **options)


def failures(pdf: bytes, profile: str) -> list[str]:
    return [each.rule_id for each in validate_pdf_bytes(pdf, profile=profile).failures]


def judged(pdf: bytes, keys: Keys):
    """What pyHanko says of each signature, trusting the certificates."""
    roots = [asn1_x509.Certificate.load(each.certificate.public_bytes(Encoding.DER)) for each in keys]
    context = ValidationContext(trust_roots=roots, allow_fetching=False, moment=AT)
    reader = PdfFileReader(io.BytesIO(pdf))
    # It runs an event loop, and a browser's tests may have left one running in this thread.
    with ThreadPoolExecutor(max_workers=1) as thread:
        found = [
            thread.submit(validate_pdf_signature, each, context)
            for each in reader.embedded_regular_signatures
        ]
        return [each.result() for each in found]


def pdfsig(pdf: bytes, folder: Path) -> str:
    path = folder / "signed.pdf"
    path.write_bytes(pdf)
    return subprocess.run(["pdfsig", str(path)], capture_output=True, check=False).stdout.decode()


def verified(pdf: bytes) -> list[str]:
    """The signers by our own verifier.  Raises: PdfFault, CmsFault."""
    found = signatures(pdf)
    require_only_signatures(pdf, found)
    names = []
    for each in found:
        content = read_signed(read(each.contents, padded=True))
        content.require_over(each.covered)
        names.append(str(content.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value))
    if not found[-1].is_whole:
        raise PdfFault("it does not cover the whole file")
    return names


def test_a_signed_paper_is_accepted_by_pyhanko_poppler_and_our_own_verifier(three, tmp_path):
    pdf = signed(three)

    (status,) = judged(pdf, three)
    assert status.intact and status.valid and status.trusted
    assert status.coverage.name == "ENTIRE_FILE"
    said = pdfsig(pdf, tmp_path)
    assert "Signature is Valid." in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said
    assert verified(pdf) == [NAMES[0]]


def test_a_signed_paper_is_still_an_archive_that_can_be_read_out(three):
    pdf = signed(three)

    assert failures(pdf, "ua1") == []
    assert failures(pdf, "3a") == []
    assert failures(sign(paper(1, carries=False), three[:1], reason="", at=AT), "2a") == []


@pytest.mark.parametrize(
    "make",
    [
        lambda: render_result(facts(signers=NAMES[:1], result_json=RESULT)),
        lambda: render_summary(facts(signers=NAMES[:1], result_json=RESULT)),
        lambda: render_minutes(replace(twelve(), signers=NAMES[:1])),
    ],
    ids=["result", "summary", "minutes"],
)
def test_a_real_paper_keeps_both_standards_when_it_is_signed(three, make, tmp_path):
    pdf = sign(make(), three[:1], reason="議決結果の認証", at=AT)

    assert failures(pdf, "ua1") == failures(pdf, "3a") == []
    assert pdfsig(pdf, tmp_path).count("Signature is Valid.") == 1
    assert verified(pdf) == [NAMES[0]]


def test_signing_adds_behind_the_paper_and_says_the_time_it_was_given(three, tmp_path):
    pdf = signed(three)

    assert pdf.startswith(paper(1))
    assert b"D\\07220260611010000Z" in pdf
    assert pdf.count(b"<x:xmpmeta") == 1


def test_three_persons_sign_one_after_the_other(three, tmp_path):
    pdf = signed(three, 3)

    assert [each.intact and each.valid and each.trusted for each in judged(pdf, three)] == [True] * 3
    assert pdfsig(pdf, tmp_path).count("Signature is Valid.") == 3
    assert verified(pdf) == [certified(name) for name in NAMES]
    assert failures(pdf, "ua1") == []


def test_of_several_signatures_the_archive_rule_on_ranges_alone_speaks_and_only_of_the_earlier_ones(three):
    """A later signature stands behind an earlier one, which cannot be over it."""
    pdf = signed(three, 2)
    first = signatures(pdf)[0].end

    assert failures(pdf, "3a") == ["PDFA3A-SIGNATURE-BYTERANGE-001"]
    assert failures(pdf[:first], "3a") == []


def test_every_single_changed_byte_is_detected(three):
    pdf = signed(three)
    start = pdf.index(b"/Contents <", len(paper(1))) + len(b"/Contents <")
    gap = range(start, pdf.index(b">", start))

    for place in (*range(0, len(pdf), 997), *range(len(pdf) - 40, len(pdf))):
        spoilt = bytearray(pdf)
        spoilt[place] ^= 1
        if place in gap:
            continue
        with pytest.raises((PdfFault, CmsFault, IndexError)):
            verified(bytes(spoilt))


def test_a_changed_signature_is_none_or_still_that_of_the_same_key(three):
    """The signature is not over itself; the digest in the ledger's entry is over all of it."""
    pdf = signed(three)
    start = pdf.index(b"/Contents <", len(paper(1))) + len(b"/Contents <")
    end = pdf.index(b"0000000000000000", start)
    refused = 0

    for place in range(start, end, 53):
        spoilt = bytearray(pdf)
        spoilt[place] = ord("1") if spoilt[place] != ord("1") else ord("2")
        try:
            verified(bytes(spoilt))
        except ValueError:
            refused += 1
        else:
            (found,) = signatures(bytes(spoilt))
            key = read_signed(read(found.contents, padded=True)).certificate.public_key()
            assert key == three[0].certificate.public_key()

    assert refused > 10


def test_a_page_changed_before_the_second_signs_is_refused(three):
    """A shadow: what the first person signed is exchanged in what only the second signature covers."""
    first = sign(paper(2), three[:1], reason="", at=AT)
    writer = IncrementalPdfFileWriter(io.BytesIO(first))
    page = writer.root["/Pages"]["/Kids"].raw_get(0)
    page.get_object()[NameObject("/Rotate")] = NumberObject(90)
    writer.mark_update(page)
    out = io.BytesIO()
    writer.write(out)
    pdf = sign(out.getvalue(), three[1:2], reason="", at=AT)

    assert signatures(pdf)[-1].is_whole
    with pytest.raises(PdfFault):
        verified(pdf)


FORGED = {
    "it looks otherwise": (rb"/N (\d+) 0 R", rb"/N 1 0 R"),
    "it stands elsewhere": (rb"/Rect \[ ", rb"/Rect [ 9"),
    "it does something": (rb"/F 132", rb"/F 132 /AA << >>"),
    "it is no field": (rb"/FT /Sig", rb"/FT /Tx"),
    "another beginning": (rb"/Root (\d+) 0 R", rb"/Root 1 0 R"),
    "another past": (rb"/Prev (\d+)", rb"/Prev 17"),
    "an old object again": (rb"xref\n0 1\n", rb"xref\n5 1\n0000000017 00000 n \n0 1\n"),
    "content": (rb"/FT /Sig", rb"/FT /Sig >>\nstream\n"),
    "a page": (rb"\nxref\n", rb"\n777 0 obj\n<< /Type /Page >>\nendobj\nxref\n"),
}


@pytest.mark.parametrize(("sought", "put"), FORGED.values(), ids=FORGED.keys())
def test_nothing_but_the_field_that_is_signed_may_change_between_two_signatures(three, sought, put):
    pdf = signed(three, 2)
    first = signatures(pdf)[0].end
    forged = re.sub(sought, put, pdf[first:], count=1)

    assert forged != pdf[first:]
    require_only_signatures(pdf, signatures(pdf))
    with pytest.raises(PdfFault):
        # As the second person would have signed it: what follows from the change is made anew.
        found = signatures(pdf)
        require_only_signatures(pdf[:first] + forged, (found[0], replace(found[1], end=first + len(forged))))


def test_what_is_added_after_the_last_signature_is_refused(three):
    pdf = signed(three)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.docinfo["/Title"] = "別の結果"
        out = io.BytesIO()
        opened.save(out)
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    writer.mark_update(writer.root_ref)
    added = io.BytesIO()
    writer.write(added)

    for each in (out.getvalue(), added.getvalue(), pdf + b"\n"):
        with pytest.raises((PdfFault, CmsFault)):
            verified(each)


def test_result_json_is_found_in_the_signed_file_once(three):
    assert embedded(signed(three, 3), "result.json", most=1000) == [RESULT]


def test_a_key_and_chain_from_an_authority_sign_as_well():
    root_key, key = ec.generate_private_key(ec.SECP256R1()), rsa.generate_private_key(65537, 2048)
    root = issued("架空認証局", root_key, by=root_key, authority=True)
    certificate = issued("架空協議会", key, by=root_key, issuer=root)
    pdf = sign(paper(1), (Signatory("Signature1", key, certificate, (root,)),), reason="", at=AT)

    (status,) = judged(pdf, (Signatory("", root_key, root),))
    assert status.trusted and status.intact
    assert verified(pdf) == ["架空協議会"]


def test_the_places_of_the_signers_are_read_out_and_named(three):
    with pikepdf.open(io.BytesIO(paper(3))) as pdf:
        fields = [(str(each.T), str(each.TU)) for each in pdf.Root.AcroForm.Fields]
        forms = [
            str(each.Alt)
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/S") == f"/{Tag.FORM}"
        ]

    assert fields == [(f"Signature{at}", f"電子署名 {name}") for at, name in enumerate(NAMES, 1)]
    assert sorted(forms) == sorted(f"電子署名 {name}" for name in NAMES)


def issued(
    name: str, key, *, by, issuer: x509.Certificate | None = None, authority: bool = False, stamps=False
):
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(AT - timedelta(days=1))
        .not_valid_after(AT + timedelta(days=1000))
        .add_extension(x509.BasicConstraints(authority, None), critical=True)
        .add_extension(
            x509.KeyUsage(
                not authority, not authority, False, False, False, authority, authority, False, False
            ),
            critical=True,
        )
    )
    if stamps:
        builder = builder.add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True
        )
    return builder.sign(by, SHA256())


@contextmanager
def tsa(answer: bytes | None = None) -> Iterator[tuple[str, x509.Certificate]]:
    """A time-stamping authority on this machine: its address and its certificate."""
    key = rsa.generate_private_key(65537, 2048)
    certificate = issued("架空時刻認証局", key, by=key, stamps=True)
    encoded = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    stamper = DummyTimeStamper(
        tsa_cert=asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER)),
        tsa_key=asn1_keys.PrivateKeyInfo.load(encoded),
        fixed_dt=AT + timedelta(minutes=1),
    )

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = self.rfile.read(int(self.headers["Content-Length"]))
            said = answer or stamper.request_tsa_response(tsp.TimeStampReq.load(asked)).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is logged."""

    server = HTTPServer(("127.0.0.1", 0), Door)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/tsa", certificate
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_with_an_authority_the_signature_carries_its_time_stamp(three, tmp_path):
    with tsa() as (url, certificate):
        pdf = signed(three, stamp=Authority(url, ()).ask)

    (status,) = judged(pdf, (*three, Signatory("", three[0].key, certificate)))
    assert status.trusted
    assert status.timestamp_validity.valid and status.timestamp_validity.trusted
    assert status.timestamp_validity.timestamp == AT + timedelta(minutes=1)
    assert "Signature is Valid." in pdfsig(pdf, tmp_path)
    assert verified(pdf) == [NAMES[0]]
    assert failures(pdf, "3a") == failures(pdf, "ua1") == []


def test_an_authority_that_does_not_answer_stops_the_signing(three):
    with tsa() as (url, _):
        pass

    with pytest.raises(StampNotGiven):
        signed(three, stamp=Authority(url, ()).ask)


@pytest.mark.parametrize("answer", [b"<html>busy</html>", b"\x30\x05\x30\x03\x02\x01\x02"])
def test_an_authority_that_refuses_or_talks_nonsense_stops_the_signing(three, answer):
    with tsa(answer) as (url, _), pytest.raises(StampRefused):
        signed(three, stamp=Authority(url, ()).ask)


def test_an_answer_without_end_is_cut_off(three):
    with tsa(bytes(70_000)) as (url, _), pytest.raises(StampRejected):
        signed(three, stamp=Authority(url, ()).ask)
