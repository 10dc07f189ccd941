"""議事録: every number of the result stands in it, and adds up."""

import io
import re
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given as given_by
from hypothesis import settings

from tests.core.invented import World, ballots_of, docket_of, facts_of, roll_of, worlds
from tests.documents.archives import failures
from tests.documents.council import MOTIONS, SEED, counted, docket, facts, facts_with_elections, result
from tests.documents.english import figures, is_unsigned, language, left_in_japanese, spans
from tests.documents.minutes import GIVEN, SIGNERS, english, made, seed, twelve, with_elections
from tests.documents.reading import squeezed, text_of
from voting.core.assembly import Body
from voting.core.letterhead import Digits
from voting.core.result import MotionResult, Numbers, Parts
from voting.core.rules import BodyKind, Rules
from voting.core.tally import count
from voting.documents.facts import Opinion
from voting.documents.facts_minutes import MinutesFacts
from voting.documents.minutes_pdf import render_minutes
from voting.services.outcome.counting_facts import result_facts
from voting.wording import in_plain_style, in_style, rule_notes


def read(found, folder) -> str:
    text = squeezed(text_of(render_minutes(found), folder))
    return re.sub(r"全国二地域居住等促進協議会令和6年度臨時総会議事録[0-9]+/[0-9]+", "", text)


def test_the_minutes_say_their_lines_in_the_order_in_which_minutes_are_read(tmp_path):
    text = read(seed(), tmp_path)

    order = (
        "全二協第52号",
        "令和6年度臨時総会(書面開催)議事録",
        "書面による表決(規約第12条第1項)",
        "令和6年9月27日(金)から10月4日(金)23時59分まで",
        "会員総数681会員(議決権の数681票)",
        "出席(表決)681会員(うち書面45会員、電磁的方法368会員、未提出によるみなし268会員)",
        "1件の質問があり",
        "第1号議案当協議会の",
        "述べられた意見なし",
        "議案の提案者会長",
        "決議の日令和6年10月4日(金)",
        "認証令和6年10月7日(月)共同代表長野県",
        "記録次郎",
        "次の者が電子署名をする",
    )
    places = [text.index(squeezed(each)) for each in order] + [
        text.rindex(squeezed(each)) for each in SIGNERS
    ]
    assert places == sorted(places)


def test_every_number_of_every_motion_stands_there_and_adds_up_to_the_roll(tmp_path):
    text = read(seed(), tmp_path)

    lines = re.findall(
        r"賛成([0-9]+)票\(表決書の提出による賛成([0-9]+)票、未提出によるみなし賛成([0-9]+)票\)、"
        r"反対([0-9]+)票、計([0-9]+)票",
        text,
    )
    assert len(lines) == 3
    for favour, expressed, deemed, against, total in ([int(each) for each in line] for line in lines):
        assert (favour, against, total) == (680, 1, 681)
        assert expressed + deemed == favour
        assert favour + against == total


def test_the_attendance_adds_up_to_its_total(tmp_path):
    text = read(seed(), tmp_path)

    total, rest = re.search(r"出席\(表決\)([0-9]+)会員\(うち([^)]*)\)", text).groups()
    assert sum(int(each) for each in re.findall(r"[0-9]+", rest)) == int(total) == 681


def test_a_proxy_is_counted_once_in_the_attendance(tmp_path):
    found = made(facts(result_json=b"{}"), ways=(("fax", 40), ("web", 368), ("委任", 5)))

    assert "(うち書面40会員、電磁的方法368会員、委任5会員、未提出によるみなし268会員)" in read(
        found, tmp_path
    )


def test_where_silence_counts_on_some_motions_only_no_total_is_invented(tmp_path):
    other = Numbers(in_favour=Parts(expressed=412), against=Parts(expressed=1), not_counted=268)
    motions = (
        MotionResult(1, MOTIONS[0].title, counted(SEED)),
        MotionResult(2, MOTIONS[1].title, counted(other)),
    )
    found = made(facts(docket=docket(*MOTIONS[:2]), result=result(*motions), result_json=b"{}"))

    text = read(found, tmp_path)

    assert "出席(表決)413会員(うち書面45会員、電磁的方法368会員)" in text
    assert "議案ごとに記載する" in text
    assert "未算入268票、計681票" in text


