"""The result report: every number visible, every sum to be checked by eye, the same bytes every time."""

import hashlib
import io
import re
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pypdf
import pytest

from tests.documents import council
from tests.documents.council import LEDGER, SEED, counted, docket, facts, facts_with_elections, result
from tests.documents.reading import squeezed, text_of
from voting.core.ballots import Channel, Mark, Submission
from voting.core.members import Roll, RollEntry
from voting.core.result import MotionResult, Numbers, Outcome, Parts, QuorumResult
from voting.core.rules import Quorum, Unit
from voting.core.tally import count
from voting.core.votes import ONE_VOTE
from voting.documents.facts import CategoryFacts, Correction, Opinion
from voting.documents.result_pdf import render_result
from voting.documents.result_tables import SumsDisagree, asked, main_table
from voting.documents.typeface import NoGlyph
from voting.wording import CosignatureFacts, WitnessFacts


def read(given, folder) -> str:
    return squeezed(text_of(render_result(given), folder))


def test_the_items_stand_in_the_order_of_an_official_report(tmp_path):
    text = read(facts(), tmp_path)

    order = [
        "第48号",
        "令和6年10月8日",
        "会員各位",
        "会長",
        "（公印省略）",
        "令和6年度臨時総会(書面開催)の結果について(報告)",
        "記1",
        "規約第12条第1項",
        "令和6年9月27日(金)から10月4日(金)23時59分まで3",
        "会員総数681会員",
        "413会員(413票)、提出率60.6%",
        "Web368、FAX27、郵送18",
        "定足数の定めはありません",
        "議決要件結果",
        "※1",
        "みなしを除く集計",
        "条件は成就しました",
        "集計及び確認",
        "監事田辺市",
        "連絡先",
        "記録の検証",
        "以上",
        "別表1",
    ]
    place = 0
    for words in order:
        found = text.find(words, place)
        assert found >= 0, words
        place = found + len(words)


def test_every_motion_prints_its_parts_and_their_sum(tmp_path):
    letter = "".join(text_of(render_result(facts()), tmp_path).split("\f")[:2])

    rows = [
        line.split() for line in letter.splitlines() if re.search(r"\b680\b", line) and "680票" not in line
    ]
    numbers = [[int(word) for word in row if word.isdigit()] for row in rows]
    assert len(numbers) == 3
    for total, sent, deemed, against, abstain, invalid, excluded, everything in numbers:
        assert total == sent + deemed == 680
        assert total + against + abstain + invalid + excluded == everything == 681


def test_the_line_members_know_stands_there_with_its_deemed_part(tmp_path):
    page = text_of(render_result(facts()), tmp_path).split("\f")[0]

    for number in (1, 2, 3):
        line = f"第{number}号議案 賛成680票(うち未提出によるみなし賛成268票)、反対1票 可決"
        assert line in " ".join(page.split())


def test_the_annex_closes_each_motion_with_the_roll(tmp_path):
    annex = text_of(render_result(facts()), tmp_path).split("\f")[2]

    assert [line.split() for line in annex.splitlines() if "計" in line and "681" in line][:3] == [
        [f"第{number}号議案", "計", "681", "681"] for number in (1, 2, 3)
    ]


def test_the_note_on_silence_has_its_clause_and_its_number(tmp_path):
    assert "規約第12条第3項により、表決書の提出がない268会員(268票)について" in read(facts(), tmp_path)


def test_the_ledger_block_repeats_the_checkpoint_line_by_line(tmp_path):
    text = text_of(render_result(facts()), tmp_path)
    ledger = council.LEDGER

    assert all(line in text for line in ledger.checkpoint.split("\n")[:3])
    assert ledger.result_sha256 in text
    assert ledger.vkey in squeezed(text)


def test_an_election_by_confidence_has_a_row_a_candidate_and_states_the_vacancy(tmp_path):
    text = read(facts_with_elections(), tmp_path)

    assert "第4号議案監事の選出について(候補者ごとの信任投票、定数2人)" in text
    assert "任期令和6年10月5日から1年" in text
    assert "定数2人に対し、1人の欠員が生じました" in text


def test_an_election_by_plurality_lists_the_votes_from_the_most_and_adds_up(tmp_path):
    text = read(facts_with_elections(), tmp_path)

    assert text.index("葛\U000e0100城市240240当選") < text.index("𠮷野町150150")
    assert "提出413会員(有効405、白票5、無効3)" in text


def test_a_motion_that_failed_says_why_and_its_dependents_say_on_what(tmp_path):
    lost = Numbers(in_favour=Parts(expressed=300), against=Parts(expressed=381))
    motions = (
        MotionResult(1, "改組", counted(lost, outcome=Outcome.REJECTED, without=False)),
        *(
            MotionResult(number, "改正", counted(SEED, outcome=Outcome.CONDITION_FAILED, without=None))
            for number in (2, 3)
        ),
    )

    text = read(facts(result=result(*motions)), tmp_path)

    assert "第1号議案賛成が議決要件に達しなかったため、否決されました。" in text
    assert "第1号議案の否決により、本議案は効力を生じません(条件不成就)。" in text


def test_a_quorum_is_printed_with_what_was_needed_and_what_came(tmp_path):
    quorum = QuorumResult("341", 340 * ONE_VOTE, Unit.VOTES, False)
    given = facts(
        docket=docket(rules=replace(council.COUNCIL, quorum=Quorum(Fraction(1, 2)))),
        result=replace(result(), quorum=quorum),
    )

    assert "会員総数の2分の1以上(341票)に対し、340票。総会は成立しませんでした。" in read(given, tmp_path)


