"""Papers that last and can be read out: PDF/UA-1 and PDF/A-2a, and PDF/A-3a with a file inside."""

import io
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from tests.documents.archives import failures
from tests.documents.council import facts, facts_with_elections, facts_with_roll_call
from tests.documents.forms import FORM, members
from tests.documents.forms import english as english_form
from tests.documents.handover import english as english_handover
from tests.documents.handover import handover
from tests.documents.letters import correction, english_correction, english_errata, errata
from tests.documents.minutes import english as english_minutes
from tests.documents.minutes import seed
from tests.documents.post import COVER, several
from tests.documents.post import english as english_cover
from tests.documents.test_proxy_form_pdf import english_proxies, proxies
from tests.documents.test_receipt_pdf import ENGLISH, RECEIPT
from voting.documents.archive import Attachment
from voting.documents.ballot_form_pdf import render_forms
from voting.documents.correction_pdf import render_correction
from voting.documents.cover_pdf import render_covers
from voting.documents.errata_pdf import render_errata
from voting.documents.facts_post import Way
from voting.documents.grid_columns import Column
from voting.documents.handover_pdf import render_handover
from voting.documents.labels_pdf import render_labels
from voting.documents.minutes_pdf import render_minutes
from voting.documents.motion_pdf import render_motion_paper
from voting.documents.page import Paper
from voting.documents.pdf_objects import Stream
from voting.documents.proxy_form_pdf import render_proxy_forms
from voting.documents.receipt_pdf import render_receipt
from voting.documents.result_pdf import render_result
from voting.documents.result_summary_pdf import render_summary
from voting.documents.structure import Tag

PAPERS: dict[str, Callable[[], bytes]] = {
    "result": lambda: render_result(facts()),
    "result with elections": lambda: render_result(facts_with_elections()),
    "result with a roll call": lambda: render_result(facts_with_roll_call()),
    "result in English": lambda: render_result(facts_with_roll_call(), language="en"),
    "result with elections in English": lambda: render_result(facts_with_elections(), language="en"),
    "summary": lambda: render_summary(facts(signers=("全国二地域居住等促進協議会",))),
    "summary with elections": lambda: render_summary(facts_with_elections()),
    "ballot forms": lambda: render_forms(FORM, members(3)),
    "ballot forms in English": lambda: render_forms(english_form(), members(3)),
    "minutes without numbers inside": lambda: render_minutes(replace(seed(), result_json=b"")),
    "minutes in English": lambda: render_minutes(english_minutes()),
    "minutes with elections in English": lambda: render_minutes(english_minutes(facts_with_elections())),
    "proxy forms": lambda: render_proxy_forms(proxies(), members(2)),
    "proxy forms in English": lambda: render_proxy_forms(english_proxies(), members(2)),
    "labels": lambda: render_labels("宛名ラベル", "架空協議会", several(13), sheet=12, used=0),
    "covers": lambda: render_covers(COVER, several(2)),
    "fax covers": lambda: render_covers(replace(COVER, way=Way.FAX), several(2)),
    "covers in English": lambda: render_covers(english_cover(), several(2)),
    "fax covers in English": lambda: render_covers(english_cover(Way.FAX), several(2)),
    "errata": lambda: render_errata(errata()),
    "letter on a correction": lambda: render_correction(correction()),
    "errata in English": lambda: render_errata(english_errata(2)),
    "letter on a correction in English": lambda: render_correction(english_correction()),
    "hand-over sheet": lambda: render_handover(handover()),
    "hand-over sheet in English": lambda: render_handover(english_handover()),
    "receipt": lambda: render_receipt(RECEIPT),
    "receipt in English": lambda: render_receipt(ENGLISH),
    "motion": lambda: render_motion_paper("架空協議会", "総会", 1, "規約の改正について", "本文\n\n第1条"),
}


def outline(pdf: bytes, folder: Path) -> str:
    """The paper as poppler reads it out."""
    path = folder / "paper.pdf"
    path.write_bytes(pdf)
    done = subprocess.run(["pdfinfo", "-struct-text", str(path)], capture_output=True, check=True)
    return done.stdout.decode()


