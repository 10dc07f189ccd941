"""Ballot forms for members of a real assembly."""

import io

import pikepdf
import pytest
import zxingcpp

from tests.documents.reading import squeezed, text_of
from tests.documents.test_ballot_form_pdf import as_faxed
from tests.services.letterheads import LETTERHEAD
from tests.world import World
from voting.core.members import Member
from voting.core.permissions import Role
from voting.core.votes import ONE_VOTE
from voting.credentials.form_codes import form_code
from voting.services.errors import NoSuchAssembly, NotThatFar
from voting.services.printing import forms, letterheads
from voting.services.printing.forms import NobodyForPaper, NotOnRollForPaper
from voting.wording.rules_english import form_notes

ADMINISTRATOR = Role.ADMINISTRATOR


def made(world: World, **asked: object) -> bytes:
    return forms.ballot_forms(world.rt, world.officer(ADMINISTRATOR), world.origin, **asked)  # type: ignore[arg-type]


def pages(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


def test_every_member_of_the_frozen_roll_gets_a_form(world, tmp_path):
    world.assembly(size=3)
    letterheads.set_letterhead(world.rt, world.officer(ADMINISTRATOR), world.origin, LETTERHEAD)

    pdf = made(world)

    text = squeezed(text_of(pdf, tmp_path))
    assert pages(pdf) == 3
    assert "架空協議会会長様" in text
    assert all(f"M000{number}" in text for number in (1, 2, 3))
    assert text.count("FAX00-0000-0000") == 3


def test_a_form_names_member_and_assembly_to_the_office_and_holds_no_code_to_vote_with(world, tmp_path):
    world.assembly(size=2)

    pdf = made(world, members=("M0002",))

    (found,) = zxingcpp.read_barcodes(as_faxed(pdf, tmp_path))
    assert found.text.split("\n") == [world.origin, "M0002", form_code(world.origin, "M0002")]
    assert world.codes["M0002"] not in text_of(pdf, tmp_path)


def test_the_same_member_has_another_code_in_another_assembly():
    codes = {form_code(origin, member) for origin in ("a/b/1", "a/b/2") for member in ("M1", "M2")}

    assert len(codes) == 4
    assert form_code("a/b/1", "M1") == form_code("a/b/1", "M1")


def test_only_those_without_a_mail_address_can_be_asked_for(world):
    people = (Member("M1", "甲町"), Member("M2", "乙町", addresses=("a@example.jp",)), Member("M3", "丙町"))
    world.assembly(roll_of=people)

    assert pages(made(world, unmailed=True)) == 2


def test_a_member_without_a_mail_address_has_no_code_and_is_not_sent_to_the_page(world, tmp_path):
    world.assembly(roll_of=(Member("M1", "甲町", addresses=("a@example.jp",)), Member("X", "乙町")))
    letterheads.set_letterhead(world.rt, world.officer(ADMINISTRATOR), world.origin, LETTERHEAD)

    mailed, unmailed = (squeezed(text_of(made(world, members=each), tmp_path)) for each in (["M1"], ["X"]))

    assert "/v" in mailed and "回答コードを入力" in mailed
    assert "/v" not in unmailed and "回答コード" not in unmailed
    assert "FAX00-0000-0000" in unmailed


def test_without_any_other_way_the_form_of_a_member_without_a_code_says_whom_to_ask(world, tmp_path):
    world.assembly(roll_of=(Member("M1", "甲町", addresses=("a@example.jp",)), Member("X", "乙町")))

    text = squeezed(text_of(made(world, members=["X"]), tmp_path))

    assert f"連絡先{squeezed(world.case.contact)}" in text


def test_the_address_of_the_page_is_not_run_into_the_words_after_it(world, tmp_path):
    world.assembly(size=1)

    text = text_of(made(world), tmp_path)

    assert f"{world.rt.site.base_url}/v　(" in text or f"{world.rt.site.base_url}/v (" in text


def test_where_everybody_has_an_address_a_file_for_nobody_is_refused(world):
    world.assembly()

    with pytest.raises(NobodyForPaper):
        made(world, unmailed=True)


def test_a_member_that_is_not_on_the_roll_is_refused_by_its_number(world):
    world.assembly()

    with pytest.raises(NotOnRollForPaper) as refused:
        made(world, members=("M0001", "M9999"))

    assert refused.value.members == ("M9999",)


def test_numbers_of_votes_are_printed_only_where_they_differ(world, tmp_path):
    world.assembly(roll_of=(Member("M1", "甲町"), Member("M2", "乙町", votes=3 * ONE_VOTE)))

    assert "議決権の数3" in squeezed(text_of(made(world), tmp_path))


def test_before_the_freeze_there_are_no_forms(world):
    world.draft()

    with pytest.raises(NotThatFar):
        made(world)
    with pytest.raises(NoSuchAssembly):
        forms.ballot_forms(world.rt, world.officer(ADMINISTRATOR), "nowhere/a/b")


def test_a_translation_of_the_form_is_made_of_the_same_facts(world, tmp_path):
    world.assembly(size=2)
    full = LETTERHEAD.replace("[letter]", '[letter]\ndigits = "full"', 1)
    letterheads.set_letterhead(world.rt, world.officer(ADMINISTRATOR), world.origin, full)

    text = " ".join(text_of(made(world, members=("M0002",), language="en"), tmp_path).split())

    assert "To be received by 10 June 2026, 23:59 (Japanese time)" in text
    assert "Web https://vote.example.or.jp/v (enter the code that the notice gives)" in text
    assert "Fax 00-0000-0000" in text
    assert "M0002" in text
    for note in form_notes(world.case.docket):
        assert note in text
