"""The public's one page: what stands on it, and what it leaves out when there is more to say."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pypdf
import pytest

from tests.documents import council
from tests.documents.council import SEED, counted, docket, facts, facts_with_elections, result
from tests.documents.reading import squeezed, text_of
from voting.core.motions import Motion
from voting.core.result import Flag, MotionResult
from voting.documents.facts import Correction, Opinion, ResultFacts
from voting.documents.result_summary_pdf import render_summary

SIGNERS = ("全国二地域居住等促進協議会", "共同代表 長野県", "監事 田辺市")
LONG = (
    "二地域居住の推進に関する特定居住促進計画の作成及び広域的地域活性化基盤整備計画との調整並びに"
    "これに伴う規約、事業計画、予算及び役員の任期の変更の一括処理について"
)


def of_motions(number: int, title: str = "", **changes: object) -> ResultFacts:
    """So many motions, each carried as in the origin case."""
    motions = tuple(
        Motion(each, title or f"令和6年度事業計画(その{each})について") for each in range(1, number + 1)
    )
    results = (MotionResult(each.number, each.title, counted(SEED)) for each in motions)
    return facts(docket=docket(*motions), result=result(*results), signers=SIGNERS, **changes)


def pages(given: ResultFacts) -> int:
    return len(pypdf.PdfReader(BytesIO(render_summary(given))).pages)


def read(given: ResultFacts, folder) -> str:
    return squeezed(text_of(render_summary(given), folder))


@pytest.mark.parametrize("number", [1, 2, 3])
def test_up_to_three_motions_stand_on_one_page_with_everything(number, tmp_path):
    given = of_motions(number)

    assert pages(given) == 1
    text = read(given, tmp_path)
    for words in (
        "令和6年9月27日(金)から10月4日(金)23時59分まで",
        "681会員(議決権の数681票)",
        "413会員(413票)、提出率60.6%",
        "賛成(みなし)",
        "出席会員(みなしを含む。)の過半数(341票以上)",
        "表決書の提出がない268会員(268票)",
        "みなしを除いても、可決の要件を満たします。",
        "共同代表長野県、監事田辺市、監事那須町",
        council.LEDGER.result_sha256,
        "電子署名",
    ):
        assert words in text
    assert text.count("可決") >= number
    assert "ここに記載しない" not in text


def test_three_motions_with_names_of_eighty_characters_still_stand_on_one_page(tmp_path):
    given = of_motions(3, LONG)

    assert pages(given) == 1
    assert len(LONG) >= 80
    assert read(given, tmp_path).count(LONG[:12]) == 3


def test_six_motions_stand_on_one_page_with_everything_set_closer(tmp_path):
    text = read(of_motions(6), tmp_path)

    assert pages(of_motions(6)) == 1
    assert "ここに記載しない" not in text


def test_twelve_motions_stand_on_one_page_without_the_bars_which_it_says(tmp_path):
    text = read(of_motions(12), tmp_path)

    assert pages(of_motions(12)) == 1
    assert "ここに記載しない棒グラフのほか" in text
    assert "結果報告(全文)にあります" in text
    for number in range(1, 13):
        assert f"第{number}号議案" in text
    assert text.count("680") >= 12
    assert "みなしを除いても、可決の要件を満たします。" in text


def test_twelve_motions_with_names_of_forty_characters_stand_on_one_page(tmp_path):
    given = of_motions(12, LONG[:40])

    assert pages(given) == 1
    text = read(given, tmp_path)
    assert text.count(LONG[:12]) == text.count(LONG[35:40]) == 12
    assert "ここに記載しない棒グラフ、規則の取扱いのほか" in text


def test_nothing_on_a_full_page_is_set_in_smaller_type_than_eight_points(tmp_path):
    page = pypdf.PdfReader(BytesIO(render_summary(of_motions(12, LONG[:40])))).pages[0]
    sizes = []
    page.extract_text(
        visitor_text=lambda text, _, matrix, font, size: sizes.append(size) if text.strip() else 0
    )

    assert min(sizes) >= 8


def test_what_fits_in_no_setting_goes_on_and_leaves_out_no_number_and_no_warning(tmp_path):
    count = counted(SEED, flags=(Flag.DEEMED_DECIDES,))
    motions = tuple(Motion(each, LONG) for each in range(1, 21))
    results = (MotionResult(each.number, each.title, count) for each in motions)
    given = facts(docket=docket(*motions), result=result(*results))

    assert pages(given) > 1
    text = read(given, tmp_path)
    assert text.count("680") >= 20
    assert "みなしによる票によって定まったものです" in text
    assert council.LEDGER.result_sha256 in text


def test_elections_have_their_numbers_and_their_outcome(tmp_path):
    text = read(facts_with_elections(), tmp_path)

    assert "田辺市68041226810" in text
    assert "葛\U000e0100城市240240当選" in text
    assert "定数2人に対し、1人の欠員が生じました。" in text


def test_no_opinion_and_no_member_stands_on_it(tmp_path):
    text = read(facts(opinions=(Opinion(text="事業を広げてほしい。", member="那須町"),)), tmp_path)

    assert "事業を広げてほしい" not in text


def test_a_correction_stands_at_its_head(tmp_path):
    correction = Correction(of=date(2024, 10, 8), changes=(("679票", "680票"),), outcomes_changed=False)

    text = read(facts(version=2, correction=correction), tmp_path)

    assert "訂正版(第2版)" in text
    assert text.index("(誤)679票") < text.index("議決の結果")


def test_the_same_facts_give_the_same_bytes_and_the_numbers_travel_inside():
    given = facts(result_json=b'{"format":"voting-result/1"}')

    assert render_summary(given) == render_summary(replace(given))
    inside = pypdf.PdfReader(BytesIO(render_summary(given))).attachments
    assert inside == {"result.json": [b'{"format":"voting-result/1"}']}
