"""The letter on a correction says what both versions say, and names the files of both."""

import re
from hashlib import sha256

import pytest

from tests.documents.reading import squeezed, text_of
from tests.services.test_correcting import REASON, correct, declared
from tests.world import World
from voting.core.permissions import Role
from voting.ledger import canonical
from voting.services.errors import NoSuchAssembly, NotThatFar
from voting.services.outcome.closing import counted
from voting.services.outcome.result_files import download
from voting.services.outcome.stated import stated_questions
from voting.services.printing.correction_letter import correction_letter
from voting.wording import headline, motion_label, outcome_word
from voting.wording.papers import PAPERS


def made(world: World) -> bytes:
    return correction_letter(world.rt, world.officer(Role.ENTRY), world.origin)


def test_both_versions_stand_beside_each_other_with_the_reason_and_their_digests(world, tmp_path):
    declared(world)
    correct(world)

    text = squeezed(text_of(made(world), tmp_path))

    assert squeezed(REASON) in text
    assert "令和8年6月11日(木)付けで公表した" in text
    assert "結果(第1版)を" in text
    assert text.count("変更なし") == len(
        stated_questions(download(world.rt, world.origin, "result.json") or b"")
    )
    for name in ("result-1.pdf", "result-2.pdf", "result-1.json", "result-2.json"):
        assert sha256(download(world.rt, world.origin, name) or b"").hexdigest() in text


def test_the_translation_sets_the_same_numbers_beside_each_other(world, tmp_path):
    declared(world)
    correct(world)

    pdf = correction_letter(world.rt, world.officer(Role.ENTRY), world.origin, language="en")

    text = " ".join(text_of(pdf, tmp_path).split())
    stated = stated_questions(download(world.rt, world.origin, "result.json") or b"", PAPERS["en"])
    assert text.startswith("Corrected (version 2)")
    assert "published on 11 June 2026 (version 1) has been corrected" in text
    assert REASON in text
    assert text.count("no change") == len(stated)
    assert all(each.numbers in text and each.outcome in text for each in stated)
    for name in ("result-1.pdf", "result-2.pdf", "result-1.json", "result-2.json"):
        digest = sha256(download(world.rt, world.origin, name) or b"").hexdigest()
        assert digest in squeezed(text)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            {"outcome": "carried", "for": {"total": "680", "deemed": "268"}, "against": {"total": "1"}},
            ("For 680 (of these 268 silent), Against 1", "carried"),
        ),
        (
            {"elected": False, "for": {"total": "3", "deemed": "0"}, "against": {"total": "4"}},
            ("For 3, Against 4", "not elected"),
        ),
        ({"elected": True, "votes": "12.5"}, ("12.5 votes", "elected")),
        ({"outcome": "vacancy"}, ("", "seats vacant")),
    ],
)
def test_every_kind_of_question_is_stated_in_both_languages(question, said):
    content = canonical.encode(
        {"motions": [{"number": 3, "outcome": "elected", "candidates": [{"name": "甲", **question}]}]}
    )

    _, english = stated_questions(content, PAPERS["en"])
    _, japanese = stated_questions(content)

    assert (english.motion, english.name, english.numbers, english.outcome) == ("Motion 3", "甲", *said)
    assert japanese.label == "第3号議案 甲"
    assert re.findall("[0-9.]+", english.numbers) == re.findall("[0-9.]+", japanese.numbers)


def test_the_corrected_report_itself_names_the_version_it_replaces(world, tmp_path):
    declared(world)
    correct(world)

    text = squeezed(text_of(download(world.rt, world.origin, "result.pdf") or b"", tmp_path))

    assert "付けで公表した結果(第1版)" in text


def test_the_numbers_are_those_of_the_published_result(world):
    declared(world)

    stated = stated_questions(download(world.rt, world.origin, "result.json") or b"")
    with world.rt.database.reading() as tx:
        motions = counted(tx, world.case).result.motions
    assert [each.label for each in stated] == [motion_label(each) for each in motions]
    for said, each in zip(stated, motions, strict=True):
        assert said.numbers.split("票")[0] == headline(each).split("票")[0]
        assert said.outcome == outcome_word(each.outcome)


def test_where_nothing_was_corrected_there_is_no_letter(world):
    declared(world)

    with pytest.raises(NotThatFar) as refused:
        made(world)

    assert refused.value.missing == "correct"
    with pytest.raises(NoSuchAssembly):
        correction_letter(world.rt, world.officer(Role.ENTRY), "nowhere/a/b")
