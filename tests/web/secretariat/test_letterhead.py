"""The settings of papers on pages: part by part, with a sample, with every one before it."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

from tests.documents.reading import squeezed, text_of
from tests.services.letterheads import LETTERHEAD
from tests.web.secretariat.conftest import ASSEMBLY, Desk
from tests.world import World
from voting.core.letterhead import Counter, Digits, Letterhead, PaperKind, Seal
from voting.core.permissions import Role
from voting.services.printing import letterheads
from voting.sheets.letterhead_toml import read_letterhead

Seat = Callable[..., Desk]
HERE = f"{ASSEMBLY}/letterhead"


def fields(page: str) -> dict[str, str]:
    """What a browser would send of the form, as it stands."""
    form = page[page.index("<main") :]
    found = dict(re.findall(r'<input type="(?:text|date|hidden)"[^>]* name="([^"]+)" value="([^"]*)"', form))
    found |= dict(re.findall(r'<textarea [^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.S))
    for name, options in re.findall(r'<select [^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options)
        found[name] = chosen[1] if chosen else ""
    return {name: unescape(value) for name, value in found.items() if name != "csrf_token"}


def stored(world: World) -> Letterhead:
    source = letterheads.stored(world.rt, world.officer(Role.ADMINISTRATOR), world.origin)
    return read_letterhead(source)


def keep(world: World, source: str = LETTERHEAD) -> None:
    letterheads.set_letterhead(world.rt, world.officer(Role.ADMINISTRATOR), world.origin, source)


def test_what_is_typed_is_on_the_next_letter(world: World, seat: Seat, tmp_path: Path) -> None:
    desk = seat(Role.ADMINISTRATOR)
    typed = fields(desk.get(f"{HERE}/letter").text) | {
        "numbers.notice": "架協第7号",
        "dates.notice": "2026-05-25",
        "letter.sender": "架空協議会\n\n共同代表　架空 太郎\r\n",
        "letter.seal": "affixed",
        "letter.digits": "full",
        "letter.counter": "個",
    }

    answer = desk.post(f"{HERE}/letter", typed)

    assert answer.location == HERE
    found = stored(world)
    assert found.sender == ("架空協議会", "共同代表　架空 太郎")
    assert (found.seal, found.digits, found.counter) == (Seal.AFFIXED, Digits.FULL, Counter.RIGHTS)
    text = squeezed(text_of(desk.get(f"{ASSEMBLY}/prints/notice.pdf").data, tmp_path))
    assert "架協第7号" in text and "公印省略" not in text


@pytest.mark.parametrize("part", ["letter", "notice", "minutes", "keeping"])
def test_saving_a_part_as_it_stands_changes_nothing_anywhere(world: World, seat: Seat, part: str) -> None:
    keep(world, LETTERHEAD + '\n[proxy]\nto = ["member", "chair"]\n')
    before, desk = stored(world), seat(Role.ADMINISTRATOR)

    answer = desk.post(f"{HERE}/{part}", fields(desk.get(f"{HERE}/{part}").text))

    assert answer.status_code == 303, answer.text
    assert stored(world) == before


def test_a_sample_shows_what_is_typed_and_nothing_is_kept(world: World, seat: Seat, tmp_path: Path) -> None:
    keep(world)
    desk = seat(Role.ADMINISTRATOR)
    typed = fields(desk.get(f"{HERE}/letter").text) | {"numbers.notice": "架協第99号", "then": "preview"}

    answer = desk.post(f"{HERE}/letter", typed)

    assert "架協第99号" in squeezed(text_of(answer.data, tmp_path))
    assert stored(world).numbers[PaperKind.NOTICE] == "架協第41号"


def test_a_fault_is_said_beside_its_field_and_what_was_typed_stays(world: World, seat: Seat) -> None:
    keep(world)
    desk = seat(Role.ADMINISTRATOR)
    typed = fields(desk.get(f"{HERE}/minutes").text) | {
        "minutes.signers": "chair\nchair",
        "minutes.resolved_on": "六月",
        "minutes.author": "記録 五郎",
    }

    answer = desk.post(f"{HERE}/minutes", typed)

    assert answer.status_code == 422
    for name in ("minutes.signers", "minutes.resolved_on"):
        assert f'id="{name}-fault"' in answer.text
    assert "記録 五郎" in answer.text
    assert stored(world).minutes.author == "事務局長　記録 次郎"


def test_attack_a_line_that_would_become_another_key_of_the_file(world: World, seat: Seat) -> None:
    desk = seat(Role.ADMINISTRATOR)
    typed = fields(desk.get(f"{HERE}/letter").text)
    wanted = 'a"\n[minutes]\nauthor = "別人'

    desk.post(f"{HERE}/letter", typed | {"numbers.notice": wanted})

    assert letterheads.stored(world.rt, world.officer(Role.ADMINISTRATOR), world.origin) == ""


def test_a_colleague_s_change_is_not_written_over_unseen(world: World, seat: Seat) -> None:
    keep(world)
    mine = seat(Role.ADMINISTRATOR)
    typed = fields(mine.get(f"{HERE}/letter").text) | {"numbers.notice": "架協第1号"}
    keep(world, LETTERHEAD.replace("架協第41号", "架協第2号"))

    refused = mine.post(f"{HERE}/letter", typed)

    assert refused.status_code == 422
    assert "架協第2号" in refused.text and "架協第1号" in refused.text
    assert stored(world).numbers[PaperKind.NOTICE] == "架協第2号"
    mine.post(f"{HERE}/letter", fields(refused.text))
    assert stored(world).numbers[PaperKind.NOTICE] == "架協第1号"


def test_a_colleague_s_change_of_another_part_does_not_disturb(world: World, seat: Seat) -> None:
    keep(world)
    mine = seat(Role.ADMINISTRATOR)
    typed = fields(mine.get(f"{HERE}/letter").text) | {"numbers.notice": "架協第1号"}
    keep(world, LETTERHEAD.replace("次郎", "四郎"))

    assert mine.post(f"{HERE}/letter", typed).status_code == 303

    assert stored(world).numbers[PaperKind.NOTICE] == "架協第1号"
    assert stored(world).minutes.author == "事務局長　記録 四郎"


def test_what_members_were_told_on_proxies_is_not_changed_by_a_form(world: World, seat: Seat) -> None:
    keep(world)
    desk = seat(Role.ADMINISTRATOR)
    typed = fields(desk.get(f"{HERE}/notice").text) | {"proxy.clause": "規約第99条"}

    answer = desk.post(f"{HERE}/notice", typed)

    assert answer.status_code == 422
    assert 'id="proxy.clause-fault"' in answer.text and "規約第99条" in answer.text
    assert stored(world).proxies.clause == ""


def test_an_earlier_one_is_taken_up_again_as_it_was_written(world: World, seat: Seat) -> None:
    keep(world)
    keep(world, "# another\n")
    desk = seat(Role.ADMINISTRATOR)
    assert "(今の設定)" in desk.get(HERE).text

    answer = desk.post(f"{HERE}-restore", {"number": "1"})

    assert answer.location == HERE
    assert letterheads.stored(world.rt, world.officer(Role.ENTRY), world.origin) == LETTERHEAD
    assert "第1版の設定に戻しました。" in desk.get(HERE).text
    assert desk.get(f"{HERE}/versions/2.toml").text == "# another\n"
    assert desk.get(f"{HERE}/versions/3.toml").text == LETTERHEAD
    assert desk.get(f"{HERE}/versions/9.toml").status_code == 404
    assert desk.post(f"{HERE}-restore", {"number": "9"}).status_code == 404


@pytest.mark.parametrize("character", ["\x01", "\x08", "\x1b"])
def test_attack_a_character_that_would_stop_every_paper_is_refused_beside_its_field(
    world: World, seat: Seat, character: str
) -> None:
    keep(world)
    desk = seat(Role.ADMINISTRATOR)
    typed = fields(desk.get(f"{HERE}/letter").text) | {"numbers.notice": f"架協第{character}1号"}

    answer = desk.post(f"{HERE}/letter", typed)

    assert answer.status_code == 422
    assert 'id="numbers.notice-fault"' in answer.text
    assert stored(world).numbers[PaperKind.NOTICE] == "架協第41号"
