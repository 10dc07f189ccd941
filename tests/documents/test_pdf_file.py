"""A paper as a file: every object where the table says it is, as reportlab would have written it."""

import io
import re
import tracemalloc
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from tests.documents.forms import FORM, members
from voting.documents.ballot_form_pdf import render_forms
from voting.documents.pdf_file import Reserved, pdf_file, reserve


def document() -> tuple[Any, Any]:
    """A reportlab document of one finished page, and its canvas."""
    canvas = Canvas(io.BytesIO(), invariant=1, pageCompression=1)
    canvas.drawString(72, 72, "plain")
    canvas.showPage()
    return vars(canvas)["_doc"], canvas


def places(pdf: bytes) -> list[int]:
    """Where the table of a file says that its objects begin, from number 1."""
    start = int(pdf.rsplit(b"startxref\n", 1)[1].split()[0])
    rows = re.findall(rb"(\d{10}) 00000 n ", pdf[start:])
    return [int(row) for row in rows]


def test_a_file_is_what_reportlab_would_have_written():
    made, canvas = document()
    expected = made.GetPDFData(canvas)

    again, _ = document()

    assert pdf_file(again, Reserved(0, 0, iter(()))) == expected


def test_reserved_objects_are_written_under_their_numbers_between_the_others():
    made, _ = document()
    first = reserve(made, 2)
    behind = made.Reference(made.Catalog)

    pdf = pdf_file(made, Reserved(first, 2, iter((b"<< /First true >>", b"<< /Second true >>\n"))))

    found = places(pdf)
    assert pdf[found[first - 1] :].startswith(b"%d 0 obj\n<< /First true >>\nendobj\n" % first)
    assert pdf[found[first] :].startswith(b"%d 0 obj\n<< /Second true >>\nendobj\n" % (first + 1))
    assert behind.format(made) == b"%d 0 R" % (first + 2)
    assert b"/Type /Catalog" in pdf[found[first + 1] :].split(b"endobj", 1)[0]


def test_every_object_of_many_forms_stands_where_the_table_says():
    pdf = render_forms(FORM, members(30))

    found = places(pdf)

    assert len(found) > 30 * 70
    for number, place in enumerate(found, 1):
        assert pdf[place:].startswith(b"%d 0 obj\n" % number)
    assert pdf.count(b" 0 obj\n") == len(found)
    assert b"/Size %d\n" % (len(found) + 1) in pdf


def test_a_thousand_forms_are_not_held_as_a_hundred_thousand_objects():
    """reportlab's own books on every element took 90 kB a form; 43 are what the page and its tree take."""
    render_forms(FORM, members(300))  # fonts, and what is remembered of them
    tracemalloc.start()
    try:
        render_forms(FORM, members(300))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert most / 300 < 60_000
