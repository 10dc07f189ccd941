"""Papers are made on the page of the office as by the command; what is missing for one is said."""

from collections.abc import Callable

import pytest

from tests.services.letterheads import LETTERHEAD
from tests.services.test_correcting import correct
from tests.web.secretariat.conftest import ASSEMBLY, Desk
from tests.world import World
from voting.core.permissions import Role
from voting.services.printing import correction_letter, forms, handover, letterheads, letters

Seat = Callable[..., Desk]
PRINTS = f"{ASSEMBLY}/prints"


@pytest.mark.parametrize("paper", ["notice", "forms", "handover", "covers"])
def test_every_paper_has_a_page_of_its_choices_and_a_file(world: World, seat: Seat, paper: str) -> None:
    desk = seat(Role.ENTRY)

    assert f'href="{PRINTS}/{paper}"' in desk.get(PRINTS).text
    assert desk.get(f"{PRINTS}/{paper}").status_code == 200


@pytest.mark.parametrize("paper", ["notice", "forms", "handover"])
def test_a_paper_is_saved_as_a_pdf(world: World, seat: Seat, paper: str) -> None:
    desk = seat(Role.ENTRY)
    assert f'href="{PRINTS}/{paper}.pdf" download' in desk.get(f"{PRINTS}/{paper}").text

    answer = desk.get(f"{PRINTS}/{paper}.pdf")

    assert answer.status_code == 200
    assert answer.data.startswith(b"%PDF-")
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_it_is_the_very_paper_of_the_command(world: World, seat: Seat) -> None:
    desk, who = seat(Role.CHECKER), world.officer(Role.CHECKER)

    assert desk.get(f"{PRINTS}/notice.pdf").data == letters.notice(world.rt, who, world.origin)
    english = desk.get(f"{PRINTS}/notice.pdf?language=en")
    assert english.data == letters.notice(world.rt, who, world.origin, language="en")
    assert "notice-en.pdf" in english.headers["Content-Disposition"]
    chosen = desk.get(f"{PRINTS}/forms.pdf?whose=some&members=M0002+M0004&language=en").data
    assert chosen == forms.ballot_forms(
        world.rt, who, world.origin, members=("M0002", "M0004"), language="en"
    )


def test_the_hand_over_sheet_is_translated_where_english_is_chosen(world: World, seat: Seat) -> None:
    desk, who = seat(Role.CHECKER), world.officer(Role.CHECKER)

    assert "書類の言語" in desk.get(f"{PRINTS}/handover").text
    answer = desk.get(f"{PRINTS}/handover.pdf?language=en")

    assert answer.data == handover.handover(world.rt, who, world.origin, language="en")
    assert "handover-en.pdf" in answer.headers["Content-Disposition"]


def test_papers_of_those_who_have_not_answered_need_the_names_to_be_opened(world: World, seat: Seat) -> None:
    world.cast("M0001")
    desk, query = seat(Role.ENTRY), "whose=unanswered"
    closed = desk.get(f"{PRINTS}/forms?{query}")
    assert closed.status_code == 422
    assert f'href="{ASSEMBLY}/participation/names"' in closed.text
    assert desk.get(f"{PRINTS}/forms.pdf?{query}").status_code == 409

    desk.get(f"{ASSEMBLY}/participation/names")
    desk.post(f"{ASSEMBLY}/participation/names")

    assert "4会員分、A4で4枚" in desk.get(f"{PRINTS}/forms?{query}").text
    who = world.officer(Role.ENTRY)
    rest = ("M0002", "M0003", "M0004", "M0005")
    made = forms.ballot_forms(world.rt, who, world.origin, members=rest)
    assert desk.get(f"{PRINTS}/forms.pdf?{query}").data == made