def test_elections_name_who_was_chosen_and_by_how_many_votes(tmp_path):
    text = read(with_elections(), tmp_path)

    assert "選出された者田辺市" in text
    assert "葛\U000e0100城市240票選出" in text
    assert "白票5票" in text
    assert "1人の欠員が生じた。" in text


def test_twelve_motions_and_forty_opinions_are_all_there(tmp_path):
    text = read(twelve(), tmp_path)

    assert text.count("計681票") == 12
    assert all(f"意見その{number}。" in text for number in range(1, 41))
    assert "公表に同意のあったもの40件" in text


def test_the_office_s_figures_are_set_its_way_and_names_stay(tmp_path):
    found = made(facts(result_json=b"{}"), say=lambda text: in_style(text, digits=Digits.FULL))

    text = read(found, tmp_path)

    assert "会員総数６８１会員" in text
    assert "全二協第52号" in text


@pytest.mark.parametrize("make", [seed, with_elections, twelve])
def test_sentences_end_in_the_plain_style_of_minutes(make):
    found = make()
    said = (*found.attendance, *found.notes, *(line for each in found.motions for line in each.lines))

    assert [text for text in said if re.search("(です|ます|ました|ません|でした)(。|\\()", text)] == []


def test_every_sentence_on_what_the_rules_did_has_a_plain_style():
    everything = Numbers(
        in_favour=Parts(1, 1, 1, 1),
        against=Parts(1, 1, 1, 1),
        abstain=Parts(1, 1, 1, 1),
        invalid=1,
        late=1,
        undelivered=1,
        left=1,
        barred=1,
        not_counted=1,
    )
    notes = rule_notes(docket(), result(MotionResult(1, "甲", counted(everything))))

    assert len(notes) == 15
    assert [
        each for each in map(in_plain_style, notes) if re.search("(です|ます|ました|ません)(。|\\()", each)
    ] == []


def test_a_statute_s_words_are_used_only_where_everybody_really_consented(tmp_path):
    incorporated = replace(
        docket(rules=Rules()), body=Body("一般社団法人見本会", BodyKind.GENERAL_INCORPORATED)
    )
    agreed = Numbers(in_favour=Parts(expressed=681))
    filled = Numbers(in_favour=Parts(expressed=680, blank=1))
    said = []
    for numbers in (agreed, filled):
        motions = tuple(MotionResult(each.number, each.title, counted(numbers)) for each in MOTIONS)
        found = made(
            facts(docket=incorporated, result=result(*motions, returned=681), result_json=b"{}"),
            ways=(("web", 681),),
        )
        said.append(read(found, tmp_path))

    assert "決議があったものとみなされた日令和6年10月4日(金)" in said[0]
    assert said[0].count("第58条の規定により、この議案を可決する旨の決議があったものとみなされた。") == 3
    assert "みなされた日" not in said[1]
    assert "決議の日" in said[1]
    assert all("一般社団法人及び一般財団法人に関する法律第57条" in each for each in said)


def test_the_minutes_carry_the_result_that_they_were_written_from():
    with pikepdf.open(io.BytesIO(render_minutes(seed()))) as pdf:
        assert pdf.attachments["result.json"].get_file().read_bytes() == b"{}"


def test_a_draft_says_so_on_every_page(tmp_path):
    assert "案" in text_of(render_minutes(replace(seed(), is_draft=True)), tmp_path).split("\n")[0]


@pytest.mark.parametrize("make", [seed, with_elections, twelve])
def test_the_minutes_can_be_archived_and_read_out(make):
    pdf = render_minutes(make())

    assert failures(pdf, "ua1") == []
    assert failures(pdf, "3a") == []
    assert pdf == render_minutes(make())


def in_english(found: MinutesFacts, folder: Path) -> str:
    return " ".join(text_of(render_minutes(found), folder).split())


def test_the_translation_says_the_same_numbers_and_who_signs_the_minutes(tmp_path):
    text = in_english(english(), tmp_path)

    for words in (
        "Minutes of 令和6年度臨時総会 (held in writing)",
        "Translation for reference. The minutes in Japanese prevail.",
        "681 members with 681 votes on the roll.",
        "681 members voted (of these 45 on paper, 368 electronically, 268 deemed by silence).",
        "680 votes for (412 votes by ballot, 268 votes deemed by silence), 1 vote against, 681 votes in all",
        "Required: votes for more than half of those present (deemed votes included) (at least 341 votes). "
        "Result: carried",
        "It depended on motion 1: the condition was met.",
        "Certified on 7 October 2024: 共同代表 長野県",
        "Signed by 議長 長野県、監事 田辺市、議事録署名人 那須町",
    ):
        assert words in text
    numbers = {"681", "680", "412", "268", "341", "368"}
    assert numbers <= figures(text)
    assert numbers <= set(re.findall("[0-9]+", read(seed(), tmp_path)))


