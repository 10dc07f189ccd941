"""The notice: what members must know to answer, in the order of an official letter."""

import re

import pytest

from tests.documents.archives import failures
from tests.documents.english import is_unsigned, language, left_in_japanese, spans
from tests.documents.reading import squeezed, text_of
from tests.services.letterheads import LETTERHEAD
from tests.world import World
from voting.core.permissions import Role
from voting.services.errors import NotThatFar
from voting.services.period import asking
from voting.services.printing import letterheads, letters
from voting.wording import rule_sentences, rules_english

ADMINISTRATOR = Role.ADMINISTRATOR


def read(world: World, folder, letterhead: str = LETTERHEAD) -> str:
    who = world.officer(ADMINISTRATOR)
    letterheads.set_letterhead(world.rt, who, world.origin, letterhead)
    text = squeezed(text_of(letters.notice(world.rt, who, world.origin), folder))
    return re.sub(r"架空協議会令和8年度総会開催案内[0-9]/[0-9]", "", text)


def test_the_notice_says_its_lines_in_the_order_of_an_official_letter(world, tmp_path):
    world.assembly()

    text = read(world, tmp_path)

    order = (
        "架協第41号",
        "令和8年5月25日",
        "会員各位",
        "共同代表架空県知事架空太郎",
        "共同代表見本町長見本花子",
        "（公印省略）",
        "令和8年度総会(書面開催)の開催について(通知)",
        "厚く御礼申し上げます",
        "規約第12条第1項の規定に基づき",
        "記",
        "令和8年6月1日(月)から6月10日(水)23時59分まで",
        "会員総数5会員(議決権の数5票)",
        "第1号議案事業計画について",
        "第2号議案は、第1号議案の可決を条件とします。",
        "FAX00-0000-0000",
        "(必着)",
        "(1)",
        "令和8年6月5日(金)までに、https://vote.example.or.jp/v(回答コードを入力)又は下記の連絡先",
        "https://vote.example.or.jp/assemblies/council/2026-06",
        "記録の検証鍵",
        "議案書、書面表決書",
        "以上",
        "電話000-0000-0000",
    )
    places = [text.index(each) for each in order]
    assert places == sorted(places)


def test_the_notice_can_be_archived_and_read_out(world):
    world.assembly()

    pdf = letters.notice(world.rt, world.officer(ADMINISTRATOR), world.origin)

    assert failures(pdf, "ua1") == []
    assert failures(pdf, "2a") == []


def test_every_rule_on_the_treatment_of_answers_stands_in_the_notice(world, tmp_path):
    world.assembly()

    text = read(world, tmp_path)

    for place, sentence in enumerate(rule_sentences(world.case.docket), 1):
        assert squeezed(f"({place}) {sentence}") in text


def test_the_key_by_which_results_are_checked_goes_out_before_the_vote(world, tmp_path):
    world.assembly()

    assert world.case.vkey in read(world, tmp_path)


def test_figures_are_set_as_the_office_sets_them_and_names_stay_as_they_are(world, tmp_path):
    world.assembly()

    text = read(world, tmp_path, LETTERHEAD.replace("[letter]", '[letter]\ndigits = "single_full"', 1))

    assert "第１号議案" in text
    assert "令和８年６月10日(水)23時59分" in text
    assert "架協第41号" in text
    assert "000-0000-0000" in text
    assert "第1号議案.pdf" in text


def test_a_seal_that_goes_on_the_paper_is_not_said_to_be_omitted(world, tmp_path):
    world.assembly()

    assert "公印省略" not in read(world, tmp_path, LETTERHEAD.replace('"omitted"', '"affixed"'))


def test_before_the_freeze_there_is_no_notice(world):
    world.draft()

    with pytest.raises(NotThatFar):
        letters.notice(world.rt, world.officer(ADMINISTRATOR), world.origin)


def english(world: World, letterhead: str = LETTERHEAD) -> bytes:
    who = world.officer(ADMINISTRATOR)
    letterheads.set_letterhead(world.rt, who, world.origin, letterhead)
    return letters.notice(world.rt, who, world.origin, language="en")


def test_the_translation_of_the_notice_says_the_same_in_the_same_order(world, tmp_path):
    world.assembly()

    text = " ".join(text_of(english(world), tmp_path).split())

    order = (
        "架協第41号",
        "25 May 2026",
        "共同代表 見本町長 見本 花子",
        "Notice of 令和8年度総会 (held in writing)",
        "Translation for reference. The notice in Japanese prevails.",
        "Under 規約第12条第1項, 令和8年度総会 is held in writing.",
        "from 1 June 2026, 00:00 to 10 June 2026, 23:59 (Japanese time)",
        "As of",
        "5 members with 5 votes",
        "Motion 1 事業計画について",
        "Motion 2 takes effect only if motion 1 succeeds.",
        "Web: https://vote.example.or.jp/v (enter the voting code)",
        "Fax: 00-0000-0000",
        "To arrive by 10 June 2026, 23:59 (Japanese time)",
        "Please ask by 5 June 2026 on https://vote.example.or.jp/v (with the voting code)",
        "https://vote.example.or.jp/assemblies/council/2026-06",
        "Key of record",
        "議案書、書面表決書",
    )
    places = [text.index(each) for each in order]
    assert places == sorted(places)
    assert world.case.vkey in squeezed(text)
    whole = re.sub(r"架空協議会令和8年度総会Notice[0-9]/[0-9]", "", squeezed(text))
    for place, sentence in enumerate(rules_english.rule_sentences(world.case.docket), 1):
        assert squeezed(f"({place}) {sentence}") in whole


def test_the_translation_leaves_in_japanese_what_the_body_and_the_office_said_and_nothing_else(
    world, tmp_path
):
    world.assembly()

    text = text_of(english(world), tmp_path)

    docket = world.case.docket
    given = (
        LETTERHEAD,
        world.case.contact,
        docket.body.name,
        docket.assembly.title,
        *docket.rules.clauses.values(),
        *(each.title for each in docket.motions),
        *(paper.name for each in docket.motions for paper in each.documents),
    )
    assert left_in_japanese(text, given) == []
    assert "会員各位" not in text and "公印省略" not in text


def test_the_translation_is_an_archive_in_english_that_nobody_signs(world):
    world.assembly()
    full = LETTERHEAD.replace("[letter]", '[letter]\ndigits = "full"', 1)

    pdf = english(world, full)

    assert failures(pdf, "ua1") == []
    assert failures(pdf, "2a") == []
    assert language(pdf) == "en-GB"
    assert set(spans(pdf)) == {"ja-JP"}
    assert is_unsigned(pdf)
    assert pdf == english(world)


def test_a_letter_tells_of_no_questions_where_none_are_taken(world, tmp_path):
    world.assembly()

    text = read(world, tmp_path, LETTERHEAD.replace("[notice]", '[notice]\nquestions = "off"'))

    assert "質問した会員の名称" not in text


def test_letter_and_page_tell_the_same_day_for_questions(world, tmp_path):
    world.assembly()

    for until in ("2026-06-05", "2026-06-30"):
        text = read(world, tmp_path, LETTERHEAD.replace("2026-06-05", until))
        page = asking.asking_page(world.rt, world.key("M0001"))

        assert f"{page.until}までに、https" in text
