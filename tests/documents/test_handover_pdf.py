"""引継書: nothing that has to be handed over is missing, and there is room to sign for it."""

import re
from dataclasses import replace
from datetime import date

import pytest

from tests.documents.archives import failures
from tests.documents.council import LEDGER
from tests.documents.english import is_unsigned, language, left_in_japanese, spans
from tests.documents.handover import english, handover
from tests.documents.reading import squeezed, text_of
from voting.core.letterhead import Kept
from voting.documents.handover_pdf import render_handover
from voting.wording import KEPT_NAMES, kept_until
from voting.wording.papers import PAPERS


def test_the_sheet_says_its_lines_in_their_order(tmp_path):
    text = squeezed(text_of(render_handover(handover()), tmp_path))

    order = (
        "令和7年3月31日",
        "引継書",
        "現在の段階結果公表",
        "議事録は、まだ署名していません。",
        "規則確定・名簿凍結令和6年9月20日(金)10時00分1",
        "「写して作る」",
        "それより古いもの40会員",
        "永年",
        "担当1入力担当clerk-1",
        "事務局(電話00-0000-0000)",
        "前任者職氏名",
        "後任者職氏名",
        "立会者職氏名",
        "別紙",
        "gian1.pdf",
        "bundle.zip",
        "検証鍵",
        LEDGER.root,
        "令和16年9月20日",
        "votingverify",
        "連絡先が12か月より古い会員",
        "M0001架空市1令和5年4月3日",
    )
    places = [text.index(each) for each in order]
    assert places == sorted(places)


def test_every_digest_and_fingerprint_is_whole(tmp_path):
    facts = handover(40, name="架空の資料の名称" * 9 + "その{}.pdf")

    text = squeezed(text_of(render_handover(facts), tmp_path))

    assert all(each.sha256 in text for each in facts.files)
    assert all(each.fingerprint in text for each in facts.keys)
    assert LEDGER.vkey in text.replace("\n", "")


def test_all_that_the_successor_has_to_know_stands_on_the_first_page_with_the_signatures(tmp_path):
    steps = tuple((f"手続{each}", "令和6年9月20日(金)10時00分", str(each)) for each in range(1, 10))
    facts = replace(handover(20, 5, old=300), steps=steps)

    first, *annex = text_of(render_handover(facts), tmp_path).split("\f")

    said = squeezed(first)
    for words in (
        "手続9",
        "議事録は、まだ署名していません。",
        "永年",
        "clerk-5",
        "12か月以内",
        "事務局(電話",
        "立会者職氏名",
    ):
        assert words in said
    assert "sha-256" not in first.lower()
    assert "M0300" in squeezed("".join(annex))


def test_without_old_contacts_nobody_is_listed(tmp_path):
    text = squeezed(text_of(render_handover(replace(handover(), old_contacts=())), tmp_path))

    assert "連絡先が12か月より古い会員" not in text


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


@pytest.mark.parametrize("facts", [handover(), handover(40, 12), english(40, 12)])
def test_the_sheet_can_be_archived_and_read_out(facts):
    pdf = render_handover(facts)

    assert failures(pdf, "ua1") == []
    assert failures(pdf, "2a") == []
    assert pdf == render_handover(facts)


def test_the_translation_is_english_and_is_signed_by_nobody(tmp_path):
    facts = english()
    pdf = render_handover(facts)

    text = " ".join(text_of(pdf, tmp_path).split())
    order = (
        "31 March 2025",
        "Translation for reference. The hand-over sheet in Japanese prevails.",
        "Stage: published",
        "The minutes have not been signed yet.",
        "Rules and roll fixed 20 September 2024, 10:00 1",
        "found right within 12 months: 641 members; older: 40 members",
        "For good",
        "destroyed before 5",
        "担当 1 Entry clerk-1",
        "On the Japanese sheet, by the predecessor, the successor and a witness.",
        "Annex",
        "Motion 1",
        "Key:",
        "until 20 September 2034",
        "Members whose contact is older than 12 months",
    )
    places = [text.index(each) for each in order]
    assert places == sorted(places)
    assert "for the office only" in text
    assert language(pdf) == "en-GB"
    assert set(spans(pdf)) == {"ja-JP"}
    assert is_unsigned(pdf)
    body, assembly = facts.docket.body.name, facts.docket.assembly.title
    wrote = (
        body,
        assembly,
        facts.contact,
        *(each.name for each in facts.keys),
        *(name for name, _, _ in facts.officers),
        *(text for each in facts.things for text in (each.where, each.who)),
        *(name for _, name, _ in facts.old_contacts),
    )
    assert left_in_japanese(text, wrote) == []


def test_the_translation_has_the_digests_of_the_sheet(tmp_path):
    japanese, translated = (
        squeezed(text_of(render_handover(facts), tmp_path)) for facts in (handover(), english())
    )

    for each in handover().files:
        assert each.sha256 in japanese
        assert each.sha256 in translated
    for key in handover().keys:
        assert key.fingerprint in japanese
        assert key.fingerprint in translated


@pytest.mark.parametrize("kept", Kept)
@pytest.mark.parametrize("closed_on", [date(2024, 10, 4), date(2024, 11, 30)])
def test_what_is_kept_is_kept_as_long_in_english(kept, closed_on):
    """One day, said in two calendars; a period without a day has none in either."""
    until = PAPERS["en"].kept_until(kept, closed_on=closed_on)

    year = re.findall(r"令和(\d+)年(\d+)月(\d+)日", kept_until(kept, closed_on=closed_on))
    days = [date(int(era) + 2018, int(month), int(day)) for era, month, day in year]
    assert [f"{day.day} {day:%B %Y}" for day in days] == re.findall(r"\d+ [A-Z]\w+ \d{4}", until)
    assert ("永年" in kept_until(kept, closed_on=closed_on)) == (until == "For good")
    assert ("1年" in kept_until(kept, closed_on=closed_on)) == until.startswith("One year")