def test_the_translation_has_no_place_for_a_signature_and_nothing_inside():
    pdf = render_minutes(english())

    assert is_unsigned(pdf)
    assert language(pdf) == "en-GB"
    assert set(spans(pdf)) == {"ja-JP"}
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert list(opened.attachments) == []


def test_the_translation_leaves_in_japanese_what_body_and_office_said_and_nothing_else(tmp_path):
    found = facts_with_elections(opinions=(Opinion(text="事業を広げてほしい。"),))

    text = in_english(english(found), tmp_path)

    given = (
        *(each.title for each in found.docket.motions),
        *(name for each in found.docket.motions for name in each.candidates),
        *found.docket.rules.clauses.values(),
        *(found.docket.body.name, found.docket.assembly.title, *SIGNERS, *found.certified_by),
        *(*found.witnesses, *GIVEN.course, GIVEN.author, GIVEN.proposer, "全二協第52号"),
    )
    assert left_in_japanese(text, given) == []
    assert "1 that may be published, printed in the minutes in Japanese." in text
    assert "葛\U000e0100城市: 240 votes, elected" in text
    assert "Elected: 田辺市" in text
    assert "Of 2 seats 1 remained vacant." in text


@pytest.mark.parametrize(
    ("version", "is_draft", "corner"), [(1, True, "Draft"), (2, False, "Corrected (version 2)")]
)
def test_the_translation_bears_the_mark_of_the_minutes(tmp_path, version, is_draft, corner):
    text = in_english(english(version=version, is_draft=is_draft), tmp_path)

    assert text.startswith(corner)


def test_the_translation_tells_the_consent_of_all_and_where_silence_differs(tmp_path):
    other = Numbers(in_favour=Parts(expressed=412), against=Parts(expressed=1), not_counted=268)
    motions = (
        MotionResult(1, MOTIONS[0].title, counted(SEED)),
        MotionResult(2, MOTIONS[1].title, counted(other)),
    )
    differing = facts(docket=docket(*MOTIONS[:2]), result=result(*motions))
    everybody = Numbers(in_favour=Parts(expressed=681))
    consented = facts(result=result(MotionResult(1, MOTIONS[0].title, counted(everybody)), returned=681))
    kind = replace(consented.docket.body, kind=BodyKind.GENERAL_INCORPORATED)

    text = in_english(english(differing), tmp_path)
    all_of_them = in_english(
        english(replace(consented, docket=replace(consented.docket, body=kind))), tmp_path
    )

    assert "413 members voted (of these 45 on paper, 368 electronically)." in text
    assert "268 votes not counted, 681 votes in all" in text
    assert "differs from motion to motion" in text
    assert "a resolution to carry this motion is deemed to have been made under" in all_of_them
    assert "Deemed resolved" in all_of_them


@settings(max_examples=60)
@given_by(worlds())
def test_no_minutes_have_a_word_that_is_missing_in_english(invented: World) -> None:
    asked, entries, known = docket_of(invented), roll_of(invented), facts_of(invented)
    sent = ballots_of(invented)
    counted_ = count(asked, entries, sent, known)
    found = result_facts(asked, entries, sent, known, result=counted_, content=b"{}")

    for version in (1, 2):
        facts_made = english(replace(found, version=version), ways=(), signers=(), version=version)
        assert render_minutes(facts_made).startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ((3, 2), "会員から質問3件を受け付け、うち2件の質問と回答を会員全員に公開した。"),
        ((2, 2), "会員から質問2件を受け付け、質問と回答を会員全員に公開した。"),
        ((1, 0), "会員から質問1件を受け付けた。"),
    ],
)
def test_the_course_tells_how_many_questions_there_were_after_what_the_office_wrote(asked, words) -> None:
    found = made(facts(result_json=b"{}"), asked=asked)

    assert found.course == (*GIVEN.course, words)
    assert made(facts(result_json=b"{}")).course == GIVEN.course
    assert english(asked=asked).course[-1].startswith("Questions received from members: ")
