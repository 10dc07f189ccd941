"""The chair types what a reader of the result could overlook; the auditor signs it with the result."""

import json

import pytest

from tests.world import ALL_FOR, World
from voting.core.ballots import Mark
from voting.core.permissions import Act, Role
from voting.services.office import approvals
from voting.services.outcome import certifying, closing
from voting.services.outcome.certifying import SentenceDiffers

AGAINST = {1: Mark.AGAINST, 2: Mark.AGAINST}
SILENCE = (
    "各議案の可否は、みなしによる票によって定まったものであること、"
    "表決書を提出した会員は、三割に満たないことを確認しました。"
)


def counted(world: World, **answers: dict[int, Mark]) -> None:
    world.assembly()
    world.at("2026-06-02 10:00")
    for member, choices in answers.items():
        world.cast(member, choices)
    world.at("2026-06-11 00:00")
    closing.tally(world.rt, world.officer(Role.ADMINISTRATOR), world.origin)


def ask(world: World, typed: str) -> approvals.Request:
    return approvals.request(
        world.rt,
        world.officer(Role.CHAIR),
        world.origin,
        Act.CERTIFY,
        terms=certifying.confirmed(typed),
    )


def test_a_result_that_silence_decides_asks_the_chair_for_a_sentence(world: World) -> None:
    counted(world)

    with pytest.raises(SentenceDiffers) as refused:
        ask(world, "")

    assert refused.value.sentence == SILENCE
    assert approvals.waiting(world.rt, world.origin) == ()


@pytest.mark.parametrize("typed", ["確認しました。", SILENCE[:-1], SILENCE * 2, SILENCE[1:]])
def test_another_sentence_does_not_do(world: World, typed: str) -> None:
    counted(world)

    with pytest.raises(SentenceDiffers):
        ask(world, typed)


def test_the_sentence_is_kept_in_the_document_that_the_auditor_approves(world: World) -> None:
    counted(world)

    asked = ask(world, f" {SILENCE}\n")

    assert json.loads(asked.document)["terms"] == {"confirmed": SILENCE}
    approvals.approve(world.rt, world.officer(Role.AUDITOR), asked.id)
    assert world.case.result_index is not None


def test_more_against_than_for_is_named_with_its_motions(world: World) -> None:
    counted(world, M0001=AGAINST, M0002={1: Mark.FOR, 2: Mark.AGAINST}, M0003=dict(ALL_FOR), M0004=AGAINST)

    with pytest.raises(SentenceDiffers) as refused:
        ask(world, "")

    assert "第2号議案は、提出された表決書では反対が賛成を上回っていること" in refused.value.sentence
    assert "三割" not in refused.value.sentence


def test_a_result_that_speaks_for_itself_asks_for_none(world: World) -> None:
    counted(world, M0001=dict(ALL_FOR), M0002=dict(ALL_FOR), M0003=dict(ALL_FOR))

    assert certifying.required_terms(world.rt, world.origin) == {}
    with pytest.raises(SentenceDiffers):
        ask(world, SILENCE)  # a sentence that says what is not so
    ask(world, "")