def changed(pdf: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        change(opened)
        opened.save(out, fix_metadata_version=False)
    return out.getvalue()


@pytest.mark.parametrize("name", PAPERS)
def test_every_paper_can_be_archived_and_read_out(name):
    pdf = PAPERS[name]()

    assert failures(pdf, "ua1") == []
    assert failures(pdf, "2a") == []


@pytest.mark.parametrize("render", [render_result, render_summary])
def test_a_result_with_its_numbers_inside_is_still_an_archive(render):
    pdf = render(facts(result_json=b'{"format":"voting-result/1"}'))

    assert failures(pdf, "ua1") == []
    assert failures(pdf, "3a") == []


def test_files_inside_are_joined_to_the_paper_in_the_order_of_their_names():
    files = (
        Attachment("b.csv", "text/csv", "乙", b"2"),
        Attachment("a.json", "application/json", "甲", b"1"),
    )
    paper = Paper(title="試験", author="試験協議会", attachments=files)
    paper.text_line("本文")

    with pikepdf.open(io.BytesIO(paper.finish())) as pdf:
        joined = [(str(each.UF), str(each.AFRelationship)) for each in pdf.Root.AF]

    assert joined == [("a.json", "/Data"), ("b.csv", "/Data")]


@pytest.mark.parametrize("last", [b"\r", b"\n", b"\r\n", b"."])
def test_a_stream_that_ends_like_a_line_is_as_long_as_it_says(last):
    stream = Stream(b"1 0 0 1 0 0 cm" + last, packed=False).format(None)

    after = stream.split(b"stream\n", 1)[1]
    content, found, _ = after.rpartition(b"\r\nendstream")
    content = content if found else after.rpartition(b"\nendstream")[0]

    assert b"/Length %d " % len(content) in stream
    assert content == b"1 0 0 1 0 0 cm" + last


def without_tree(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


def without_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def without_way_back(pdf: pikepdf.Pdf) -> None:
    for font in pdf.pages[0].Resources.Font.values():
        del font["/ToUnicode"]


def without_colours(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


def without_alternative(pdf: pikepdf.Pdf) -> None:
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure":
            del each["/Alt"]


@pytest.mark.parametrize(
    ("change", "profile", "rule"),
    [
        (without_tree, "ua1", "PDFUA1-STRUCT-TREE-ROOT-001"),
        (without_tree, "2a", "PDFA2A-"),
        (without_language, "ua1", "PDFUA1-TEXT-LANGUAGE-001"),
        (without_way_back, "ua1", "PDFUA1-"),
        (without_way_back, "2a", "PDFA2A-"),
        (without_colours, "2a", "PDFA2A-"),
        (without_alternative, "ua1", "PDFUA1-FIGURE-ALTERNATIVE-TEXT-001"),
    ],
)
def test_the_validator_misses_what_is_taken_away(change, profile, rule):
    spoilt = changed(render_result(facts()), change)

    assert [each for each in failures(spoilt, profile) if each.startswith(rule)] != []


@pytest.mark.parametrize("name", PAPERS)
def test_every_piece_of_content_that_begins_on_a_page_ends_there(name):
    with pikepdf.open(io.BytesIO(PAPERS[name]())) as pdf:
        for page in pdf.pages:
            words = [str(operator) for _, operator in pikepdf.parse_content_stream(page)]
            assert words.count("BDC") + words.count("BMC") == words.count("EMC") > 0


def test_what_is_copied_by_the_control_and_not_changed_still_passes():
    assert failures(changed(render_result(facts()), lambda _: None), "2a") == []


def test_a_table_is_read_out_by_rows_with_its_heads_once(tmp_path):
    paper = Paper(title="試験", author="試験協議会")
    columns = (Column("議案", 2), Column("計", 1, "right", "賛成"), Column("うち提出", 1, "right", "賛成"))
    paper.table(columns, [(f"第{at}号", str(at), "0") for at in range(1, 90)])

    read = outline(paper.finish(), tmp_path).split()

    assert [word for word in read if word in ('"議案"', '"賛成"', '"計"', '"うち提出"')] == [
        '"議案"',
        '"賛成"',
        '"計"',
        '"うち提出"',
    ]
    assert read.count("TR") == 2 + 89
    place = read.index('"第89号"')
    assert read[place - 2 : place + 5] == ["/Scope", "/Row", '"第89号"', "TD", '"89"', "TD", '"0"']


def test_a_long_row_is_one_row_over_two_pages(tmp_path):
    paper = Paper(title="試験", author="試験協議会")
    paper.table((Column("会員", 1), Column("意見", 3)), [("M0001", "長い意見です。" * 700)])

    read = outline(paper.finish(), tmp_path)

    assert read.count("TR") == 2
    assert read.count("長い意見です。") >= 690


def test_labels_and_notes_are_lists_and_items_are_headings(tmp_path):
    paper = Paper(title="試験", author="試験協議会")
    paper.title("結果について")
    paper.item("期間", "10月4日まで")
    paper.definitions((("任期", "1年"),))
    paper.notes(("注意一", "注意二"))

    read = " ".join(outline(paper.finish(), tmp_path).split())

    for part in (
        'H1 (block) "結果について"',
        'H2 (block) "1期間" P (block) "10月4日まで"',
        'Lbl (block) "任期" LBody (block) "1年"',
        'Lbl (block) "※2" LBody (block) "注意二"',
    ):
        assert part in read


def test_page_numbers_and_lines_are_not_read_out(tmp_path):
    paper = Paper(title="試験", author="試験協議会", foot="試験協議会 足")
    paper.text_line("本文")
    paper.break_page()
    paper.text_line("次")

    read = outline(paper.finish(), tmp_path)

    assert "足" not in read
    assert "1 / 2" not in read


def test_text_that_nobody_said_what_it_is_is_refused():
    with pytest.raises(ValueError, match="no element"):
        Paper(title="試験", author="試験協議会").text(100, 100, "町", size=10)


def test_a_link_says_where_it_goes_and_keeps_the_standards():
    paper = Paper(title="試験", author="試験協議会")
    with paper.tagged(Tag.LINK):
        paper.text(100, 100, "投票ページ", size=10)
        paper.link(100, 90, 50, 12, "https://vote.example.or.jp/(x)", "投票ページを開く")
    pdf = paper.finish()

    assert failures(pdf, "ua1") == []
    assert failures(pdf, "2a") == []
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert str(opened.pages[0].Annots[0].A.URI) == "https://vote.example.or.jp/%28x%29"


def test_an_empty_field_for_a_signature_keeps_the_standards():
    paper = Paper(title="試験", author="試験協議会")
    paper.title("試験")
    paper.signature_field(300, 300, 120, 40, name="Signature1", says="電子署名(議長)")
    pdf = paper.finish()

    assert failures(pdf, "ua1") == []
    assert failures(pdf, "2a") == []


@pytest.mark.parametrize("language", ["ja-JP", "en-GB"])
def test_the_paper_says_its_language(language):
    paper = Paper(title="試験", author="試験協議会", language=language)
    paper.text_line("Result")

    with pikepdf.open(io.BytesIO(paper.finish())) as pdf:
        assert str(pdf.Root.Lang) == language


@pytest.mark.parametrize("name", PAPERS)
def test_the_same_facts_give_the_same_bytes(name):
    assert PAPERS[name]() == PAPERS[name]()
