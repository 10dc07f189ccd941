"""The files and signatures in a PDF, read as far as they stand in the open."""

import zlib

import pytest

from tests.verify.conftest import Council
from tests.verify.forge import Forge, check, failed, small_pdf
from tests.verify.tsa import DATA, Authority
from voting.verify.bundle import read_bundle
from voting.verify.findings import Finding
from voting.verify.pdf import PdfFault, PdfSignature, embedded, signatures
from voting.verify.pdf_additions import require_only_signatures

RESULT = b'{"format":"voting-result/1"}'


def file_object(data: bytes, head: bytes) -> bytes:
    """A PDF whose embedded file has this head and these bytes."""
    return (
        b"%PDF-1.7\n1 0 obj\n<< /Type /Filespec /UF (result.json) /EF << /F 2 0 R /UF 2 0 R >> >>\nendobj\n"
        b"2 0 obj\n<< /Type /EmbeddedFile " + head + b" >>\nstream\n" + data + b"\nendstream\nendobj\n"
    )


def read(data: bytes) -> list[bytes]:
    return embedded(data, "result.json", most=1000)


def signed(pdf: bytes, authority: Authority, *, beyond: bytes = b"", over: bytes | None = None) -> bytes:
    """*pdf* with a detached signature over all of it but the signature itself; *beyond* is added later."""
    room = 4000
    head = b"9 0 obj\n<< /Type /Sig /SubFilter /ETSI.CAdES.detached /ByteRange "
    tail = b" >>\nendobj\n%%EOF\n"
    numbers_room = 40
    start = len(pdf) + len(head) + numbers_room + len(b" /Contents ")
    end = start + room + 2
    numbers = f"[0 {start} {end} {len(tail)}]".encode().ljust(numbers_room)
    before = pdf + head + numbers + b" /Contents "
    cms = authority.signed(over or before + tail, content_type=DATA, detached=True)
    return before + b"<" + cms.hex().encode().ljust(room, b"0") + b">" + tail + beyond


def with_paper(council: Council, paper: bytes) -> Forge:
    forge = council.forge()
    forge.put_papers([paper])
    return forge


def twenty_fourth(council: Council, paper: bytes) -> Finding:
    checks = check(with_paper(council, paper).zipped(), council.held)
    assert failed(checks) <= {24}
    return checks[23]


def test_the_result_in_our_own_paper_is_found(council: Council) -> None:
    bundle = read_bundle(council.public)
    paper = bundle.read("result/01-result.pdf") or b""

    assert embedded(paper, "result.json", most=10**6) == [bundle.read("result.json")]
    assert [each.is_whole for each in signatures(paper)] == [True]


def test_a_plain_and_a_packed_file_are_read() -> None:
    packed = zlib.compress(RESULT)
    head = b"/Filter /FlateDecode /Length " + str(len(packed)).encode()

    assert read(small_pdf(RESULT)) == [RESULT]
    assert read(file_object(packed, head)) == [RESULT]
    assert read(file_object(packed, head.replace(b"/FlateDecode", b"[ /FlateDecode ]"))) == [RESULT]


def test_a_file_of_another_name_is_not_the_result() -> None:
    assert read(small_pdf(RESULT, name=b"results.json")) == []


def test_every_revision_of_the_result_is_seen() -> None:
    later = small_pdf(b"{}").replace(b"%PDF-1.7\n", b"")

    assert read(small_pdf(RESULT) + later) == [RESULT, b"{}", RESULT, b"{}"]


SPOILT = {
    "a length that is not its own": file_object(RESULT, b"/Length 3"),
    "no length": file_object(RESULT, b""),
    "another packing": file_object(RESULT, b"/Filter /ASCII85Decode /Length 28"),
    "two packings": file_object(RESULT, b"/Filter [/ASCII85Decode /FlateDecode] /Length 28"),
    "not packed at all": file_object(RESULT, b"/Filter /FlateDecode /Length 28"),
    "packed and cut off": file_object(zlib.compress(RESULT)[:-6], b"/Filter /FlateDecode /Length 30"),
    "packed with something behind it": file_object(
        zlib.compress(RESULT) + b"\n", b"/Filter /FlateDecode /Length %d" % (len(zlib.compress(RESULT)) + 1)
    ),
    "no content": small_pdf(RESULT).replace(b"stream\n{", b"{"),
    "no reference": small_pdf(RESULT).replace(b"/EF << /F 2 0 R >>", b""),
    "too large": file_object(b"x" * 2000, b"/Length 2000"),
    "a bomb": file_object(
        zlib.compress(bytes(10**6)), b"/Filter /FlateDecode /Length %d" % len(zlib.compress(bytes(10**6)))
    ),
}


