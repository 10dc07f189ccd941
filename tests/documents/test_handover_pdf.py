"""引継書: nothing that has to be handed over is missing, and there is room to sign for it."""

from datetime import date

import pytest

from tests.documents.archives import failures
from tests.documents.council import LEDGER
from tests.documents.handover import handover
from tests.documents.reading import squeezed, text_of
from voting.core.letterhead import Kept
from voting.documents.handover_pdf import render_handover
from voting.wording import KEPT_NAMES, kept_until


def test_the_sheet_says_its_lines_in_their_order(tmp_path):
    text = squeezed(text_of(render_handover(handover()), tmp_path))

    order = (
        "令和7年3月31日",
        "引継書",
        "現在の段階結果公表",
        "議事録は、まだ署名していません。",
        "規則確定・名簿凍結令和6年9月20日(金)10時00分1",
        "gian1.pdf",
        "bundle.zip",
        "検証鍵",
        LEDGER.root,
        "令和16年9月20日",
        "永年",
        "担当1入力担当clerk-1",
        "votingverify",
        "事務局(電話00-0000-0000)",
        "前任者職氏名",
        "後任者職氏名",
        "立会者職氏名",
    )
    places = [text.index(each) for each in order]
    assert places == sorted(places)


def test_every_digest_and_fingerprint_is_whole(tmp_path):
    facts = handover(40, name="架空の資料の名称" * 9 + "その{}.pdf")

    text = squeezed(text_of(render_handover(facts), tmp_path))

    assert all(each.sha256 in text for each in facts.files)
    assert all(each.fingerprint in text for each in facts.keys)
    assert LEDGER.vkey in text.replace("\n", "")


def test_who_hands_over_and_who_takes_over_sign_on_one_page(tmp_path):
    for files in range(1, 30):
        pages = text_of(render_handover(handover(files)), tmp_path).split("\f")
        signed = [squeezed(page) for page in pages if "前任者　職氏名" in page]
        assert len(signed) == 1
        assert "立会者" in signed[0]
        assert "上記のとおり引き継ぎました。" in signed[0]


@pytest.mark.parametrize("kept", Kept)
def test_everything_kept_has_a_name_and_a_period(kept):
    assert KEPT_NAMES[kept]
    assert kept_until(kept, closed_on=date(2024, 10, 4))


@pytest.mark.parametrize("closed_on", [date(2024, 10, 4), date(2024, 11, 30), date(2025, 12, 1)])
def test_ballots_are_kept_three_months_at_least(closed_on):
    month = closed_on.month + 3
    three_months = date(closed_on.year + (month - 1) // 12, (month - 1) % 12 + 1, min(closed_on.day, 28))

    said = kept_until(Kept.BALLOTS, closed_on=closed_on)

    assert any(
        f"令和{day.year - 2018}年{day.month}月{day.day}日" in said
        for day in (date.fromordinal(three_months.toordinal() + more) for more in range(6))
    )


@pytest.mark.parametrize("facts", [handover(), handover(40, 12)])
def test_the_sheet_can_be_archived_and_read_out(facts):
    pdf = render_handover(facts)

    assert failures(pdf, "ua1") == []
    assert failures(pdf, "2a") == []
    assert pdf == render_handover(facts)
