"""質問への回答 as a letter: each question with what was answered, and nobody's name."""

from dataclasses import replace

import pytest

from tests.documents.archives import failures
from tests.documents.english import is_unsigned, language, left_in_japanese
from tests.documents.letters import HEAD, english_replies, replies
from tests.documents.reading import squeezed, text_of
from voting.documents.facts_letter import RepliesFacts
from voting.documents.replies_pdf import render_replies


def test_the_letter_says_its_lines_in_their_order(tmp_path):
    text = squeezed(text_of(render_replies(replies()), tmp_path))

    order = (
        "令和6年9月30日",
        "会員各位",
        "会長長野県知事架空太郎",
        "質問への回答について(通知)",
        "質問1第1号議案の負担金は、来年度も同じ額ですか。",
        "回答(10月1日(火))来年度も同じ額です。",
        "詳しくは資料の5ページをご覧ください。",
        "補足(10月2日(水))根拠は、資料の6ページにあります。",
        "質問2第2号議案",
        "表決の取扱い提出済みの表決の取扱いが変わることはありません。",
        "提出期限令和6年10月4日(金)17時00分(必着)",
        "以上",
        "事務局(電話00-0000-0000)",
    )
    places = [text.index(each) for each in order]
    assert places == sorted(places)
    assert HEAD.number not in text


@pytest.mark.parametrize("facts", [replies(), replies(12, length=40)])
def test_the_letter_can_be_archived_and_read_out(facts: RepliesFacts):
    pdf = render_replies(facts)

    assert failures(pdf, "ua1") == []
    assert failures(pdf, "2a") == []
    assert pdf == render_replies(facts)


def test_a_sign_that_the_typeface_lacks_does_not_keep_the_letter_from_being_made(tmp_path):
    asked = (("質問1", "絵文字🦕の件", (("回答(10月1日(火))", "お答えします🦕"),)),)

    text = squeezed(text_of(render_replies(replace(replies(), asked=asked)), tmp_path))

    assert "の件" in text
    assert "お答えします" in text


def test_the_translation_is_english_and_what_was_written_stays_as_it_is(tmp_path):
    facts = english_replies()
    pdf = render_replies(facts)

    text = " ".join(text_of(pdf, tmp_path).split())
    for words in (
        "Translation for reference. The letter with the replies in Japanese prevails.",
        "Question 1",
        "Reply (1 October 2024)",
        "Supplement (2 October 2024)",
    ):
        assert words in text
    given = [facts.docket.assembly.title, facts.contact, *HEAD.sender]
    given += [part for _, question, told in facts.asked for part in (question, *(each for _, each in told))]
    assert language(pdf) == "en-GB"
    assert is_unsigned(pdf)
    assert left_in_japanese(text, tuple(line for each in given for line in each.split("\n"))) == []
