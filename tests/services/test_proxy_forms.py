"""Proxy forms are made only where something allows proxies, and only as they can be counted."""

import pytest

from tests.documents.reading import squeezed, text_of
from tests.services.letterheads import LETTERHEAD
from tests.world import World
from voting.core.permissions import Role
from voting.credentials.form_codes import form_code
from voting.services.errors import NotThatFar
from voting.services.printing.forms import NotOnRollForPaper
from voting.services.printing.proxy_forms import NoProxies, proxy_forms
from voting.sheets.letterhead_toml import LetterheadFaults

ALLOWED = LETTERHEAD + '\n[proxy]\nclause = "規約第14条"\nto = ["member"]\n'


def asked(world: World, letterhead: str) -> World:
    world.assembly(size=3, letterhead=letterhead)
    return world


def made(world: World, **chosen: object) -> bytes:
    return proxy_forms(world.rt, world.officer(Role.ENTRY), world.origin, **chosen)  # type: ignore[arg-type]


def test_every_member_gets_a_form_with_the_clause_its_code_and_where_to_send_it(world, tmp_path):
    asked(world, ALLOWED)

    text = squeezed(text_of(made(world), tmp_path))

    assert text.count("規約第14条により、次の者を代理人と定め") == 3
    assert form_code(world.origin, "M0002") in text
    assert text.count("FAX00-0000-0000") == 3
    assert "https://" not in text


def test_a_translation_says_the_same_without_the_code(world, tmp_path):
    asked(world, ALLOWED)

    text = " ".join(text_of(made(world, language="en"), tmp_path).split())

    assert text.count("Under 規約第14条, I name the person below") == 3
    assert text.count("To be received by 10 June 2026, 23:59 (Japanese time)") == 3
    assert text.count("Fax 00-0000-0000") == 3
    assert form_code(world.origin, "M0002") not in text
    assert "https://" not in text


def test_where_no_clause_allows_proxies_there_is_no_form(world):
    asked(world, LETTERHEAD)

    with pytest.raises(NoProxies) as refused:
        made(world)

    assert refused.value.body == "架空協議会"


@pytest.mark.parametrize("to", ["", 'to = ["chair", "member"]', 'to = ["chair"]'])
def test_a_form_to_the_chair_says_how_it_will_be_counted(world, tmp_path, to):
    asked(world, LETTERHEAD + f'\n[proxy]\nclause = "規約第14条"\n{to}\n')

    text = squeezed(text_of(made(world), tmp_path))

    assert text.count("議長　架空一郎") + text.count("議長架空一郎") >= 3
    assert text.count("議長の決定がないときは、棄権とします。") == 3
    assert ("会員を受任者とするときは" in text) is ("member" in to)


@pytest.mark.parametrize("to", ["[]", '["member", "member"]', '["anybody"]'])
def test_whom_a_proxy_may_go_to_is_read_strictly(world, to):
    with pytest.raises(LetterheadFaults) as refused:
        asked(world, LETTERHEAD + f'\n[proxy]\nclause = "規約第14条"\nto = {to}\n')

    assert [each.place.startswith("proxy.to") for each in refused.value.faults] == [True]


def test_a_member_that_is_not_on_the_roll_gets_none(world):
    asked(world, ALLOWED)

    with pytest.raises(NotOnRollForPaper):
        made(world, members=("M9999",))


def test_before_the_freeze_there_are_no_proxy_forms(world):
    world.draft()

    with pytest.raises(NotThatFar):
        made(world)
