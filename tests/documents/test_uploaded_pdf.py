"""A PDF is looked into before it is kept: what members could not open, or should not, is refused."""

import io
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Encryption, Name, Pdf

from voting.documents.uploaded_pdf import LARGEST, PdfTooLarge, PdfUnusable, page_count


def pdf(change: Callable[[Pdf], object] = lambda _: None, *, pages: int = 2, **save: object) -> bytes:
    with pikepdf.new() as made:
        for _ in range(pages):
            made.add_blank_page()
        change(made)
        content = io.BytesIO()
        made.save(content, **save)
    return content.getvalue()


def script_on_opening(made: Pdf) -> None:
    made.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")


def script_behind_a_reference(made: Pdf) -> None:
    made.Root.OpenAction = made.make_indirect(Dictionary(S=Name.JavaScript, JS="app.alert(1)"))


def script_in_the_names(made: Pdf) -> None:
    script = made.make_indirect(Dictionary(S=Name.JavaScript, JS=made.make_stream(b"app.alert(1)")))
    made.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array(["a", script])))


def script_when_a_page_opens(made: Pdf) -> None:
    made.pages[1].obj.AA = Dictionary(O=Dictionary(S=Name.JavaScript, JS="app.alert(1)"))


def program_behind_a_link(made: Pdf) -> None:
    link = Dictionary(Subtype=Name.Link, A=Dictionary(S=Name.Launch, F="cmd.exe"))
    made.pages[0].obj.Annots = Array([link])


def program_after_another_action(made: Pdf) -> None:
    following = Dictionary(S=Name.Launch, F="cmd.exe")
    made.Root.OpenAction = Dictionary(S=Name.GoTo, D=Array([0]), Next=Array([following]))


def attachment(made: Pdf) -> None:
    made.attachments["macro.docm"] = b"PK"


def test_pages_are_counted() -> None:
    assert page_count(pdf(pages=12), name="a.pdf") == 12


def test_an_ordinary_link_to_another_page_or_site_is_taken() -> None:
    def link(made: Pdf) -> None:
        found = Dictionary(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI="https://www.soumu.go.jp/"))
        made.pages[0].obj.Annots = Array([found])

    assert page_count(pdf(link), name="a.pdf") == 2


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<!doctype html><script>alert(1)</script>",
        b"PK\x03\x04 a Word file",
        b"\n%PDF-1.7 not at the beginning",
        b"<html>%PDF-1.7",
    ],
)
def test_attack_something_else_with_the_name_of_a_pdf(content: bytes) -> None:
    with pytest.raises(PdfUnusable) as refused:
        page_count(content, name="議案.pdf")

    assert refused.value.what == "pdf-none"


@pytest.mark.parametrize("content", [b"%PDF-1.7 one", b"%PDF-1.4\n<html><script>alert(1)</script></html>"])
def test_attack_html_behind_the_first_bytes_of_a_pdf(content: bytes) -> None:
    with pytest.raises(PdfUnusable) as refused:
        page_count(content, name="議案.pdf")

    assert refused.value.what == "pdf-damaged"


@pytest.mark.parametrize(
    "encryption",
    [Encryption(owner="a", user="b"), Encryption(owner="a"), Encryption(owner="a", R=4, aes=True)],
)
def test_what_needs_a_password_or_forbids_printing_is_refused(encryption: Encryption) -> None:
    with pytest.raises(PdfUnusable) as refused:
        page_count(pdf(encryption=encryption), name="議案.pdf")

    assert refused.value.what == "pdf-encrypted"


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (script_on_opening, "pdf-javascript"),
        (script_behind_a_reference, "pdf-javascript"),
        (script_in_the_names, "pdf-javascript"),
        (script_when_a_page_opens, "pdf-javascript"),
        (program_behind_a_link, "pdf-launch"),
        (program_after_another_action, "pdf-launch"),
        (attachment, "pdf-attachment"),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_attack_a_program_in_a_pdf(change: Callable[[Pdf], None], what: str, packed: bool) -> None:
    mode = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
    with pytest.raises(PdfUnusable) as refused:
        page_count(pdf(change, object_stream_mode=mode), name="議案.pdf")

    assert refused.value.what == what


def test_a_pdf_without_pages_is_refused() -> None:
    with pytest.raises(PdfUnusable):
        page_count(pdf(pages=0), name="議案.pdf")


def test_one_byte_above_the_limit_is_too_large() -> None:
    with pytest.raises(PdfTooLarge) as refused:
        page_count(b"%PDF-" + b" " * (LARGEST - 4), name="議案.pdf")

    assert (refused.value.size, refused.value.largest) == ("20.0", 20)
