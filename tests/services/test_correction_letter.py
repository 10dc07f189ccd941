"""The letter on a correction says what both versions say, and names the files of both."""

from hashlib import sha256

import pytest

from tests.documents.reading import squeezed, text_of
from tests.services.test_correcting import REASON, correct, declared
from tests.world import World
from voting.core.permissions import Role
from voting.services.closing import counted
from voting.services.correction_letter import correction_letter
from voting.services.errors import NoSuchAssembly, NotThatFar
from voting.services.result_files import download
from voting.services.stated import stated_questions
from voting.wording import headline, motion_label, outcome_word


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
    assert [label for label, _ in stated] == [motion_label(each) for each in motions]
    for (_, said), each in zip(stated, motions, strict=True):
        assert said.split("票")[0] == headline(each).split("票")[0]
        assert said.endswith(outcome_word(each.outcome))


def test_where_nothing_was_corrected_there_is_no_letter(world):
    declared(world)

    with pytest.raises(NotThatFar) as refused:
        made(world)

    assert refused.value.missing == "correct"
    with pytest.raises(NoSuchAssembly):
        correction_letter(world.rt, world.officer(Role.ENTRY), "nowhere/a/b")
