"""正誤表 for frozen papers: named by the digest that members can check; nothing in the ledger changes."""

from hashlib import sha256

import pytest

from tests.documents.reading import squeezed, text_of
from tests.services.letterheads import LETTERHEAD
from tests.world import GIAN, World
from voting.core.permissions import Role
from voting.services.errors import NotThatFar
from voting.services.printing import letterheads
from voting.services.printing.errata_letter import errata_letter
from voting.sheets.errata_toml import ErrataFaults

ROW = '[[row]]\nmotion = 1\nplace = "3ページ2行目"\nwrong = "4月1日"\nright = "5月1日"\n'


def made(world: World, source: str = ROW) -> bytes:
    return errata_letter(world.rt, world.officer(Role.ENTRY), world.origin, source)


def test_a_list_names_the_frozen_paper_and_what_becomes_of_votes(world, tmp_path):
    world.assembly()
    letterheads.set_letterhead(world.rt, world.officer(Role.ADMINISTRATOR), world.origin, LETTERHEAD)
    before = world.entries()

    text = squeezed(text_of(made(world), tmp_path))

    assert "架協第43号" in text
    assert "令和8年6月2日" in text
    assert "3ページ2行目4月1日5月1日" in text
    assert sha256(GIAN).hexdigest() in text
    assert "そのまま有効です" in text
    assert "何度でも変更できます" in text
    assert world.entries() == before


def test_a_second_list_has_the_number_and_date_of_its_own_file(world, tmp_path):
    world.assembly()
    letterheads.set_letterhead(world.rt, world.officer(Role.ADMINISTRATOR), world.origin, LETTERHEAD)

    text = squeezed(text_of(made(world, 'number = "架協第45号"\ndate = 2026-06-04\n' + ROW), tmp_path))

    assert text.startswith("架協第45号令和8年6月4日")


def test_figures_follow_the_office_and_quotations_do_not(world, tmp_path):
    world.assembly()
    full = LETTERHEAD.replace("[letter]", '[letter]\ndigits = "full"', 1)
    letterheads.set_letterhead(world.rt, world.officer(Role.ADMINISTRATOR), world.origin, full)

    text = squeezed(text_of(made(world), tmp_path))

    assert "第１号議案" in text
    assert "３ページ２行目4月1日5月1日" in text
    assert "第1号議案.pdf" in text


def test_the_translation_names_the_same_paper_and_leaves_the_rows_as_they_are(world, tmp_path):
    world.assembly()
    letterheads.set_letterhead(world.rt, world.officer(Role.ADMINISTRATOR), world.origin, LETTERHEAD)
    who = world.officer(Role.ENTRY)

    pdf = errata_letter(world.rt, who, world.origin, "date = 2026-06-04\n" + ROW, language="en")

    text = " ".join(text_of(pdf, tmp_path).split())
    assert text.startswith("架協第43号 4 June 2026 架空協議会")
    assert "Errata in the papers of 令和8年度総会 (held in writing)" in text
    assert "Motion 1: 第1号議案.pdf" in text
    assert "3ページ2行目 4月1日 5月1日" in text
    assert sha256(GIAN).hexdigest() in text
    assert "Ballots already returned stay valid." in text
    assert "until 10 June 2026, 23:59 (Japanese time)" in text


def test_a_motion_without_papers_has_no_errata(world):
    world.assembly()

    with pytest.raises(ErrataFaults) as refused:
        made(world, ROW.replace("motion = 1", "motion = 2"))

    assert [each.place for each in refused.value.faults] == ["row.1.document"]


def test_before_the_freeze_papers_are_mended_and_not_listed(world):
    world.draft()

    with pytest.raises(NotThatFar):
        made(world)