def test_where_everybody_has_answered_no_paper_of_anybody_is_made(world: World, seat: Seat) -> None:
    """Nobody left is not everybody."""
    for number in range(1, 6):
        world.cast(f"M000{number}")
    desk = seat(Role.ENTRY)
    desk.get(f"{ASSEMBLY}/participation/names")
    desk.post(f"{ASSEMBLY}/participation/names")

    assert "まだ回答していない会員はいません。" in desk.get(f"{PRINTS}/forms?whose=unanswered").text
    assert desk.get(f"{PRINTS}/forms.pdf?whose=unanswered").status_code == 409


@pytest.mark.parametrize(
    ("paper", "query", "said"),
    [
        ("labels", "used=12", "0から11までの数を指定してください"),
        ("labels", "used=many", "数を半角の数字で入力してください。"),
        ("labels", "sheet=13", "一つを選んでください。"),
        ("forms", "whose=some", "会員番号を、空白又は改行で区切って入力してください。"),
        ("forms", "whose=some&members=M9", "名簿にない会員番号です: M9"),
        ("forms", "language=fr", "一つを選んでください。"),
        ("forms", "whose=unmailed", "メールアドレスのない会員はいません"),
    ],
)
def test_a_choice_that_cannot_be_met_is_said_beside_its_field(
    world: World, seat: Seat, paper: str, query: str, said: str
) -> None:
    answer = seat(Role.ENTRY).get(f"{PRINTS}/{paper}?{query}")

    assert answer.status_code == 422
    assert said in answer.text
    assert "PDFを保存する" not in answer.text


@pytest.mark.parametrize("paper", ["minutes", "proxies", "correction"])
def test_what_is_missing_for_a_paper_is_said_on_a_page(world: World, seat: Seat, paper: str) -> None:
    desk = seat(Role.ADMINISTRATOR)

    assert f'href="{PRINTS}/{paper}"' not in desk.get(PRINTS).text
    assert "まだ作れません" in desk.get(f"{PRINTS}/{paper}").text
    answer = desk.get(f"{PRINTS}/{paper}.pdf")
    assert answer.status_code == 409
    assert "<h1>" in answer.text


def test_after_a_correction_its_letter_is_on_the_page_after_the_close(world: World, seat: Seat) -> None:
    letterheads.set_letterhead(world.rt, world.officer(Role.ADMINISTRATOR), world.origin, LETTERHEAD)
    world.at("2026-06-11 00:00")
    world.certify()
    desk = seat(Role.CHECKER)
    assert f'href="{PRINTS}/correction"' not in desk.get(f"{ASSEMBLY}/after-closing").text

    correct(world)

    assert f'href="{PRINTS}/correction"' in desk.get(f"{ASSEMBLY}/after-closing").text
    assert f'href="{PRINTS}/correction"' in desk.get(PRINTS).text
    for language in ("ja", "en"):
        pdf = desk.get(f"{PRINTS}/correction.pdf?language={language}").data
        who = world.officer(Role.CHECKER)
        assert pdf == correction_letter.correction_letter(world.rt, who, world.origin, language=language)


def test_a_paper_that_nobody_offers_is_not_found(world: World, seat: Seat) -> None:
    desk = seat(Role.ADMINISTRATOR)

    assert desk.get(f"{PRINTS}/posters").status_code == 404
    assert desk.get(f"{PRINTS}/posters.pdf").status_code == 404


def test_a_letter_without_number_or_date_is_offered_with_a_word_about_it(world: World, seat: Seat) -> None:
    desk, administrator = seat(Role.CHECKER), world.officer(Role.ADMINISTRATOR)
    empty = desk.get(f"{PRINTS}/notice").text
    assert "文書番号と日付が設定されていません" in empty
    assert f'href="{ASSEMBLY}/letterhead"' in empty and 'href="' + PRINTS + '/notice.pdf"' in empty

    letterheads.set_letterhead(world.rt, administrator, world.origin, '[numbers]\nnotice = "架協第1号"\n')
    assert "日付が設定されていません。日付のない書類ができます。" in desk.get(f"{PRINTS}/notice").text

    letterheads.set_letterhead(world.rt, administrator, world.origin, LETTERHEAD)
    assert "設定されていません" not in desk.get(f"{PRINTS}/notice").text
