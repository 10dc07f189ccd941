"""A ballot is given for the motions that were shown: an amendment in between lets nothing slip through."""

from collections.abc import Mapping

import pytest

from tests.web.conftest import Browser
from tests.world import ALL_FOR, World, jst
from voting.core.permissions import Act, Role
from voting.ledger.canonical import instant_text
from voting.services.casting import ballots
from voting.services.casting.answers import Answer
from voting.services.casting.ballots import Cast, TextsChanged
from voting.services.office import approvals
from voting.store import ballots as stored

AGAIN = {"kind": "texts", "motion": 2, "title": "予算(修正)について", "reason": "金額の誤り"}
WITHDRAWN = {"kind": "texts", "motion": 2, "withdrawn": True, "reason": "取下げ"}


def amend(world: World, terms: Mapping[str, object], act: Act = Act.AMEND) -> None:
    asked = approvals.request(world.rt, world.officer(Role.ADMINISTRATOR), world.origin, act, terms=terms)
    approvals.approve(world.rt, world.officer(Role.CHECKER), asked.id)


def voted(world: World) -> int:
    """How many answers there are."""
    with world.rt.database.reading() as tx:
        return len(stored.all_submissions(tx, world.case.id))


@pytest.mark.parametrize("terms", [AGAIN, WITHDRAWN])
def test_a_ballot_confirmed_before_an_amendment_is_no_vote_on_the_text_after_it(
    world: World, browser: Browser, terms: Mapping[str, object]
) -> None:
    browser.open(world.codes["M0001"])
    form = browser.confirm()
    amend(world, terms)

    answer = browser.post("/vote/cast", form)

    assert answer.status_code == 409
    assert "議案の内容が変更されました" in answer.text
    assert " checked" not in answer.text and 'value="架空　花子"' in answer.text
    assert voted(world) == 0


@pytest.mark.parametrize("step", ["/vote/review", "/vote/fill", "/vote/draft"])
def test_a_ballot_filled_in_before_an_amendment_is_shown_again_with_the_new_text(
    world: World, browser: Browser, step: str
) -> None:
    browser.open(world.codes["M0001"])
    amend(world, AGAIN)

    answer = browser.post(step, {"m1": "for", "m2": "for", "section": "企画課", "respondent": "花子"})

    assert answer.status_code == 409
    assert "予算(修正)について" in answer.text and " checked" not in answer.text


@pytest.mark.parametrize("terms", [AGAIN, WITHDRAWN])
def test_after_an_amendment_the_same_process_takes_the_ballots_of_the_new_text(
    world: World, browser: Browser, terms: Mapping[str, object]
) -> None:
    browser.open(world.codes["M0001"])
    assert browser.cast().status_code == 200
    amend(world, terms)
    browser.open(world.codes["M0002"])

    receipt = browser.cast()

    assert receipt.status_code == 200
    assert ("予算(修正)について" in receipt.text) == (terms is AGAIN)
    assert ("第2号議案" in receipt.text) == (terms is AGAIN)
    assert voted(world) == 2


def test_after_an_extension_the_same_process_prints_the_new_deadline(world: World, browser: Browser) -> None:
    browser.open(world.codes["M0001"])
    browser.cast()
    later = {"closes_at": instant_text(jst("2026-06-18 00:00")), "reason": "郵便の遅れ"}
    browser.open(world.codes["M0002"])
    form = browser.confirm()
    amend(world, later, Act.EXTEND)

    receipt = browser.post("/vote/cast", form)

    assert receipt.status_code == 200
    assert "令和8年6月17日(水)23時59分" in receipt.text
    assert "令和8年6月10日" not in receipt.text


def test_the_verb_itself_takes_no_ballot_on_texts_of_before(world: World) -> None:
    shown = world.case.sealed_base
    amend(world, AGAIN)
    answer = Answer(choices=ALL_FOR, section="企画課", respondent="花子")

    with pytest.raises(TextsChanged):
        ballots.cast(world.rt, Cast(world.key("M0001"), answer, bytes(16), shown))