@pytest.mark.parametrize("data", SPOILT.values(), ids=SPOILT.keys())
def test_what_cannot_be_read_is_a_fault(data: bytes) -> None:
    with pytest.raises(PdfFault):
        read(data)


def test_an_unsigned_paper_is_said_to_be_so(council: Council) -> None:
    finding = twenty_fourth(council, small_pdf(council.forge().files["result.json"]))

    assert [each.code for each in finding.notes] == ["pdf-unsigned"]


def test_a_signed_paper_is_verified_and_its_signer_named(council: Council) -> None:
    pdf = small_pdf(council.forge().files["result.json"])

    finding = twenty_fourth(council, signed(pdf, Authority("架空協議会 代表")))

    assert finding.notes[0].facts["names"] == "CN=架空協議会 代表"


def test_a_paper_changed_after_it_was_signed_refutes(council: Council) -> None:
    pdf = small_pdf(council.forge().files["result.json"])
    changed = signed(pdf, Authority()).replace(b"%PDF-1.7", b"%PDF-1.8")

    assert twenty_fourth(council, changed).fault == "pdf-signature"


def test_a_byte_hidden_in_the_room_that_a_signature_leaves_empty_refutes(council: Council) -> None:
    paper = signed(small_pdf(council.forge().files["result.json"]), Authority())
    empty = paper.rindex(b"00>")

    finding = twenty_fourth(council, paper[:empty] + b"01>" + paper[empty + 3 :])

    assert (finding.fault, finding.facts["detail"]) == ("pdf-signature", "something stands after the value")


def test_a_byte_hidden_there_after_the_paper_was_issued_is_not_the_paper_of_the_ledger(
    council: Council,
) -> None:
    forge = with_paper(council, signed(small_pdf(council.forge().files["result.json"]), Authority()))
    path = next(each for each in forge.files if each.startswith("result/"))
    data = forge.files[path]
    empty = data.rindex(b"00>")
    forge.files[path] = data[:empty] + b"01>" + data[empty + 3 :]

    assert check(forge.zipped(), council.held)[23].fault == "papers"


def test_a_paper_added_to_after_it_was_signed_refutes(council: Council) -> None:
    pdf = small_pdf(council.forge().files["result.json"])

    finding = twenty_fourth(council, signed(pdf, Authority(), beyond=b"10 0 obj\n<< >>\nendobj\n%%EOF\n"))

    assert finding.facts["detail"] == "it does not cover the whole file"


def test_a_signature_over_something_else_refutes(council: Council) -> None:
    pdf = small_pdf(council.forge().files["result.json"])

    assert twenty_fourth(council, signed(pdf, Authority(), over=b"another paper")).fault == "pdf-signature"


@pytest.mark.parametrize(
    "trace",
    [
        b"/FT /Sig",
        b"/ByteRange [1 2 3 4]",
        b"/ByteRange [0 5 3 4]",
        b"/ByteRange [0 3 9 4]",
        b"/ByteRange [0 99999999999999999999 9 4]",
    ],
)
def test_a_trace_of_a_signature_that_cannot_be_read_refutes(trace: bytes) -> None:
    with pytest.raises(PdfFault):
        signatures(b"%PDF-1.7\n1 0 obj\n<< " + trace + b" >>\nendobj\n")


@pytest.mark.parametrize("gap", [b"<30 80>", b"<30\n80>", b"<3080> /X", b"<308>", b"(3080)"])
def test_a_signature_is_digit_after_digit_and_leaves_out_nothing_else(gap: bytes) -> None:
    head = b"%PDF-1.7\n9 0 obj\n<< /Type /Sig /ByteRange "
    start = len(head) + 30 + len(b" /Contents ")
    numbers = f"[0 {start} {start + len(gap)} 3]".encode().ljust(30)

    with pytest.raises(PdfFault):
        signatures(head + numbers + b" /Contents " + gap + b" >>")


@pytest.mark.parametrize("place", [b"inf 0 0 0", b"nan 0 0 0", b"1e2 0 0 0", b"1_0 0 0 0"])
def test_where_a_field_is_stands_in_the_numbers_of_pdf(place: bytes) -> None:
    field = b"5 0 obj\n<< /FT /Sig /Rect [" + place + b"] >>\nendobj\n"
    ends = (len(field), 2 * len(field))

    with pytest.raises(PdfFault, match="a field without a place"):
        require_only_signatures(field * 2, [PdfSignature(b"", b"", end, end == ends[1]) for end in ends])
