"""The receipt a member keeps: its answer in words, and what it needs to check the record."""

import io
from dataclasses import replace
from datetime import datetime

import pypdf
import pytest

from tests.documents.council import LEDGER, MOTIONS, TOKYO, docket
from tests.documents.english import figures, is_unsigned, language, left_in_japanese, spans
from tests.documents.reading import squeezed, text_of
from voting.documents.facts import ReceiptFacts
from voting.documents.receipt_pdf import LEVELS, qr_content, render_receipt
from voting.wording.papers import PAPERS

RECEIPT = ReceiptFacts(
    docket=docket(),
    member_id="M0123",
    member="奈良県葛\U000e0100城市",
    number="R-0123-0001",
    received_at=datetime(2024, 10, 2, 10, 0, 5, tzinfo=TOKYO),
    choices=tuple((f"第{motion.number}号議案　{motion.title}", "賛成") for motion in MOTIONS),
    section="企画部政策推進課",
    person="髙﨑 花子",
    channel="web",
    level="K0",
    origin=LEDGER.origin,
    index=421,
    leaf_hash="9f" * 32,
    checkpoint=LEDGER.checkpoint,
    vkey=LEDGER.vkey,
)

ENGLISH = replace(
    RECEIPT,
    choices=tuple((f"Motion {motion.number} {motion.title}", "For") for motion in MOTIONS),
    say=PAPERS["en"],
)


def test_the_receipt_repeats_who_answered_what_and_when(tmp_path):
    text = squeezed(text_of(render_receipt(RECEIPT), tmp_path))

    for words in (
        "奈良県葛\U000e0100城市御中",
        "R-0123-0001",
        "令和6年10月2日(水)10時00分05秒",
        "企画部政策推進課髙﨑花子",
        "Web(事務局から通知した回答コードによる)",
        "最後に受け付けた内容が有効となります",
    ):
        assert words in text
    assert text.count("賛成") == 3


def test_the_receipt_carries_the_place_in_the_record_and_the_checkpoint(tmp_path):
    text = squeezed(text_of(render_receipt(RECEIPT), tmp_path))

    assert "記録の番号421" in text
    assert RECEIPT.leaf_hash in text
    assert all(line in text for line in RECEIPT.checkpoint.split("\n")[:3])


def test_the_receipt_is_one_page():
    assert len(pypdf.PdfReader(io.BytesIO(render_receipt(RECEIPT))).pages) == 1


def test_the_head_of_the_record_stands_on_one_page_with_the_record(tmp_path):
    for count in range(6, 16):
        choices = tuple((f"第{number}号議案　議案{number}について", "賛成") for number in range(1, count + 1))
        pages = text_of(render_receipt(replace(RECEIPT, choices=choices)), tmp_path).split("\f")
        (page,) = (each for each in pages if "記録の確認" in each)
        assert "記録の番号" in page


def test_the_qr_code_holds_neither_name_nor_choice():
    assert qr_content(RECEIPT) == f"{RECEIPT.origin}\n421\n{RECEIPT.leaf_hash}"


def test_a_receipt_without_a_person_says_so(tmp_path):
    bare = replace(RECEIPT, section="", person="", channel="fax", level="KP")

    text = squeezed(text_of(render_receipt(bare), tmp_path))

    assert "記載なし" in text
    assert "FAX(書面を2名で入力し、確認)" in text


def test_a_level_that_does_not_exist_is_no_receipt():
    with pytest.raises(KeyError):
        render_receipt(replace(RECEIPT, level="K9"))


def test_the_same_receipt_printed_again_is_the_same_file():
    assert render_receipt(RECEIPT) == render_receipt(RECEIPT)


def test_the_paper_of_a_refused_answer_says_that_it_does_not_count(tmp_path):
    late = "期限を過ぎて到着したため、表決に算入できません。"

    text = text_of(render_receipt(replace(RECEIPT, refused=late)), tmp_path)

    assert "到着の記録(控え)" in "".join(text.split())
    assert late in "".join(text.split())
    assert "表決を受け付けました" not in "".join(text.split())


def test_after_the_close_the_paper_names_the_record_that_it_is_proved_against(tmp_path):
    size = RECEIPT.checkpoint.split("\n")[1]

    final = squeezed(text_of(render_receipt(replace(RECEIPT, proved_in="最終の記録")), tmp_path))

    assert "受付票(最終の記録に対する証明)" in final
    assert f"最終の記録(全{int(size):,}件)に含まれています" in final
    assert "変更できます" not in final
    late = replace(
        RECEIPT, proved_in="最終の記録", refused="期限を過ぎて到着したため、表決に算入できません。"
    )
    assert "到着の記録(最終の記録に対する証明)" in squeezed(text_of(render_receipt(late), tmp_path))


def english(facts: ReceiptFacts, folder) -> str:
    return " ".join(text_of(render_receipt(facts), folder).split())


def test_the_translation_says_the_same_and_that_the_japanese_receipt_prevails(tmp_path):
    text = english(ENGLISH, tmp_path)

    for words in (
        "Translation for reference. The receipt in Japanese prevails.",
        "R-0123-0001",
        "2 October 2024, 10:00:05 (Japanese time)",
        "企画部政策推進課 髙﨑 花子",
        "Web (by a code that the secretariat sent)",
        "until 4 October 2024, 23:59 (Japanese time). What is received last counts.",
        "Entry: 421",
    ):
        assert words in text
    assert text.split().count("For") == 1 + 3
    assert figures(text) == figures(text_of(render_receipt(RECEIPT), tmp_path))


def test_the_translation_is_english_and_its_names_are_marked_as_japanese(tmp_path):
    pdf = render_receipt(ENGLISH)

    assert language(pdf) == "en-GB"
    assert set(spans(pdf)) == {"ja-JP"}
    assert is_unsigned(pdf)
    body, title = RECEIPT.docket.body.name, RECEIPT.docket.assembly.title
    given = (body, title, RECEIPT.member, RECEIPT.section, RECEIPT.person, *(each.title for each in MOTIONS))
    assert left_in_japanese(english(ENGLISH, tmp_path), given) == []


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("proved_in", ["", "the final record"])
@pytest.mark.parametrize("refused", ["", "It came after the deadline and cannot be counted."])
def test_every_kind_of_receipt_has_its_translation(tmp_path, level, proved_in, refused):
    bare = replace(ENGLISH, level=level, proved_in=proved_in, refused=refused, section="", person="")

    text = english(bare, tmp_path)

    assert "not stated" in text
    assert (refused in text) and (proved_in in text)
    assert ("Its arrival stays on record." in text) == bool(refused)