def test_a_corrected_result_says_so_on_every_page_and_what_was_wrong(tmp_path):
    correction = Correction(
        of=date(2024, 10, 8), changes=(("賛成679票", "賛成680票"),), outcomes_changed=False
    )

    pages = text_of(render_result(facts(version=2, correction=correction)), tmp_path).split("\f")[:-1]

    assert all("訂正版(第2版)" in squeezed(page) for page in pages)
    assert "令和6年10月8日(火)付けで公表した結果(第1版)に誤りがありました" in squeezed(pages[0])
    assert "(誤)賛成679票(正)賛成680票各議案の可否に変更はありません。" in squeezed(pages[0])


def test_opinions_name_a_member_only_where_the_facts_do(tmp_path):
    opinions = (
        Opinion(text="事業を広げてほしい。", answer="検討します。"),
        Opinion(text="賛成。", member="那須町"),
    )

    text = read(facts(opinions=opinions), tmp_path)

    assert "事業を広げてほしい。回答検討します。" in text
    assert "賛成。(那須町)" in text


def test_categories_stand_beside_the_roll(tmp_path):
    categories = (
        CategoryFacts(
            name="地方公共団体",
            roll_members=600,
            roll_votes=600 * ONE_VOTE,
            returned_members=400,
            returned_votes=0,
        ),
        CategoryFacts(
            name="民間", roll_members=81, roll_votes=81 * ONE_VOTE, returned_members=13, returned_votes=0
        ),
    )

    assert "地方公共団体600会員(600票)民間81会員(81票)" in read(facts(categories=categories), tmp_path)


def test_where_votes_differ_from_members_both_are_printed(tmp_path):
    numbers = Numbers(in_favour=Parts(2), against=Parts(29))
    votes = Numbers(in_favour=Parts(30 * ONE_VOTE), against=Parts(29 * ONE_VOTE))
    count = replace(counted(numbers), votes=votes)
    given = facts(
        docket=docket(council.MOTIONS[0]),
        result=replace(
            result(MotionResult(1, "配分について", count), returned=31),
            roll_members=31,
            roll_votes=59 * ONE_VOTE,
        ),
        channels=(),
    )

    table = main_table(given, asked(given, persons=False))

    assert table.rows[0][1] == "30\n(2)"
    assert "出席会員(みなしを含む。)の議決権の過半数" in table.rows[0][-2]
    assert "括弧内は会員数" in read(given, tmp_path)


def test_the_same_facts_give_the_same_bytes_after_any_other_paper():
    first = hashlib.sha256(render_result(facts())).hexdigest()

    render_result(facts_with_elections())

    assert hashlib.sha256(render_result(facts())).hexdigest() == first


def test_result_json_travels_inside_the_paper():
    data = b'{"format":"voting-result/1"}'

    document = pypdf.PdfReader(io.BytesIO(render_result(facts(result_json=data))))

    assert document.attachments == {"result.json": [data]}


def test_numbers_that_do_not_add_up_to_the_roll_are_never_printed():
    short = MotionResult(1, "改組", counted(replace(SEED, in_favour=Parts(expressed=412, deemed=267))))

    with pytest.raises(SumsDisagree) as broken:
        render_result(facts(docket=docket(council.MOTIONS[0]), result=result(short)))

    assert (broken.value.where, broken.value.found) == ("第1号議案", 680 * ONE_VOTE)


def test_ways_of_submission_that_do_not_add_up_are_never_printed():
    with pytest.raises(SumsDisagree):
        render_result(facts(channels=(("web", 412),)))


def test_a_candidate_whose_name_no_font_has_stops_the_report():
    candidates = tuple(replace(one, name="𓀀町") for one in council.CONFIDENCE.candidates)
    given = facts_with_elections()
    motions = (
        *council.COUNCIL_MOTIONS,
        replace(council.CONFIDENCE, candidates=candidates),
        council.PLURALITY,
    )

    with pytest.raises(NoGlyph) as refused:
        render_result(replace(given, result=replace(given.result, motions=motions)))

    assert "𓀀町" in refused.value.text


def test_what_the_engine_counts_is_what_is_printed(tmp_path):
    roll = Roll(tuple(RollEntry(f"M{number:04d}", f"第{number}村") for number in range(681)))
    sent = [
        Submission(
            f"M{number:04d}",
            dict.fromkeys((1, 2, 3), Mark.AGAINST if number == 412 else Mark.FOR),
            council.SCHEDULE.opens_at,
            Channel.WEB,
            number,
        )
        for number in range(413)
    ]
    counted_result = count(docket(), roll, sent)

    text = read(facts(result=counted_result, channels=(("web", 413),)), tmp_path)

    assert counted_result.motions[0].count.votes == council.in_votes(SEED)
    assert "賛成680票(表決書の提出による賛成412票、未提出によるみなし賛成268票)、反対1票、計681票" in text
    assert (
        "出席会員(みなしを含む。)の過半数(341票以上)"
        in main_table(facts(result=counted_result), asked(facts(result=counted_result), persons=False)).rows[
            0
        ]
    )


def test_the_count_of_cosignatures_stands_on_the_paper_as_of_its_certification(tmp_path):
    witnesses = (WitnessFacts("監事A", "w.example/a", 1342), WitnessFacts("監事B", "w.example/b", 0))
    found = CosignatureFacts(witnesses, size=1342, is_met=False)

    text = squeezed(text_of(render_result(facts(ledger=replace(LEDGER, cosignatures=found))), tmp_path))

    assert "記録の立会人の連署1/2定めた数に達していません。" in text
    assert "認証の時点で、記録の立会人2者のうち1者の連署があります" in text
    assert "監事A1,342件まで連署(w.example/a)監事B連署なし(w.example/b)" in text


def test_a_paper_without_witnesses_says_so_plainly(tmp_path):
    assert "記録の立会人なし(" in squeezed(text_of(render_result(facts()), tmp_path))
